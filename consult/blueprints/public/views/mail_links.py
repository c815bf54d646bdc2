"""The link in every mail that is not strictly necessary: decline it, or change how often it comes.

Whoever has the mail has the link, so none of this needs an account.
"""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.public import bp
from consult.blueprints.public.forms import ConfirmForm, RhythmForm
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.secret_links import exchange_secret, held_secret
from consult.domain.accounts.types import VISITOR
from consult.domain.following.queries import find_follower_by_digest, list_followed
from consult.domain.following.service.following import change_rhythm, stop_following
from consult.domain.notifications.rules import is_about_answer
from consult.domain.notifications.stopping import find_link, is_stopped_by, stop_mail
from consult.domain.rounds.queries import find_round_by_reference
from consult.extensions import csrf, limiter
from consult.kernel.clock import utc_now
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.notifications.models import MailLink


@bp.get("/mail/<token>")
@requires(Permission.VIEW_SITE)
@limiter.limit("60 per minute")
def mail_link(token: str) -> ResponseReturnValue:
    """Lead from the link of a mail to an address without the secret."""
    return exchange_secret(token, "public.mail_choices")


@bp.post("/mail/<token>")
@csrf.exempt
@requires(Permission.VIEW_SITE)
@limiter.limit("60 per minute")
@transactional
def decline_mail(token: str) -> ResponseReturnValue:
    """Send no more mail of this kind; the request needs no cookie and no token of a form.

    Source: RFC 8058, section 3: mail programs post ``List-Unsubscribe=One-Click`` here.
    """
    link = find_link(token)
    if link is None:
        return _unknown()
    stop_mail(link, now=utc_now())
    return str(_("You get no more mail about this")), {"Content-Type": "text/plain; charset=utf-8"}


@bp.route("/mail/held/<pid:held>", methods=["GET", "POST"])
@requires(Permission.VIEW_SITE)
@limiter.limit("60 per minute")
@transactional
def mail_choices(held: str) -> ResponseReturnValue:
    """What the mail was about, with a button to decline. Reading the page changes nothing."""
    link = find_link(held_secret(held))
    if link is None:
        return _unknown()
    if ConfirmForm().validate_on_submit():
        stop_mail(link, now=utc_now())
        return redirect(url_for("public.mail_choices", held=held))
    return _page(link, held)


@bp.post("/mail/held/<pid:held>/rounds/<slug:round_slug>")
@requires(Permission.VIEW_SITE)
@limiter.limit("60 per minute")
@transactional
def stop_followed(held: str, round_slug: str) -> ResponseReturnValue:
    """Stop following one of the rounds that the address follows."""
    link = find_link(held_secret(held))
    if link is None:
        return _unknown()
    for following in list_followed(find_follower_by_digest(link.address_digest)):
        if following.round.slug == round_slug:
            stop_following(following, by=VISITOR)
            flash(_("You no longer follow this round."), "success")
    return redirect(url_for("public.mail_choices", held=held))


@bp.post("/mail/held/<pid:held>/rhythm")
@requires(Permission.VIEW_SITE)
@limiter.limit("60 per minute")
@transactional
def change_mail_rhythm(held: str) -> ResponseReturnValue:
    """Change how often the address gets mail about what it follows."""
    link = find_link(held_secret(held))
    if link is None:
        return _unknown()
    follower, form = find_follower_by_digest(link.address_digest), RhythmForm()
    if follower is not None and form.validate():
        change_rhythm(follower, form.chosen, now=utc_now())
        flash(_("Saved."), "success")
    return redirect(url_for("public.mail_choices", held=held))


def _page(link: "MailLink", held: str) -> str:
    follower = find_follower_by_digest(link.address_digest)
    form = RhythmForm(formdata=None, data={"rhythm": follower.rhythm if follower else None})
    return render_template(
        "public/mail_choices.html",
        round=find_round_by_reference(link.topic),
        held=held,
        is_about_answer=is_about_answer(link.topic),
        followed=list_followed(follower),
        form=form,
        is_declined=is_stopped_by(link),
    )


def _unknown() -> ResponseReturnValue:
    return render_template("public/follow_unknown.html"), 404
