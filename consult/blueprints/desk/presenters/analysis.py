"""Shapes matrix, theme, passage and proposal pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext

from consult.domain.analysis.rules import AGAINST, FOR, NEUTRAL, PARTLY
from consult.domain.analysis.types import (
    UNIT_LABELS,
    GroupStances,
    Matrix,
    MatrixRow,
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
    """A number of the matrix, how strongly it is shaded (0 to 5), and what it counts, in words."""

    value: int
    level: int
    column_key: str
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


def shade_rows(matrix: Matrix) -> list[tuple[MatrixRow, list[Cell]]]:
    """Each row with its cells shaded against the largest number of the matrix.

    Where all numbers are small, one answer does not look like a crowd.
    """
    largest = max([_LEVELS, *(cell for row in matrix.rows for cell in row.cells)])
    say = gettext("%(theme)s, %(actors)s: %(number)s %(unit)s")  # once: there may be 2,000 cells
    unit = gettext(UNIT_LABELS[matrix.unit])
    columns = [(column.key, gettext(column.label)) for column in matrix.columns]

    def cell(row: MatrixRow, value: int, key: str, actors: str) -> Cell:
        words = {"theme": row.theme.name, "actors": actors, "number": value, "unit": unit}
        return Cell(value, _level(value, largest), key, say % words)

    return [
        (
            row,
            [
                cell(row, value, key, actors)
                for value, (key, actors) in zip(row.cells, columns, strict=True)
            ],
        )
        for row in matrix.rows
    ]


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
