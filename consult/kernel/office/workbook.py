"""Excel workbooks, written. The one place that knows XlsxWriter.

Texts are written as texts, whatever they begin with, so no formula of a sender is ever run.
"""

import io
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_LONGEST_CELL = 32_767
"""Characters that Excel keeps in a cell."""
_LONGEST_NAME = 31
"""Characters of the name of a sheet."""
_WRITTEN = datetime(2020, 1, 1, tzinfo=UTC)
"""Stands in every workbook, so that the same content gives the same bytes."""

_ROWS_AT_ONCE, _PAUSE = 25, 0.0005
"""After so many rows others have their turn, for so many seconds: writing is work for the processor
alone, and a thread that never waits keeps those beside it waiting."""


@dataclass(frozen=True, slots=True)
class PlainSheet:
    """A sheet of texts.

    Attributes:
        name: On its tab; at most 31 characters are kept.
        rows: The first is bold and stays in sight.
        choices: The columns, from 0, whose cells offer the words of a range, such as
            ``'Words'!$A$2:$A$9``.
        most_rows: How far down the words are offered.
    """

    name: str
    rows: Sequence[Sequence[str]]
    choices: Mapping[int, str] = field(default_factory=dict)
    most_rows: int = 1000


def write_workbook(sheets: Sequence[PlainSheet]) -> bytes:
    """The sheets as an .xlsx file."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {**_OPTIONS, "in_memory": True}) as book:
        book.set_properties({"created": _WRITTEN})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for sheet in sheets:
            page = book.add_worksheet(_sheet_name(sheet.name))
            page.freeze_panes(1, 0)
            for number, row in enumerate(sheet.rows):
                for column, text in enumerate(row):
                    page.write_string(number, column, _cell(text), None if number else bold)
            for column, words in sheet.choices.items():
                choice = {"validate": "list", "source": f"={words}", "error_type": "warning"}
                page.data_validation(1, column, sheet.most_rows, column, choice)
    return buffer.getvalue()


def write_table(
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    sheet: str,
    widths: Sequence[int] = (),
) -> bytes:
    """A workbook of one sheet, with the header kept in view and a filter on each column.

    Args:
        header: Names of the columns.
        rows: Texts, numbers and ``None``; they are taken one by one and never held together.
        sheet: Its name; what Excel does not allow there is left out.
        widths: Of the columns, in characters.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {**_OPTIONS, "constant_memory": True}) as book:
        book.set_properties({"created": _WRITTEN})
        page = book.add_worksheet(_sheet_name(sheet))
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        page.freeze_panes(1, 0)
        page.write_row(0, 0, header, book.add_format({"bold": True}))
        number = 0
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, int | float):
                    page.write_number(number, column, value)
                elif value is not None and value != "":
                    page.write_string(number, column, _cell(str(value)))
            if number % _ROWS_AT_ONCE == 0:
                time.sleep(_PAUSE)
        page.autofilter(0, 0, number, max(0, len(header) - 1))
    return buffer.getvalue()


def column_letters(index: int) -> str:
    """What a spreadsheet calls a column, counted from 0: ``A``, ``Z``, ``AA``."""
    return str(xl_col_to_name(index))


def words_range(sheet: str, column: int, count: int) -> str:
    """The reference to the words below the heading of a column, from 0, of another sheet."""
    letters, name = column_letters(column), sheet.replace("'", "''")
    return f"'{name}'!${letters}$2:${letters}${count + 1}"


def _cell(text: str) -> str:
    """What fits in a cell; an ellipsis tells that there is more."""
    return text if len(text) <= _LONGEST_CELL else f"{text[: _LONGEST_CELL - 1]}…"


def _sheet_name(text: str) -> str:
    """Excel allows 31 characters, and no brackets, slashes, colons, marks or stars."""
    allowed = "".join(letter for letter in text if letter not in "[]:*?/\\'")
    return allowed[:_LONGEST_NAME].strip() or "1"
