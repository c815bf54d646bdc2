"""Canonical plain text: what answers are stored as and what passages are anchored in."""

import unicodedata

_INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0xFEFF))  # soft hyphen, zero-width space, BOM


def canonical(text: str) -> str:
    """Text in Unicode NFC with LF line ends, no control characters, no trailing blanks.

    Offsets count characters (code points) of this form, so it must not change once stored. Sámi
    letters survive: NFC keeps them, and nothing is transliterated.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = text.translate(_INVISIBLE)
    kept = (
        character
        for character in text
        if character in "\n\t" or unicodedata.category(character) != "Cc"
    )
    lines = "".join(kept).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def excerpt(text: str, length: int = 160) -> str:
    """The first words of a text on one line, with an ellipsis when something was left out."""
    flat = " ".join(text.split())
    if len(flat) <= length:
        return flat
    return flat[: length - 1].rsplit(" ", 1)[0] + "…"
