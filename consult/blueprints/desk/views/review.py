"""Looking answers through before others may see them."""

from typing import TYPE_CHECKING

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.review import PublishingForm, RefusalForm, WordsForm
from consult.blueprints.desk.presenters.review import (
    queue_rows,
    review_parts,
    state_tabs,
    state_tag,
)
from consult.blueprints.desk.presenters.review_variants import (
    file_rows,
    references_of,
    variant_rows,
)
from consult.blueprints.desk.views.work import work_on
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.context import current_locale
from consult.blueprints.shared.lists import page_of
from consult.blueprints.shared.standing_behind import case_step_rows
from consult.domain.accounts.queries import names_by_reference
from consult.domain.disclosure.errors import FindingsOpen
from consult.domain.disclosure.queries import (
    count_reviews,
    count_set_aside,
    find_waiting_after,
    get_review,
    list_reviews,
    list_unremarkable,
)
from consult.domain.disclosure.service.refusing import refuse_publication, take_refusal_back
from consult.domain.disclosure.service.reviewing import (
    clear_answer,
    clear_unremarkable,
    redact_finding,
    redact_range,
    redact_stretch,
    redact_words,
    release_finding,
    take_back,
    undo_finding,
    undo_redaction,
)
from consult.domain.disclosure.service.telling import tell_of_redactions
from consult.domain.disclosure.types import (
    BASIS_LABELS,
    CHOSEN_BASES,
    REFUSAL_LABELS,
    LegalBasis,
    RefusalReason,
    ReviewState,
)
from consult.domain.organisations.types import ACTOR_TYPE_LABELS
from consult.domain.rounds.queries import get_round
from consult.domain.rounds.service.publishing import change_publishing
from consult.domain.rounds.types import AnswerPublishing
from consult.domain.submissions.types import PUBLICATION_LABELS
from consult.kernel.errors import InvalidInput, NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.disclosure.models import AnswerReview
    from consult.domain.rounds.models import Round


@bp.get("/rounds/<slug:round_slug>/review")
@requires(Permission.VIEW_DESK, on=get_round)
def review(round_: "Round") -> ResponseReturnValue:
    """The queue: what waits, what is cleared, what is not published."""
    form = PublishingForm(data={"publishing": round_.answer_publishing.value})
    return _queue(round_, form)


def _queue(round_: "Round", form: PublishingForm) -> str:
    state = request.args.get("state", ReviewState.WAITING, type=ReviewState)
    counts = count_reviews(round_.id)
    paging = page_of(counts.get(state, 0))
    rows = list_reviews(round_.id, state, offset=paging.offset, limit=paging.size)
    return render_template(
        "desk/review/queue.html",
        round=round_,
        state=state,
        rows=queue_rows(rows, round_.slug),
        paging=paging,
        tabs=state_tabs(round_.slug, counts, state, count_set_aside(round_.id)),
        unremarkable=len(list_unremarkable(round_.id)) if state is ReviewState.WAITING else 0,
        kinds=ACTOR_TYPE_LABELS,
        form=form,
    )


@bp.post("/rounds/<slug:round_slug>/review/publishing")
@requires(Permission.MANAGE_ROUND, on=get_round)
@transactional
def review_publishing(round_: "Round") -> ResponseReturnValue:
    """Decide when the round's answers may stand on the web."""
    form = PublishingForm()
    if not form.validate_on_submit():
        return _queue(round_, form), 422
    change_publishing(round_, AnswerPublishing(form.publishing.data), by=current_actor())
    flash(_("Saved. Only answers that are cleared are ever published."), "success")
    return redirect(url_for("desk.review", round_slug=round_.slug))


@bp.post("/rounds/<slug:round_slug>/review/clear")
@requires(Permission.REVIEW_ANSWERS, on=get_round)
@transactional
def review_clear_bodies(round_: "Round") -> ResponseReturnValue:
    """Clear all answers of bodies in which nothing was found."""
    number = clear_unremarkable(round_, by=current_actor())
    flash(ngettext("%(num)d answer is cleared.", "%(num)d answers are cleared.", number), "success")
    return redirect(url_for("desk.review", round_slug=round_.slug))


@bp.get("/rounds/<slug:round_slug>/review/<number:number>")
@requires(Permission.VIEW_DESK, on=get_review)
def review_answer(review_: "AnswerReview") -> ResponseReturnValue:
    """One answer with what was found in it."""
    return _page(review_, WordsForm(formdata=None))


def _page(review_: "AnswerReview", form: WordsForm) -> str:
    submission = review_.submission
    names = names_by_reference(references_of(review_))
    return render_template(
        "desk/review/answer.html",
        round=review_.round,
        review=review_,
        submission=submission,
        parts=review_parts(review_, current_locale(), names),
        case_steps=case_step_rows(review_.version),
        files=file_rows(review_, names),
        state=state_tag(review_),
        work=work_on(submission),
        publication_label=_(PUBLICATION_LABELS[submission.publication]),
        reason=_(REFUSAL_LABELS[review_.reason]) if review_.reason else None,
        decided_by=names.get(review_.decided_by or ""),
        bases={basis.value: _(BASIS_LABELS[basis]) for basis in CHOSEN_BASES},
        next_number=find_waiting_after(review_),
        form=form,
    )


@bp.get("/rounds/<slug:round_slug>/review/<number:number>/variants")
@requires(Permission.VIEW_DESK, on=get_review)
def review_variants(review_: "AnswerReview") -> ResponseReturnValue:
    """The answer as it was received, beside what others may read of it."""
    names = names_by_reference(references_of(review_))
    return render_template(
        "desk/review/variants.html",
        round=review_.round,
        review=review_,
        submission=review_.submission,
        rows=variant_rows(review_, current_locale(), names),
        files=file_rows(review_, names),
        state=state_tag(review_),
    )


@bp.post("/rounds/<slug:round_slug>/review/<number:number>/findings/<pid:finding_id>")
@requires(Permission.REVIEW_ANSWERS, on=get_review)
@transactional
def review_finding(review_: "AnswerReview", finding_id: str) -> ResponseReturnValue:
    """Release or redact something that was found, or take that back."""
    finding = next((one for one in review_.findings if one.public_id == finding_id), None)
    if finding is None:
        raise NotFound("finding", finding_id)
    act = request.form.get("act")
    basis = request.form.get("basis", type=LegalBasis)
    files = len(review_.published_files)
    if act == "release":
        release_finding(finding, by=current_actor())
    elif act == "undo":
        undo_finding(finding, by=current_actor())
    elif act == "redact" and basis is not None:
        redact_finding(finding, basis, by=current_actor())
    _tell_of_files(review_, files)
    upcoming = next(iter(review_.open_findings), finding)
    return _back(review_, anchor=f"finding-{upcoming.public_id}")


@bp.post("/rounds/<slug:round_slug>/review/<number:number>/words")
@requires(Permission.REVIEW_ANSWERS, on=get_review)
@transactional
def review_words(review_: "AnswerReview") -> ResponseReturnValue:
    """Take words out wherever they stand in the answer."""
    form = WordsForm()
    if not form.validate_on_submit():
        return _page(review_, form), 422
    files = len(review_.published_files)
    try:
        places = _take_out(review_, form)
    except InvalidInput as error:
        form.refuse_words(error)
        return _page(review_, form), 422
    text = ngettext("Taken out in %(num)d place.", "Taken out in %(num)d places.", places)
    flash(text, "success")
    _tell_of_files(review_, files)
    return _back(review_)


def _tell_of_files(review_: "AnswerReview", before: int) -> None:
    """Say that files were taken off the web, as what was taken out may stand in them."""
    if len(review_.published_files) < before:
        flash(
            _(
                "The published files of this answer are taken off the web: what you have taken "
                "out may stand in them. Look at them again."
            ),
            "warning",
        )


def _take_out(review_: "AnswerReview", form: WordsForm) -> int:
    """Take out what was marked, a stretch, or words wherever they stand; in how many places."""
    words, last, by = str(form.words.data), str(form.last.data or ""), current_actor()
    basis = LegalBasis(form.basis.data)
    if form.place is not None:
        redact_range(review_, form.place, (words, last), basis, by=by)
        return 1
    if last.strip():
        redact_stretch(review_, words, last, basis, by=by)
        return 1
    return redact_words(review_, words, basis, by=by)


@bp.post("/rounds/<slug:round_slug>/review/<number:number>/redactions/<pid:redaction_id>")
@requires(Permission.REVIEW_ANSWERS, on=get_review)
@transactional
def review_put_back(review_: "AnswerReview", redaction_id: str) -> ResponseReturnValue:
    """Put words that were taken out back."""
    for one in review_.redactions:
        if one.public_id == redaction_id:
            undo_redaction(one, by=current_actor())
            return _back(review_)
    raise NotFound("redaction", redaction_id)


@bp.post("/rounds/<slug:round_slug>/review/<number:number>/decision")
@requires(Permission.REVIEW_ANSWERS, on=get_review)
@transactional
def review_decide(review_: "AnswerReview") -> ResponseReturnValue:
    """Clear the whole answer and go on to the next, or take the decision about it back."""
    by = current_actor()
    if request.form.get("act") == "take_back":
        take_back(review_, by=by)
        take_refusal_back(review_, by=by, contact=_contact(review_))
        flash(_("Taken back. The answer waits again."), "success")
        return _back(review_)
    try:
        clear_answer(review_, by=by)
    except FindingsOpen:
        flash(_("Decide on everything that was found first."), "warning")
        return _back(review_)
    if tell_of_redactions(review_, contact=_contact(review_)):
        flash(_("The sender is told by mail that words are left out, and by which law."), "info")
    flash(_("Answer %(number)s is cleared.", number=review_.submission.number), "success")
    upcoming = find_waiting_after(review_)
    if upcoming is None:
        return redirect(url_for("desk.review", round_slug=review_.round.slug))
    return redirect(url_for("desk.review_answer", round_slug=review_.round.slug, number=upcoming))


@bp.route("/rounds/<slug:round_slug>/review/<number:number>/refuse", methods=["GET", "POST"])
@requires(Permission.REVIEW_ANSWERS, on=get_review)
@transactional
def review_refuse(review_: "AnswerReview") -> ResponseReturnValue:
    """Keep an answer off the web, with a reason that its sender is told."""
    form = RefusalForm()
    contact = _contact(review_)
    if not form.validate_on_submit():
        page = render_template(
            "desk/review/refuse.html",
            round=review_.round,
            submission=review_.submission,
            form=form,
            contact=contact,
        )
        return page, 422 if form.is_submitted() else 200
    told = refuse_publication(
        review_,
        RefusalReason(form.reason.data),
        form.explanation.data or "",
        by=current_actor(),
        contact=contact,
    )
    if told:
        flash(_("The answer is not published. A mail to the sender is on its way."), "success")
    else:
        flash(_("The answer is not published. We have no address, so tell the sender."), "warning")
    return _back(review_)


def _contact(review_: "AnswerReview") -> str:
    """Where a sender objects: the round's contact, else the site's."""
    own = review_.round.contact.get("email")
    return str(own or current_app.config["SETTINGS"].contact_email)


def _back(review_: "AnswerReview", *, anchor: str | None = None) -> ResponseReturnValue:
    return redirect(
        url_for(
            "desk.review_answer",
            round_slug=review_.round.slug,
            number=review_.submission.number,
            _anchor=anchor,
        )
    )
