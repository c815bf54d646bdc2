"""Excel workbooks, written row by row. The one place that knows XlsxWriter."""

import io
import time
from collections.abc import Iterable, Sequence

import xlsxwriter

_LONGEST_CELL = 32_767
"""Characters that Excel keeps in a cell."""

_ROWS_AT_ONCE, _PAUSE = 25, 0.0005
"""After so many rows others have their turn, for so many seconds: writing is work for the processor
alone, and a thread that never waits keeps those beside it waiting."""


def write_workbook(
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    sheet: str,
    widths: Sequence[int] = (),
) -> bytes:
    """A workbook of one sheet, with the header kept in view and a filter on each column.

    Texts are written as texts, whatever they begin with, so no formula of a sender is ever run.

    Args:
        header: Names of the columns.
        rows: Texts, numbers and ``None``; a text that is too long for a cell ends with an ellipsis.
        sheet: Its name; what Excel does not allow there is left out.
        widths: Of the columns, in characters.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
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
    book.close()
    return buffer.getvalue()


def _cell(text: str) -> str:
    return text if len(text) <= _LONGEST_CELL else f"{text[: _LONGEST_CELL - 1]}…"


def _sheet_name(text: str) -> str:
    """Excel allows 31 characters, and no brackets, slashes, colons, marks or stars."""
    return "".join(letter for letter in text if letter not in "[]:*?/\\'")[:31].strip() or "1"
