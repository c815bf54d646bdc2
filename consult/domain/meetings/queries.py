"""Finding meetings, and counting them apart from answers."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from consult.db import get_one, session
from consult.domain.meetings.models import (
    Meeting,
    MeetingGroup,
    MeetingNote,
    MeetingOrganisation,
    MeetingParticipants,
    MeetingPicture,
    MeetingPrompt,
)
from consult.domain.meetings.types import Attended, MeetingCount, MeetingState, MeetingTotals
from consult.domain.organisations.models import Organisation
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.models import Round
from consult.domain.submissions.models import Answer, Submission
from consult.domain.submissions.types import SubmissionStatus
from consult.kernel.errors import NotFound
from consult.kernel.ids import token_digest


def picture_digests() -> Select[tuple[str]]:
    """The digests of all pictures as they came, as a query."""
    return select(MeetingPicture.digest)


def get_meeting(round_slug: str, meeting_id: str) -> Meeting:
    """A meeting of a round by public id, with its groups, prompts and notes.

    Raises :class:`NotFound`.
    """
    query = (
        select(Meeting)
        .join(Meeting.round)
        .where(Round.slug == round_slug, Meeting.public_id == meeting_id)
        .options(
            contains_eager(Meeting.round).joinedload(Round.owner),
            selectinload(Meeting.prompts).joinedload(MeetingPrompt.question),
            selectinload(Meeting.groups).selectinload(MeetingGroup.notes),
            selectinload(Meeting.participants),
            selectinload(Meeting.pictures),
        )
    )
    return get_one(query, "meeting", meeting_id)


def get_group(group_id: str) -> MeetingGroup:
    """A group by public id, for whoever writes at its table. Raises :class:`NotFound`."""
    query = select(MeetingGroup).where(MeetingGroup.public_id == group_id)
    found = session().scalars(query.options(*_GROUP_PARTS)).one_or_none()
    if found is None:
        raise NotFound("group", group_id)
    return found


def find_group_by_link(token: str) -> MeetingGroup | None:
    """The group that a table host's link belongs to, also after it has stopped working."""
    query = select(MeetingGroup).where(MeetingGroup.link_digest == token_digest(token))
    return session().scalars(query.options(*_GROUP_PARTS)).one_or_none()


_MEETING_OF_GROUP = joinedload(MeetingGroup.meeting)
_GROUP_PARTS = (
    _MEETING_OF_GROUP.joinedload(Meeting.round).joinedload(Round.owner),
    _MEETING_OF_GROUP.selectinload(Meeting.prompts).joinedload(MeetingPrompt.question),
    selectinload(MeetingGroup.notes).joinedload(MeetingNote.prompt),
)


def get_note(round_slug: str, note_id: str) -> MeetingNote:
    """A note of a round by public id, for the desk. Raises :class:`NotFound`."""
    query = (
        select(MeetingNote)
        .join(MeetingNote.group)
        .join(MeetingGroup.meeting)
        .join(Meeting.round)
        .where(Round.slug == round_slug, MeetingNote.public_id == note_id)
    )
    return get_one(query, "note", note_id)


def get_picture(round_slug: str, picture_id: str) -> MeetingPicture:
    """A picture of a round's meeting by public id. Raises :class:`NotFound`."""
    query = (
        select(MeetingPicture)
        .join(MeetingPicture.meeting)
        .join(Meeting.round)
        .where(Round.slug == round_slug, MeetingPicture.public_id == picture_id)
    )
    return get_one(query, "picture", picture_id)


def list_meetings(round_id: int, *, validated_only: bool = False) -> Sequence[Meeting]:
    """The meetings of a round, the earliest first."""
    query = select(Meeting).where(Meeting.round_id == round_id)
    if validated_only:
        query = query.where(Meeting.state == MeetingState.VALIDATED)
    return session().scalars(query.order_by(Meeting.starts_at, Meeting.id)).all()


def list_validated(round_ids: Collection[int]) -> Sequence[Meeting]:
    """The meetings of some rounds that everybody may see, in the order they were approved."""
    query = select(Meeting).where(
        Meeting.round_id.in_(round_ids),
        Meeting.state == MeetingState.VALIDATED,
        Meeting.validated_at.is_not(None),
    )
    return session().scalars(query.order_by(Meeting.validated_at, Meeting.id)).all()


def list_published_pictures(meeting_ids: Collection[int]) -> Sequence[MeetingPicture]:
    """The pictures of some meetings that everybody may see."""
    query = select(MeetingPicture).where(
        MeetingPicture.meeting_id.in_(meeting_ids), MeetingPicture.published_at.is_not(None)
    )
    return session().scalars(query.order_by(MeetingPicture.id)).all()


def counts_by_meeting(meeting_ids: Collection[int]) -> dict[int, MeetingCount]:
    """What each of some meetings counts as."""
    groups = _numbers(
        select(MeetingGroup.meeting_id, func.count())
        .where(MeetingGroup.meeting_id.in_(meeting_ids))
        .group_by(MeetingGroup.meeting_id)
    )
    notes = _numbers(
        select(MeetingGroup.meeting_id, func.count())
        .join(MeetingNote, MeetingNote.group_id == MeetingGroup.id)
        .where(MeetingGroup.meeting_id.in_(meeting_ids), MeetingNote.struck_at.is_(None))
        .group_by(MeetingGroup.meeting_id)
    )
    participants: dict[int, dict[ActorType, int]] = defaultdict(dict)
    for row in session().scalars(
        select(MeetingParticipants).where(MeetingParticipants.meeting_id.in_(meeting_ids))
    ):
        participants[row.meeting_id][row.actor_type] = row.number
    return {
        key: MeetingCount(groups.get(key, 0), notes.get(key, 0), _ranked(participants[key]))
        for key in meeting_ids
    }


def _numbers(query: Select[*tuple[Any, ...]]) -> dict[int, int]:
    return {row[0]: row[1] for row in session().execute(query)}


def _ranked(numbers: dict[ActorType, int]) -> dict[ActorType, int]:
    return {kind: numbers[kind] for kind in sorted(numbers, key=lambda kind: kind.list_rank)}


def count_meetings(round_id: int, *, validated_only: bool = False) -> MeetingTotals:
    """The meetings of a round together: m meetings, g groups, n notes, p participants."""
    in_round = select(Meeting.id).where(Meeting.round_id == round_id)
    if validated_only:
        in_round = in_round.where(Meeting.state == MeetingState.VALIDATED)
    groups = select(func.count()).where(MeetingGroup.meeting_id.in_(in_round))
    notes = (
        select(func.count())
        .select_from(MeetingNote)
        .join(MeetingGroup, MeetingNote.group_id == MeetingGroup.id)
        .where(MeetingGroup.meeting_id.in_(in_round), MeetingNote.struck_at.is_(None))
    )
    people = select(func.coalesce(func.sum(MeetingParticipants.number), 0)).where(
        MeetingParticipants.meeting_id.in_(in_round)
    )
    meetings = select(func.count()).where(Meeting.id.in_(in_round))
    unfinished = meetings.where(Meeting.state == MeetingState.OPEN)
    parts = (meetings, groups, notes, people, unfinished)
    row = session().execute(select(*(part.scalar_subquery() for part in parts))).one()
    return MeetingTotals(*row)


def attended_by(meeting_ids: Collection[int]) -> dict[int, tuple[Attended, ...]]:
    """The organisations that took part in each of some meetings, with the answers they sent.

    Of several answers that stand the latest; an organisation is one actor however it speaks.
    """
    answer = (
        select(func.max(Submission.number))
        .where(
            Submission.round_id == Meeting.round_id,
            Submission.organisation_id == MeetingOrganisation.organisation_id,
            Submission.status == SubmissionStatus.RECEIVED,
        )
        .correlate(Meeting, MeetingOrganisation)
        .scalar_subquery()
    )
    query = (
        select(MeetingOrganisation.meeting_id, Organisation, answer)
        .join(Organisation, MeetingOrganisation.organisation_id == Organisation.id)
        .join(Meeting, MeetingOrganisation.meeting_id == Meeting.id)
        .where(Meeting.id.in_(meeting_ids))
        .order_by(Organisation.name)
    )
    found: dict[int, list[Attended]] = defaultdict(list)
    for meeting_id, body, number in session().execute(query):
        found[meeting_id].append(Attended(body.id, body.slug, body.name, number))
    return {key: tuple(found[key]) for key in meeting_ids}


def meetings_attended(round_id: int, organisation_id: int) -> Sequence[Meeting]:
    """The meetings of a round in which an organisation took part."""
    query = (
        select(Meeting)
        .join(MeetingOrganisation, MeetingOrganisation.meeting_id == Meeting.id)
        .where(Meeting.round_id == round_id, MeetingOrganisation.organisation_id == organisation_id)
        .order_by(Meeting.starts_at)
    )
    return session().scalars(query).all()


def find_by_submission(submission_id: int) -> Meeting | None:
    """The meeting whose approved notes a submission holds."""
    query = select(Meeting).where(Meeting.submission_id == submission_id)
    return session().scalars(query).one_or_none()


def find_note_by_post(group_id: int, post_key: str) -> MeetingNote | None:
    """The note that a phone's post has already made."""
    query = select(MeetingNote).where(
        MeetingNote.group_id == group_id, MeetingNote.post_key == post_key
    )
    return session().scalars(query).one_or_none()


def struck_answer_ids(version_id: int) -> frozenset[int]:
    """The parts of a meeting's text that were struck: they are not counted and never quoted."""
    query = (
        select(MeetingNote.answer_id)
        .join(Answer, MeetingNote.answer_id == Answer.id)
        .where(Answer.version_id == version_id, MeetingNote.struck_at.is_not(None))
    )
    return frozenset(found for found in session().scalars(query) if found is not None)
