"""Organisation numbers (domain guide §2.2)."""

import pytest

from consult.domain.accounts.types import SYSTEM
from consult.domain.organisations.errors import OrganisationNumberTaken
from consult.domain.organisations.rules import (
    format_organisation_number,
    normalise_organisation_number,
)
from consult.domain.organisations.service import register_organisation
from consult.domain.organisations.types import ActorType
from consult.kernel.errors import InvalidInput

pytestmark = pytest.mark.scenario(7)

# 970188290 is a real body's number and follows the rule; the guide's list has it among the invalid.
VALID = [
    "974760673", "991825827", "986252932", "889640782", "912660680", "123456785", "312914174",
    "317763174", "310669075", "043871668", "123778847",
    "970188290",
]  # fmt: skip


@pytest.mark.parametrize("number", VALID)
def test_valid_numbers_are_kept_as_nine_digits(number):
    assert normalise_organisation_number(number) == number


@pytest.mark.parametrize(
    "written", ["123 778 847", " 123778847 ", "123\u00a0778\u00a0847", "123.778.847"]
)
def test_blanks_and_dots_are_taken_out(written):
    assert normalise_organisation_number(written) == "123778847"


@pytest.mark.parametrize("number", ["874760673", "970188291", "970 188 291", "123456786"])
def test_a_wrong_last_digit_is_refused(number):
    with pytest.raises(InvalidInput) as refused:
        normalise_organisation_number(number)
    assert refused.value.reason == "control_digit"
    assert refused.value.field == "organisation_number"


@pytest.mark.parametrize("stem", ["31000006", "31000023", "31000037"])
@pytest.mark.parametrize("digit", range(10))
def test_some_stems_have_no_last_digit(stem, digit):
    with pytest.raises(InvalidInput) as refused:
        normalise_organisation_number(f"{stem}{digit}")
    assert refused.value.reason == "control_digit"


@pytest.mark.parametrize("written", ["", "12345678", "1234567850", "12345678x", "NO974760673MVA"])
def test_anything_but_nine_digits_is_refused(written):
    with pytest.raises(InvalidInput) as refused:
        normalise_organisation_number(written)
    assert refused.value.reason == "length"


def test_the_last_digit_follows_from_the_others_by_modulus_11():
    """Against the rule computed anew, for a thousand stems of every first digit."""
    for stem in range(10_000_000, 100_000_000, 89_993):
        digits = [int(sign) for sign in str(stem)]
        rest = 11 - sum(a * b for a, b in zip(digits, (3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11
        expected = {10: None, 11: 0}.get(rest, rest)
        accepted = [digit for digit in range(10) if _is_valid(f"{stem}{digit}")]
        assert accepted == ([] if expected is None else [expected])


def test_numbers_are_shown_in_groups_that_do_not_break():
    assert format_organisation_number("043871668") == "043\u00a0871\u00a0668"


def test_a_number_belongs_to_one_body_only(make):
    make.organisation(name="Solvik kommune", organisation_number="123778847")
    with pytest.raises(OrganisationNumberTaken) as refused:
        register_organisation(
            name="Solvik",
            actor_type=ActorType.MUNICIPALITY,
            organisation_number="123 778 847",
            by=SYSTEM,
        )
    assert refused.value.name == "Solvik kommune"


@pytest.mark.scenario(44)
def test_a_body_needs_no_number(make):
    for _ in range(2):
        body = register_organisation(
            name="Enkeltperson i oppstart", actor_type=ActorType.EMPLOYER, by=SYSTEM
        )
        assert body.organisation_number is None
    assert body.slug == "enkeltperson-i-oppstart-2"


def _is_valid(number: str) -> bool:
    try:
        normalise_organisation_number(number)
    except InvalidInput:
        return False
    return True
