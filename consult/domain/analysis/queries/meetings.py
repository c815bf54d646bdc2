"""What was said in meetings, by theme; none of it stands in the tables of answers."""

from collections.abc import Sequence

from sqlalchemy import select

from consult.db import session
from consult.domain.analysis.meetings import HeldMeeting, SaidInMeeting, ThemeInMeetings
from consult.domain.analysis.queries.passages import with_themes_below
from consult.domain.analysis.types import ThemeMark
from consult.domain.coding.models import Passage
from consult.domain.coding.queries.passages import themes_of_passages
from consult.domain.coding.queries.scope import counted_as
from consult.domain.coding.queries.themes import list_themes
from consult.domain.meetings.models import Meeting, MeetingGroup, MeetingNote
from consult.domain.meetings.queries import attended_by, counts_by_meeting, list_meetings


def said_in_meetings(round_id: int) -> tuple[SaidInMeeting, ...]:
    """Every passage of the approved notes that stand: by meeting, group and place."""
    query = (
        select(
            Passage.id,
            Passage.public_id,
            Passage.quote,
            counted_as().label("counted_as"),
            Meeting.id.label("meeting_id"),
            Meeting.title,
            Meeting.language,
            MeetingGroup.number,
            MeetingNote.wording,
        )
        .select_from(Meeting)  # few, or none: begun from the passages it reads all of them
        .join(MeetingGroup, MeetingGroup.meeting_id == Meeting.id)
        .join(MeetingNote, MeetingNote.group_id == MeetingGroup.id)
        .join(Passage, Passage.answer_id == MeetingNote.answer_id)
        .where(Meeting.round_id == round_id, MeetingNote.struck_at.is_(None))
        .order_by(Meeting.starts_at, Meeting.id, MeetingGroup.number, Passage.position, Passage.id)
    )
    rows = session().execute(query).all()
    themes = themes_of_passages([row.id for row in rows])
    return tuple(
        SaidInMeeting(
            passage_id=row.public_id,
            meeting_id=row.meeting_id,
            meeting=row.title,
            group=row.number,
            language=row.language,
            wording=row.wording,
            quote=row.quote,
            counted_as=row.counted_as,
            themes=tuple(
                ThemeMark(theme.key, theme.name, theme.colour) for theme in themes.get(row.id, ())
            ),
        )
        for row in rows
    )


def held_meetings(round_id: int) -> tuple[HeldMeeting, ...]:
    """The meetings whose notes are approved, the earliest first."""
    meetings = list_meetings(round_id, validated_only=True)
    ids = [meeting.id for meeting in meetings]
    counts, attended = counts_by_meeting(ids), attended_by(ids)
    return tuple(
        HeldMeeting(
            id=meeting.id,
            kind=meeting.kind,
            title=meeting.title,
            place=meeting.place,
            starts_at=meeting.starts_at,
            groups=counts[meeting.id].groups,
            notes=counts[meeting.id].notes,
            participants=counts[meeting.id].participants or {},
            attended=attended[meeting.id],
        )
        for meeting in meetings
    )


def themes_in_meetings(round_id: int) -> tuple[ThemeInMeetings, ...]:
    """The themes that meetings took up, rolled up as in the matrix; those without any are left out.

    Nothing is asked of the codebook where no meeting has approved notes.
    """
    said = said_in_meetings(round_id)
    if not said:
        return ()
    themes = list_themes(round_id)
    found = []
    for theme in themes:
        keys = {row.key for row in with_themes_below(themes, theme)}
        hits = _about(said, keys)
        if hits:
            found.append(
                ThemeInMeetings(
                    theme,
                    meetings=len({hit.meeting_id for hit in hits}),
                    passages=len({hit.counted_as for hit in hits}),
                )
            )
    return tuple(found)


def said_about(round_id: int, theme_keys: Sequence[str]) -> tuple[SaidInMeeting, ...]:
    """What was said in meetings about any of some themes."""
    return tuple(_about(said_in_meetings(round_id), set(theme_keys)))


def _about(said: Sequence[SaidInMeeting], keys: set[str]) -> list[SaidInMeeting]:
    return [one for one in said if any(mark.key in keys for mark in one.themes)]
