"""On what ground a body answers, and how far its answer may travel (domain guide §2.4)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from consult.kernel.i18n import N_


class Exposure(StrEnum):
    """How far a branch's answer to an internal hearing may travel (domain guide §2.4)."""

    INTERNAL_ONLY = "internal_only"
    ATTACHED = "attached"
    OWN_RESPONSE = "own_response"


EXPOSURE_LABELS: dict[Exposure, str] = {
    Exposure.INTERNAL_ONLY: N_("Only for our own organisation"),
    Exposure.ATTACHED: N_("May be attached to the joint response"),
    Exposure.OWN_RESPONSE: N_("We also send it as a response of our own"),
}


@dataclass(frozen=True, slots=True)
class Mandate:
    """On what ground a branch answers. Shown, never applied as weights.

    Attributes:
        body: The body that met, in the branch's words.
        held_on: When it met.
        votes_for: Votes for the answer as sent; ``None`` where no vote was taken.
        members: Members that the branch represents.
    """

    body: str = ""
    held_on: date | None = None
    votes_for: int | None = None
    votes_against: int | None = None
    abstained: int | None = None
    members: int | None = None


@dataclass(frozen=True, slots=True)
class PoliticalStep:
    """One step of a case's way through political bodies: what was proposed, what was decided."""

    body: str
    held_on: date | None = None
    case_number: str = ""
    proposed: str = ""
    decided: str = ""
