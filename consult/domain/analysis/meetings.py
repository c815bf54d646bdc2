"""Values of what was said in meetings: counted apart, never among the answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from consult.domain.analysis.types import ThemeMark
from consult.domain.coding.types import ThemeRow
from consult.domain.meetings.types import Attended, MeetingKind, Wording
from consult.domain.organisations.types import ActorType


@dataclass(frozen=True, slots=True)
class SaidInMeeting:
    """A passage of an approved note that has not been struck.

    Attributes:
        meeting_id: Internal id of the meeting.
        group: Number of the group in its meeting.
        counted_as: Which passage it counts as: the same for a note and the parts chosen from it.
        wording: Whether it stands in the words that were spoken.
    """

    passage_id: str
    meeting_id: int
    meeting: str
    group: int
    language: str
    wording: Wording
    quote: str
    counted_as: int
    themes: tuple[ThemeMark, ...] = ()

    @property
    def may_be_quoted(self) -> bool:
        """Whether it is somebody's own words; a paraphrase is told as "from the minutes"."""
        return self.wording is Wording.VERBATIM


@dataclass(frozen=True, slots=True)
class HeldMeeting:
    """A meeting whose notes are approved, with what it counts as."""

    id: int
    kind: MeetingKind
    title: str
    place: str
    starts_at: datetime
    groups: int
    notes: int
    participants: Mapping[ActorType, int]
    attended: tuple[Attended, ...] = ()

    @property
    def people(self) -> int:
        """All participants."""
        return sum(self.participants.values())


@dataclass(frozen=True, slots=True)
class ThemeInMeetings:
    """How many passages of how many meetings are about a theme or one under it."""

    theme: ThemeRow
    meetings: int
    passages: int
