"""Doing one thing with many answers, and telling exactly what became of each.

Nothing is done half: each answer is changed as if somebody had opened it, by the same services, or
left alone for a reason that is kept. What was changed stands beside it, so that it can be undone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.disclosure.errors import FindingsOpen
from consult.domain.disclosure.queries import get_review
from consult.domain.disclosure.service.reviewing import clear_answer
from consult.domain.disclosure.types import ReviewState
from consult.domain.handling.errors import HeldByOther, StillWaits
from consult.domain.handling.models import BulkAction, BulkItem
from consult.domain.handling.queries.actions import find_numbered, tasks_among
from consult.domain.handling.service.reading import mark_read
from consult.domain.handling.service.tasks import (
    assign_answer,
    check_free,
    mark_handled,
    set_deadline,
    tasks_of,
)
from consult.domain.handling.service.telling import tell_given
from consult.domain.handling.types import MOST_AT_ONCE, BulkKind, Outcome
from consult.domain.submissions.errors import AlreadyDecided
from consult.domain.submissions.service.deciding import check_reason, mark_answer
from consult.domain.submissions.types import STANDING_STATUSES, DecisionKind
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from consult.domain.accounts.models import Person
    from consult.domain.handling.models import AnswerTask
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import Submission


@dataclass(frozen=True, slots=True)
class Change:
    """What shall be done with each answer.

    Attributes:
        assignee: To whom, for ``ASSIGN``; ``None`` is nobody.
        due_on: Until when, for ``DEADLINE``; ``None`` takes the deadline away.
        mark, reason: As what and why, for ``MARK``.
        stands: The answer that stands in place of the others, for a mark that names one.
    """

    kind: BulkKind
    assignee: "Person | None" = None
    due_on: date | None = None
    mark: DecisionKind | None = None
    reason: str = ""
    stands: "Submission | None" = None

    @property
    def data(self) -> dict[str, Any]:
        """What was asked for, to be kept; the reason stays with each decision."""
        return {
            "assignee": self.assignee.reference if self.assignee else None,
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "mark": self.mark.value if self.mark else None,
            "stands": self.stands.number if self.stands else None,
        }


Step = tuple[Outcome, dict[str, Any], dict[str, Any]]
"""What became of an answer, with what was changed before and after."""


def change_many(
    round_: "Round", numbers: Sequence[int], change: Change, *, by: Actor, base_url: str
) -> BulkAction:
    """Do one thing with the answers of these numbers; what became of each is in the action.

    Raises ``InvalidInput`` before anything is changed: ``numbers`` (``required``, ``too_many``),
    ``due_on`` (``past``), ``mark`` (``required``), and for a mark as
    :func:`~consult.domain.submissions.service.deciding.mark_answer`.
    """
    found = find_numbered(round_.id, numbers)
    _check(found, change)
    action = BulkAction(
        round_id=round_.id,
        kind=change.kind,
        data=change.data,
        made_at=utc_now(),
        made_by=by.reference,
    )
    session().add(action)
    needs_tasks = change.kind in _OF_TASKS
    tasks = tasks_of(found) if needs_tasks else tasks_among([one.id for one in found])
    for submission in found:
        outcome, before, after = _change(submission, tasks.get(submission.id), change, by=by)
        action.items.append(
            BulkItem(submission_id=submission.id, outcome=outcome, before=before, after=after)
        )
    session().flush()
    done = [one.number for one, item in zip(found, action.items, strict=True) if _is_done(item)]
    record(
        Tag.BULK_APPLIED,
        subject=action.reference,
        by=by.reference,
        stream=organisation_stream(round_.owner_id),
        data={"kind": change.kind.value, "of": len(found), "answers": done},
    )
    person = change.assignee if change.kind is BulkKind.ASSIGN else None
    if person is not None and person.id != by.person_id and done:
        tell_given(person, round_, done, name=by.name, base_url=base_url)
    return action


def _is_done(item: BulkItem) -> bool:
    return item.outcome is Outcome.DONE


def _check(found: Sequence["Submission"], change: Change) -> None:
    if not found:
        raise InvalidInput("numbers", "required")
    if len(found) > MOST_AT_ONCE:
        raise InvalidInput("numbers", "too_many", limit=MOST_AT_ONCE)
    if change.due_on is not None and change.due_on < to_oslo(utc_now()).date():
        raise InvalidInput("due_on", "past")
    if change.kind is BulkKind.MARK and change.mark is None:
        raise InvalidInput("mark", "required")
    if change.mark is not None:
        check_reason(change.reason)
    if change.mark is not None and change.mark.names_another:
        if change.stands is None:
            raise InvalidInput("stands", "required")
        if change.stands.status not in STANDING_STATUSES:
            raise InvalidInput("stands", "unknown")


def _change(
    submission: "Submission", task: "AnswerTask | None", change: Change, *, by: Actor
) -> Step:
    try:
        if task is not None and change.kind in _NOT_WHILE_HELD:
            check_free(task, by=by)
        return _STEPS[change.kind](submission, task, change, by)
    except HeldByOther:
        return Outcome.HELD, {}, {}


def _assign(submission: "Submission", task: "AnswerTask | None", change: Change, by: Actor) -> Step:
    before = task.assignee_id if task is not None else None
    if not assign_answer(submission, change.assignee, by=by, task=task):
        return Outcome.SAME, {}, {}
    after = change.assignee.id if change.assignee is not None else None
    return Outcome.DONE, {"assignee": before}, {"assignee": after}


def _set_due(
    submission: "Submission", task: "AnswerTask | None", change: Change, by: Actor
) -> Step:
    before = task.due_on if task is not None else None
    if not set_deadline(submission, change.due_on, by=by, task=task):
        return Outcome.SAME, {}, {}
    return Outcome.DONE, {"due_on": _iso(before)}, {"due_on": _iso(change.due_on)}


def _handle(
    submission: "Submission", task: "AnswerTask | None", _change: Change, by: Actor
) -> Step:
    before = task.handled_version if task is not None else None
    if submission.status not in STANDING_STATUSES:
        return Outcome.ASIDE, {}, {}
    try:
        if not mark_handled(submission, by=by, task=task):
            return Outcome.SAME, {}, {}
    except StillWaits:
        return Outcome.WAITING, {}, {}
    number = submission.current_version_number
    return Outcome.DONE, {"handled": before}, {"handled": number}


def _mark(submission: "Submission", _task: "AnswerTask | None", change: Change, by: Actor) -> Step:
    if change.stands is not None and change.stands.id == submission.id:
        return Outcome.ITSELF, {}, {}
    if change.mark is None:
        raise InvalidInput("mark", "required")
    if submission.status not in STANDING_STATUSES:
        return Outcome.DECIDED, {}, {}
    try:
        decision = mark_answer(
            submission, change.mark, reason=change.reason, by=by, stands=change.stands
        )
    except AlreadyDecided:
        return Outcome.DECIDED, {}, {}
    except InvalidInput as error:
        if error.reason == "not_late":
            return Outcome.NOT_LATE, {}, {}
        raise
    return Outcome.DONE, {}, {"decision": decision.public_id}


def _clear(
    submission: "Submission", _task: "AnswerTask | None", _change: Change, by: Actor
) -> Step:
    try:
        review = get_review(submission.round.slug, submission.number)
    except NotFound:
        return Outcome.ASIDE, {}, {}
    if review.state is ReviewState.REFUSED:
        return Outcome.REFUSED, {}, {}
    if review.state is ReviewState.CLEARED:
        return Outcome.SAME, {}, {}
    if not submission.actor_type.is_organisation:
        return Outcome.PERSON, {}, {}
    try:
        clear_answer(review, by=by)
    except FindingsOpen:
        return Outcome.FINDINGS, {}, {}
    return Outcome.DONE, {}, {"review": review.id}


def _read(submission: "Submission", _task: "AnswerTask | None", _change: Change, by: Actor) -> Step:
    if not mark_read(submission, by=by):
        return Outcome.SAME, {}, {}
    return Outcome.DONE, {}, {}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


_OF_TASKS = frozenset({BulkKind.ASSIGN, BulkKind.DEADLINE, BulkKind.HANDLED})
_NOT_WHILE_HELD = frozenset({BulkKind.ASSIGN, BulkKind.HANDLED, BulkKind.MARK, BulkKind.CLEAR})

_STEPS: Mapping[BulkKind, Callable[["Submission", "AnswerTask | None", Change, Actor], Step]] = {
    BulkKind.ASSIGN: _assign,
    BulkKind.DEADLINE: _set_due,
    BulkKind.HANDLED: _handle,
    BulkKind.MARK: _mark,
    BulkKind.CLEAR: _clear,
    BulkKind.READ: _read,
}
