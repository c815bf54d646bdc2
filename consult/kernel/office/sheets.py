"""Spreadsheets as rows of text: .xlsx, .ods, .xls and .csv. The only module that knows calamine."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from itertools import islice
from pathlib import PurePath
from zipfile import ZipFile

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from consult.kernel.office.archive import open_archive
from consult.kernel.office.compound import SIGNATURE, CompoundFile
from consult.kernel.office.container import check_archive
from consult.kernel.office.corners import Corner, ods_corners, xls_corners, xlsx_corners
from consult.kernel.office.errors import (
    EmptyDocument,
    EncryptedFile,
    OversizedFile,
    UnreadableFile,
    UnsupportedFormat,
)
from consult.kernel.text.spreadsheet import restore_cell

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
XLS = "application/vnd.ms-excel"
CSV = "text/csv"

FULL_CELL = 32_767
"""Characters that a cell of Excel can hold. A text of just this length was probably cut off."""

MAX_COLUMNS = 300
MAX_ROWS = 20_000
"""With the headings. A sheet is spread out in memory: its outermost cell decides what it costs."""

SUFFIXES = (".xlsx", ".xlsm", ".ods", ".xls")
"""How the names of workbooks end."""

_ENTRIES_OF_XLS = {"Workbook", "Book"}
_MEMBERS_OF_ODS = {"mimetype", "content.xml"}
_MANIFEST = "META-INF/manifest.xml"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_CSV_FIELD = 1_000_000
_SEPARATORS = ";\t,|"
_SEPARATOR_NAMED = re.compile(r"\s*sep=(.)\s*", re.IGNORECASE)
_ROWS_COMPARED = 20


class TooManyRows(OversizedFile):
    """More rows or columns than are taken in; ``size`` and ``limit`` count rows."""


def tell_sheet_type(content: bytes, *, filename: str) -> str:
    """The media type of a spreadsheet, by what is in it.

    Raises:
        EmptyDocument: There is nothing in it.
        EncryptedFile: It opens only with a password.
        UnreadableFile: It is cut off or damaged.
        UnsupportedFormat: It is something else.
    """
    if not content.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise EmptyDocument(filename)
    if content.startswith(SIGNATURE):
        return _tell_compound(CompoundFile(content, filename=filename), filename)
    if content.startswith(b"PK"):
        with open_archive(content, filename=filename) as archive:
            return _tell_archive(archive, filename)
    if PurePath(filename).suffix.casefold() in SUFFIXES:
        raise UnreadableFile(filename, "of another kind than its name says")
    if not content.startswith(_UTF_16) and b"\x00" in content:
        raise UnsupportedFormat(filename, "binary")
    return CSV


def _tell_compound(compound: CompoundFile, filename: str) -> str:
    if "EncryptedPackage" in compound.names:
        raise EncryptedFile(filename)
    if not compound.names & _ENTRIES_OF_XLS:
        raise UnsupportedFormat(filename, "compound file of another kind")
    return XLS


def _tell_archive(archive: ZipFile, filename: str) -> str:
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return XLSX
    is_ods = names >= _MEMBERS_OF_ODS and archive.read("mimetype").strip() == ODS.encode()
    if not is_ods:
        raise UnsupportedFormat(filename, "archive of another kind")
    if _MANIFEST in names and b"encryption-data" in archive.read(_MANIFEST):
        raise EncryptedFile(filename)
    return ODS


def read_rows(content: bytes, *, filename: str) -> list[list[str]]:
    """The rows of the first sheet that is shown, from its first row on, each cell as text.

    Dates are written as ISO 8601, whole numbers without a point, formulas as what they came to.
    Blank rows stay, so that the n-th row is row n in the spreadsheet. Raises what
    :func:`tell_sheet_type` does, and ``OversizedFile``.
    """
    kind = tell_sheet_type(content, filename=filename)
    if kind == CSV:
        rows = list(_csv_rows(content, filename))
    else:
        rows = _workbook_rows(content, kind, filename)
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise EmptyDocument(filename)
    _check_size(len(rows), max(len(row) for row in rows), filename)
    return rows


def _workbook_rows(content: bytes, kind: str, filename: str) -> list[list[str]]:
    if kind == XLS:
        _check_corners(xls_corners(CompoundFile(content, filename=filename)), filename)
    else:
        with open_archive(content, filename=filename) as archive:
            check_archive(archive, filename)
            corners = xlsx_corners(archive) if kind == XLSX else ods_corners(archive)
            _check_corners(corners, filename)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            names = [
                sheet.name
                for sheet in workbook.sheets_metadata
                if sheet.typ is SheetTypeEnum.WorkSheet
                and sheet.visible is SheetVisibleEnum.Visible
            ]
            for name in names:
                sheet = workbook.get_sheet_by_name(name)
                if sheet.end is not None:
                    found = sheet.to_python(skip_empty_area=False)
                    return [[_text(cell) for cell in row] for row in found]
    except PasswordError as error:
        raise EncryptedFile(filename) from error
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableFile(filename, type(error).__name__) from error
    raise EmptyDocument(filename)


def _check_corners(corners: Iterable[Corner], filename: str) -> None:
    """Refuse a workbook that would take too much memory, before it is spread out.

    All sheets count together, for some formats are spread out as a whole.
    """
    cells = 0
    for corner in corners:
        _check_size(corner.rows, corner.columns, filename)
        cells += corner.rows * corner.columns
        if cells > MAX_ROWS * MAX_COLUMNS:
            raise TooManyRows(filename, size=corner.rows, limit=MAX_ROWS)


def _check_size(rows: int, columns: int, filename: str) -> None:
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        raise TooManyRows(filename, size=rows, limit=MAX_ROWS)


def _text(cell: object) -> str:
    """A cell as it would be typed."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        is_day = cell.time() == clock_time()
        return cell.date().isoformat() if is_day else cell.isoformat(" ", "minutes")
    if isinstance(cell, date | clock_time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return restore_cell(str(cell).strip())


def _csv_rows(content: bytes, filename: str) -> Iterator[list[str]]:
    text = _decoded(content)
    separator = _named_separator(text)
    if separator is not None:  # such a line is for spreadsheets; it keeps its number, not its words
        text = "\n" + text.partition("\n")[2]
    limit = csv.field_size_limit(_CSV_FIELD)
    try:
        separator = separator or _likely_separator(text)
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            yield [restore_cell(cell.strip()) for cell in cells]
    except csv.Error as error:
        raise UnreadableFile(filename, str(error)) from error
    finally:
        csv.field_size_limit(limit)


def _named_separator(text: str) -> str | None:
    """What a first line ``sep=;`` says, as Excel writes and reads it."""
    found = _SEPARATOR_NAMED.fullmatch(text.partition("\n")[0])
    return found[1] if found else None


def _likely_separator(text: str) -> str:
    """The sign that cuts the most of the first rows into as many cells as it does the headings.

    Counting it in the headings alone would go wrong where questions hold commas.
    """

    def fits(separator: str) -> tuple[float, int]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        rows = [len(row) for row in islice(filter(any, reader), _ROWS_COMPARED)]
        if not rows or rows[0] < 2:
            return 0.0, 0
        return sum(count == rows[0] for count in rows) / len(rows), rows[0]

    return max(_SEPARATORS, key=fits)


def _decoded(content: bytes) -> str:
    """The text of a file: UTF-16 where it says so, else UTF-8, else Windows-1252."""
    if content.startswith(_UTF_16):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
