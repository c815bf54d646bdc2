"""Why a rich text is refused."""

from consult.kernel.errors import Conflict, DomainError


class InvalidRichText(DomainError):
    """Not a rich text; ``reason`` says why and ``path`` where, as in ``content/2/marks/0``."""

    def __init__(self, reason: str, path: str = "") -> None:
        super().__init__(f"{path}: {reason}" if path else reason)
        self.reason = reason
        self.path = path


class RichTextTooLarge(InvalidRichText):
    """More characters, blocks or nesting than a text may have; ``limit`` is how many it may."""

    def __init__(self, reason: str, *, limit: int, path: str = "") -> None:
        super().__init__(reason, path)
        self.limit = limit


class UnresolvedConflict(Conflict):
    """A merge was asked for its text before every conflict in it was decided."""


class StaleSuggestion(Conflict):
    """The words that a suggestion would change are not there any more."""
