"""Joining another's answer: in which words, for which points, and whether it still holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from consult.domain.submissions.types import SubmissionStatus
from consult.kernel.i18n import N_, choose_locale, translator

MOST_RESERVATIONS = 5000
"""Characters of what a body does not join."""


class EndorsementState(StrEnum):
    """How an answer that joins another stands to it."""

    AWAITED = "awaited"
    STANDS = "stands"
    TO_CHECK = "to_check"
    DROPPED = "dropped"


ENDORSEMENT_STATE_LABELS: dict[EndorsementState, str] = {
    EndorsementState.AWAITED: N_("The answer it joins has not come"),
    EndorsementState.STANDS: N_("Holds for the present text"),
    EndorsementState.TO_CHECK: N_("Must be looked at"),
    EndorsementState.DROPPED: N_("Holds no more"),
}


@dataclass(frozen=True, slots=True)
class Joining:
    """What a body joins, as it says itself.

    Attributes:
        name: Whose answer.
        organisation_id: The body whose answer it is, when registered.
        submission_id: The answer that was read; ``None`` when it was read elsewhere, or is to come.
        version: The version that was read.
        proposals: Keys of the proposals it holds for.
        questions: Keys of the questions it holds for; both empty for all of the answer.
        reservations: What the body does not join, in its own words.
    """

    name: str
    organisation_id: int | None = None
    submission_id: int | None = None
    version: int | None = None
    proposals: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    reservations: str = ""


@dataclass(frozen=True, slots=True)
class Rested:
    """The answer that is joined, at one moment: which version of it, and what became of it."""

    version: int | None
    status: SubmissionStatus | None


def state_of(
    confirmed: Rested, present: Rested | None, *, is_dropped: bool = False
) -> EndorsementState:
    """How a joining stands.

    Args:
        confirmed: What a person last confirmed it for.
        present: The other answer as it is now; ``None`` while it has not come.
        is_dropped: A person has decided that it holds no more.
    """
    if is_dropped:
        return EndorsementState.DROPPED
    if present is None:
        return EndorsementState.AWAITED
    return EndorsementState.STANDS if confirmed == present else EndorsementState.TO_CHECK


def joining_words(name: str, points: Sequence[str], language: str) -> str:
    """The sentence that says it, in the language of the answer.

    ``points`` are the proposals and questions it holds for; none for all of the answer.
    """
    say = translator(choose_locale(language)).gettext
    if not points:
        return say(N_("We join the answer from %(name)s.")) % {"name": name}
    lead = say(N_("We join the answer from %(name)s on these points:")) % {"name": name}
    return "\n\n".join((lead, "\n".join(f"- {point}" for point in points)))
