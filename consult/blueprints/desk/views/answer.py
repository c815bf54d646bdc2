"""One answer, as it was received and with all that was done with it."""

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.addresses import answer_address, notes_address
from consult.blueprints.desk.forms.intake import KindForm
from consult.blueprints.desk.presenters.answers import (
    answer_parts,
    deadline_tag,
    facts,
    history,
    status_tag,
    unanswered_places,
)
from consult.blueprints.desk.presenters.deciding import (
    candidate_choices,
    decision_rows,
    kinds_for,
    relay_facts,
)
from consult.blueprints.desk.presenters.letters import letter_rows
from consult.blueprints.desk.views.work import work_on
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.confirmations import confirmations_in_words
from consult.blueprints.shared.downloads import send_stored
from consult.blueprints.shared.joining import joining_text
from consult.blueprints.shared.joining import state_tag as joining_tag
from consult.blueprints.shared.screening import held_files
from consult.blueprints.shared.standing_behind import behind_of, case_step_rows
from consult.domain.accounts.queries import names_by_reference
from consult.domain.audit.queries import entries_about
from consult.domain.coding.progress import Progress, progress_by_answer
from consult.domain.coding.queries.copies import copies_about, find_copies_about
from consult.domain.coding.queries.versions import find_check
from consult.domain.composing.types import (
    COMPOSITION_KIND_LABELS,
    EVIDENCE_USE_LABELS,
    SIDE_LABELS,
)
from consult.domain.intake.queries import list_places
from consult.domain.intake.table_queries import row_of_answer
from consult.domain.meetings.queries import meetings_attended
from consult.domain.organisations.types import ActorType
from consult.domain.reports.traces import traces_of_answer
from consult.domain.rounds.queries import list_questions
from consult.domain.scans.queries import progress_by_attachment
from consult.domain.submissions.behind import bodies_behind, stands_behind
from consult.domain.submissions.companions import (
    confirmations_of,
    list_statements,
    translations_of,
)
from consult.domain.submissions.decisions import current_decisions, find_same_sender, merged_into
from consult.domain.submissions.endorsements import find_endorsement, joined_by
from consult.domain.submissions.erasures import find_open_request
from consult.domain.submissions.letter_queries import letters_about
from consult.domain.submissions.listing import get_answer, get_received
from consult.domain.submissions.senders import SENDER_CHECK_LABELS
from consult.domain.submissions.service.reclassifying import change_actor_type
from consult.domain.submissions.skipping import unasked_ids
from consult.domain.submissions.types import SubmissionStatus
from consult.kernel.errors import NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.submissions.models import Submission

_TRACE_LABELS = {
    "kind": COMPOSITION_KIND_LABELS,
    "use": EVIDENCE_USE_LABELS,
    "side": SIDE_LABELS,
}
"""The code lists that tell what reports make of an answer."""


@bp.get("/rounds/<slug:round_slug>/answers/<number:number>")
@requires(Permission.VIEW_DESK, on=get_received)
def answer(submission: "Submission") -> ResponseReturnValue:
    """One answer: who, when, how, and every word of it."""
    if submission.status is SubmissionStatus.MINUTES:
        return redirect(notes_address(submission))
    return render_template(
        "desk/answer.html",
        round=submission.round,
        submission=submission,
        **_standing(submission),
        **_words(submission),
        **_what_was_done(submission),
    )


def _standing(submission: "Submission") -> dict[str, Any]:
    """How the answer stands: to the deadline, to its sender, and in the work with it."""
    check = find_check(submission.current_version.id)
    why = submission.sender_check
    return {
        "deadline": deadline_tag(submission.deadline_status),
        "status": status_tag(submission.status),
        "work": work_on(submission),
        "progress": progress_by_answer([submission.id]).get(submission.id, Progress()),
        "sender_check": SENDER_CHECK_LABELS.get(why) if why else None,
        "is_unread": submission.status is SubmissionStatus.TO_CHECK,
        "is_unchecked": check is not None and check.checked_at is None,
        "can_be_marked": bool(kinds_for(submission)),
        "erasure": find_open_request(submission),
        "copies": copies_about(submission),
        "alike": find_copies_about(submission),
        "statements": list_statements(submission.id),
        "merged": [one.submission for one in merged_into(submission.id)],
        "same_sender": candidate_choices(find_same_sender(submission)),
        "attended": (
            meetings_attended(submission.round_id, submission.organisation_id)
            if submission.organisation_id
            else ()
        ),
    }


def _words(submission: "Submission") -> dict[str, Any]:
    """What the answer says, where it says nothing, and who stands behind it."""
    version = submission.current_version
    joins = find_endorsement(submission.id)
    places = list_places(submission.round_id)
    unasked = unasked_ids(list_questions(submission.round_id), version.answers)
    return {
        "version": version,
        "behind": behind_of(version),
        "bodies": bodies_behind(submission.round_id, submission_ids=[submission.id]).get(
            submission.id, ()
        ),
        "also_behind": stands_behind(submission),
        "joins": joins,
        "joins_text": joining_text(joins) if joins is not None else "",
        "joins_state": joining_tag(joins) if joins is not None else None,
        "joined_by": joined_by(submission.id),
        "case_steps": case_step_rows(version),
        "scans": progress_by_attachment(version.id),
        "held": held_files([file.digest for file in version.attachments]),
        "parts": answer_parts(version, places, translations_of(version.id)),
        "unanswered": [] if joins else unanswered_places(version, places, unasked=unasked),
        "confirmations": confirmations_in_words(
            confirmations_of(submission.id),
            digest=version.digest,
            versions={one.digest: one.number for one in submission.versions},
        ),
    }


def _what_was_done(submission: "Submission") -> dict[str, Any]:
    """Who sent it or wrote it down, what was decided, and every event, with names."""
    entries = entries_about(submission.reference)
    decisions = current_decisions(submission.id)
    written = letters_about(submission.id)
    actors = [*(e.actor for e in entries), *(one.decided_by for one in decisions)]
    actors += [copy.letter.created_by for copy in written]
    names = names_by_reference([*actors, submission.registered_by or ""])
    return {
        "facts": [*facts(submission, names), *relay_facts(submission)],
        "letters": letter_rows(written, names),
        "from_row": row_of_answer(submission.id) if submission.registered_by else None,
        "decisions": decision_rows(decisions, names, round_slug=submission.round.slug),
        "events": history(entries, names),
        "traces": traces_of_answer(submission.id),
        "trace_labels": _TRACE_LABELS,
    }


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
    return redirect(answer_address(submission))
