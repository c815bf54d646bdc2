"""On what ground a body answers, and how far its answer may travel (domain guide §2.4)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from babel.dates import format_date

from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import N_, translator


class Exposure(StrEnum):
    """How far a branch's answer to an internal hearing may travel (domain guide §2.4)."""

    INTERNAL_ONLY = "internal_only"
    ATTACHED = "attached"
    OWN_RESPONSE = "own_response"


EXPOSURE_HINTS: dict[Exposure, str] = {
    Exposure.INTERNAL_ONLY: N_(
        "Those who asked you read it and use it. It is never sent on, and your name is not "
        "mentioned outside."
    ),
    Exposure.ATTACHED: N_(
        "Those who asked you may send it along with their own response. Then everybody can read "
        "it, with your name. They choose whether they do."
    ),
    Exposure.OWN_RESPONSE: N_(
        "You send the same thing yourselves to the one who asks from outside. This button does "
        "not do that: send it there as well."
    ),
}
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


NO_MANDATE = Mandate()


@dataclass(frozen=True, slots=True)
class Ground:
    """What a branch tells with its answer to an internal hearing."""

    mandate: Mandate = NO_MANDATE
    exposure: Exposure | None = None


NO_GROUND = Ground()


def mandate_data(mandate: Mandate) -> dict[str, object]:
    """A mandate as it is stored: what was told, nothing else."""
    told = {key: value for key, value in asdict(mandate).items() if value not in (None, "")}
    if mandate.held_on is not None:
        told["held_on"] = mandate.held_on.isoformat()
    return told


def mandate_of(data: Mapping[str, Any]) -> Mandate:
    """A mandate as it was stored."""
    held_on = data.get("held_on")
    told = {key: value for key, value in data.items() if key != "held_on"}
    return Mandate(**told, held_on=date.fromisoformat(held_on) if held_on else None)


def check_mandate(mandate: Mandate, *, today: date) -> Mandate:
    """A mandate without blanks around the body's name.

    Raises:
        InvalidInput: ``held_on`` (``future``): the meeting has not been held yet; or a number
            (``negative``).
    """
    if mandate.held_on is not None and mandate.held_on > today:
        raise InvalidInput("held_on", "future")
    for name in ("votes_for", "votes_against", "abstained", "members"):
        value = getattr(mandate, name)
        if value is not None and value < 0:
            raise InvalidInput(name, "negative")
    return replace(mandate, body=mandate.body.strip())


def mandate_in_words(mandate: Mandate, locale: str) -> str:
    """``The board, 3 September 2026 · 12 for, 3 against · 214 members``; empty if nothing is told.

    Votes and members are told as they are, and never turned into a weight.
    """
    say = translator(locale)
    held = format_date(mandate.held_on, "long", locale=locale) if mandate.held_on else ""
    votes = [
        say.gettext(text) % {"num": number}
        for number, text in (
            (mandate.votes_for, N_("%(num)s for")),
            (mandate.votes_against, N_("%(num)s against")),
            (mandate.abstained, N_("%(num)s abstained")),
        )
        if number is not None
    ]
    members = (
        say.ngettext("%(num)s member", "%(num)s members", mandate.members)
        % {"num": mandate.members}
        if mandate.members is not None
        else ""
    )
    parts = (", ".join(part for part in (mandate.body, held) if part), ", ".join(votes), members)
    return " · ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class PoliticalStep:
    """One step of a case's way through political bodies: what was proposed, what was decided."""

    body: str
    held_on: date | None = None
    case_number: str = ""
    proposed: str = ""
    decided: str = ""
