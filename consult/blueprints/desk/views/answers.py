"""The list of a round's answers, and each answer as it was received."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.intake import KindForm
from consult.blueprints.desk.presenters.answers import (
    answer_parts,
    deadline_tag,
    facts,
    filter_values,
    history,
    sorted_columns,
    status_tag,
    unanswered_places,
)
from consult.blueprints.desk.presenters.deciding import (
    candidate_choices,
    decision_rows,
    kinds_for,
    relay_facts,
)
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.confirmations import confirmations_in_words
from consult.blueprints.shared.downloads import send_stored
from consult.blueprints.shared.lists import asked_text, page_of
from consult.blueprints.shared.standing_behind import behind_of, case_step_rows
from consult.domain.accounts.queries import names_by_reference
from consult.domain.audit.queries import entries_about
from consult.domain.coding.progress import Progress, progress_by_answer
from consult.domain.coding.queries.versions import find_check
from consult.domain.intake.queries import list_places
from consult.domain.meetings.queries import find_by_submission, meetings_attended
from consult.domain.organisations.types import (
    ACTOR_GROUP_LABELS,
    ACTOR_TYPE_LABELS,
    ActorGroup,
    ActorType,
)
from consult.domain.rounds.queries import get_round, list_questions
from consult.domain.submissions.companions import confirmations_of, translations_of
from consult.domain.submissions.decisions import (
    current_decisions,
    find_same_sender,
    merged_into,
)
from consult.domain.submissions.listing import (
    AnswerFilter,
    AnswerOrder,
    count_answers,
    get_answer,
    get_received,
    list_answers,
)
from consult.domain.submissions.service.erasing import find_open_request
from consult.domain.submissions.service.reclassifying import change_actor_type
from consult.domain.submissions.skipping import unasked_ids
from consult.domain.submissions.types import (
    CHANNEL_LABELS,
    SENDER_CHECK_LABELS,
    SUBMISSION_STATUS_LABELS,
    Channel,
    DeadlineStatus,
    SubmissionStatus,
)
from consult.kernel.errors import NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import Submission


@bp.get("/rounds/<slug:round_slug>/answers")
@requires(Permission.VIEW_DESK, on=get_round)
def answers(round_: "Round") -> ResponseReturnValue:
    """Every answer that was received, to search, filter and sort."""
    wanted = _wanted()
    order = request.args.get("sort", AnswerOrder.NUMBER, type=AnswerOrder)
    descending = request.args.get("down") == "1"
    paging = page_of(count_answers(round_.id, wanted))
    rows = list_answers(
        round_.id,
        wanted,
        order=order,
        descending=descending,
        offset=paging.offset,
        limit=paging.size,
    )
    return render_template(
        "desk/answers.html",
        round=round_,
        answers=rows,
        progress=progress_by_answer([row.id for row in rows]),
        no_progress=Progress(),
        wanted=wanted,
        paging=paging,
        paging_values={**filter_values(wanted), "sort": order.value, "down": int(descending)},
        columns=sorted_columns(round_.slug, wanted, order, descending=descending),
        groups=ACTOR_GROUP_LABELS,
        kinds=ACTOR_TYPE_LABELS,
        channels=CHANNEL_LABELS,
        statuses={
            status: label
            for status, label in SUBMISSION_STATUS_LABELS.items()
            if status is not SubmissionStatus.MINUTES
        },
        deadline_tag=deadline_tag,
        status_tag_of=status_tag,
        received_status=SubmissionStatus.RECEIVED,
        in_time=DeadlineStatus.IN_TIME,
    )


def _wanted() -> AnswerFilter:
    values = request.args
    return AnswerFilter(
        text=asked_text("q"),
        group=values.get("group", type=ActorGroup),
        status=values.get("status", type=SubmissionStatus),
        channel=values.get("channel", type=Channel),
    )


@bp.get("/rounds/<slug:round_slug>/answers/<number:number>")
@requires(Permission.VIEW_DESK, on=get_received)
def answer(submission: "Submission") -> ResponseReturnValue:
    """One answer: who, when, how, and every word of it."""
    if submission.status is SubmissionStatus.MINUTES:
        return redirect(meeting_address(submission))
    version = submission.current_version
    places = list_places(submission.round_id)
    check = find_check(version.id)
    entries = entries_about(submission.reference)
    decisions = current_decisions(submission.id)
    actors = [*(e.actor for e in entries), *(one.decided_by for one in decisions)]
    names = names_by_reference([*actors, submission.registered_by or ""])
    return render_template(
        "desk/answer.html",
        round=submission.round,
        submission=submission,
        version=version,
        behind=behind_of(version),
        case_steps=case_step_rows(version),
        facts=[*facts(submission, names), *relay_facts(submission)],
        decisions=decision_rows(decisions, names, round_slug=submission.round.slug),
        merged=[one.submission for one in merged_into(submission.id)],
        same_sender=candidate_choices(find_same_sender(submission)),
        can_be_marked=bool(kinds_for(submission)),
        is_unread=submission.status is SubmissionStatus.TO_CHECK,
        parts=answer_parts(version, places, translations_of(version.id)),
        confirmations=confirmations_in_words(
            confirmations_of(submission.id),
            digest=version.digest,
            versions={one.digest: one.number for one in submission.versions},
        ),
        sender_check=SENDER_CHECK_LABELS.get(submission.sender_check)
        if submission.sender_check
        else None,
        unanswered=unanswered_places(
            version,
            places,
            unasked=unasked_ids(list_questions(submission.round_id), version.answers),
        ),
        progress=progress_by_answer([submission.id]).get(submission.id, Progress()),
        deadline=deadline_tag(submission.deadline_status),
        status=status_tag(submission.status),
        events=history(entries, names),
        is_unchecked=check is not None and check.checked_at is None,
        erasure=find_open_request(submission),
        attended=(
            meetings_attended(submission.round_id, submission.organisation_id)
            if submission.organisation_id
            else ()
        ),
    )


def meeting_address(submission: "Submission") -> str:
    """Where the notes of a meeting are read. Raises ``NotFound``."""
    meeting = find_by_submission(submission.id)
    if meeting is None:
        raise NotFound("meeting", submission.number)
    return url_for("desk.meeting", round_slug=submission.round.slug, meeting_id=meeting.public_id)


@bp.get("/rounds/<slug:round_slug>/answers/<number:number>/files/<pid:file_id>")
@requires(Permission.VIEW_DESK, on=get_answer)
def answer_file(submission: "Submission", file_id: str) -> ResponseReturnValue:
    """A file that came with an answer, byte for byte, for keeping and not for showing."""
    for version in submission.versions:
        for file in version.attachments:
            if file.public_id == file_id:
                return send_stored(file.digest, file.filename, file.media_type)
    raise NotFound("file", file_id)


@bp.route("/rounds/<slug:round_slug>/answers/<number:number>/kind", methods=["GET", "POST"])
@requires(Permission.REGISTER_ANSWER, on=get_answer)
@transactional
def answer_kind(submission: "Submission") -> ResponseReturnValue:
    """Give an answer another kind of sender, with a reason."""
    form = KindForm(data={"kind": submission.actor_type.value})
    if not form.validate_on_submit():
        page = render_template(
            "desk/answer_kind.html", round=submission.round, submission=submission, form=form
        )
        return page, 422 if form.is_submitted() else 200
    change_actor_type(
        submission, ActorType(form.kind.data), reason=form.reason.data or "", by=current_actor()
    )
    flash(_("The kind of sender is changed. Every table follows."), "success")
    return redirect(
        url_for("desk.answer", round_slug=submission.round.slug, number=submission.number)
    )
