"""A matrix as far as it may be told: the rule for small groups over every number of it (ADR 41)."""

from collections.abc import Sequence
from dataclasses import dataclass

from consult.domain.analysis.small_groups import (
    HIDDEN,
    UNPROTECTED,
    Count,
    HiddenNodes,
    Node,
    SmallGroups,
    join_hidden,
)
from consult.domain.analysis.types import (
    Behind,
    ColumnsBy,
    CountUnit,
    Matrix,
    MatrixColumn,
)
from consult.domain.coding.types import ThemeRow
from consult.domain.organisations.types import ACTOR_GROUP_LABELS, ActorGroup

_WHOLE = ""
"""The node over all themes: those who speak of any."""


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column with what may be told of it; ``is_group``: its key is that of a group of actors."""

    key: str
    label: str
    is_group: bool
    units: Count
    coded: Count


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A theme with what may be told of it."""

    theme: ThemeRow
    cells: tuple[Count, ...]
    total: Count


@dataclass(frozen=True, slots=True)
class ShownMatrix:
    """A matrix in which no number of few persons stands or can be computed.

    Attributes:
        threshold: The smallest number of persons that it tells; 0: it tells everything.
        is_merged: Kinds of persons stand in one column, because some of them are few.
        letters: Answers that belong to campaigns.
    """

    unit: CountUnit
    by: ColumnsBy
    columns: tuple[ShownColumn, ...]
    rows: tuple[ShownRow, ...]
    units: Count
    coded: Count
    threshold: int
    is_merged: bool = False
    letters: int = 0

    @property
    def has_hidden(self) -> bool:
        """Whether any number is hidden."""
        return self.coded.is_hidden or any(row.total.is_hidden for row in self.rows)


def show_matrix(matrix: Matrix, threshold: int) -> ShownMatrix:
    """What a matrix may tell, under a threshold.

    Of a narrowed matrix nothing is told about persons: two that differ by a filter could be
    subtracted from each other.
    """
    if matrix.unit is CountUnit.ORGANISATIONS:
        threshold = UNPROTECTED  # a person is no organisation
    rule = SmallGroups(threshold, matrix.behind_units.all_persons)
    is_merged = _must_merge(matrix, rule)
    hides_all = matrix.is_narrowed and rule.threshold != UNPROTECTED
    everything = frozenset({_WHOLE, *(row.theme.key for row in matrix.rows)})
    hidden = everything if hides_all else _hidden_nodes(matrix, threshold).whole
    tell = _Telling(matrix.columns, is_merged=is_merged)
    units = tell.line([c.units for c in matrix.columns], matrix.behind_units, is_hidden=hides_all)
    coded = tell.line(
        [c.coded for c in matrix.columns], matrix.behind_coded, is_hidden=_WHOLE in hidden
    )
    rows = []
    for row in matrix.rows:
        cells = tell.line(row.cells, row.behind, is_hidden=row.theme.key in hidden)
        total = tell.total(row.total, row.behind, is_hidden=row.theme.key in hidden)
        rows.append(ShownRow(row.theme, cells, total))
    return ShownMatrix(
        unit=matrix.unit,
        by=matrix.by,
        columns=tuple(
            ShownColumn(key, label, is_group or matrix.by is ColumnsBy.GROUP, *counts)
            for (key, label, is_group), *counts in zip(tell.headings(), units, coded, strict=True)
        ),
        rows=tuple(rows),
        units=tell.total(matrix.units, matrix.behind_units, is_hidden=hides_all),
        coded=tell.total(matrix.coded, matrix.behind_coded, is_hidden=_WHOLE in hidden),
        threshold=rule.threshold,
        is_merged=is_merged,
        letters=matrix.letters,
    )


def _hidden_nodes(matrix: Matrix, threshold: int) -> HiddenNodes:
    """The themes whose persons are hidden: all together, or a part where there are campaigns."""
    everybody = {_WHOLE: Node(None, 0, matrix.behind_coded.all_persons)} | {
        row.theme.key: Node(row.theme.parent_key or _WHOLE, row.speaking, row.behind.all_persons)
        for row in matrix.rows
    }
    found = [SmallGroups(threshold, matrix.behind_units.all_persons).hidden_nodes(everybody)]
    for place, answering in enumerate(matrix.behind_units.parts):
        coded = sum(matrix.behind_coded.parts[place].values())
        part = {_WHOLE: Node(None, 0, coded)} | {
            row.theme.key: Node(
                row.theme.parent_key or _WHOLE,
                row.speaking_parts[place],
                sum(row.behind.parts[place].values()),
            )
            for row in matrix.rows
        }
        found.append(SmallGroups(threshold, sum(answering.values())).hidden_nodes(part))
    return join_hidden(found)


def _must_merge(matrix: Matrix, rule: SmallGroups) -> bool:
    """Whether some kind of persons is few somewhere, so that kinds must not stand apart."""
    keys = [column.key for column in matrix.columns if column.is_persons]
    if len(keys) < 2:
        return False
    lines = [matrix.behind_units, matrix.behind_coded, *(row.behind for row in matrix.rows)]
    groups = [group for line in lines for group in (line.persons, *line.parts)]
    return any(rule.hides(group.get(key, 0)) for group in groups for key in keys)


@dataclass(frozen=True, slots=True)
class _Telling:
    """Turns rows of numbers into what may be told of them."""

    columns: Sequence[MatrixColumn]
    is_merged: bool

    def headings(self) -> list[tuple[str, str, bool]]:
        """Key and label of each column, and whether it was merged into that of a group."""
        found = [(one.key, one.label, False) for one in self._columns_kept()]
        if self.is_merged:
            found.append((ActorGroup.PEOPLE.value, ACTOR_GROUP_LABELS[ActorGroup.PEOPLE], True))
        return found

    def line(self, cells: Sequence[int], behind: Behind, *, is_hidden: bool) -> tuple[Count, ...]:
        """The numbers of a row; those of persons may be hidden, or one number."""
        told = [
            HIDDEN if is_hidden and column.is_persons else Count(cell)
            for column, cell in zip(self.columns, cells, strict=True)
            if not (self.is_merged and column.is_persons)
        ]
        if self.is_merged:
            told.append(HIDDEN if is_hidden else Count(behind.theirs))
        return tuple(told)

    def total(self, number: int, behind: Behind, *, is_hidden: bool) -> Count:
        """A total: without the persons, where their part of it is hidden."""
        has_persons = any(column.is_persons for column in self.columns)
        return Count(behind.without, is_hidden=True) if is_hidden and has_persons else Count(number)

    def _columns_kept(self) -> list[MatrixColumn]:
        return [one for one in self.columns if not (self.is_merged and one.is_persons)]
