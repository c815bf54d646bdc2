"""What a matrix tells of persons, and what not."""

import pytest

from consult.domain.analysis.shown_matrix import show_matrix
from consult.domain.analysis.small_groups import HIDDEN, UNPROTECTED, Count
from consult.domain.analysis.tables import count_text, matrix_csv, matrix_data
from consult.domain.analysis.types import (
    Behind,
    ColumnsBy,
    CountUnit,
    Matrix,
    MatrixColumn,
    MatrixRow,
)
from consult.domain.coding.types import Colour, ThemeContent, ThemeRow


def theme(key: str) -> ThemeRow:
    content = ThemeContent(name=key.upper(), colour=Colour.BLUE)
    return ThemeRow(0, key, key, None, None, content, (key.upper(),), 1, 0, False, False)


def row(key: str, *cells: int) -> MatrixRow:
    """A theme; the first cell is that of municipalities, the others those of kinds of persons."""
    persons = dict(zip(("private_person", "informal_group"), cells[1:], strict=False))
    behind = Behind(persons, theirs=sum(cells[1:]), without=cells[0])
    return MatrixRow(theme(key), cells, sum(cells), behind, speaking=sum(cells[1:]))


def matrix(*rows: MatrixRow, received=(10, 20), coded=(10, 20), is_narrowed=False) -> Matrix:
    keys = ("municipality", "private_person", "informal_group")[: len(received)]
    units, any_theme = row("", *received), row("", *coded)
    return Matrix(
        unit=CountUnit.SUBMISSIONS,
        by=ColumnsBy.TYPE,
        columns=tuple(
            MatrixColumn(key, key, units=number, coded=themed, is_persons=key != "municipality")
            for key, number, themed in zip(keys, received, coded, strict=True)
        ),
        rows=rows,
        units=units.total,
        coded=any_theme.total,
        behind_units=units.behind,
        behind_coded=any_theme.behind,
        is_narrowed=is_narrowed,
    )


@pytest.mark.scenario(81)
def test_few_persons_are_hidden_with_their_part_of_the_total():
    found = show_matrix(matrix(row("a", 3, 2), row("b", 1, 20), row("c", 2, 0)), 5)
    assert [one.cells for one in found.rows] == [
        (Count(3), HIDDEN),
        (Count(1), Count(20)),
        (Count(2), Count(0)),
    ]
    assert [one.total for one in found.rows] == [Count(3, is_hidden=True), Count(21), Count(2)]
    assert found.units == Count(30)
    assert found.has_hidden


def test_kinds_of_persons_are_merged_where_one_is_small():
    found = show_matrix(
        matrix(row("a", 3, 9, 1), row("b", 3, 2, 1), received=(10, 20, 6), coded=(3, 9, 1)), 5
    )
    assert [column.key for column in found.columns] == ["municipality", "people"]
    assert found.rows[0].cells == (Count(3), Count(10))
    assert found.rows[1].cells == (Count(3), HIDDEN)
    assert found.columns[1].units == Count(26)


def test_a_narrowed_matrix_tells_nothing_of_persons():
    found = show_matrix(matrix(row("a", 3, 20), is_narrowed=True), 5)
    assert found.rows[0].cells == (Count(3), HIDDEN)
    assert found.units == Count(10, is_hidden=True)


def test_few_persons_in_all_are_hidden_everywhere_but_as_senders():
    found = show_matrix(matrix(row("a", 3, 0), received=(10, 4), coded=(3, 0)), 5)
    assert found.rows[0].cells == (Count(3), HIDDEN)
    assert found.columns[1].units == Count(4)


def test_the_desk_sees_everything():
    found = show_matrix(matrix(row("a", 3, 2), is_narrowed=True), UNPROTECTED)
    assert found.rows[0].cells == (Count(3), Count(2))
    assert not found.has_hidden


def test_as_a_file():
    found = show_matrix(matrix(row("a", 3, 2), coded=(3, 2)), 5)
    lines = matrix_csv(found, locale="en").splitlines()
    assert lines[1] == "A,3,hidden,3+"
    assert lines[2] == "With any theme,3,hidden,3+"
    assert lines[3] == "Received,10,20,30"
    assert "fewer than 5 persons" in lines[4]
    [told] = matrix_data(found)["rows"]
    assert told["cells"] == {"municipality": 3, "private_person": {"at_least": 0}}
    assert told["total"] == {"at_least": 3}
    assert count_text(HIDDEN, "skjult") == "skjult"
