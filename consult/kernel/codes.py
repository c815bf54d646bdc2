"""Codes that stand on paper, are read aloud and typed in again: short, and hard to get wrong."""

import hashlib
import secrets

_ALPHABET = "BCDFGHJKLMNPRSTVWXZ"
"""Nineteen consonants: nothing that looks like a digit, no O beside Q, and no word to be read."""

_DATA_LETTERS = 11
_GROUP = 4


def new_spoken_code() -> str:
    """A random code, ``KBTM-VRHX-SLWD``: eleven letters (some 46 bits) and a check letter."""
    data = "".join(secrets.choice(_ALPHABET) for _ in range(_DATA_LETTERS))
    code = data + _check_letter(data)
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def read_spoken_code(typed: str) -> str | None:
    """The letters of a code however it was typed, or ``None`` when it cannot be right.

    One wrong letter, and two that changed places, are always noticed.
    """
    letters = "".join(character for character in typed.upper() if character.isalnum())
    if len(letters) != _DATA_LETTERS + 1 or not set(letters) <= set(_ALPHABET):
        return None
    return letters if _check_letter(letters[:-1]) == letters[-1] else None


def spoken_code_digest(letters: str) -> str:
    """What is stored of a code, in hexadecimal: slow to make, for a code is shorter than a key.

    Some 50 milliseconds and 16 MB, so that nobody who got hold of the database can try them all.
    """
    digest = hashlib.scrypt(
        letters.encode(), salt=b"consult spoken code", n=2**14, r=8, p=1, dklen=32
    )
    return digest.hex()


def _check_letter(data: str) -> str:
    """The weighted sum modulo 19, a prime, with a weight of its own for each place."""
    total = sum(
        weight * _ALPHABET.index(letter) for weight, letter in enumerate(data.upper(), start=2)
    )
    return _ALPHABET[total % len(_ALPHABET)]
