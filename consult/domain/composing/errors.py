"""What can go wrong when documents are written."""

from dataclasses import dataclass

from consult.kernel.errors import DomainError


@dataclass(frozen=True)
class TextIsSealed(DomainError):
    """The text is being signed or is sent; changing it must break the seal first."""

    composition: str
