"""What can go wrong when documents are written."""

from dataclasses import dataclass

from consult.kernel.errors import Conflict, DomainError


@dataclass(frozen=True)
class TextIsSealed(DomainError):
    """The text is being signed or is sent; changing it must break the seal first."""

    composition: str


class NotSignable(Conflict):
    """It is over, it is somebody else's turn, or the text is not the one that was seen."""
