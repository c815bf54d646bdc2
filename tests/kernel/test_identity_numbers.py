"""Finding national identity numbers in what people write. All numbers here are invented."""

import pytest
from stdnum.no.fodselsnummer import calc_check_digit1, calc_check_digit2

from consult.kernel.text.identity import has_identity_number


def _number(nine: str) -> str:
    ten = nine + calc_check_digit1(nine)
    return ten + calc_check_digit2(ten)


ORDINARY = _number("010190001")
D_NUMBER = _number("410190001")
H_NUMBER = _number("014190001")
SYNTHETIC = _number("018190005")


@pytest.mark.scenario(18)
@pytest.mark.parametrize("number", [ORDINARY, D_NUMBER, H_NUMBER, SYNTHETIC])
@pytest.mark.parametrize(
    "text",
    ["{0}", "Jeg heter Kari ({0}).", "fnr:{0},", "{1} {2}", "{1}-{2}", "{1}\u00a0{2}", "nr {3}"],
)
def test_numbers_are_found_however_they_are_written(number, text):
    assert len(number) == 11
    spaced = ".".join((number[:2], number[2:4], number[4:6])) + " " + number[6:]
    assert has_identity_number(text.format(number, number[:6], number[6:], spaced))


@pytest.mark.parametrize("number", [ORDINARY, D_NUMBER])
def test_a_number_among_other_numbers_is_found(number):
    assert has_identity_number(f"22 33 44 55 {number[:6]} {number[6:]} 12")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I 2016 svarte 110 av 315.",
        "Ring 22 33 44 55 eller 99 88 77 66.",
        "974760673",
        f"{ORDINARY[:-1]}{(int(ORDINARY[-1]) + 1) % 10}",
        f"{ORDINARY[:-2]}{(int(ORDINARY[-2]) + 1) % 10}{ORDINARY[-1]}",
        f"1{ORDINARY}",
        f"{ORDINARY}1",
        _number("990190001"),
        _number("013390004"),
        ORDINARY[:5] + "x" + ORDINARY[5:],
    ],
)
def test_other_numbers_are_left_alone(text):
    assert not has_identity_number(text)
