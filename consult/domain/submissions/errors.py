"""What can go wrong with answers."""

from collections.abc import Mapping
from datetime import datetime

from consult.kernel.errors import Conflict, DomainError


class NothingAnswered(DomainError):
    """There is nothing to send: no answer, and no "no comments" either."""


class AnswerChanged(Conflict):
    """Somebody else saved this answer after it was opened; both texts are kept.

    Attributes:
        theirs: What is stored now.
        revision: The revision to save over, once the writer has chosen.
        changed_at: When the other text was saved.
    """

    def __init__(
        self, *, theirs: Mapping[str, object], revision: int, changed_at: datetime
    ) -> None:
        super().__init__(f"revision {revision}")
        self.theirs = theirs
        self.revision = revision
        self.changed_at = changed_at


class AlreadySent(Conflict):
    """The draft has been sent; ``submission_public_id`` is its receipt."""

    def __init__(self, submission_public_id: str) -> None:
        super().__init__(submission_public_id)
        self.submission_public_id = submission_public_id
