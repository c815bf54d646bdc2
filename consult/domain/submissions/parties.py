"""Who stands on an answer beside its sender, and as what."""

from dataclasses import dataclass
from enum import StrEnum

from consult.domain.organisations.types import ActorType


class Capacity(StrEnum):
    """In which capacity a party stands on an answer."""

    SIGNATORY = "signatory"
    CO_SENDER = "co_sender"
    ON_BEHALF_OF = "on_behalf_of"
    SOURCE = "source"
    CONTACT = "contact"


COUNTED = (Capacity.CO_SENDER, Capacity.ON_BEHALF_OF)
"""The capacities in which a body is behind an answer as if it had sent it."""


@dataclass(frozen=True, slots=True)
class BodyBehind:
    """A registered body behind an answer, besides whoever sent it.

    Attributes:
        is_confirmed: Whether it counts: it has said yes, or has not said that it is not its own.
        ground: On what ground the sender writes in its name.
        own_number: Its own answer that counts, where it has sent one as well.
    """

    organisation_id: int
    name: str
    actor_type: ActorType
    capacity: Capacity
    is_confirmed: bool
    ground: str | None = None
    own_number: int | None = None


@dataclass(frozen=True, slots=True)
class StandsBehind:
    """A body on an answer that did not sign it: a co-sender, or the source of an attachment.

    ``is_confirmed`` is false for a co-sender that was asked and has not said yes. ``ground`` is on
    what ground the sender writes in its name.
    """

    name: str
    capacity: Capacity
    organisation_id: int | None = None
    is_confirmed: bool = True
    ground: str | None = None


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who signed, with title.

    Attributes:
        title: As it is printed, "for" somebody included.
        signed_for: In whose place a deputy signed.
    """

    name: str
    title: str | None = None
    signed_for: str | None = None
