"""The queue: answers of a round by what they wait for, whose they are and who has read them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import joinedload

from consult.db import session
from consult.domain.accounts.models import Person
from consult.domain.handling.models import AnswerTask, NoteThread, ReadMark
from consult.domain.handling.queries.piles import is_open, pile_condition, stands, waits_for
from consult.domain.handling.rules import held_since
from consult.domain.handling.types import (
    ME,
    NOBODY,
    Due,
    Pile,
    QueueFilter,
    QueueOrder,
    Waits,
)
from consult.domain.organisations.types import ActorType
from consult.domain.submissions.listing import is_from, is_of_group
from consult.domain.submissions.models import Submission
from consult.domain.submissions.types import SubmissionStatus

SOON = timedelta(days=7)
"""How far ahead a deadline is among those that are near."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at the queue, and when: what "mine", "read" and "overdue" mean."""

    person_id: int
    now: datetime
    today: date


@dataclass(frozen=True, slots=True)
class QueueRow:
    """An answer in the queue.

    Attributes:
        task: ``None`` while nobody has done anything with it.
        waits: What it waits for besides being handled.
        is_read: Whether the reader has read it as it stands now.
        is_held: Whether somebody works on it at this moment.
        notes: How many discussions about it are open.
    """

    submission: Submission
    task: AnswerTask | None
    waits: frozenset[Waits]
    is_read: bool
    is_held: bool
    notes: int


def list_queue(
    round_id: int, wanted: QueueFilter, reader: Reader, *, offset: int = 0, limit: int = 50
) -> list[QueueRow]:
    """A part of the queue, in the order that is asked for; equal ones by number.

    Which answers stand on the page is asked first: what each waits for is then asked of those.
    """
    chosen = _queue(select(Submission.id), round_id, wanted, reader)
    chosen = chosen.order_by(*_order(wanted.order), Submission.number).offset(offset).limit(limit)
    ids = list(session().scalars(chosen))
    signs = [waits_for(one, round_id) for one in Waits]
    held = AnswerTask.held_at > held_since(reader.now)
    notes = (
        select(func.count(NoteThread.id))
        .where(NoteThread.submission_id == Submission.id, NoteThread.resolved_at.is_(None))
        .correlate(Submission)
        .scalar_subquery()
    )
    columns: list[Any] = [*signs, _is_read(), func.coalesce(held, False), notes]
    query = _joined(select(Submission, AnswerTask, *columns), reader).where(Submission.id.in_(ids))
    query = query.options(joinedload(AnswerTask.assignee), joinedload(AnswerTask.held_by))
    rows = {row[0].id: _row(*row) for row in session().execute(query)}
    return [rows[one] for one in ids]


def _row(submission: Submission, task: AnswerTask | None, *signs: Any) -> QueueRow:
    *waiting, is_read, is_held, notes = signs
    waits = frozenset(what for what, sign in zip(Waits, waiting, strict=True) if sign)
    return QueueRow(submission, task, waits, bool(is_read), bool(is_held), notes)


def count_queue(round_id: int, wanted: QueueFilter, reader: Reader) -> int:
    """How many answers a filter of the queue shows."""
    query = _queue(select(func.count(Submission.id)), round_id, wanted, reader)
    return session().scalar(query) or 0


def numbers_in_queue(
    round_id: int, wanted: QueueFilter, reader: Reader, *, limit: int
) -> list[int]:
    """The numbers of the answers that a filter shows, in its order, up to a limit."""
    query = _queue(select(Submission.number), round_id, wanted, reader)
    query = query.order_by(*_order(wanted.order), Submission.number)
    return list(session().scalars(query.limit(limit)))


def find_mine_after(submission: Submission, *, person_id: int) -> int | None:
    """The number of a person's next open answer, after this one or from the top."""
    query = (
        select(Submission.number)
        .join(AnswerTask, AnswerTask.submission_id == Submission.id)
        .where(
            Submission.round_id == submission.round_id,
            Submission.id != submission.id,
            AnswerTask.assignee_id == person_id,
            is_open(),
        )
        .order_by(case((Submission.number > submission.number, 0), else_=1), Submission.number)
        .limit(1)
    )
    return session().scalars(query).first()


def count_open(round_id: int) -> int:
    """How many answers of a round wait for somebody."""
    query = (
        select(func.count(Submission.id))
        .outerjoin(AnswerTask, AnswerTask.submission_id == Submission.id)
        .where(_is_answer(round_id), is_open())
    )
    return session().scalar(query) or 0


def count_piles(round_id: int) -> dict[Pile, int]:
    """How many answers lie on each pile."""
    conditions = [pile_condition(pile, round_id) for pile in Pile]
    query = (
        select(*(_number_of(condition) for condition in conditions))
        .select_from(Submission)
        .outerjoin(AnswerTask, AnswerTask.submission_id == Submission.id)
        .where(_is_answer(round_id))
    )
    row = session().execute(query).one()
    return {pile: number or 0 for pile, number in zip(Pile, row, strict=True)}


def waits_of(submission: Submission, *, among: Sequence[Waits] = tuple(Waits)) -> frozenset[Waits]:
    """What one answer waits for besides being handled; ``among`` spares asking for the rest."""
    signs = [waits_for(one, submission.round_id) for one in among]
    query = (
        select(*signs)
        .select_from(Submission)
        .outerjoin(AnswerTask, AnswerTask.submission_id == Submission.id)
        .where(Submission.id == submission.id)
    )
    row = session().execute(query).one()
    return frozenset(what for what, sign in zip(among, row, strict=True) if sign)


@dataclass(frozen=True, slots=True)
class KindProgress:
    """How far the work on answers of one kind of sender is. Only answers that stand are counted.

    Attributes:
        taken: Handled, or somebody's.
    """

    kind: ActorType
    received: int
    taken: int
    handled: int


def progress_by_kind(round_id: int) -> list[KindProgress]:
    """How far the work is for each kind of sender, in the order of lists of senders."""
    handled = pile_condition(Pile.HANDLED, round_id)
    taken = or_(handled, AnswerTask.assignee_id.is_not(None))
    query = (
        select(Submission.actor_type, func.count(), _number_of(taken), _number_of(handled))
        .select_from(Submission)
        .outerjoin(AnswerTask, AnswerTask.submission_id == Submission.id)
        .where(Submission.round_id == round_id, stands())
        .group_by(Submission.actor_type)
    )
    rows = [
        KindProgress(row[0], row[1], row[2] or 0, row[3] or 0) for row in session().execute(query)
    ]
    return sorted(rows, key=lambda one: one.kind.list_rank)


@dataclass(frozen=True, slots=True)
class Left:
    """What one person has left in a round.

    Attributes:
        mine: Answers that are theirs and open.
        overdue: Of these, those whose deadline is over.
        next_due: The nearest deadline among them that is not over.
        new: Open answers that are nobody's.
    """

    mine: int = 0
    overdue: int = 0
    next_due: date | None = None
    new: int = 0


def left_by_round(round_ids: Collection[int], reader: Reader) -> Mapping[int, Left]:
    """What a person has left in each of some rounds; where nothing waits, it is missing."""
    mine = AnswerTask.assignee_id == reader.person_id
    overdue = mine & (AnswerTask.due_on < reader.today)
    ahead = case((mine & (AnswerTask.due_on >= reader.today), AnswerTask.due_on))
    query = (
        select(
            Submission.round_id,
            _number_of(mine),
            _number_of(overdue),
            func.min(ahead),
            _number_of(AnswerTask.assignee_id.is_(None)),
        )
        .select_from(Submission)
        .outerjoin(AnswerTask, AnswerTask.submission_id == Submission.id)
        .where(Submission.round_id.in_(round_ids), is_open())
        .group_by(Submission.round_id)
    )
    return {row[0]: Left(row[1], row[2], row[3], row[4]) for row in session().execute(query)}


def assignees_of(round_id: int) -> Sequence[Person]:
    """Everybody who has answers of a round, by name; also those whose role has ended."""
    query = (
        select(Person)
        .where(
            Person.id.in_(
                select(AnswerTask.assignee_id).where(
                    AnswerTask.round_id == round_id, AnswerTask.assignee_id.is_not(None)
                )
            )
        )
        .order_by(func.lower(Person.name), Person.id)
    )
    return session().scalars(query).all()


def _queue(query: Select[Any], round_id: int, wanted: QueueFilter, reader: Reader) -> Select[Any]:
    query = _joined(query, reader)
    query = query.where(_is_answer(round_id), pile_condition(wanted.pile, round_id))
    return query.where(*_narrowing(wanted, reader))


def _joined(query: Select[Any], reader: Reader) -> Select[Any]:
    """Answers with their task and the reader's own mark, where there are any."""
    is_mine = and_(ReadMark.submission_id == Submission.id, ReadMark.person_id == reader.person_id)
    return (
        query.select_from(Submission)
        .outerjoin(AnswerTask, AnswerTask.submission_id == Submission.id)
        .outerjoin(ReadMark, is_mine)
    )


def _narrowing(wanted: QueueFilter, reader: Reader) -> list[ColumnElement[bool]]:
    """What leaves a part of a pile out."""
    found: list[ColumnElement[bool]] = []
    if wanted.q:
        found.append(is_from(wanted.q))
    if wanted.group is not None:
        found.append(is_of_group(wanted.group))
    if wanted.channel is not None:
        found.append(Submission.channel == wanted.channel)
    if wanted.assignee:
        found.append(_is_of(wanted.assignee, reader))
    if wanted.due is not None:
        found.append(_is_due(wanted.due, reader.today))
    if wanted.unread:
        found.append(~_is_read())
    return found


def _is_of(assignee: str, reader: Reader) -> ColumnElement[bool]:
    if assignee == NOBODY:
        return AnswerTask.assignee_id.is_(None)
    if assignee == ME:
        return AnswerTask.assignee_id == reader.person_id
    person = select(Person.id).where(Person.public_id == assignee).scalar_subquery()
    return AnswerTask.assignee_id == person


def _is_due(due: Due, today: date) -> ColumnElement[bool]:
    match due:
        case Due.OVERDUE:
            return AnswerTask.due_on < today
        case Due.WEEK:
            return AnswerTask.due_on.between(today, today + SOON)
        case Due.NONE:
            return AnswerTask.due_on.is_(None)


def _order(order: QueueOrder) -> list[ColumnElement[Any]]:
    match order:
        case QueueOrder.NUMBER:
            return []
        case QueueOrder.DUE:
            return [case((AnswerTask.due_on.is_(None), 1), else_=0).asc(), AnswerTask.due_on.asc()]
        case QueueOrder.NEWEST:
            return [Submission.received_at.desc()]


def _is_read() -> ColumnElement[bool]:
    read: ColumnElement[bool] = func.coalesce(ReadMark.version_number, 0) == (
        Submission.current_version_number
    )
    return read


def _is_answer(round_id: int) -> ColumnElement[bool]:
    return (Submission.round_id == round_id) & (Submission.status != SubmissionStatus.MINUTES)


def _number_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, literal(1)), else_=literal(0)))
