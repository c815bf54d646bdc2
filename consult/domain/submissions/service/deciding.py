"""Deciding about answers that were received: marks with a reason, lateness, one sender's several.

Nothing is ever removed. A mark changes what counts, and taking it back restores what was before.
"""

from collections.abc import Sequence
from typing import assert_never

from sqlalchemy import update

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.submissions.decisions import current_decisions, merged_into
from consult.domain.submissions.errors import AlreadyDecided
from consult.domain.submissions.models import Decision, Registration, Submission
from consult.domain.submissions.rules import check_free_text
from consult.domain.submissions.service.receipts import mail_receipt
from consult.domain.submissions.types import (
    STANDING_STATUSES,
    DeadlineStatus,
    DecisionKind,
    SubmissionStatus,
)
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.text.plain import canonical

_LATE = frozenset({DeadlineStatus.LATE_INCLUDED, DeadlineStatus.LATE_EXCLUDED})
MAX_REASON_LENGTH = 500


def mark_answer(
    submission: Submission,
    kind: DecisionKind,
    *,
    reason: str,
    by: Actor,
    stands: Submission | None = None,
) -> Decision:
    """Decide what an answer is: withdrawn, twice, off topic, or how its lateness is treated.

    ``stands`` is the answer of which this one is a duplicate, or with which it is merged.

    Raises:
        InvalidInput: ``reason`` (``required``, ``too_long``, ``identity_number``), ``stands``
            (``required``, ``unknown``) or ``kind`` (``not_late``).
        AlreadyDecided: It is marked already; take that back first.
    """
    reason = check_reason(reason)
    if kind.is_about_lateness:
        return _decide_lateness(submission, kind, reason=reason, by=by)
    if kind.names_another:
        _check_stands(submission, stands)
    before = submission.status
    _change_status(submission, before=STANDING_STATUSES, after=_status_of(kind))
    if stands is not None and kind.names_another:
        for earlier in merged_into(submission.id):
            earlier.stands = stands
    return _keep(submission, kind, before=before, reason=reason, by=by, stands=stands)


def merge_answers(
    stands: Submission, others: Sequence[Submission], *, reason: str, by: Actor
) -> None:
    """Let one of a sender's answers stand for all: the others are kept, seen, and not counted.

    What was merged into one of the others before stands under the same answer from now on.

    Raises as :func:`mark_answer`; ``InvalidInput`` for ``others`` (``required``) without any.
    """
    if not others:
        raise InvalidInput("others", "required")
    if stands.status not in STANDING_STATUSES:
        raise AlreadyDecided
    for other in others:
        mark_answer(other, DecisionKind.MULTIPLE, reason=reason, by=by, stands=stands)


def undo_merge(stands: Submission, *, by: Actor) -> int:
    """Let each answer that was merged into this one stand by itself again; returns how many."""
    decisions = merged_into(stands.id)
    for decision in decisions:
        take_back(decision, by=by)
    return len(decisions)


def take_back(decision: Decision, *, by: Actor) -> None:
    """Undo a mark: the answer is what it was before. Raises ``AlreadyDecided`` the second time.

    What has become something else since the mark, such as withdrawn, stays that.
    """
    _claim_taking_back(decision, by=by)
    submission = decision.submission
    if decision.kind.is_about_lateness:
        submission.deadline_status = DeadlineStatus(decision.before)
        session().flush()
    elif submission.withdrawn_at is None:  # the sender's own last word stands
        marked = frozenset({_status_of(decision.kind)})
        _try_status(submission, before=marked, after=SubmissionStatus(decision.before))
    _log(Tag.SUBMISSION_MARK_TAKEN_BACK, decision, by=by)


def confirm_read_back(submission: Submission, *, by: Actor, base_url: str) -> None:
    """Note that the caller has heard and confirmed what was written down: it counts from now on.

    Whoever gave an address gets the receipt now, with a personal link under ``base_url``. Raises
    ``AlreadyDecided`` when nothing waits for it.
    """
    _change_status(
        submission,
        before=frozenset({SubmissionStatus.TO_CHECK}),
        after=SubmissionStatus.RECEIVED,
    )
    facts = submission.registration or Registration(submission=submission)
    facts.read_back_at, facts.read_back_by = utc_now(), by.reference
    session().add(facts)
    session().flush()
    mail_receipt(submission, base_url=base_url)
    record(
        Tag.SUBMISSION_READ_BACK,
        subject=submission.reference,
        by=by.reference,
        stream=organisation_stream(submission.round.owner_id),
        data={},
    )


def _status_of(kind: DecisionKind) -> SubmissionStatus:
    match kind:
        case DecisionKind.WITHDRAWN:
            return SubmissionStatus.WITHDRAWN
        case DecisionKind.DUPLICATE:
            return SubmissionStatus.DUPLICATE
        case DecisionKind.OFF_TOPIC:
            return SubmissionStatus.OFF_TOPIC
        case DecisionKind.MULTIPLE:
            return SubmissionStatus.MULTIPLE
        case DecisionKind.LATE_INCLUDED | DecisionKind.LATE_EXCLUDED:
            raise InvalidInput("kind", "unknown")
        case _:
            assert_never(kind)


def check_reason(text: str) -> str:
    """The reason as it is kept, on one line. Raises ``InvalidInput`` as :func:`mark_answer`."""
    reason = " ".join(canonical(text).split())
    if not reason:
        raise InvalidInput("reason", "required")
    if len(reason) > MAX_REASON_LENGTH:
        raise InvalidInput("reason", "too_long", limit=MAX_REASON_LENGTH)
    check_free_text("reason", reason)
    return reason


def _check_stands(submission: Submission, stands: Submission | None) -> None:
    if stands is None:
        raise InvalidInput("stands", "required")
    is_other = stands.id != submission.id and stands.round_id == submission.round_id
    if not is_other or stands.status not in STANDING_STATUSES:
        raise InvalidInput("stands", "unknown")


def _decide_lateness(
    submission: Submission, kind: DecisionKind, *, reason: str, by: Actor
) -> Decision:
    """The decision on lateness; an earlier one no longer holds."""
    if submission.status not in STANDING_STATUSES:
        raise AlreadyDecided
    if submission.deadline_status not in _LATE:
        raise InvalidInput("kind", "not_late")
    for earlier in current_decisions(submission.id):
        if earlier.kind.is_about_lateness:
            take_back(earlier, by=by)
    before = submission.deadline_status
    submission.deadline_status = DeadlineStatus(kind.value)
    return _keep(submission, kind, before=before, reason=reason, by=by)


def _change_status(
    submission: Submission, *, before: frozenset[SubmissionStatus], after: SubmissionStatus
) -> None:
    """Change the status, or raise ``AlreadyDecided``: of two people at once the second fails."""
    if not _try_status(submission, before=before, after=after):
        raise AlreadyDecided


def _try_status(
    submission: Submission, *, before: frozenset[SubmissionStatus], after: SubmissionStatus
) -> bool:
    """Change the status in one step if it is one of some; returns whether it was."""
    step = (
        update(Submission)
        .where(Submission.id == submission.id, Submission.status.in_(before))
        .values(status=after)
        .returning(Submission.id)
    )
    is_changed = session().execute(step).one_or_none() is not None
    session().refresh(submission, ["status"])
    return is_changed


def _claim_taking_back(decision: Decision, *, by: Actor) -> None:
    step = (
        update(Decision)
        .where(Decision.id == decision.id, Decision.taken_back_at.is_(None))
        .values(taken_back_at=utc_now(), taken_back_by=by.reference)
        .returning(Decision.id)
    )
    if session().execute(step).one_or_none() is None:
        raise AlreadyDecided
    session().refresh(decision)


def _keep(
    submission: Submission,
    kind: DecisionKind,
    *,
    before: SubmissionStatus | DeadlineStatus,
    reason: str,
    by: Actor,
    stands: Submission | None = None,
) -> Decision:
    decision = Decision(
        submission=submission,
        stands=stands,
        kind=kind,
        before=before.value,
        reason=reason,
        decided_at=utc_now(),
        decided_by=by.reference,
    )
    session().add(decision)
    session().flush()
    _log(Tag.SUBMISSION_MARKED, decision, by=by)
    return decision


def _log(tag: Tag, decision: Decision, *, by: Actor) -> None:
    """Note the decision in the owner's log; the reason stays with the decision itself."""
    submission = decision.submission
    data: dict[str, object] = {"kind": decision.kind.value, "decision": decision.public_id}
    if decision.stands is not None:
        data["stands"] = decision.stands.number
    record(
        tag,
        subject=submission.reference,
        by=by.reference,
        stream=organisation_stream(submission.round.owner_id),
        data=data,
    )
