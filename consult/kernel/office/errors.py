"""Why a file could not be opened."""

from consult.kernel.errors import DomainError


class FileRefused(DomainError):
    """The file gives no result at all; nothing of it was kept."""

    def __init__(self, filename: str, detail: str = "") -> None:
        super().__init__(f"{filename}: {detail}" if detail else filename)
        self.filename = filename
        self.detail = detail


class UnsupportedFormat(FileRefused):
    """The content is of another kind than .docx, .odt, .pdf or .txt."""


class OversizedFile(FileRefused):
    """Larger than allowed, packed or unpacked; ``size`` and ``limit`` are in bytes."""

    def __init__(self, filename: str, *, size: int, limit: int) -> None:
        super().__init__(filename, f"{size} > {limit}")
        self.size = size
        self.limit = limit


class EncryptedFile(FileRefused):
    """Opens only with a password."""


class UnreadableFile(FileRefused):
    """Damaged, cut off, or not what its name says."""


class EmptyDocument(FileRefused):
    """Opens, but holds no text."""
