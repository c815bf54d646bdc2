"""Kinds of round, their rules as data, and the states a round goes through."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from consult.domain.organisations.types import ActorGroup
from consult.kernel.i18n import N_


class RoundType(StrEnum):
    """One engine, several rule sets (domain guide §0.1)."""

    INPUT_ROUND = "input_round"
    HEARING = "hearing"
    INTERNAL_HEARING = "internal_hearing"
    ADVISORY_CASE = "advisory_case"
    MEETING_SERIES = "meeting_series"
    PROGRAMME = "programme"


@dataclass(frozen=True, slots=True)
class RoundRules:
    """What is expected of a kind of round.

    Attributes:
        label: Its name for readers.
        answer_label: What an answer to it is called.
        normal_period: Time to answer below which a hint is given, or ``None``.
        minimum_period: Time to answer below which a written reason is asked for, or ``None``.
            For a hearing: utredningsinstruksen 3-3, normally three months and not less than six
            weeks.
        is_open_to_all: Whether bodies that were not invited may answer.
    """

    label: str
    answer_label: str
    normal_period: timedelta | None
    minimum_period: timedelta | None
    is_open_to_all: bool


ROUND_RULES: dict[RoundType, RoundRules] = {
    RoundType.INPUT_ROUND: RoundRules(N_("Call for input"), N_("input"), None, None, True),
    RoundType.HEARING: RoundRules(
        N_("Public consultation"),
        N_("consultation response"),
        timedelta(days=90),
        timedelta(weeks=6),
        True,
    ),
    RoundType.INTERNAL_HEARING: RoundRules(
        N_("Internal consultation"), N_("internal answer"), None, None, False
    ),
    RoundType.ADVISORY_CASE: RoundRules(
        N_("Case for an advisory council"), N_("council statement"), None, None, False
    ),
    RoundType.MEETING_SERIES: RoundRules(
        N_("Series of meetings"), N_("meeting input"), None, None, True
    ),
    RoundType.PROGRAMME: RoundRules(
        N_("Programme of working groups"), N_("sub-report"), None, None, False
    ),
}


class RoundStatus(StrEnum):
    """Where a round stands (domain guide §1.4)."""

    PLANNED = "planned"
    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    ANALYSIS = "analysis"
    REPORTED = "reported"
    CONCLUDED = "concluded"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"


class AnswerPublishing(StrEnum):
    """When a round's answers, once looked through, may stand on the web."""

    NEVER = "never"
    AFTER_DEADLINE = "after_deadline"
    WHEN_RELEASED = "when_released"


ANSWER_PUBLISHING_LABELS: dict[AnswerPublishing, str] = {
    AnswerPublishing.NEVER: N_("Never"),
    AnswerPublishing.AFTER_DEADLINE: N_("After the deadline"),
    AnswerPublishing.WHEN_RELEASED: N_("As they are looked through"),
}


ROUND_STATUS_LABELS: dict[RoundStatus, str] = {
    RoundStatus.PLANNED: N_("Being prepared"),
    RoundStatus.ANNOUNCED: N_("Announced"),
    RoundStatus.OPEN: N_("Open for answers"),
    RoundStatus.CLOSED: N_("Closed"),
    RoundStatus.ANALYSIS: N_("Answers are being analysed"),
    RoundStatus.REPORTED: N_("Report delivered"),
    RoundStatus.CONCLUDED: N_("Concluded"),
    RoundStatus.ARCHIVED: N_("Archived"),
    RoundStatus.CANCELLED: N_("Cancelled"),
}

EDITABLE_STATUSES: frozenset[RoundStatus] = frozenset(
    {RoundStatus.PLANNED, RoundStatus.ANNOUNCED, RoundStatus.OPEN}
)
"""States in which the paper and the questions may be changed; afterwards the answers stand on
them."""

EXTENDABLE_STATUSES: frozenset[RoundStatus] = frozenset(
    {RoundStatus.ANNOUNCED, RoundStatus.OPEN, RoundStatus.CLOSED}
)
"""States in which the deadline may be extended."""

INVITING_STATUSES: frozenset[RoundStatus] = frozenset({RoundStatus.ANNOUNCED, RoundStatus.OPEN})
"""States in which invitations may be sent: there is something to look at, and still time."""

PUBLIC_STATUSES: frozenset[RoundStatus] = frozenset(RoundStatus) - {
    RoundStatus.PLANNED,
    RoundStatus.CANCELLED,
    RoundStatus.ARCHIVED,
}
"""States in which everybody may see the round."""

TRANSITIONS: dict[RoundStatus, frozenset[RoundStatus]] = {
    RoundStatus.PLANNED: frozenset({RoundStatus.ANNOUNCED, RoundStatus.CANCELLED}),
    RoundStatus.ANNOUNCED: frozenset(
        {RoundStatus.OPEN, RoundStatus.PLANNED, RoundStatus.CANCELLED}
    ),
    RoundStatus.OPEN: frozenset({RoundStatus.CLOSED, RoundStatus.CANCELLED}),
    RoundStatus.CLOSED: frozenset({RoundStatus.OPEN, RoundStatus.ANALYSIS}),
    RoundStatus.ANALYSIS: frozenset({RoundStatus.CLOSED, RoundStatus.REPORTED}),
    RoundStatus.REPORTED: frozenset({RoundStatus.ANALYSIS, RoundStatus.CONCLUDED}),
    RoundStatus.CONCLUDED: frozenset({RoundStatus.ARCHIVED}),
    RoundStatus.ARCHIVED: frozenset(),
    RoundStatus.CANCELLED: frozenset(),
}
"""Allowed steps. ``closed → open`` happens only when the deadline is extended."""

FREE_STEPS: dict[RoundStatus, tuple[RoundStatus, ...]] = {
    RoundStatus.ANNOUNCED: (RoundStatus.PLANNED,),
    RoundStatus.CLOSED: (RoundStatus.ANALYSIS,),
    RoundStatus.ANALYSIS: (RoundStatus.REPORTED, RoundStatus.CLOSED),
    RoundStatus.REPORTED: (RoundStatus.CONCLUDED, RoundStatus.ANALYSIS),
    RoundStatus.CONCLUDED: (RoundStatus.ARCHIVED,),
}
"""Steps that need neither a check nor a reason, the usual next one first."""


class QuestionKind(StrEnum):
    """How a question is answered."""

    OPEN = "open"
    STANCE = "stance"
    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"


QUESTION_KIND_LABELS: dict[QuestionKind, str] = {
    QuestionKind.OPEN: N_("Free text"),
    QuestionKind.STANCE: N_("Stance on a proposal"),
    QuestionKind.SINGLE: N_("One option"),
    QuestionKind.MULTIPLE: N_("Several options"),
    QuestionKind.SCALE: N_("Scale"),
}


class InvitationReason(StrEnum):
    """Why a body is on the list of consultees (domain guide §1.1)."""

    STATUTORY = "statutory"
    AFFECTED = "affected"
    REPRESENTATIVE = "representative"
    EXPERT = "expert"
    CODETERMINATION = "codetermination"


INVITATION_REASON_LABELS: dict[InvitationReason, str] = {
    InvitationReason.STATUTORY: N_("Must be heard by law"),
    InvitationReason.AFFECTED: N_("Is affected"),
    InvitationReason.REPRESENTATIVE: N_("Represents those affected"),
    InvitationReason.EXPERT: N_("Has special knowledge"),
    InvitationReason.CODETERMINATION: N_("Co-determination"),
}


class DeadlineWarning(StrEnum):
    """What a reader should know about the time to answer."""

    UNDER_MINIMUM = "under_minimum"
    UNDER_NORMAL = "under_normal"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a question; ``labels`` by language."""

    key: str
    labels: dict[str, str]


@dataclass(frozen=True, slots=True)
class Scale:
    """A numeric scale with words for its ends, by language."""

    minimum: int
    maximum: int
    low: dict[str, str]
    high: dict[str, str]


@dataclass(frozen=True, slots=True)
class Condition:
    """Of whom a question is asked: those who gave one of some values to an earlier one.

    Attributes:
        question: The earlier question's key.
        values: Keys of options, stances, or numbers on a scale.
    """

    question: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordedQuestion:
    """A question as one of its wordings put it."""

    kind: QuestionKind
    text: dict[str, str]
    options: tuple[Option, ...]
    scale: Scale | None


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """A section of the paper as its owner wrote it. Texts by language.

    Attributes:
        body: The text, as Markdown.
        plain: The same in plain words, as Markdown, where the owner wrote it.
    """

    title: dict[str, str]
    body: dict[str, str] = field(default_factory=dict)
    plain: dict[str, str] = field(default_factory=dict)
    key: str | None = None


@dataclass(frozen=True, slots=True)
class ProposalSpec:
    """A proposal; ``section`` is the key of the section it stands in. Texts by language."""

    title: dict[str, str]
    text: dict[str, str] = field(default_factory=dict)
    section: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class QuestionSpec:
    """A question; ``section`` and ``proposal`` are keys of what it is about. Texts by language.

    Attributes:
        is_private: Whether it promises that answers to it are not published.
        audience: The parts of society it concerns most; empty means everybody alike.
        shown_if: Of whom it is asked; ``None`` means of everybody.
    """

    kind: QuestionKind
    text: dict[str, str]
    help: dict[str, str] = field(default_factory=dict)
    is_required: bool = False
    is_private: bool = False
    section: str | None = None
    proposal: str | None = None
    options: tuple[Option, ...] = ()
    scale: Scale | None = None
    audience: tuple[ActorGroup, ...] = ()
    shown_if: Condition | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class InvitationSpec:
    """A body to invite; ``organisation`` is its short name."""

    organisation: str
    reason: InvitationReason
    email: str | None = None


class MailPlace(StrEnum):
    """Mails to which a round's owner can add words of their own."""

    INVITATION = "invitation"
    RECEIPT = "receipt"
    REMINDER = "reminder"
    DEADLINE = "deadline"
    REPORT = "report"


MAIL_PLACE_LABELS: dict[MailPlace, str] = {
    MailPlace.INVITATION: N_("Invitation and its reminder"),
    MailPlace.RECEIPT: N_("Receipt"),
    MailPlace.REMINDER: N_("Reminder of an answer that is not sent"),
    MailPlace.DEADLINE: N_("More time to answer"),
    MailPlace.REPORT: N_("The answers have been summed up"),
}


@dataclass(frozen=True, slots=True)
class RoundSpec:
    """Everything a round is made of, before it is stored.

    Keys that are ``None`` are given when the round is stored. Texts are kept by language.

    Attributes:
        slug: The short name in addresses, or ``None`` to make one of the title.
        influence: What answers can change, as Markdown.
        settled: What is decided already, as Markdown.
        plain: What the round is about in plain words, as Markdown, maybe with a link to a video in
            sign language.
        contact: ``name``, ``email`` and ``phone`` of whom to ask, those there are.
        short_deadline_reason: Why there is less time than the kind of round should give.
        answer_publishing: When answers that were looked through may stand on the web.
        mail_texts: What the owner adds to each kind of mail, as Markdown.
    """

    type: RoundType
    languages: tuple[str, ...]
    title: dict[str, str]
    opens_at: datetime
    closes_at: datetime
    slug: str | None = None
    introduction: dict[str, str] = field(default_factory=dict)
    influence: dict[str, str] = field(default_factory=dict)
    settled: dict[str, str] = field(default_factory=dict)
    plain: dict[str, str] = field(default_factory=dict)
    contact: dict[str, str] = field(default_factory=dict)
    case_number: str | None = None
    short_deadline_reason: str | None = None
    answer_publishing: AnswerPublishing = AnswerPublishing.NEVER
    mail_texts: Mapping[MailPlace, dict[str, str]] = field(default_factory=dict)
    sections: tuple[SectionSpec, ...] = ()
    proposals: tuple[ProposalSpec, ...] = ()
    questions: tuple[QuestionSpec, ...] = ()
    invitations: tuple[InvitationSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule that a :class:`RoundSpec` breaks, such as ``questions[3].options``: "needs two"."""

    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


class InvitationStatus(StrEnum):
    """What has become of an invitation."""

    NO_ADDRESS = "no_address"
    NOT_SENT = "not_sent"
    SENT = "sent"
    FAILED = "failed"
    DECLINED = "declined"
    ANSWERED = "answered"


INVITATION_STATUS_LABELS: dict[InvitationStatus, str] = {
    InvitationStatus.NO_ADDRESS: N_("No e-mail address"),
    InvitationStatus.NOT_SENT: N_("Not sent"),
    InvitationStatus.SENT: N_("Sent"),
    InvitationStatus.FAILED: N_("Not delivered"),
    InvitationStatus.DECLINED: N_("Does not answer"),
    InvitationStatus.ANSWERED: N_("Has answered"),
}


class RowProblemCode(StrEnum):
    """Why a row of an invitation list was not accepted."""

    EMPTY = "empty"
    UNKNOWN = "unknown"
    BAD_NUMBER = "bad_number"
    AMBIGUOUS = "ambiguous"
    DISSOLVED = "dissolved"
    REPEATED = "repeated"
    INVITED_ALREADY = "invited_already"
    BAD_REASON = "bad_reason"
    BAD_EMAIL = "bad_email"


ROW_PROBLEM_LABELS: dict[RowProblemCode, str] = {
    RowProblemCode.EMPTY: N_("The row names no organisation."),
    RowProblemCode.UNKNOWN: N_("No registered organisation has this number or name."),
    RowProblemCode.BAD_NUMBER: N_("This is not a valid organisation number."),
    RowProblemCode.AMBIGUOUS: N_("Several organisations have this name. Give the number instead."),
    RowProblemCode.DISSOLVED: N_("The organisation has been dissolved."),
    RowProblemCode.REPEATED: N_("The organisation stands in an earlier row as well."),
    RowProblemCode.INVITED_ALREADY: N_("The organisation has been invited already."),
    RowProblemCode.BAD_REASON: N_("The reason is not one of the five that can be given."),
    RowProblemCode.BAD_EMAIL: N_("This is not an e-mail address."),
}


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """A row of an invitation list that can be accepted; ``row`` counts the header as 1."""

    row: int
    organisation_id: int
    name: str
    reason: InvitationReason
    email: str | None


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that cannot be accepted, with the value that stands in the way."""

    row: int
    value: str
    code: RowProblemCode


@dataclass(frozen=True, slots=True)
class InvitationList:
    """What an invitation list holds: rows to accept and rows to correct."""

    accepted: tuple[InvitationRow, ...]
    problems: tuple[RowProblem, ...]


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """What an invitation list is looked up in: one registered organisation."""

    organisation_id: int
    slug: str
    name: str
    number: str | None
    is_dissolved: bool


class NewsKind(StrEnum):
    """What happens to a round that people want to be told."""

    OPENED = "opened"
    DEADLINE_MOVED = "deadline_moved"
    CLOSED_EARLY = "closed_early"
    CORRECTED = "corrected"
    REPORTED = "reported"
    FOLLOWED_UP = "followed_up"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class SendResult:
    """How a round of sending went: mails written, and bodies without an address."""

    sent: int
    without_address: int


@dataclass(frozen=True, slots=True)
class ThresholdRange:
    """What the smallest number of persons that is told of may be."""

    lowest: int
    default: int
    highest: int


SMALL_GROUP = ThresholdRange(lowest=3, default=5, highest=50)
"""Under a threshold of two, "hidden" would mean "one"."""
