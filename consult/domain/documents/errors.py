"""What can be wrong with a document tree or with frozen data."""

from consult.kernel.errors import Conflict, DomainError


class InvalidDocument(DomainError):
    """The tree contradicts itself: a repeated id, a reference to nothing, a ragged table."""

    def __init__(self, reason: str, key: str) -> None:
        super().__init__(f"{reason}: {key}")
        self.reason = reason
        self.key = key


class UnknownFormat(DomainError):
    """Stored JSON is not a document tree that this version can read."""

    def __init__(self, reason: str, found: object) -> None:
        super().__init__(f"{reason}: {found!r}")
        self.reason = reason
        self.found = found


class AddressRefused(DomainError):
    """A rendering tried to fetch something that is not a file of our own asset build."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class NotTypesettable(DomainError):
    """The engine of long reports cannot set a document, though nothing is wrong with its tree."""


class NothingChanged(Conflict):
    """The data are those that were frozen last, so that freezing them again would say nothing."""

    def __init__(self, snapshot: str) -> None:
        super().__init__(snapshot)
        self.snapshot = snapshot


class NoLongerPrintable(Conflict):
    """Since the data were frozen, words were taken out by law or a sender has asked for less."""

    def __init__(self, snapshot: str, number: int) -> None:
        super().__init__(f"{snapshot}: {number}")
        self.snapshot = snapshot
        self.number = number


class DamagedSnapshot(DomainError):
    """The stored data do not have the hash under which they were frozen."""

    def __init__(self, snapshot: str) -> None:
        super().__init__(snapshot)
        self.snapshot = snapshot
