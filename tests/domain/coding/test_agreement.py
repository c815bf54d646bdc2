"""How far two readers agree: figures known from the literature, and what cannot be computed."""

import krippendorff
import pytest

from consult.domain.coding.agreement import (
    Answers,
    Grade,
    cohens_kappa,
    grade_of,
    krippendorffs_alpha,
    pool,
    size_of_sample,
)

MISSING = "*"
FOUR_BY_TWELVE = """
1 2 3 3 2 1 4 1 2 * * *
1 2 3 3 2 2 4 1 2 5 * 3
* 3 3 3 2 3 4 2 2 5 1 *
1 2 3 3 2 4 4 1 2 5 1 *
"""


def test_kappa_of_the_known_table():
    assert cohens_kappa(Answers(20, 5, 10, 15)) == pytest.approx(0.4)


def test_alpha_of_two_readers_by_hand():
    """Fifty passages: 1 - (n - 1) · differing pairs / expected, with n = 100 answers."""
    answers = Answers(20, 5, 10, 15)
    yes, no = 2 * 20 + 15, 2 * 15 + 15
    assert krippendorffs_alpha(answers) == pytest.approx(1 - 99 * 15 / (yes * no))


@pytest.mark.parametrize(
    ("level", "expected"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)]
)
def test_the_library_computes_what_is_published(level, expected):
    """The 4 × 12 data of Hayes and Krippendorff (2007)."""
    rows = [
        [float("nan") if cell == MISSING else float(cell) for cell in line.split()]
        for line in FOUR_BY_TWELVE.strip().splitlines()
    ]
    found = krippendorff.alpha(reliability_data=rows, level_of_measurement=level)
    assert found == pytest.approx(expected, abs=0.0005)


@pytest.mark.scenario(75)
@pytest.mark.parametrize("answers", [Answers(), Answers(both=9), Answers(neither=9)])
def test_where_only_one_answer_was_given_nothing_is_computed(answers):
    assert krippendorffs_alpha(answers) is None
    assert cohens_kappa(answers) is None
    assert grade_of(None) is Grade.UNKNOWN


def test_worse_than_chance_is_below_nought():
    assert krippendorffs_alpha(Answers(first=5, second=5)) < 0
    assert cohens_kappa(Answers(first=5, second=5)) == -1


@pytest.mark.parametrize(
    ("alpha", "grade"),
    [(1, Grade.FIRM), (0.8, Grade.FIRM), (0.799, Grade.TENTATIVE), (0.667, Grade.TENTATIVE),
     (0.61, Grade.WEAK), (-0.2, Grade.WEAK)],
)  # fmt: skip
def test_what_a_figure_carries(alpha, grade):
    assert grade_of(alpha) is grade


def test_all_themes_together_ask_each_passage_once_for_each():
    pooled = pool([Answers(3, 1, 0, 6), Answers(1, 0, 2, 7)])
    assert pooled == Answers(4, 1, 2, 13)
    assert pooled.number == 20
    assert pooled.differing == 3


@pytest.mark.parametrize(
    ("available", "share", "size"),
    [(0, 20, 0), (1, 1, 1), (10, 20, 2), (11, 20, 3), (7, 100, 7), (10_000, 15, 1_500)],
)
def test_a_sample_is_rounded_up(available, share, size):
    assert size_of_sample(available, share=share) == size
