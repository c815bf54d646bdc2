"""What can stand in the way of an organisation's work on an answer."""

from dataclasses import dataclass

from consult.kernel.errors import Conflict, DomainError


@dataclass(frozen=True)
class CaseIsSent(Conflict):
    """The answer is sent; the decision to answer cannot be undone any more."""

    case: str


class NotReady(Conflict):
    """Something that blocks sending is not mended; the page of sending says what."""


class AlreadyAnswered(Conflict):
    """The organisation has an answer in the round that stands; take that back first."""


class TextChanged(Conflict):
    """The text is not the one that the body was shown."""


class NothingNew(Conflict):
    """What was sent last is what would be sent now."""


@dataclass(frozen=True)
class NotAttachable(DomainError):
    """A branch has not allowed that its answer goes along, or it is not this hearing's."""

    submission: str


@dataclass(frozen=True)
class NotBelow(DomainError):
    """The body does not stand under the organisation, or exists no more."""

    name: str


class OnlyForThoseAsked(Conflict):
    """The round is not open to all: whoever was not asked cannot get it handed on."""


@dataclass(frozen=True)
class HearingExists(Conflict):
    """The organisation hears its branches about this round already."""

    slug: str


class LaterThanAbove(DomainError):
    """The internal deadline lies behind the deadline of the round above, and nobody confirmed."""


@dataclass(frozen=True)
class PointsNotLookedAt(Conflict):
    """Nobody has decided about some of a branch's points, and nobody confirmed to tell it so."""

    number: int


class NobodyToTell(DomainError):
    """The branch's answer belongs to no organisation in the register: nobody could see it."""
