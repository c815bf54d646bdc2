"""Signing in by one-time link or password, and signing out."""

from pathlib import Path
from urllib.parse import urlsplit

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.auth import bp
from consult.blueprints.auth.forms import LinkForm, PasswordForm, UseLinkForm
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor, sign_in_person, sign_out_person
from consult.blueprints.shared.context import current_locale
from consult.blueprints.shared.redirects import local_path
from consult.blueprints.shared.secret_links import exchange_secret, held_secret
from consult.blueprints.shared.security import POLICY
from consult.blueprints.shared.settings import site_address
from consult.blueprints.shared.workplaces import first_page
from consult.config import Settings
from consult.domain.accounts.errors import LinkUnusable, SignInRefused
from consult.domain.accounts.service import (
    record_sign_out,
    request_sign_in_link,
    sign_in_with_link,
    sign_in_with_password,
)
from consult.domain.documents.receipts import receipt_pdf
from consult.domain.notifications.queries import get_message, list_messages
from consult.domain.submissions.queries import get_submission
from consult.extensions import limiter
from consult.kernel.clock import utc_now
from consult.kernel.errors import NotFound
from consult.policy import Permission


@bp.route("/sign-in", methods=["GET", "POST"])
@requires(Permission.SIGN_IN)
@limiter.limit("30 per minute", methods=["POST"])
@transactional
def sign_in() -> ResponseReturnValue:
    """Mail a one-time link; the answer is the same whether or not the address is known."""
    form = LinkForm(data={"next": request.args.get("next", "")})
    if not form.validate_on_submit():
        return render_template("auth/sign_in.html", form=form)
    request_sign_in_link(
        str(form.email.data),
        locale=current_locale(),
        base_url=site_address(),
        now=utc_now(),
    )
    return redirect(url_for("auth.link_sent"))


@bp.get("/sign-in/sent")
@requires(Permission.SIGN_IN)
def link_sent() -> ResponseReturnValue:
    """Say that a link is on its way, if the address is known."""
    return render_template("auth/link_sent.html")


@bp.get("/sign-in/link/<token>")
@requires(Permission.SIGN_IN)
@limiter.limit("60 per minute")
def sign_in_link(token: str) -> ResponseReturnValue:
    """Lead from the link of a mail to an address without the secret."""
    return exchange_secret(token, "auth.use_link")


@bp.route("/sign-in/link/held/<pid:held>", methods=["GET", "POST"])
@requires(Permission.SIGN_IN)
@limiter.limit("30 per minute", methods=["POST"])
@transactional
def use_link(held: str) -> ResponseReturnValue:
    """Sign in by a one-time link, on a press of the button."""
    form = UseLinkForm()
    if not form.validate_on_submit():
        return render_template("auth/use_link.html", form=form, held=held)
    try:
        person = sign_in_with_link(held_secret(held), now=utc_now())
    except LinkUnusable:
        flash(_("This link has been used or is too old. Ask for a new one below."), "warning")
        return redirect(url_for("auth.sign_in"))
    sign_in_person(person.id, person.session_epoch)
    return redirect(url_for("auth.welcome"))


@bp.route("/sign-in/password", methods=["GET", "POST"])
@requires(Permission.SIGN_IN)
@limiter.limit("10 per minute", methods=["POST"])
@transactional
def sign_in_by_password() -> ResponseReturnValue:
    """Sign in by password."""
    form = PasswordForm(data={"next": request.args.get("next", "")})
    if not form.validate_on_submit():
        return render_template("auth/password.html", form=form)
    try:
        person = sign_in_with_password(str(form.email.data), str(form.password.data), now=utc_now())
    except SignInRefused:
        form.add_error(form.password, _("The e-mail address and the password do not match."))
        return render_template("auth/password.html", form=form), 422
    sign_in_person(person.id, person.session_epoch)
    return redirect(local_path(form.next.data) if form.next.data else url_for("auth.welcome"))


@bp.get("/welcome")
@requires(Permission.SIGN_OUT)
def welcome() -> ResponseReturnValue:
    """Send somebody who has just signed in to where their work is."""
    return redirect(first_page())


@bp.post("/sign-out")
@requires(Permission.SIGN_OUT)
@transactional
def sign_out() -> ResponseReturnValue:
    """End the session."""
    record_sign_out(current_actor())
    sign_out_person()
    flash(_("You have signed out."), "success")
    return redirect(url_for("public.index"))


_MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups"
)
_LOOPBACK = {"127.0.0.1", "::1"}


def _settings() -> Settings:
    """The settings, for whoever sits at this machine; nobody else learns that there is an inbox."""
    settings: Settings = current_app.config["SETTINGS"]
    asked = urlsplit(f"//{request.host}").hostname
    if request.remote_addr not in _LOOPBACK or asked not in {*_LOOPBACK, "localhost"}:
        raise NotFound("inbox", asked)
    return settings


@bp.get("/inbox")
@requires(Permission.VIEW_LOCAL_INBOX, on=_settings)
def inbox(_subject: Settings) -> ResponseReturnValue:
    """Every mail of a trial installation that has no mail server."""
    return render_template("auth/inbox.html", messages=list_messages(limit=100))


@bp.get("/inbox/<pid:public_id>")
@requires(Permission.VIEW_LOCAL_INBOX, on=_settings)
def inbox_message(_subject: Settings, public_id: str) -> ResponseReturnValue:
    """One mail of the local inbox: as HTML in a frame of its own, as plain text, its headers."""
    page = render_template("auth/inbox_message.html", message=get_message(public_id))
    return page, {"Content-Security-Policy": f"{POLICY}; frame-src 'self'"}


@bp.get("/inbox/<pid:public_id>/html")
@requires(Permission.VIEW_LOCAL_INBOX, on=_settings)
def inbox_html(_subject: Settings, public_id: str) -> ResponseReturnValue:
    """The HTML of a mail, for its frame only: it can run nothing and fetch nothing."""
    return get_message(public_id).body_html, {"Content-Security-Policy": _MAIL_POLICY}


@bp.get("/inbox/<pid:public_id>/files/<int:number>")
@requires(Permission.VIEW_LOCAL_INBOX, on=_settings)
def inbox_file(_subject: Settings, public_id: str, number: int) -> ResponseReturnValue:
    """What is attached to a mail, made or fetched as it would have been for sending it."""
    files = get_message(public_id).attachments
    if number >= len(files):
        raise NotFound("file", number)
    file = files[number]
    headers = {
        "Content-Type": file["media_type"],
        "Content-Disposition": f'attachment; filename="{file["filename"]}"',
    }
    return _attached(file), headers


def _attached(file: dict[str, str]) -> bytes:
    if not (answer := file.get("receipt_of")):
        return bytes(current_app.extensions["files"].read(file["digest"]))
    assets = Path(str(current_app.static_folder)) / "build"
    derived = current_app.extensions["derived"]
    return receipt_pdf(get_submission(answer), assets=assets, derived=derived)
