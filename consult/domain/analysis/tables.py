"""The matrix for programs, spreadsheets and terminals: always with its unit and denominator."""

from typing import Any

from consult.domain.analysis.types import UNIT_LABELS, Matrix
from consult.kernel.i18n import translator
from consult.kernel.text.spreadsheet import write_csv


def matrix_data(matrix: Matrix) -> dict[str, Any]:
    """The matrix as plain values, keyed by theme keys and actor types or groups."""
    return {
        "unit": matrix.unit.value,
        "by": matrix.by.value,
        "units": matrix.units,
        "coded": matrix.coded,
        "columns": [
            {"key": column.key, "units": column.units, "coded": column.coded}
            for column in matrix.columns
        ],
        "rows": [
            {
                "theme": row.theme.key,
                "name": row.theme.name,
                "parent": row.theme.parent_key,
                "cells": {
                    column.key: cell for column, cell in zip(matrix.columns, row.cells, strict=True)
                },
                "total": row.total,
            }
            for row in matrix.rows
        ],
    }


def matrix_csv(matrix: Matrix, *, locale: str) -> str:
    """The matrix as a CSV table; the first row's first cell says what is counted."""
    return write_csv(*_table(matrix, locale))


def matrix_text(matrix: Matrix, *, locale: str) -> str:
    """The matrix for a terminal, its columns numbered above a legend."""
    header, rows = _table(matrix, locale)
    legend = [f"{index:>4}  {name}" for index, name in enumerate(header[1:], start=1)]
    numbers = "".join(f"{index:>6}" for index in range(1, len(header)))
    width = max([len(str(row[0])) for row in rows] + [len(header[0])])
    lines = [f"{row[0]!s:<{width}}" + "".join(f"{cell:>6}" for cell in row[1:]) for row in rows]
    return "\n".join([*legend, "", f"{header[0]:<{width}}{numbers}", *lines])


def _table(matrix: Matrix, locale: str) -> tuple[list[str], list[list[object]]]:
    gettext = translator(locale).gettext
    unit = gettext(UNIT_LABELS[matrix.unit])
    header = [
        gettext("Theme (number of %(unit)s)") % {"unit": unit},
        *[gettext(column.label) for column in matrix.columns],
        gettext("Total"),
    ]
    rows: list[list[object]] = [[row.theme.full_name, *row.cells, row.total] for row in matrix.rows]
    rows.append([gettext("With any theme"), *[c.coded for c in matrix.columns], matrix.coded])
    rows.append([gettext("Received"), *[c.units for c in matrix.columns], matrix.units])
    return header, rows
