"""Recognising text in a picture with the program tesseract. Only this knows it.

The program is called and not linked: when it fails or takes too long, only this page is without
text. It runs beside the pages that people wait for, so it gets one core and gives way to others.
"""

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from functools import lru_cache

from consult.domain.scans.errors import PageNotRead, ReaderMissing
from consult.domain.scans.pages import READING_DPI
from consult.domain.scans.types import LONGEST_PAGE, Recognised

_SECONDS = 180
_WORD = "5"  # the level of a row that holds a word
_LANGUAGES = {"nb": ("nor",), "nn": ("nor",), "se": ("nor",), "en": ("eng",)}
_INSTEAD = ("nor", "eng")


@lru_cache(maxsize=1)
def installed_languages() -> frozenset[str]:
    """The languages that the program on this machine knows; none when there is no program."""
    program = shutil.which("tesseract")
    if program is None:
        return frozenset()
    listed = subprocess.run(
        [program, "--list-langs"], capture_output=True, text=True, timeout=30, check=False
    )
    return frozenset(line.strip() for line in listed.stdout.splitlines()[1:] if line.strip())


def can_read() -> bool:
    """Whether text can be recognised on this machine at all."""
    return not installed_languages().isdisjoint(_INSTEAD)


def read_picture(picture: bytes, *, language: str) -> Recognised:
    """What stands in a picture of a page.

    Args:
        picture: In any format that the program knows, drawn at ``READING_DPI``.
        language: Of the document. What the program does not know is read as Norwegian or English.

    Raises:
        ReaderMissing: There is no program, or it knows neither language.
        PageNotRead: It failed, or took too long.
    """
    known = installed_languages()
    wanted = [one for one in (*_LANGUAGES.get(language, ()), *_INSTEAD) if one in known]
    program = shutil.which("tesseract")
    if program is None or not wanted:
        raise ReaderMissing
    command = [
        *("nice", "-n", "10", program, "stdin", "stdout"),
        *("-l", "+".join(dict.fromkeys(wanted)), "--dpi", str(READING_DPI), "tsv"),
    ]
    try:
        done = subprocess.run(
            command,
            input=picture,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise PageNotRead(type(error).__name__) from error
    return understand_table(done.stdout.decode("utf-8", "replace"))


def understand_table(table: str) -> Recognised:
    """The text and the confidence in tesseract's table: one row for each word, tabs between."""
    paragraphs: dict[tuple[str, str], dict[str, list[str]]] = {}
    weight = sure = 0.0
    for row in (line.split("\t") for line in table.splitlines()):
        if len(row) < 12 or row[0] != _WORD or not (word := row[11].strip()):
            continue
        lines = paragraphs.setdefault((row[2], row[3]), {})
        lines.setdefault(row[4], []).append(word)
        weight += len(word)
        sure += len(word) * max(float(row[10]), 0.0)
    texts = (_join(" ".join(words) for words in lines.values()) for lines in paragraphs.values())
    text = "\n\n".join(texts)[:LONGEST_PAGE]
    return Recognised(text, round(sure / weight) if weight else 0)


def _join(lines: Iterable[str]) -> str:
    """The lines of a paragraph as one, with words put together that were divided at their end."""
    return "".join(_joints(lines)).strip()


def _joints(lines: Iterable[str]) -> Iterator[str]:
    before = ""
    for line in lines:
        if before.endswith("-") and line[:1].islower() and not line.startswith(("og ", "eller ")):
            yield before[:-1]
        elif before:
            yield f"{before} "
        before = line
    yield before
