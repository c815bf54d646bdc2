"""Who stands on an answer beside its sender, and as what."""

from dataclasses import dataclass
from enum import StrEnum


class Capacity(StrEnum):
    """In which capacity a party stands on an answer."""

    SIGNATORY = "signatory"
    CO_SENDER = "co_sender"
    ON_BEHALF_OF = "on_behalf_of"
    SOURCE = "source"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class StandsBehind:
    """A body on an answer that did not sign it: a co-sender, or the source of an attachment.

    ``is_confirmed`` is false for a co-sender that was asked and has not said yes.
    """

    name: str
    capacity: Capacity
    organisation_id: int | None = None
    is_confirmed: bool = True


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
