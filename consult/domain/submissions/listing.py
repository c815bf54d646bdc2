"""Lists of answers and single answers as the round's owner sees them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from consult.db import get_one, session
from consult.domain.organisations.types import ActorGroup, ActorType
from consult.domain.rounds.models import Round
from consult.domain.submissions.additions import VersionKind
from consult.domain.submissions.models import Answer, Party, Submission, SubmissionVersion
from consult.domain.submissions.parties import COUNTED
from consult.domain.submissions.types import Channel, SubmissionStatus
from consult.kernel.errors import NotFound

_LARGEST_NUMBER = 2**31 - 1


class AnswerOrder(StrEnum):
    """What a list of answers can be sorted by."""

    NUMBER = "number"
    NAME = "name"
    KIND = "kind"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class AnswerFilter:
    """Which answers of a round a list shows; ``None`` and the empty text leave nothing out.

    ``text`` is part of the sender's name, or of the name of a body behind it. Answers that stand
    aside as a possible flood are shown only when they are asked for.
    """

    text: str = ""
    group: ActorGroup | None = None
    status: SubmissionStatus | None = None
    channel: Channel | None = None

    @property
    def is_empty(self) -> bool:
        """Whether every answer is shown."""
        return self == AnswerFilter()


_COLUMNS: dict[AnswerOrder, ColumnElement[Any] | Any] = {
    AnswerOrder.NUMBER: Submission.number,
    AnswerOrder.NAME: func.lower(Submission.name),
    AnswerOrder.KIND: Submission.actor_type,
    AnswerOrder.RECEIVED: Submission.received_at,
}


def list_answers(
    round_id: int,
    wanted: AnswerFilter,
    *,
    order: AnswerOrder = AnswerOrder.NUMBER,
    descending: bool = False,
    offset: int = 0,
    limit: int = 50,
) -> Sequence[Submission]:
    """Answers of a round, sorted; equal ones by number."""
    column = _COLUMNS[order]
    query = _filtered(select(Submission), round_id, wanted)
    query = query.order_by(column.desc() if descending else column.asc(), Submission.number)
    query = query.options(joinedload(Submission.came_with))
    return session().scalars(query.offset(offset).limit(limit)).all()


def supplemented_among(submission_ids: Collection[int]) -> frozenset[int]:
    """Which of some answers have got a supplement."""
    query = select(SubmissionVersion.submission_id).where(
        SubmissionVersion.submission_id.in_(submission_ids),
        SubmissionVersion.kind == VersionKind.SUPPLEMENT,
    )
    return frozenset(session().scalars(query))


def count_answers(round_id: int, wanted: AnswerFilter) -> int:
    """How many answers of a round a filter shows."""
    query = _filtered(select(func.count(Submission.id)), round_id, wanted)
    return session().scalar(query) or 0


def _filtered(query: Select[Any], round_id: int, wanted: AnswerFilter) -> Select[Any]:
    query = query.where(
        Submission.round_id == round_id, Submission.status != SubmissionStatus.MINUTES
    )
    if text := wanted.text.strip():
        query = query.where(is_from(text))
    if wanted.group is not None:
        query = query.where(is_of_group(wanted.group))
    if wanted.status is not None:
        query = query.where(Submission.status == wanted.status)
    else:
        query = query.where(Submission.status != SubmissionStatus.QUARANTINED)
    if wanted.channel is not None:
        query = query.where(Submission.channel == wanted.channel)
    return query


def is_from(text: str) -> ColumnElement[bool]:
    """The text is part of the sender's name, or of the name of a body behind the answer."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    pattern = f"%{escaped}%"
    behind = (
        select(Party.id)
        .join(SubmissionVersion, SubmissionVersion.id == Party.version_id)
        .where(
            SubmissionVersion.submission_id == Submission.id,
            SubmissionVersion.number == Submission.current_version_number,
            Party.capacity.in_(COUNTED),
            Party.name.ilike(pattern, escape="\\"),
        )
    )
    return or_(Submission.name.ilike(pattern, escape="\\"), behind.correlate(Submission).exists())


def is_of_group(group: ActorGroup) -> ColumnElement[bool]:
    """The sender belongs to a part of society."""
    return Submission.actor_type.in_([kind for kind in ActorType if kind.group is group])


def get_answer(round_slug: str, number: int) -> Submission:
    """An answer by its number in the round, with all that it says. Raises :class:`NotFound`.

    The notes of a meeting are nobody's answer: there is nothing to decide about them.
    """
    found = get_received(round_slug, number)
    if found.status is SubmissionStatus.MINUTES:
        raise NotFound("answer", number)
    return found


def get_received(round_slug: str, number: int) -> Submission:
    """An answer or the notes of a meeting, by number. Raises :class:`NotFound`."""
    if number > _LARGEST_NUMBER:  # the database would refuse to look for it
        raise NotFound("answer", number)
    versions = selectinload(Submission.versions)
    answers = versions.selectinload(SubmissionVersion.answers)
    query = (
        select(Submission)
        .join(Submission.round)
        .where(Round.slug == round_slug, Submission.number == number)
        .options(
            joinedload(Submission.round).joinedload(Round.owner),
            joinedload(Submission.organisation),
            joinedload(Submission.registration),
            answers.joinedload(Answer.question),
            answers.joinedload(Answer.proposal),
            answers.joinedload(Answer.section),
            versions.selectinload(SubmissionVersion.parties),
            versions.selectinload(SubmissionVersion.attachments),
        )
    )
    return get_one(query, "answer", number)
