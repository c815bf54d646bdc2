"""Canonical plain text: what answers are stored as and what passages are anchored in."""

import re
import unicodedata

_NEVER = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\ufeff]")
"""Control characters but tabulator and line end; soft hyphen, zero-width space, BOM."""


def canonical(text: str) -> str:
    """Text in Unicode NFC with LF line ends, no control characters, no trailing blanks.

    Offsets count characters (code points) of this form, so it must not change once stored. Sámi
    letters survive: NFC keeps them, and nothing is transliterated.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = _NEVER.sub("", text).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def excerpt(text: str, length: int = 160) -> str:
    """The first words of a text on one line, with an ellipsis when something was left out."""
    flat = " ".join(text.split())
    if len(flat) <= length:
        return flat
    return flat[: length - 1].rsplit(" ", 1)[0] + "…"
