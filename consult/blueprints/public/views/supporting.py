"""Standing behind somebody else's published answer."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.public import bp
from consult.blueprints.public.forms import ConfirmForm, SupportForm
from consult.blueprints.public.published import name_of
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.context import current_locale
from consult.blueprints.shared.limits import ONE_INBOX, by_email, names_no_inbox
from consult.blueprints.shared.secret_links import exchange_secret, forget_secret, held_secret
from consult.blueprints.shared.settings import site_address
from consult.domain.disclosure.queries import find_support, get_published, get_support
from consult.domain.disclosure.service.supporting import (
    ask_for_support,
    confirm_support,
    support_as,
    take_support_back,
)
from consult.domain.disclosure.types import CONFIRM_SUPPORT_WITHIN
from consult.extensions import limiter
from consult.kernel.clock import utc_now
from consult.kernel.errors import NotFound
from consult.policy import Permission, can

if TYPE_CHECKING:
    from consult.domain.disclosure.models import AnswerReview, Support
    from consult.domain.submissions.models import Submission


@bp.route("/rounds/<slug:round_slug>/answers/<number:number>/support", methods=["GET", "POST"])
@requires(Permission.SUPPORT_ANSWER, on=get_published)
@limiter.limit(ONE_INBOX, key_func=by_email, exempt_when=names_no_inbox, methods=["POST"])
@transactional
def support(review: "AnswerReview") -> ResponseReturnValue:
    """Ask for an address, and mail the link that confirms the support."""
    submission = review.submission
    actor = current_actor()
    if actor.is_authenticated:
        if request.method == "POST":
            _turn(review)
        return redirect(_address(review))
    form = SupportForm()
    if not form.validate_on_submit():
        page = render_template(
            "public/support.html",
            round=review.round,
            review=review,
            form=form,
            name=name_of(submission),
        )
        return page, 422 if form.is_submitted() else 200
    ask_for_support(
        submission,
        str(form.email.data),
        locale=current_locale(),
        base_url=site_address(),
        name=name_of(submission),
    )
    flash(_("Look in your inbox: the link there confirms your support."), "success")
    return redirect(_address(review))


def _turn(review: "AnswerReview") -> None:
    """Give the signed-in person's support, or take it back."""
    found = find_support(review.submission_id, current_actor().email)
    if found is not None and found.confirmed_at is not None:
        take_support_back(found)
        flash(_("Your support is taken back."), "success")
    else:
        support_as(review.submission, by=current_actor())
        flash(_("You support this answer now."), "success")


@bp.get("/support/<token>")
@requires(Permission.VIEW_SITE)
@limiter.limit("60 per minute")
def support_link(token: str) -> ResponseReturnValue:
    """Lead from the link of a mail to an address without the secret."""
    return exchange_secret(token, "public.own_support")


@bp.route("/support/held/<pid:held>", methods=["GET", "POST"])
@requires(Permission.VIEW_SITE)
@limiter.limit("30 per minute", methods=["POST"])
@transactional
def own_support(held: str) -> ResponseReturnValue:
    """Confirm a support or take it back, on a press of the button."""
    found = _opened_support(held)
    if found is None:
        flash(_("Open the link in the e-mail again."), "warning")
        return redirect(url_for("public.index"))
    form = ConfirmForm()
    submission = found.submission
    is_published = _is_published(submission)
    if not form.validate_on_submit():
        page = render_template(
            "public/support_link.html",
            round=submission.round,
            form=form,
            held=held,
            is_confirmed=found.confirmed_at is not None,
            is_published=is_published,
            name=name_of(submission) if is_published else None,
        )
        return page, 422 if form.is_submitted() else 200
    if request.form.get("act") == "take_back":
        take_support_back(found)
        forget_secret(held)
        flash(_("Your support is taken back."), "success")
    elif is_published:
        confirm_support(found)
        flash(_("You support this answer now."), "success")
    return redirect(url_for("public.answers", round_slug=submission.round.slug))


def _opened_support(held: str) -> "Support | None":
    """The support whose link was opened in this browser, if answers are still published."""
    try:
        found = get_support(held_secret(held), since=utc_now() - CONFIRM_SUPPORT_WITHIN)
    except NotFound:
        return None
    return found if can(current_actor(), Permission.SUPPORT_ANSWER, found) else None


def _is_published(submission: "Submission") -> bool:
    """Whether everybody may read the answer still: it may be withdrawn, or looked at again."""
    try:
        get_published(submission.round.slug, submission.number)
    except NotFound:
        return False
    return True


def _address(review: "AnswerReview") -> str:
    return url_for("public.answer", round_slug=review.round.slug, number=review.submission.number)
