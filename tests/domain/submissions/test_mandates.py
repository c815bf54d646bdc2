"""On what ground a branch answers: kept as told, put into words, never weighed."""

from datetime import date

import pytest

from consult.domain.submissions.mandates import (
    NO_MANDATE,
    Mandate,
    check_mandate,
    mandate_data,
    mandate_in_words,
    mandate_of,
)
from consult.kernel.errors import InvalidInput

BOARD = Mandate("Styret", date(2026, 9, 3), votes_for=12, votes_against=0, members=214)


@pytest.mark.parametrize("mandate", [NO_MANDATE, BOARD, Mandate(abstained=1)])
def test_a_mandate_is_read_as_it_was_stored(mandate):
    assert mandate_of(mandate_data(mandate)) == mandate


def test_only_what_was_told_is_stored():
    assert mandate_data(NO_MANDATE) == {}
    assert mandate_data(Mandate(votes_against=0)) == {"votes_against": 0}


def test_a_mandate_in_words():
    assert mandate_in_words(BOARD, "en") == (
        "Styret, September 3, 2026 · 12 for, 0 against · 214 members"
    )
    assert mandate_in_words(NO_MANDATE, "en") == ""


@pytest.mark.parametrize(
    ("mandate", "reason"),
    [
        (Mandate(held_on=date(2026, 9, 4)), "future"),
        (Mandate(members=-1), "negative"),
    ],
)
def test_what_cannot_be_is_refused(mandate, reason):
    with pytest.raises(InvalidInput) as refused:
        check_mandate(mandate, today=date(2026, 9, 3))
    assert refused.value.reason == reason
