"""The matrix for programs, spreadsheets and terminals: always with its unit and denominator."""

from typing import Any

from consult.domain.analysis.shown_matrix import ShownMatrix
from consult.domain.analysis.small_groups import Count
from consult.domain.analysis.types import UNIT_LABELS
from consult.kernel.i18n import N_, translator
from consult.kernel.text.spreadsheet import write_csv

HIDDEN_LABEL = N_("hidden")
"""What stands where a number of persons is hidden."""


def count_text(count: Count, hidden: str) -> str:
    """A number as it stands in a table: ``13``, the word for hidden, or ``13+`` of a total."""
    if not count.is_hidden:
        return str(count.known)
    return f"{count.known}+" if count.known else hidden


def matrix_data(matrix: ShownMatrix) -> dict[str, Any]:
    """The matrix as plain values, keyed by theme keys and actor types or groups.

    A number is one, or where it is hidden an object with what it is at least.
    """
    return {
        "unit": matrix.unit.value,
        "by": matrix.by.value,
        "hidden_under": matrix.threshold,
        "units": _plain(matrix.units),
        "coded": _plain(matrix.coded),
        "columns": [
            {"key": column.key, "units": _plain(column.units), "coded": _plain(column.coded)}
            for column in matrix.columns
        ],
        "rows": [
            {
                "theme": row.theme.key,
                "name": row.theme.name,
                "parent": row.theme.parent_key,
                "cells": {
                    column.key: _plain(cell)
                    for column, cell in zip(matrix.columns, row.cells, strict=True)
                },
                "total": _plain(row.total),
            }
            for row in matrix.rows
        ],
    }


def _plain(count: Count) -> int | dict[str, int]:
    return {"at_least": count.known} if count.is_hidden else count.known


def matrix_csv(matrix: ShownMatrix, *, locale: str) -> str:
    """The matrix as a CSV table; the first row's first cell says what is counted."""
    header, rows = _table(matrix, locale)
    if matrix.has_hidden:
        rows.append([explain_hidden(matrix.threshold, locale=locale)])
    return write_csv(header, rows)


def matrix_text(matrix: ShownMatrix, *, locale: str) -> str:
    """The matrix for a terminal, its columns numbered above a legend."""
    header, rows = _table(matrix, locale)
    legend = [f"{index:>4}  {name}" for index, name in enumerate(header[1:], start=1)]
    numbers = "".join(f"{index:>7}" for index in range(1, len(header)))
    width = max([len(str(row[0])) for row in rows] + [len(header[0])])
    lines = [f"{row[0]!s:<{width}}" + "".join(f"{cell:>7}" for cell in row[1:]) for row in rows]
    if matrix.has_hidden:
        lines += ["", explain_hidden(matrix.threshold, locale=locale)]
    return "\n".join([*legend, "", f"{header[0]:<{width}}{numbers}", *lines])


def explain_hidden(threshold: int, *, locale: str) -> str:
    """What "hidden" means, for below a table."""
    text = translator(locale).gettext(
        N_(
            "Numbers of fewer than %(threshold)s persons are hidden, and so are those that would "
            "tell them. “13+” is a total of which a part is hidden."
        )
    )
    return text % {"threshold": threshold}


def _table(matrix: ShownMatrix, locale: str) -> tuple[list[str], list[list[object]]]:
    gettext = translator(locale).gettext
    unit, hidden = gettext(UNIT_LABELS[matrix.unit]), gettext(HIDDEN_LABEL)

    def told(*counts: Count) -> list[object]:
        return [count_text(one, hidden) if one.is_hidden else one.known for one in counts]

    header = [
        gettext("Theme (number of %(unit)s)") % {"unit": unit},
        *[gettext(column.label) for column in matrix.columns],
        gettext("Total"),
    ]
    rows: list[list[object]] = [
        [row.theme.full_name, *told(*row.cells, row.total)] for row in matrix.rows
    ]
    coded, units = [c.coded for c in matrix.columns], [c.units for c in matrix.columns]
    rows.append([gettext("With any theme"), *told(*coded, matrix.coded)])
    rows.append([gettext("Received"), *told(*units, matrix.units)])
    return header, rows
