"""CSV that a spreadsheet opens without running anything in it (scenario 104)."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")
_NEUTRALISED = re.compile(r"'+[=+\-@\t\r]")


def neutralise_cell(text: str) -> str:
    """The text with an apostrophe before it when a spreadsheet would take it for a formula.

    A text that has such an apostrophe already gets one more, so that :func:`restore_cell` gives
    back every text unchanged.
    """
    return f"'{text}" if _DANGEROUS.match(text) else text


def restore_cell(text: str) -> str:
    """The text that :func:`neutralise_cell` was given."""
    return text[1:] if _NEUTRALISED.match(text) else text


def write_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A CSV file's text, comma-separated with LF line ends; texts neutralised, numbers as such."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return buffer.getvalue()


def write_plain_csv(rows: Iterable[Sequence[str]]) -> str:
    """Rows as a CSV file that spreadsheets in Norway open: semicolons, with the mark of UTF-8.

    A row without cells is a blank line, so that the n-th row stands as row n.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in rows:
        writer.writerow([neutralise_cell(cell) for cell in row])
    return "\ufeff" + buffer.getvalue()


def _cell(value: object) -> object:
    if value is None:
        return ""
    return value if isinstance(value, int | float) else neutralise_cell(str(value))


def read_csv(text: str) -> tuple[list[str], list[dict[str, str]]]:
    """Header and rows of a CSV file, whether comma, semicolon or tab separates its cells.

    Cells are restored and blanks around them left out; a missing cell is empty; cells beyond the
    header are under the key ``""``.
    """
    text = text.removeprefix("\ufeff")
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    header = [cell.strip().lower() for cell in next(reader, [])]
    rows = []
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        restored = [restore_cell(cell) for cell in cells]
        row = dict.fromkeys(header, "") | dict(zip(header, restored, strict=False))
        if len(cells) > len(header):
            row[""] = "".join(restored[len(header) :])
        rows.append(row)
    return header, rows
