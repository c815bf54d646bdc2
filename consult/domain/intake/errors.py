"""Why a document could not be taken in."""

from consult.kernel.errors import Conflict
from consult.kernel.office.errors import EmptyDocument as EmptyDocument
from consult.kernel.office.errors import EncryptedFile as EncryptedFile
from consult.kernel.office.errors import FileRefused
from consult.kernel.office.errors import OversizedFile as OversizedFile
from consult.kernel.office.errors import UnreadableFile as UnreadableFile
from consult.kernel.office.errors import UnsupportedFormat as UnsupportedFormat

IntakeError = FileRefused
"""Whatever intake could not take in."""


class TooManyPages(OversizedFile):
    """More pages than allowed; ``size`` and ``limit`` count pages."""


class NoTextLayer(EmptyDocument):
    """A scanned PDF: ``pages`` pictures of text, and no text."""

    def __init__(self, filename: str, *, pages: int) -> None:
        super().__init__(filename, f"{pages} pages without text")
        self.pages = pages


class HoldsIdentityNumber(IntakeError):
    """A national identity number stands in its text. The number is in nothing that is raised."""


class CellsHoldIdentityNumbers(HoldsIdentityNumber):
    """Identity numbers stand in a table; ``cells`` are their rows and headings."""

    def __init__(self, filename: str, *, cells: tuple[tuple[int, str], ...]) -> None:
        super().__init__(filename)
        self.cells = cells


class TooManyFiles(OversizedFile):
    """More files in a ZIP than are taken in at once; ``size`` and ``limit`` count files."""


class RowsRefused(Conflict):
    """Some rows of a table cannot be registered, so none was. Checking the table tells which."""


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
