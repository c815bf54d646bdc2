"""Shapes matrix, theme, passage and proposal pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext

from consult.domain.analysis.rules import AGAINST, FOR, NEUTRAL, PARTLY
from consult.domain.analysis.shown_matrix import ShownColumn, ShownMatrix, ShownRow
from consult.domain.analysis.small_groups import Count
from consult.domain.analysis.tables import HIDDEN_LABEL, count_text
from consult.domain.analysis.types import (
    UNIT_LABELS,
    GroupStances,
    ProposalStances,
    StanceEntry,
)
from consult.domain.submissions.types import STANCE_LABELS, Stance

_LEVELS = 5
_TONES: dict[Stance, str] = (
    dict.fromkeys(FOR, "support")
    | dict.fromkeys(PARTLY, "partly")
    | dict.fromkeys(AGAINST, "oppose")
    | dict.fromkeys(NEUTRAL, "neutral")
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of the matrix as it may be told.

    Attributes:
        text: The number, or the word for a hidden one.
        level: How strongly it is shaded, 0 to 5.
        query: What of the address leads to its passages; empty where there are none.
        label: What it counts, in words.
    """

    text: str
    level: int
    query: str
    label: str


@dataclass(frozen=True, slots=True)
class Segment:
    """Those who take one stance.

    Attributes:
        label: The stance, a message id.
        tone: How its part of the bar is coloured.
    """

    label: str
    tone: str
    entries: tuple[StanceEntry, ...]

    @property
    def value(self) -> int:
        """How many they are."""
        return len(self.entries)


def shade_rows(matrix: ShownMatrix) -> list[tuple[ShownRow, list[Cell], str]]:
    """Each row with its cells shaded against the largest number of the matrix, and its total.

    Where all numbers are small, one answer does not look like a crowd.
    """
    largest = max([_LEVELS, *(cell.known for row in matrix.rows for cell in row.cells)])
    say = gettext("%(theme)s, %(actors)s: %(number)s %(unit)s")  # once: there may be 2,000 cells
    unit, hidden = gettext(UNIT_LABELS[matrix.unit]), gettext(HIDDEN_LABEL)
    columns = [(_query(column), gettext(column.label)) for column in matrix.columns]

    def cell(row: ShownRow, count: Count, query: str, actors: str) -> Cell:
        text = count_text(count, hidden)
        words = {"theme": row.theme.name, "actors": actors, "number": text, "unit": unit}
        is_empty = not count.known and not count.is_hidden
        return Cell(text, _level(count.known, largest), "" if is_empty else query, say % words)

    return [
        (
            row,
            [
                cell(row, count, query, actors)
                for count, (query, actors) in zip(row.cells, columns, strict=True)
            ],
            count_text(row.total, hidden),
        )
        for row in matrix.rows
    ]


def _query(column: ShownColumn) -> str:
    """What of an address asks for the passages of a column."""
    return f"{'group' if column.is_group else 'type'}={column.key}"


def count_words(count: Count) -> str:
    """A number as it may be told, in the reader's language."""
    return count_text(count, gettext(HIDDEN_LABEL))


def _level(value: int, largest: int) -> int:
    return -(-_LEVELS * value // largest)


def segments(stances: ProposalStances | GroupStances) -> tuple[Segment, ...]:
    """The stances that somebody takes, for to against, then those that are neither."""
    found = (
        Segment(STANCE_LABELS[stance], _TONES[stance], stances.having(stance))
        for stance in (*FOR, *PARTLY, *AGAINST, *NEUTRAL)
    )
    return tuple(segment for segment in found if segment.value)


def bar(parts: Iterable[Segment]) -> list[Mapping[str, object]]:
    """The segments as the share bar takes them."""
    return [{"label": part.label, "value": part.value, "tone": part.tone} for part in parts]
