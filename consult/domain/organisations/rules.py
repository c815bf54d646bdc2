"""Rules of organisations."""

import re
import unicodedata
from datetime import datetime

from stdnum.exceptions import ValidationError
from stdnum.no import orgnr

from consult.kernel.errors import InvalidInput


def normalise_organisation_number(raw: str) -> str:
    """Nine digits as text, spaces removed, checked by modulus 11.

    Any first digit is accepted (Altinn's test cases have numbers that begin with 0 and 1), and a
    leading zero is kept. Source: Enhetsregisteret's rule for organisasjonsnummer, weights
    3 2 7 6 5 4 3 2.

    Raises:
        InvalidInput: reason ``length`` or ``control_digit``.
    """
    digits = re.sub(r"[\s\u00a0.]", "", raw)
    if not re.fullmatch(r"[0-9]{9}", digits):
        raise InvalidInput("organisation_number", "length", value=raw)
    try:
        return str(orgnr.validate(digits))
    except ValidationError:
        raise InvalidInput("organisation_number", "control_digit", value=raw) from None


def format_organisation_number(number: str) -> str:
    """``974 760 673``: groups of three with non-breaking spaces, as people read it."""
    return "\u00a0".join((number[:3], number[3:6], number[6:]))


_TRANSLITERATION = str.maketrans(
    {"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ŋ": "n", "ŧ": "t", "ð": "d", "þ": "th", "ß": "ss"}
)


def slug_of(name: str) -> str:
    """A short name for addresses: lower case a–z, digits and hyphens, at most 80 characters."""
    lowered = name.lower().translate(_TRANSLITERATION)
    ascii_only = unicodedata.normalize("NFKD", lowered).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:80].strip("-")


def is_membership_active(*, starts_at: datetime, ends_at: datetime | None, now: datetime) -> bool:
    """Whether a role is in force; one that ends at 10:00 is over at 10:00:00."""
    return starts_at <= now and (ends_at is None or now < ends_at)


def do_periods_overlap(
    first: tuple[datetime, datetime | None], second: tuple[datetime, datetime | None]
) -> bool:
    """Whether two times from–to share a moment; ``None`` as the end is never."""
    (start, end), (other_start, other_end) = first, second
    return (other_end is None or start < other_end) and (end is None or other_start < end)
