"""Values of meetings (domain guide §2.5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from consult.domain.organisations.types import ActorType
from consult.kernel.i18n import N_


class MeetingKind(StrEnum):
    """What kind of meeting it was."""

    DIALOGUE_CAFE = "dialogue_cafe"
    USER_EVENING = "user_evening"
    USER_MEETING = "user_meeting"
    OPEN_HOUSE = "open_house"
    GROUP_WORK = "group_work"
    REGIONAL_GATHERING = "regional_gathering"
    PROFESSIONAL_GATHERING = "professional_gathering"
    WORKSHOP = "workshop"
    CODETERMINATION = "codetermination"
    INTERVIEW = "interview"
    PHONE_MEETING = "phone_meeting"


MEETING_KIND_LABELS: dict[MeetingKind, str] = {
    MeetingKind.DIALOGUE_CAFE: N_("Dialogue café"),
    MeetingKind.USER_EVENING: N_("User evening"),
    MeetingKind.USER_MEETING: N_("Meeting with users"),
    MeetingKind.OPEN_HOUSE: N_("Open house"),
    MeetingKind.GROUP_WORK: N_("Group work"),
    MeetingKind.REGIONAL_GATHERING: N_("Regional gathering"),
    MeetingKind.PROFESSIONAL_GATHERING: N_("Professional gathering"),
    MeetingKind.WORKSHOP: N_("Workshop"),
    MeetingKind.CODETERMINATION: N_("Codetermination meeting"),
    MeetingKind.INTERVIEW: N_("Interview"),
    MeetingKind.PHONE_MEETING: N_("Phone or video meeting"),
}


class MeetingState(StrEnum):
    """Whether notes may still be written and taken out."""

    OPEN = "open"
    VALIDATED = "validated"


MEETING_STATE_LABELS: dict[MeetingState, str] = {
    MeetingState.OPEN: N_("Notes are being taken"),
    MeetingState.VALIDATED: N_("Notes are approved"),
}


class Wording(StrEnum):
    """Whose words a note is in; decides whether it may be quoted literally."""

    PARAPHRASE = "paraphrase"
    VERBATIM = "verbatim"


WORDING_LABELS: dict[Wording, str] = {
    Wording.PARAPHRASE: N_("In the table host's words"),
    Wording.VERBATIM: N_("Word for word, as it was said"),
}

LINK_OUTLIVES_MEETING = timedelta(days=3)
"""How long after the meeting a table host's link still opens: time to find coverage again."""

MAX_NOTE_LENGTH = 4_000
"""Characters of one note."""

MAX_GROUPS = 40
"""Groups of one meeting."""

MAX_PARTICIPANTS = 5_000
"""Participants of one kind in one meeting; more is a slip of the finger."""


@dataclass(frozen=True, slots=True)
class PromptSpec:
    """What the groups talk about: a question of the round, or words of the meeting's own."""

    question: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class MeetingDetails:
    """What is said of a meeting besides its notes.

    Attributes:
        organiser: Who held it, in words.
        language: What was spoken and noted, ``nb``, ``nn``, ``en`` or another code.
    """

    kind: MeetingKind
    title: str
    place: str
    organiser: str
    starts_at: datetime
    ends_at: datetime
    language: str = "nb"


@dataclass(frozen=True, slots=True)
class WrittenNote:
    """A note as it came from a phone.

    Attributes:
        client_id: Made by the phone: a post that is repeated is stored once.
        prompt: Number of the prompt it is about, from 1, or ``None`` for something else.
        written_at: By the phone's clock, or ``None`` where it did not say.
    """

    client_id: str
    body: str
    wording: Wording = Wording.PARAPHRASE
    prompt: int | None = None
    written_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MeetingCount:
    """What a meeting counts as: itself, its groups, notes and participants; never as answers.

    Attributes:
        notes: Those that stand; struck ones are left out.
        participants: How many of each kind took part.
    """

    groups: int = 0
    notes: int = 0
    participants: Mapping[ActorType, int] | None = None

    @property
    def people(self) -> int:
        """All participants."""
        return sum((self.participants or {}).values())


@dataclass(frozen=True, slots=True)
class MeetingTotals:
    """The meetings of a round together."""

    meetings: int = 0
    groups: int = 0
    notes: int = 0
    participants: int = 0
    unfinished: int = 0


@dataclass(frozen=True, slots=True)
class Attended:
    """An organisation that took part, and the answer that it has sent besides.

    Attributes:
        answer: Number of its answer in the round; the two are linked, it counts once as an actor.
    """

    organisation_id: int
    slug: str
    name: str
    answer: int | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of a picture, in whole per cent of its width and height from the upper left."""

    left: int
    top: int
    width: int
    height: int
