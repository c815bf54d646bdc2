"""What can go wrong when documents are written."""

from datetime import datetime

from consult.domain.composing.merging import PartMerge
from consult.domain.composing.types import PartContent, RecommendationContent
from consult.kernel.errors import Conflict, DomainError, Overtaken


class TextIsSealed(DomainError):
    """The text is being signed or is sent; changing it must break the seal first."""

    def __init__(self, composition: str) -> None:
        super().__init__(composition)
        self.composition = composition


class PartChanged(Overtaken[PartContent]):
    """Somebody else has written other words at the same place.

    Attributes:
        merge: Both texts in one, with the places that somebody must decide.
    """

    def __init__(
        self,
        *,
        mine: PartContent,
        theirs: PartContent,
        merge: PartMerge,
        revision: int,
        changed_at: datetime,
        changed_by: str,
    ) -> None:
        super().__init__(
            mine=mine,
            theirs=theirs,
            revision=revision,
            changed_at=changed_at,
            changed_by=changed_by,
        )
        self.merge = merge


class RecommendationChanged(Overtaken[RecommendationContent]):
    """Somebody else has saved the same proposal after it was opened."""


class NotSignable(Conflict):
    """It is over, it is somebody else's turn, or the text is not the one that was seen."""


class AlreadyTakenIn(Conflict):
    """The same Word file has come back before; ``public_id`` is what it became."""

    def __init__(self, public_id: str) -> None:
        super().__init__(public_id)
        self.public_id = public_id
