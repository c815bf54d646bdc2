"""How far out the cells of a spreadsheet lie.

Asked before a sheet is spread out in memory: its outermost cell decides what that takes, so that a
file of a few kilobytes could fill a machine.
"""

import re
import struct
from collections.abc import Iterator
from typing import NamedTuple
from zipfile import ZipFile

from consult.kernel.office.compound import CompoundFile


class Corner(NamedTuple):
    """The outermost filled row and column of a sheet, counted from 1; zeros for an empty one."""

    rows: int
    columns: int


_XLSX_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>')

_ODS_TAG = re.compile(
    rb"<(/?)table:(table|table-row|table-cell|covered-table-cell)\b"
    rb"((?:[^>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>"
)
_ODS_REPEAT = re.compile(rb"table:number-(?:rows|columns)-repeated=[\"']([0-9]{1,9})[\"']")

_BIFF_CELLS = frozenset({0x0006, 0x0203, 0x0204, 0x0205, 0x0206, 0x027E, 0x00BD, 0x00D6, 0x00FD})
"""Records that fill cells: formulas, numbers, texts, truths. [MS-XLS] 2.3; all begin alike."""
_BIFF_BEGIN = frozenset({0x0009, 0x0209, 0x0409, 0x0809})


def xlsx_corners(archive: ZipFile) -> Iterator[Corner]:
    """The corner of each sheet of an .xlsx file."""
    for name in archive.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            rows = columns = 0
            for match in _XLSX_CELL.finditer(archive.read(name)):
                rows = max(rows, int(match[2]))
                columns = max(columns, _column_number(match[1]))
            yield Corner(rows, columns)


def ods_corners(archive: ZipFile) -> Iterator[Corner]:
    """The corner of each sheet of an .ods file; repeated rows and cells count as often."""
    rows = columns = row = column = times = 0
    is_filled = False
    for closing, name, attributes, empty in _ODS_TAG.findall(archive.read("content.xml")):
        if name == b"table":
            if closing:
                yield Corner(rows, columns)
            rows = columns = row = 0
        elif name == b"table-row" and not closing:
            column, times, is_filled = 0, _repeated(attributes), False
            row += times
        elif not closing:
            column += _repeated(attributes)
            if not empty or b"office:" in attributes or b"table:formula" in attributes:
                columns, is_filled = max(columns, column), True
        if is_filled:
            rows = row


def xls_corners(compound: CompoundFile) -> Iterator[Corner]:
    """The corner of each part of an .xls file, its sheets among them."""
    stream = compound.read("Workbook" if "Workbook" in compound.names else "Book")
    at = rows = columns = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind in _BIFF_BEGIN:
            yield Corner(rows, columns)
            rows = columns = 0
        elif kind in _BIFF_CELLS and length >= 4 and at + 8 <= len(stream):
            row, column = struct.unpack_from("<HH", stream, at + 4)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
        at += 4 + length
    yield Corner(rows, columns)


def _repeated(attributes: bytes) -> int:
    found = _ODS_REPEAT.search(attributes)
    return int(found[1]) if found else 1


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
