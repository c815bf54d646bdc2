"""What a reader may narrow a matrix or a list of passages to; it stands in the address."""

from dataclasses import dataclass, fields
from datetime import date

from consult.domain.submissions.types import Channel, Stance


@dataclass(frozen=True, slots=True)
class StanceOn:
    """A stance on a proposal, by its key."""

    proposal: str
    stance: Stance


@dataclass(frozen=True, slots=True)
class AnswerFilter:
    """Which answers are looked at. Of each property any of the values; of all properties each.

    Attributes:
        counties: Those of the organisations that answered, as registered.
        stances: Where the sender stands: as coded, else as stated, else as derived.
        coders: Who put the themes on, as the codings name them.
        since: Received on this day in Norway, or later.
        until: Received on this day in Norway, or earlier.
    """

    languages: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    counties: tuple[str, ...] = ()
    stances: tuple[StanceOn, ...] = ()
    coders: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it lets everything through."""
        return not any(getattr(self, one.name) for one in fields(self))


EVERYTHING = AnswerFilter()
