"""Why a scanned document, or a page of it, could not be read."""

from consult.kernel.errors import Conflict, DomainError


class LockedDocument(DomainError):
    """It opens only with a password."""


class DamagedDocument(DomainError):
    """It cannot be opened, or a page of it cannot be drawn."""


class ReaderMissing(DomainError):
    """There is no program on this machine that recognises text."""


class PageNotRead(DomainError):
    """The program gave nothing for this page."""


class PageChanged(Conflict):
    """Somebody else, or the machine, changed the page's text in the meantime."""
