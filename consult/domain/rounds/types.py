"""Kinds of round, their rules as data, and the states a round goes through."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from consult.kernel.i18n import N_


class RoundType(StrEnum):
    """One engine, several rule sets (domain guide §0.1)."""

    INPUT_ROUND = "input_round"
    HEARING = "hearing"
    INTERNAL_HEARING = "internal_hearing"
    ADVISORY_CASE = "advisory_case"
    MEETING_SERIES = "meeting_series"


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
        N_("Case for an advisory council"), N_("statement"), None, None, False
    ),
    RoundType.MEETING_SERIES: RoundRules(
        N_("Series of meetings"), N_("meeting input"), None, None, True
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


ROUND_STATUS_LABELS: dict[RoundStatus, str] = {
    RoundStatus.PLANNED: N_("Being prepared"),
    RoundStatus.ANNOUNCED: N_("Announced"),
    RoundStatus.OPEN: N_("Open for answers"),
    RoundStatus.CLOSED: N_("Closed"),
    RoundStatus.ANALYSIS: N_("Answers are being analysed"),
    RoundStatus.REPORTED: N_("Report handed over"),
    RoundStatus.CONCLUDED: N_("Concluded"),
    RoundStatus.ARCHIVED: N_("Archived"),
    RoundStatus.CANCELLED: N_("Cancelled"),
}

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
    QuestionKind.SINGLE: N_("One of several"),
    QuestionKind.MULTIPLE: N_("Several of several"),
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
