"""Translating between languages near Norwegian with the program Apertium. Only this knows it.

The program is called and not linked, and goes by rules and dictionaries on this machine: no text
leaves it. It is optional; where it is missing there are no pairs, and pages say nothing of it.
"""

import shutil
import subprocess
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

MOST_CHARACTERS = 40_000
"""Of all paragraphs together: some ten pages, which take about a second."""

_SECONDS = 15
_CODES = {"nb": "nob", "nn": "nno", "da": "dan", "sv": "swe", "se": "sme"}
_INTO = ("nb", "nn")
"""Only Norwegian comes out: never Sámi, which nobody here could check."""
_BREAK = "\n\n"
_AT, _AT_KEPT = "@", "\ue000"
"""Dictionaries have a word for this sign; addresses keep it under another one meanwhile."""


class NotTranslated(RuntimeError):
    """The program failed, took too long, or gave back other paragraphs than it got."""


class TextTooLong(NotTranslated):
    """There are more than ``MOST_CHARACTERS``."""


@lru_cache(maxsize=1)
def installed_pairs() -> frozenset[tuple[str, str]]:
    """From which language into which this machine can translate; none without the program."""
    program = shutil.which("apertium")
    if program is None:
        return frozenset()
    listed = subprocess.run(
        [program, "-l"], capture_output=True, text=True, timeout=30, check=False
    )
    modes = {line.strip() for line in listed.stdout.splitlines()}
    return frozenset(
        (source, target)
        for source in _CODES
        for target in _INTO
        if f"{_CODES[source]}-{_CODES[target]}" in modes
    )


def translate(paragraphs: Sequence[str], *, source: str, target: str) -> tuple[str, ...]:
    """What each paragraph says in another language. Words that it does not know stay as they are.

    Args:
        paragraphs: Line breaks and control characters in them become blanks.
        source: The language that they are in.
        target: The language to translate into; the pair must be installed.

    Raises:
        TextTooLong: There are more than ``MOST_CHARACTERS``.
        NotTranslated: It did not work.
    """
    given = [_line(one) for one in paragraphs]
    if sum(map(len, given)) > MOST_CHARACTERS:
        raise TextTooLong
    program = shutil.which("apertium")
    if program is None or (source, target) not in installed_pairs():
        raise NotTranslated("no such pair")
    worth = [one for one in given if one]
    made = _run(program, f"{_CODES[source]}-{_CODES[target]}", worth) if worth else []
    if len(made) != len(worth):
        raise NotTranslated("other paragraphs")
    left = iter(made)
    return tuple(next(left) if one else "" for one in given)


def _run(program: str, mode: str, paragraphs: Sequence[str]) -> list[str]:
    command = ["nice", "-n", "10", program, "-u", "-f", "txt", mode]  # -u: no mark on unknown words
    try:
        done = subprocess.run(
            command,
            input=_BREAK.join(paragraphs).replace(_AT, _AT_KEPT).encode(),
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise NotTranslated(type(error).__name__) from error
    made = done.stdout.decode("utf-8", "replace").replace(_AT_KEPT, _AT)
    return [one.strip() for one in made.strip().split(_BREAK)]


def _line(text: str) -> str:
    """One line, without what is no text: a NUL would end the program's reading."""
    plain = "".join(" " if unicodedata.category(one)[0] == "C" else one for one in text)
    return " ".join(plain.split())
