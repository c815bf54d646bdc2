"""Personal links: what lets one go on from another phone, or see an answer later."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.respond import bp
from consult.blueprints.respond.forms import ConfirmForm, FindLinksForm
from consult.blueprints.respond.keeping import while_unsent
from consult.blueprints.respond.links import (
    base_url,
    drop_opened,
    drop_token,
    hold_opened,
    keep_token,
    kept_link,
    let_in,
    linked_answer,
    opened_token,
)
from consult.blueprints.respond.views.drafts import standing_for
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.context import current_locale
from consult.domain.submissions.queries import get_draft
from consult.domain.submissions.service.linking import (
    Opened,
    access_ends,
    confirm_email,
    find_by_link,
    mail_draft_link,
    mail_found_links,
    replace_access,
    turn_off_link,
)
from consult.extensions import limiter
from consult.kernel.clock import utc_now
from consult.kernel.errors import NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.submissions.models import Draft, Submission


_LONGEST_TOKEN = 64  # ours have 43 characters; what stands in a cookie must stay small


@bp.get("/link/<token>")
@requires(Permission.VIEW_SITE)
@limiter.limit("60 per minute")
def follow_link(token: str) -> ResponseReturnValue:
    """Lead at once to an address without the secret: no history and no referrer shall hold it."""
    hold_opened(token[:_LONGEST_TOKEN])
    return redirect(url_for("respond.link"), code=303)


@bp.route("/link", methods=["GET", "POST"])
@requires(Permission.VIEW_SITE)
@limiter.limit("30 per minute")
@transactional
def link() -> ResponseReturnValue:
    """Open a draft or an answer in this browser, on a press of the button.

    A button, because whatever opens links in mails by itself shall not get in.
    """
    found = _followed()
    if found is None:
        return render_template("respond/link_unknown.html")
    form = ConfirmForm()
    if not form.validate_on_submit():
        page = render_template(
            "respond/link.html", form=form, round=found.thing.round, is_draft=found.is_draft
        )
        return page, 422 if form.is_submitted() else 200
    confirm_email(found, now=utc_now())
    let_in(found.thing)
    keep_token(found.thing.public_id, opened_token())
    drop_opened()
    page_name = "respond.tasks" if found.is_draft else "respond.receipt"
    return redirect(url_for(page_name, public_id=found.thing.public_id))


@bp.route("/link/off", methods=["GET", "POST"])
@requires(Permission.VIEW_SITE)
@limiter.limit("30 per minute")
@transactional
def turn_off() -> ResponseReturnValue:
    """Turn a link off that came to somebody whose answer it is not."""
    found = _followed()
    if found is None:
        return render_template("respond/link_unknown.html")
    form = ConfirmForm()
    if not form.validate_on_submit():
        page = render_template(
            "respond/link_off.html", form=form, round=found.thing.round, is_mailed=found.is_mailed
        )
        return page, 422 if form.is_submitted() else 200
    turn_off_link(found, by=current_actor())
    drop_opened()
    flash(_("The link is turned off. It opens nothing any more."), "success")
    return redirect(url_for("public.index"))


def _followed() -> Opened | None:
    """What the link that this browser followed last opens at this moment."""
    token = opened_token()
    return find_by_link(token, now=utc_now()) if token else None


@bp.route("/drafts/<pid:public_id>/link", methods=["GET", "POST"])
@requires(Permission.EDIT_DRAFT, on=get_draft)
@while_unsent
@transactional
def draft_link(draft: "Draft") -> ResponseReturnValue:
    """Show the personal link of a draft, or make a new one that takes the place of the old."""
    form = _link_form(draft)
    if form.validate_on_submit():
        _replace(draft)
        return redirect(url_for("respond.draft_link", public_id=draft.public_id))
    page = render_template(
        "respond/draft_link.html",
        draft=draft,
        round=draft.round,
        standing=standing_for(draft),
        form=form,
        personal_link=kept_link(draft.public_id),
        works_until=access_ends(draft),
    )
    return page, 422 if form.is_submitted() else 200


@bp.post("/drafts/<pid:public_id>/link/mail")
@requires(Permission.EDIT_DRAFT, on=get_draft)
@limiter.limit("10 per minute")
@while_unsent
@transactional
def mail_link(draft: "Draft") -> ResponseReturnValue:
    """Mail the personal link to the address that stands on the draft."""
    if _link_form(draft).validate_on_submit():
        if mail_draft_link(draft, base_url=base_url(), now=utc_now()):
            sent = _("A new link is on its way to %(email)s.", email=draft.contact_email)
            flash(sent, "success")
        else:
            flash(
                _("We have sent many mails to this address already. Copy the link below instead."),
                "warning",
            )
    return redirect(url_for("respond.draft_link", public_id=draft.public_id))


@bp.route("/receipts/<pid:public_id>/link", methods=["GET", "POST"])
@requires(Permission.VIEW_RECEIPT, on=linked_answer)
@transactional
def receipt_link(submission: "Submission") -> ResponseReturnValue:
    """Show the personal link of an answer, or make a new one that takes the place of the old."""
    form = ConfirmForm()
    if form.validate_on_submit():
        _replace(submission)
        return redirect(url_for("respond.receipt_link", public_id=submission.public_id))
    page = render_template(
        "respond/receipt_link.html",
        submission=submission,
        round=submission.round,
        form=form,
        personal_link=kept_link(submission.public_id),
        works_until=access_ends(submission),
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/lost-link", methods=["GET", "POST"])
@requires(Permission.VIEW_SITE)
@limiter.limit("10 per minute", methods=["POST"])
@transactional
def lost_link() -> ResponseReturnValue:
    """Mail new links to everything an address stands on; the page tells nobody whether it does."""
    form = FindLinksForm()
    if not form.validate_on_submit():
        return render_template("respond/lost_link.html", form=form), 422 if form.errors else 200
    mail_found_links(
        str(form.email.data), locale=current_locale(), base_url=base_url(), now=utc_now()
    )
    flash(
        _("If we know this address, a mail with new links is on its way. Look in a few minutes."),
        "success",
    )
    return redirect(url_for("respond.lost_link"))


def _link_form(draft: "Draft") -> ConfirmForm:
    """A button's form; an organisation's draft has no links, for only a role opens it."""
    if draft.organisation_id is not None:
        raise NotFound("link", draft.public_id)
    return ConfirmForm()


def _replace(thing: "Draft | Submission") -> None:
    """Make a new link and keep this browser, and no other, open."""
    token = replace_access(thing, by=current_actor())
    drop_token(thing.public_id)
    keep_token(thing.public_id, token)
    let_in(thing)
    flash(
        _(
            "The new link works. Older links and printed codes do not, and other browsers that had "
            "opened it are closed."
        ),
        "success",
    )
