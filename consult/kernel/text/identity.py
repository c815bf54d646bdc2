"""Finding national identity numbers in what people write: they are never to be stored."""

import re

from stdnum.no.fodselsnummer import calc_check_digit1, calc_check_digit2

_ELEVEN_DIGITS = re.compile(r"(?<!\d)(?=((?:\d[ \u00a0\u202f.:-]?){10}\d)(?!\d))")
_MONTH_OFFSETS = (0, 40, 80)


REMOVED = "[…]"
"""What stands where an identity number was taken out."""


def has_identity_number(text: str) -> bool:
    """Whether a Norwegian identity number stands in a text, with or without blanks in it.

    Eleven digits that begin with a day and a month and whose two control digits (modulus 11) are
    right. D numbers have 4 added to the first digit; H numbers and the synthetic ones made for
    testing have 4 or 8 added to the third. An account number has eleven digits too, but seldom
    meets all three conditions.
    """
    return any(
        _is_identity_number(re.sub(r"\D", "", match.group(1)))
        for match in _ELEVEN_DIGITS.finditer(text)
    )


def without_identity_numbers(text: str) -> str:
    """The text with every identity number replaced by :data:`REMOVED`."""
    parts, last = [], 0
    for match in _ELEVEN_DIGITS.finditer(text):
        start, end = match.span(1)
        if start >= last and _is_identity_number(re.sub(r"\D", "", match.group(1))):
            parts += [text[last:start], REMOVED]
            last = end
    return "".join([*parts, text[last:]])


def _is_identity_number(digits: str) -> bool:
    day, month = int(digits[:2]), int(digits[2:4])
    is_date = (1 <= day <= 31 or 41 <= day <= 71) and any(
        1 <= month - offset <= 12 for offset in _MONTH_OFFSETS
    )
    return bool(
        is_date
        and digits[9] == calc_check_digit1(digits)
        and digits[10] == calc_check_digit2(digits)
    )
