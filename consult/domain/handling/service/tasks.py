"""Whose an answer is, who is at it now, until when, and whether it is handled.

A hold is soft: it tells others, and actions on many leave the answer alone. It never stops
somebody who has opened the answer from deciding about it, and it lapses by itself.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import or_, update
from sqlalchemy.exc import IntegrityError

from consult.db import savepoint, session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.handling.errors import HeldByOther, StillWaits
from consult.domain.handling.models import AnswerTask
from consult.domain.handling.queries.actions import tasks_among
from consult.domain.handling.queries.queue import waits_of
from consult.domain.handling.queries.tasks import find_task
from consult.domain.handling.rules import (
    BLOCKING_WHERE_PUBLISHED,
    blocks_handling,
    held_since,
    is_held,
)
from consult.domain.handling.service.noting import open_note
from consult.domain.handling.service.reading import mark_read
from consult.domain.handling.types import MAX_WORD_LENGTH
from consult.domain.rounds.types import AnswerPublishing
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from consult.domain.accounts.models import Person
    from consult.domain.submissions.models import Submission


def task_of(submission: "Submission") -> AnswerTask:
    """The task of an answer, made now if there is none."""
    task = find_task(submission.id)
    if task is not None:
        return task
    try:
        with savepoint():
            task = AnswerTask(round_id=submission.round_id, submission_id=submission.id)
            session().add(task)
            session().flush()
    except IntegrityError:  # somebody else was faster
        task = find_task(submission.id)
    if task is None:
        raise AssertionError("a task that is there cannot be found")
    return task


def tasks_of(submissions: Sequence["Submission"]) -> dict[int, AnswerTask]:
    """The tasks of several answers, by the answer's id; those that are missing are made at once."""
    found = tasks_among([one.id for one in submissions])
    missing = [one for one in submissions if one.id not in found]
    made = [AnswerTask(round_id=one.round_id, submission=one) for one in missing]
    try:
        with savepoint():
            session().add_all(made)
            session().flush()
    except IntegrityError:  # somebody else was faster with one of them
        return found | {one.id: task_of(one) for one in missing}
    return found | {one.submission_id: one for one in made}


def take_up(submission: "Submission", *, by: Actor) -> None:
    """Begin to work on an answer: it is held, read, and mine if it was nobody's.

    Raises ``HeldByOther`` when somebody else works on it.
    """
    task = task_of(submission)
    now = utc_now()
    if not _try_hold(task, by=by, now=now):
        raise _held(task)
    if task.assignee_id is None:
        _give(submission, task, by.person_id, reference=by.reference, by=by)
    mark_read(submission, by=by)


def let_go(submission: "Submission", *, by: Actor) -> None:
    """Stop working on an answer; it stays whose it is. Another's hold is left alone."""
    task = find_task(submission.id)
    if task is not None and task.held_by_id == by.person_id:
        _free(task)


def take_over(submission: "Submission", word: str, *, by: Actor, base_url: str) -> None:
    """Work on an answer in another's place; the word stays as a note, and the other is told.

    Raises:
        InvalidInput: ``word`` (``required``, ``too_long``, ``identity_number``).
    """
    words = " ".join(word.split())
    if not words:
        raise InvalidInput("word", "required")
    if len(words) > MAX_WORD_LENGTH:
        raise InvalidInput("word", "too_long", limit=MAX_WORD_LENGTH)
    task = task_of(submission)
    former, now = task.held_by, utc_now()
    task.held_by_id, task.held_at = by.person_id, now
    task.assignee_id = by.person_id
    session().flush()
    session().expire(task, ["held_by", "assignee"])
    told = [former] if former is not None and former.id != by.person_id else []
    open_note(submission, words, mentions=told, by=by, base_url=base_url)
    mark_read(submission, by=by)
    data = {"from": former.reference} if former is not None else {}
    log_task(Tag.SUBMISSION_TAKEN_OVER, submission, by=by, data=data)


def assign_answer(
    submission: "Submission",
    person: "Person | None",
    *,
    by: Actor,
    task: AnswerTask | None = None,
) -> bool:
    """Give an answer to somebody, or to nobody; returns whether that is new.

    That the person may have it is the caller's question (``queries.tasks.get_team_member``).
    Raises ``HeldByOther`` when somebody else than them and ``by`` works on it. ``task`` spares
    looking for it, here and below.
    """
    task = task or task_of(submission)
    person_id = person.id if person is not None else None
    if task.assignee_id == person_id:
        return False
    check_free(task, by=by, besides=person_id)
    _give(submission, task, person_id, reference=person.reference if person else None, by=by)
    return True


def plan_work(
    submission: "Submission", person: "Person | None", due_on: date | None, *, by: Actor
) -> bool:
    """Say whose an answer is and until when; returns whether it has become somebody else's.

    Nothing is changed unless all of it can be. Raises as :func:`assign_answer` and
    :func:`set_deadline`.
    """
    task = task_of(submission)
    person_id = person.id if person is not None else None
    if due_on != task.due_on:
        _check_day(due_on)
    if person_id != task.assignee_id:
        check_free(task, by=by, besides=person_id)
    set_deadline(submission, due_on, by=by)
    return assign_answer(submission, person, by=by)


def set_deadline(
    submission: "Submission", due_on: date | None, *, by: Actor, task: AnswerTask | None = None
) -> bool:
    """Say until when an answer should be handled; returns whether that is new.

    Raises ``InvalidInput`` (``due_on``, ``past``).
    """
    task = task or task_of(submission)
    if task.due_on == due_on:
        return False
    _check_day(due_on)
    change_due(submission, task, due_on, by=by)
    return True


def _check_day(due_on: date | None) -> None:
    if due_on is not None and due_on < to_oslo(utc_now()).date():
        raise InvalidInput("due_on", "past")


def change_due(
    submission: "Submission", task: AnswerTask, due_on: date | None, *, by: Actor
) -> None:
    """Write another deadline down, whenever it is: undoing goes back to one that is over, too."""
    task.due_on, task.reminded = due_on, None
    session().flush()
    data = {"due_on": due_on.isoformat() if due_on else None}
    log_task(Tag.SUBMISSION_DUE_SET, submission, by=by, data=data)


def mark_handled(submission: "Submission", *, by: Actor, task: AnswerTask | None = None) -> bool:
    """Say that nothing more is to be done with an answer as it stands; whether that is new.

    A new version of it waits again.

    Raises:
        StillWaits: Something of it must be settled first.
        HeldByOther: Somebody else works on it.
    """
    task = task or task_of(submission)
    number = submission.current_version_number
    if task.handled_version == number:
        return False
    check_free(task, by=by)
    publishes = submission.round.answer_publishing is not AnswerPublishing.NEVER
    waits = waits_of(submission, among=BLOCKING_WHERE_PUBLISHED)
    blocking = blocks_handling(waits, publishes=publishes)
    if blocking:
        raise StillWaits(blocking)
    task.handled_version, task.handled_at, task.handled_by = number, utc_now(), by.reference
    _free(task)
    log_task(Tag.SUBMISSION_HANDLED, submission, by=by, data={"version": number})
    return True


def open_again(submission: "Submission", *, by: Actor) -> bool:
    """Take back that an answer is handled; returns whether it was."""
    task = find_task(submission.id)
    if task is None or task.handled_version is None:
        return False
    task.handled_version = task.handled_at = task.handled_by = None
    session().flush()
    log_task(Tag.SUBMISSION_OPENED_AGAIN, submission, by=by, data={})
    return True


def check_free(task: AnswerTask, *, by: Actor, besides: int | None = None) -> None:
    """Raise ``HeldByOther`` when somebody else than the actor, and one more, works on it."""
    allowed = {None, by.person_id, besides}
    if is_held(task.held_at, now=utc_now()) and task.held_by_id not in allowed:
        raise _held(task)


def log_task(tag: Tag, submission: "Submission", *, by: Actor, data: Mapping[str, object]) -> None:
    """Note in the owner's log what was done with the work on an answer."""
    record(
        tag,
        subject=submission.reference,
        by=by.reference,
        stream=organisation_stream(submission.round.owner_id),
        data=data,
    )


def give_back(
    submission: "Submission", task: AnswerTask, person_id: int | None, *, by: Actor
) -> None:
    """Let an answer be whose it was before."""
    _give(submission, task, person_id, reference=None, by=by)


def _give(
    submission: "Submission",
    task: AnswerTask,
    person_id: int | None,
    *,
    reference: str | None,
    by: Actor,
) -> None:
    task.assignee_id, task.reminded = person_id, None
    if task.held_by_id not in {None, person_id}:
        task.held_by_id = task.held_at = None
    session().flush()
    session().expire(task, ["assignee", "held_by"])
    if reference is None and task.assignee is not None:
        reference = task.assignee.reference
    log_task(Tag.SUBMISSION_ASSIGNED, submission, by=by, data={"to": reference})


def _free(task: AnswerTask) -> None:
    task.held_by_id = task.held_at = None
    session().flush()
    session().expire(task, ["held_by"])


def _try_hold(task: AnswerTask, *, by: Actor, now: datetime) -> bool:
    """Hold it in one step unless somebody else does; of two at once the second is told."""
    step = (
        update(AnswerTask)
        .where(
            AnswerTask.id == task.id,
            or_(
                AnswerTask.held_by_id.is_(None),
                AnswerTask.held_by_id == by.person_id,
                AnswerTask.held_at <= held_since(now),
            ),
        )
        .values(held_by_id=by.person_id, held_at=now)
        .returning(AnswerTask.id)
        .execution_options(synchronize_session=False)
    )
    is_mine = session().execute(step).one_or_none() is not None
    session().refresh(task, ["held_by_id", "held_at", "held_by"])
    return is_mine


def _held(task: AnswerTask) -> HeldByOther:
    name = task.held_by.name if task.held_by is not None else ""
    return HeldByOther(name, task.held_at or utc_now())
