"""Standing behind somebody else's published answer."""

from typing import TYPE_CHECKING

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.public import bp
from consult.blueprints.public.forms import ConfirmForm, SupportForm
from consult.blueprints.public.published import name_of
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.context import current_locale
from consult.blueprints.shared.limits import ONE_INBOX, by_email
from consult.domain.disclosure.queries import find_support, get_published, get_support
from consult.domain.disclosure.service.supporting import (
    ask_for_support,
    confirm_support,
    support_as,
    take_support_back,
)
from consult.extensions import limiter
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.disclosure.models import AnswerReview, Support


@bp.route("/rounds/<slug:round_slug>/answers/<number:number>/support", methods=["GET", "POST"])
@requires(Permission.SUPPORT_ANSWER, on=get_published)
@limiter.limit(ONE_INBOX, key_func=by_email, methods=["POST"])
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
        base_url=current_app.config["SETTINGS"].base_url,
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


@bp.route("/support/<token>", methods=["GET", "POST"])
@requires(Permission.SUPPORT_ANSWER, on=get_support)
@limiter.limit("30 per minute", methods=["POST"])
@transactional
def support_link(support_: "Support") -> ResponseReturnValue:
    """Confirm a support or take it back, on a press of the button."""
    form = ConfirmForm()
    submission = support_.submission
    if not form.validate_on_submit():
        return render_template(
            "public/support_link.html",
            round=submission.round,
            form=form,
            is_confirmed=support_.confirmed_at is not None,
            name=name_of(submission),
            action=request.path,
        )
    if request.form.get("act") == "take_back":
        take_support_back(support_)
        flash(_("Your support is taken back."), "success")
    else:
        confirm_support(support_)
        flash(_("You support this answer now."), "success")
    return redirect(url_for("public.answers", round_slug=submission.round.slug))


def _address(review: "AnswerReview") -> str:
    return url_for("public.answer", round_slug=review.round.slug, number=review.submission.number)
