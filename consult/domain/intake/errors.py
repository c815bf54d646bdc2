"""Why a document could not be taken in."""

from consult.kernel.errors import Conflict, DomainError


class IntakeError(DomainError):
    """The document gives no result at all; nothing of it was kept."""

    def __init__(self, filename: str, detail: str = "") -> None:
        super().__init__(f"{filename}: {detail}" if detail else filename)
        self.filename = filename
        self.detail = detail


class UnsupportedFormat(IntakeError):
    """The content is of another kind than .docx, .odt, .pdf or .txt."""


class OversizedFile(IntakeError):
    """Larger than allowed, packed or unpacked; ``size`` and ``limit`` are in bytes."""

    def __init__(self, filename: str, *, size: int, limit: int) -> None:
        super().__init__(filename, f"{size} > {limit}")
        self.size = size
        self.limit = limit


class TooManyPages(OversizedFile):
    """More pages than allowed; ``size`` and ``limit`` count pages."""


class EncryptedFile(IntakeError):
    """Opens only with a password."""


class UnreadableFile(IntakeError):
    """Damaged, cut off, or not what its name says."""


class EmptyDocument(IntakeError):
    """Opens, but holds no text."""


class NoTextLayer(EmptyDocument):
    """A scanned PDF: ``pages`` pictures of text, and no text."""

    def __init__(self, filename: str, *, pages: int) -> None:
        super().__init__(filename, f"{pages} pages without text")
        self.pages = pages


class HoldsIdentityNumber(IntakeError):
    """A national identity number stands in its text. The number is in nothing that is raised."""


class MailDecided(Conflict):
    """The mail is registered, set aside or taken up already."""


class UnknownFormat(Conflict):
    """An import in progress was stored by another release than this one."""

    def __init__(self, number: object) -> None:
        super().__init__(str(number))
        self.number = number


class ImportChanged(Conflict):
    """Somebody else corrected the import after this page was opened."""


class AlreadyRegistered(Conflict):
    """The same file is registered already, and nobody has said that it shall be once more.

    ``numbers`` are the answers that carry it.
    """

    def __init__(self, numbers: tuple[int, ...]) -> None:
        super().__init__(", ".join(map(str, numbers)))
        self.numbers = numbers
