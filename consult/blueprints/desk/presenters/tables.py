"""Shapes tables of answers for the pages that take them in."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from consult.blueprints.shared.context import current_locale
from consult.domain.handling.rules import in_ranges
from consult.domain.intake.tables.columns import empty_columns, heading_in
from consult.domain.intake.tables.types import (
    FAULT_TEXTS,
    LEFT_OUT_COLUMN,
    NOTICE_TEXTS,
    CheckedTable,
    ColumnTarget,
    RowFault,
    RowNotice,
    SenderField,
    Sheet,
)
from consult.domain.organisations.types import ACTOR_TYPE_LABELS
from consult.kernel.text.plain import excerpt

MOST_PROBLEMS = 100
MOST_ROWS = 50
"""Lines that the preview shows of each kind; the rest is counted."""

_OF_A_LIST = frozenset(
    {
        RowFault.UNKNOWN_KIND,
        RowFault.UNKNOWN_CHANNEL,
        RowFault.UNKNOWN_LANGUAGE,
        RowFault.UNKNOWN_PUBLICATION,
        RowFault.UNKNOWN_STANCE,
        RowFault.UNKNOWN_CHOICE,
        RowFault.NOT_ON_SCALE,
        RowFault.NO_KIND,
    }
)
"""Faults that the words of the column mend."""


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One column: its heading, what stands in it, and whether nothing is taken from it."""

    field: str
    heading: str
    example: str
    is_lost: bool


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What one row would register."""

    row: int
    sender: str
    kind: str
    answered: int


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """The same fault in one row or in many. ``words``: what can stand there instead, if listed."""

    rows: str
    column: str
    value: str
    text: str
    words: str


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """What somebody ought to look at, and in which rows."""

    text: str
    count: int
    rows: str


def target_choices(targets: Sequence[ColumnTarget]) -> list[tuple[str, str]]:
    """What a column can hold, for a list to choose from."""
    return [
        (LEFT_OUT_COLUMN, _("Nothing: left out")),
        *((one.key, excerpt(heading_in(one, current_locale()), 90)) for one in targets),
    ]


def column_rows(sheet: Sheet, columns: Sequence[str]) -> list[ColumnRow]:
    """Every column with the first thing that stands in it."""
    empty = empty_columns(sheet)
    return [
        ColumnRow(
            field=f"column_{index}",
            heading=heading,
            example="" if index in empty else excerpt(_first(sheet, index), 80),
            is_lost=columns[index] == LEFT_OUT_COLUMN and index not in empty,
        )
        for index, heading in enumerate(sheet.headings)
    ]


def holds_answers(columns: Sequence[str]) -> bool:
    """Whether some column holds something that answers, and not only who the sender is."""
    about_sender = set(SenderField) - {SenderField.GENERAL, SenderField.NO_COMMENTS}
    return any(column not in {LEFT_OUT_COLUMN, *about_sender} for column in columns)


def _first(sheet: Sheet, index: int) -> str:
    cells = (values[index] for _number, values in sheet.rows if index < len(values))
    return next(cell for cell in cells if cell.strip())


def answer_rows(checked: CheckedTable) -> list[AnswerRow]:
    """The first answers that would be registered."""
    return [
        AnswerRow(
            row=one.row,
            sender=one.details.sender or _("Private person"),
            kind=_(ACTOR_TYPE_LABELS[one.details.actor_type]) if one.details.actor_type else "",
            answered=sum(not answer.is_blank for answer in one.written.values()),
        )
        for one in checked.answers[:MOST_ROWS]
    ]


def problem_rows(
    checked: CheckedTable,
    sheet: Sheet,
    columns: Sequence[str],
    words: Mapping[str, Sequence[str]],
) -> list[ProblemRow]:
    """What is wrong in which rows; what is wrong alike stands on one line, by its first row.

    ``words`` are the words to choose between, by what a column holds.
    """
    held = dict(zip(sheet.headings, columns, strict=True))
    alike: dict[tuple[str, str, RowFault], list[int]] = {}
    for one in checked.problems:
        alike.setdefault((one.column, one.value, one.fault), []).append(one.row)
    return [
        ProblemRow(
            rows=in_ranges(rows),
            column=column,
            value=value,
            text=_(FAULT_TEXTS[fault]),
            words=", ".join(_words(held.get(column, ""), fault, words)),
        )
        for (column, value, fault), rows in alike.items()
    ]


def _words(key: str, fault: RowFault, words: Mapping[str, Sequence[str]]) -> Sequence[str]:
    if fault is RowFault.NO_KIND:
        return words.get(SenderField.KIND, ())
    return words.get(key, ()) if fault in _OF_A_LIST else ()


def notice_rows(checked: CheckedTable) -> list[NoticeRow]:
    """What to look at, each with the rows that it is about."""
    counts = Counter(notice for one in checked.answers for notice in one.notices)
    return [
        NoticeRow(_(NOTICE_TEXTS[notice]), counts[notice], _rows_with(checked, notice))
        for notice in RowNotice
        if counts[notice]
    ]


def _rows_with(checked: CheckedTable, notice: RowNotice) -> str:
    return in_ranges([one.row for one in checked.answers if notice in one.notices])
