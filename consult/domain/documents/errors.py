"""What can be wrong with a document tree."""

from consult.kernel.errors import DomainError


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
