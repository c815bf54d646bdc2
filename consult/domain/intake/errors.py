"""Why a document could not be taken in."""

from consult.kernel.errors import DomainError


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
