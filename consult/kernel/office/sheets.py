"""Spreadsheets as rows of text: .xlsx and .csv. The only module that knows calamine."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from datetime import time as clock_time
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
from consult.kernel.office.container import check_archive
from consult.kernel.office.errors import (
    EmptyDocument,
    EncryptedFile,
    OversizedFile,
    UnreadableFile,
    UnsupportedFormat,
)
from consult.kernel.text.spreadsheet import restore_cell

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"

FULL_CELL = 32_767
"""Characters that a cell of Excel can hold. A text of just this length was probably cut off."""

MAX_COLUMNS = 300
MAX_ROWS = 20_000
"""With the headings. A sheet is spread out in memory: its outermost cell decides what it costs."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FILLED_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>')
_CSV_FIELD = 1_000_000
_SEPARATORS = ";\t,|"


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
    if content.startswith(_OLE):
        if _OLE_ENCRYPTED in content:
            raise EncryptedFile(filename)
        raise UnsupportedFormat(filename, "OLE container")
    if content.startswith(b"PK"):
        with open_archive(content, filename=filename) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                raise UnsupportedFormat(filename, "archive of another kind")
        return XLSX
    if PurePath(filename).suffix.casefold() in (".xlsx", ".xlsm"):
        raise UnreadableFile(filename, "no archive")
    if not content.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\x00" in content:
        raise UnsupportedFormat(filename, "binary")
    return CSV


def read_rows(content: bytes, *, filename: str) -> list[list[str]]:
    """The rows of the first sheet that is shown, from its first row on, each cell as text.

    Dates are written as ISO 8601, whole numbers without a point, formulas as what they came to.
    Blank rows stay, so that the n-th row is row n in the spreadsheet. Raises what
    :func:`tell_sheet_type` does, and ``OversizedFile``.
    """
    is_xlsx = tell_sheet_type(content, filename=filename) == XLSX
    rows = _workbook_rows(content, filename) if is_xlsx else list(_csv_rows(content, filename))
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise EmptyDocument(filename)
    _check_size(len(rows), max(len(row) for row in rows), filename)
    return rows


def _workbook_rows(content: bytes, filename: str) -> list[list[str]]:
    with open_archive(content, filename=filename) as archive:
        check_archive(archive, filename)
        _check_corners(archive, filename)
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


def _check_corners(archive: ZipFile, filename: str) -> None:
    """Refuse a sheet whose outermost cells span more than is taken in, before it is spread out."""
    for name in archive.namelist():
        if not name.startswith("xl/worksheets/") or not name.endswith(".xml"):
            continue
        rows = columns = 0
        for match in _FILLED_CELL.finditer(archive.read(name)):
            rows = max(rows, int(match[2]))
            columns = max(columns, _column_number(match[1]))
        _check_size(rows, columns, filename)


def _check_size(rows: int, columns: int, filename: str) -> None:
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        raise TooManyRows(filename, size=rows, limit=MAX_ROWS)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


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
    heading = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=heading.count)
    limit = csv.field_size_limit(_CSV_FIELD)
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            yield [restore_cell(cell.strip()) for cell in cells]
    except csv.Error as error:
        raise UnreadableFile(filename, str(error)) from error
    finally:
        csv.field_size_limit(limit)


def _decoded(content: bytes) -> str:
    """The text of a file: UTF-16 where it says so, else UTF-8, else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
