"""Codes to read aloud."""

import pytest

from consult.kernel.codes import new_spoken_code, read_spoken_code, spoken_code_digest

LETTERS = "BCDFGHJKLMNPRSTVWXZ"


def test_a_code_has_three_groups_of_four_letters():
    code = new_spoken_code()
    assert [len(group) for group in code.split("-")] == [4, 4, 4]
    assert not set(code) & set("AEIOUYQ0123456789")
    assert new_spoken_code() != code


def test_it_is_read_however_it_is_typed():
    code = new_spoken_code()
    letters = code.replace("-", "")
    for typed in (code, code.lower(), letters, f"  {' '.join(letters)} ", code.replace("-", " ")):
        assert read_spoken_code(typed) == letters


def test_one_wrong_letter_is_always_noticed():
    letters = new_spoken_code().replace("-", "")
    for place in range(len(letters)):
        for other in set(LETTERS) - {letters[place]}:
            assert read_spoken_code(letters[:place] + other + letters[place + 1 :]) is None


def test_letters_that_changed_places_are_always_noticed():
    for _ in range(20):
        letters = new_spoken_code().replace("-", "")
        for place in range(len(letters) - 1):
            swapped = list(letters)
            swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
            if swapped != list(letters):
                assert read_spoken_code("".join(swapped)) is None


@pytest.mark.parametrize("typed", ["", "KBTM", "KBTM-VRHX-SLW0", "KBTM-VRHX-SLWDB", "æøå"])
def test_what_cannot_be_a_code_is_none(typed):
    assert read_spoken_code(typed) is None


def test_only_a_digest_is_stored():
    letters = new_spoken_code().replace("-", "")
    assert letters not in spoken_code_digest(letters)
    assert spoken_code_digest(letters) == spoken_code_digest(letters)
    assert len(spoken_code_digest(letters)) == 64
