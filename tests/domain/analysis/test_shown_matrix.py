"""What a matrix tells of persons, and what not."""

from collections import defaultdict
from itertools import product

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


def with_campaign(
    *spoken: tuple[int, int], outside: int, letters: int, adding: int = 0, threshold: int = 5
) -> list[int | None]:
    """What is told of persons on each theme, the campaign as one; ``None`` for what is hidden.

    Of each theme: how many speak of it in words of their own, and how many letters do.
    """
    persons = "private_person"

    def parts(own: int, common: int) -> tuple[dict[str, int], ...]:
        return ({persons: own}, {persons: common})

    def behind(own: int, common: int) -> Behind:
        units = own + bool(common)
        return Behind({persons: own + common}, theirs=units, parts=parts(own, common))

    own, common = (max(numbers) for numbers in zip(*spoken, strict=True))
    rows = tuple(
        MatrixRow(
            theme(f"theme-{place}"),
            (mine + bool(ours),),
            mine + bool(ours),
            behind(mine, ours),
            speaking=mine + ours,
            speaking_parts=(mine, ours),
        )
        for place, (mine, ours) in enumerate(spoken)
    )
    made = Matrix(
        unit=CountUnit.SUBMISSIONS,
        by=ColumnsBy.TYPE,
        columns=(MatrixColumn(persons, persons, outside + 1, own + bool(common), is_persons=True),),
        rows=rows,
        units=outside + adding + 1,
        coded=own + bool(common),
        behind_units=Behind(
            {persons: outside + letters},
            theirs=outside + adding + 1,
            parts=parts(outside + adding, letters),
        ),
        behind_coded=behind(own, common),
        letters=letters,
    )
    found = show_matrix(made, threshold)
    assert found.letters == letters
    return [None if cell.is_hidden else cell.known for row in found.rows for cell in row.cells]


@pytest.mark.scenario(81)
def test_the_persons_behind_a_campaign_are_persons():
    assert with_campaign((0, 25), outside=0, letters=25) == [1]
    assert with_campaign((0, 3), outside=0, letters=3) == [None]
    assert with_campaign((8, 3), outside=9, letters=3) == [None]
    assert with_campaign((8, 25), outside=9, letters=25) == [9]
    # The campaign is known: 3 would tell of two persons.
    assert with_campaign((2, 25), (9, 25), outside=9, letters=25) == [None, 10]


@pytest.mark.parametrize("threshold", [3, 4])
def test_no_hidden_number_is_told_by_what_is_known_of_a_campaign(threshold):
    """Whoever knows how many letters each theme has cannot tell the others, nor the reverse."""
    for outside, letters in product(range(7), range(1, 7)):
        mine: dict[object, set[int]] = defaultdict(set)
        ours: dict[object, set[int]] = defaultdict(set)
        for own, common in product(range(outside + 1), range(letters + 1)):
            [told] = with_campaign(
                (own, common), outside=outside, letters=letters, threshold=threshold
            )
            if told is None:
                mine[common].add(own)
                ours[own].add(common)
            else:
                assert own == 0 or own >= threshold
                assert common == 0 or common >= threshold
        if outside:  # else it is known that there are no others
            assert all(len(values) > 1 for values in mine.values()), (outside, letters, mine)
        assert all(len(values) > 1 for values in ours.values()), (outside, letters, ours)
