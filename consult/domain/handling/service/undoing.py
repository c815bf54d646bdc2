"""Undoing what was done with many answers: each goes back, unless it has moved on since."""

from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy import update

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.disclosure.queries import get_review
from consult.domain.disclosure.service.reviewing import take_back as take_clearing_back
from consult.domain.disclosure.types import ReviewState
from consult.domain.handling.models import AnswerTask, BulkAction, BulkItem
from consult.domain.handling.queries.actions import tasks_among
from consult.domain.handling.service.reading import mark_unread
from consult.domain.handling.service.tasks import change_due, give_back, log_task
from consult.domain.handling.types import BulkKind, Outcome
from consult.domain.submissions.decisions import get_decision
from consult.domain.submissions.errors import AlreadyDecided
from consult.domain.submissions.service.deciding import take_back
from consult.kernel.clock import utc_now
from consult.kernel.errors import Conflict, NotFound


class AlreadyUndone(Conflict):
    """Somebody has undone it before."""


def undo_many(action: BulkAction, *, by: Actor) -> None:
    """Undo an action for every answer that is still as it left it; the others are left alone.

    What became of each stands in its item. Raises ``AlreadyUndone`` the second time.
    """
    _claim(action, by=by)
    items = [item for item in action.items if item.outcome is Outcome.DONE]
    tasks = tasks_among([item.submission_id for item in items])
    for item in items:
        is_undone = _UNDO[action.kind](item, tasks.get(item.submission_id), by)
        item.undone = Outcome.DONE if is_undone else Outcome.CHANGED
    session().flush()
    record(
        Tag.BULK_UNDONE,
        subject=action.reference,
        by=by.reference,
        stream=organisation_stream(action.round.owner_id),
        data={
            "of": len(items),
            "answers": [one.submission.number for one in items if one.undone is Outcome.DONE],
        },
    )


def _claim(action: BulkAction, *, by: Actor) -> None:
    """Of two people at once the second is told."""
    step = (
        update(BulkAction)
        .where(BulkAction.id == action.id, BulkAction.undone_at.is_(None))
        .values(undone_at=utc_now(), undone_by=by.reference)
        .returning(BulkAction.id)
        .execution_options(synchronize_session=False)
    )
    if session().execute(step).one_or_none() is None:
        raise AlreadyUndone
    session().refresh(action, ["undone_at", "undone_by"])


def _assign(item: BulkItem, task: AnswerTask | None, by: Actor) -> bool:
    if task is None or task.assignee_id != item.after["assignee"]:
        return False
    give_back(item.submission, task, item.before["assignee"], by=by)
    return True


def _due(item: BulkItem, task: AnswerTask | None, by: Actor) -> bool:
    if task is None or task.due_on != _day(item.after["due_on"]):
        return False
    change_due(item.submission, task, _day(item.before["due_on"]), by=by)
    return True


def _handled(item: BulkItem, task: AnswerTask | None, by: Actor) -> bool:
    if task is None or task.handled_version != item.after["handled"]:
        return False
    task.handled_version = item.before["handled"]
    task.handled_at = task.handled_by = None
    session().flush()
    log_task(Tag.SUBMISSION_OPENED_AGAIN, item.submission, by=by, data={})
    return True


def _mark(item: BulkItem, _task: AnswerTask | None, by: Actor) -> bool:
    decision = get_decision(
        item.submission.round.slug, item.submission.number, item.after["decision"]
    )
    try:
        take_back(decision, by=by)
    except AlreadyDecided:
        return False
    return True


def _clear(item: BulkItem, _task: AnswerTask | None, by: Actor) -> bool:
    submission = item.submission
    try:
        review = get_review(submission.round.slug, submission.number)
    except NotFound:
        return False
    if review.id != item.after["review"] or review.state is not ReviewState.CLEARED:
        return False
    take_clearing_back(review, by=by)
    return True


def _read(item: BulkItem, _task: AnswerTask | None, by: Actor) -> bool:
    if item.action.made_by != by.reference:
        return False
    mark_unread(item.submission, by=by)
    return True


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text is not None else None


_UNDO: Mapping[BulkKind, Callable[[BulkItem, AnswerTask | None, Actor], bool]] = {
    BulkKind.ASSIGN: _assign,
    BulkKind.DEADLINE: _due,
    BulkKind.HANDLED: _handled,
    BulkKind.MARK: _mark,
    BulkKind.CLEAR: _clear,
    BulkKind.READ: _read,
}
