"""The task of one answer, who may be given one, and whom a deadline concerns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload

from consult.db import session
from consult.domain.accounts.models import Person
from consult.domain.handling.models import AnswerTask, ReadMark
from consult.domain.handling.queries.piles import is_open
from consult.domain.handling.rules import is_held, reminder_due
from consult.domain.handling.types import Reminder
from consult.domain.organisations.queries import members_as
from consult.domain.organisations.types import Role
from consult.domain.rounds.models import Round
from consult.domain.submissions.models import Submission
from consult.kernel.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Standing:
    """How the work on one answer stands, for somebody who looks at it.

    Attributes:
        holder: Who works on it at this moment.
        is_mine: Whether that is whoever looks.
    """

    assignee: Person | None
    due_on: date | None
    holder: Person | None
    held_at: datetime | None
    is_mine: bool
    is_handled: bool
    is_read: bool

    @property
    def is_held_elsewhere(self) -> bool:
        """Whether somebody else works on it."""
        return self.holder is not None and not self.is_mine


def find_task(submission_id: int) -> AnswerTask | None:
    """The task of an answer, with its persons; ``None`` while nobody has done anything with it."""
    query = (
        select(AnswerTask)
        .where(AnswerTask.submission_id == submission_id)
        .options(joinedload(AnswerTask.assignee), joinedload(AnswerTask.held_by))
    )
    return session().scalars(query).one_or_none()


def standing_of_work(submission: Submission, *, person_id: int, now: datetime) -> Standing:
    """How the work on an answer stands, for a person."""
    task = find_task(submission.id)
    read = select(ReadMark.version_number).where(
        ReadMark.submission_id == submission.id, ReadMark.person_id == person_id
    )
    is_read = session().scalar(read) == submission.current_version_number
    if task is None:
        return Standing(None, None, None, None, False, False, is_read)
    holder = task.held_by if is_held(task.held_at, now=now) else None
    return Standing(
        assignee=task.assignee,
        due_on=task.due_on,
        holder=holder,
        held_at=task.held_at if holder else None,
        is_mine=holder is not None and holder.id == person_id,
        is_handled=task.handled_version == submission.current_version_number,
        is_read=is_read,
    )


def list_team(owner_id: int, *, now: datetime) -> list[Person]:
    """Who may be given answers of an organisation's rounds, by name."""
    members = members_as(owner_id, Role.COORDINATOR, Role.CASE_OFFICER, now=now)
    return list(dict.fromkeys(one.person for one in members))


def get_team_member(owner_id: int, public_id: str, *, now: datetime) -> Person:
    """One who may be given answers. Raises ``InvalidInput`` (``assignee``, ``unknown``)."""
    for person in list_team(owner_id, now=now):
        if person.public_id == public_id:
            return person
    raise InvalidInput("assignee", "unknown")


def people_to_remind(today: date) -> list[int]:
    """Ids of those who have open answers with a deadline to be reminded of today."""
    return sorted({task.assignee_id for task, _due in _to_remind(today) if task.assignee_id})


def tasks_to_remind(person_id: int, *, today: date) -> Sequence[tuple[AnswerTask, Reminder]]:
    """A person's open answers with a deadline to be reminded of today, by round and number."""
    return [pair for pair in _to_remind(today) if pair[0].assignee_id == person_id]


def _to_remind(today: date) -> list[tuple[AnswerTask, Reminder]]:
    query = (
        select(AnswerTask)
        .join(AnswerTask.submission)
        .join(Submission.round)
        .where(
            AnswerTask.due_on.is_not(None),
            AnswerTask.assignee_id.is_not(None),
            or_(AnswerTask.reminded.is_(None), AnswerTask.reminded == Reminder.SOON),
            is_open(),
        )
        .options(
            contains_eager(AnswerTask.submission)
            .contains_eager(Submission.round)
            .joinedload(Round.owner)
        )
        .order_by(Submission.round_id, Submission.number)
    )
    found = []
    for task in session().scalars(query):
        reminder = reminder_due(task.due_on, task.reminded, today=today)
        if reminder is not None:
            found.append((task, reminder))
    return found
