"""Values of reports: how those who are quoted check the facts."""

from dataclasses import dataclass
from enum import StrEnum

from consult.kernel.i18n import N_


class Verdict(StrEnum):
    """What a body that is quoted says of the words."""

    CONFIRMS = "confirms"
    OBJECTS = "objects"


VERDICT_LABELS: dict[Verdict, str] = {
    Verdict.CONFIRMS: N_("It is right"),
    Verdict.OBJECTS: N_("Something is wrong"),
}


class Settlement(StrEnum):
    """What the writers did about an objection."""

    CHANGED = "changed"
    KEPT = "kept"


SETTLEMENT_LABELS: dict[Settlement, str] = {
    Settlement.CHANGED: N_("The text was changed"),
    Settlement.KEPT: N_("The text stands, with a reason"),
}


@dataclass(frozen=True, slots=True)
class QuotedPlace:
    """Words of an answer in a report: the chapter that they stand in, and the words."""

    part: str
    heading: str
    words: str
