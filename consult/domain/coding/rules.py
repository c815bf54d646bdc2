"""Rules of coding: how a text falls into passages and sentences, and what a codebook may be."""

import re
import unicodedata
from collections import defaultdict, deque
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from consult.domain.coding.types import PassageKind, Placed, Span

_BULLET = re.compile(r"^(?P<indent>[ \t]*)(?P<mark>[-*•])(?:[ \t]+|$)")
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

_ENDING = re.compile(r"[.!?…]+[»”\"')\]]*(?=\s)")
_OPENING = re.compile(r"\s+[«“\"'(\[–-]*\s*(?P<first>\S)")
_COMMON_ABBREVIATIONS = """
adm alm avd bl bl.a ca d.v.s dr dvs e.l eks f f.eks f.o.m ff fig forf gnr hhv i.e iht inkl jf jfr
kap kgl kl kr m.a m.fl m.m m.v mfl mht mill mrd mv nr o.a o.l okt osv p.g.a pga pkt pr prof ref resp
s sek sept sst stk t.d t.eks t.o.m tlf vedr vol
"""
_ABBREVIATIONS = frozenset(_COMMON_ABBREVIATIONS.split())


@dataclass(slots=True)
class _Block:
    """A paragraph or bullet whose last line may still come."""

    kind: PassageKind
    level: int
    start: int | None = None
    end: int = 0
    parent: int | None = None

    def take(self, start: int, line: str) -> None:
        """Let a line, without its bullet mark, belong to this block."""
        content = line.strip()
        if not content:
            return
        first = start + len(line) - len(line.lstrip())
        self.start = first if self.start is None else self.start
        self.end = first + len(content)


@dataclass(slots=True)
class _Division:
    """The passages found so far, and the bullets that a deeper one may stand under."""

    spans: list[Span] = field(default_factory=list)
    open_bullets: list[tuple[int, int]] = field(default_factory=list)
    block: _Block | None = None

    def close(self) -> None:
        """End the present block and keep it, unless it holds no words."""
        block, self.block = self.block, None
        if block is None or block.start is None:
            return
        parent = None
        if block.kind is PassageKind.BULLET:
            self.open_bullets = [pair for pair in self.open_bullets if pair[0] < block.level]
            parent = self.open_bullets[-1][1] if self.open_bullets else None
            self.open_bullets.append((block.level, len(self.spans)))
        self.spans.append(Span(block.start, block.end, block.kind, block.level, parent))


def divide_text(text: str) -> tuple[Span, ...]:
    """The passages of a text in order: paragraphs, bullets and sub-bullets.

    Paragraphs are apart by blank lines. A bullet begins with ``- `` (``*`` and ``•`` are read the
    same); each level stands two spaces further in; lines that follow without a blank line belong to
    it. Spans leave out bullet marks and the blanks around them. Every word of the text lies in
    exactly one span.
    """
    division = _Division()
    for start, line in _lines(text):
        bullet = _BULLET.match(line)
        if not line.strip():
            division.close()
        elif bullet:
            division.close()
            level = len(bullet["indent"].expandtabs(2)) // 2
            division.block = _Block(PassageKind.BULLET, level)
            division.block.take(start + bullet.end(), line[bullet.end() :])
        else:
            if division.block is None:
                if not line[0].isspace():
                    division.open_bullets.clear()  # a paragraph at the margin ends the list
                division.block = _Block(PassageKind.PARAGRAPH, 0)
            division.block.take(start, line)
    division.close()
    return tuple(division.spans)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line with the offset of its first character, whether LF or CR LF ends it."""
    start = 0
    for line in text.split("\n"):
        yield start, line.removesuffix("\r")
        start += len(line) + 1


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """``(start, end)`` of each sentence, for choosing a part of a passage.

    A sentence ends at ``.``, ``!``, ``?`` or ``…`` before a capital letter or a digit, but not
    after a customary abbreviation ("f.eks.", "jf.", "kap.") or an ordinal ("1. januar"). When in
    doubt it goes on: a part too long can be made shorter, half a sentence can mislead.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for ending in _ENDING.finditer(text):
        if not _ends_sentence(text, start, ending):
            continue
        found.append((start, ending.end()))
        start = ending.end()
    found.append((start, len(text)))
    trimmed = (_trim(text, first, last) for first, last in found)
    return tuple((first, last) for first, last in trimmed if first < last)


def _ends_sentence(text: str, start: int, ending: re.Match[str]) -> bool:
    following = _OPENING.match(text, ending.end())
    if following is None:
        return False
    first = following["first"]
    if not (first.isupper() or first.isdigit()):
        return False
    if ending.group()[0] != "." or ending.group().startswith(".."):
        return True
    words = text[start : ending.start()].split()
    last = words[-1].lstrip("«“\"'([").lower() if words else ""
    is_number = last.isdigit() and len(words) == 1  # "1. Et tak …": the number of a point
    return last not in _ABBREVIATIONS and not is_number and not _is_initial(words)


def _is_initial(words: list[str]) -> bool:
    """Whether the last word is the initial of a name: "K. Nordvik"."""
    return bool(words) and len(words[-1]) == 1 and words[-1].isupper()


def snap_range(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without blanks at its ends, widened so that no visible character is cut in two.

    A letter with combining marks, an emoji made of several code points and a flag are one
    character to a reader.
    """
    start, end = _trim(text, max(0, start), min(len(text), end))
    while start > 0 and _is_inside_character(text, start):
        start -= 1
    while end < len(text) and _is_inside_character(text, end):
        end += 1
    return start, end


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


_JOINER = "\u200d"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_REGIONAL = range(0x1F1E6, 0x1F200)


def _is_inside_character(text: str, at: int) -> bool:
    """Whether an offset lies between code points that readers see as one character."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if unicodedata.category(after) in {"Mn", "Mc", "Me"} or _JOINER in {before, after}:
        return True
    if ord(after) in _SKIN_TONES:
        return True
    if ord(before) in _REGIONAL and ord(after) in _REGIONAL:
        indicators = 0
        while at - indicators > 0 and ord(text[at - indicators - 1]) in _REGIONAL:
            indicators += 1
        return indicators % 2 == 1
    return False


def is_theme_key(key: str) -> bool:
    """Whether a text can be a theme's key: lower-case letters, digits and single hyphens."""
    return len(key) <= 80 and _KEY.fullmatch(key) is not None


K = TypeVar("K", bound=Hashable)


def depth_of(key: K, parents: Mapping[K, K | None]) -> int:
    """How deep a theme stands, 1 for the outermost.

    Raises:
        ValueError: The theme stands under itself.
    """
    seen: list[K] = []
    current: K | None = key
    while current is not None:
        if current in seen:
            raise ValueError("a theme under itself")
        seen.append(current)
        current = parents.get(current)
    return len(seen)


def height_of(key: K, parents: Mapping[K, K | None]) -> int:
    """How many levels a theme and those under it take, 1 for a theme that has none under it."""
    below = [height_of(child, parents) for child, parent in parents.items() if parent == key]
    return 1 + max(below, default=0)


def match_passages(before: Sequence[Placed], after: Sequence[Placed]) -> dict[int, int]:
    """Which passage of the next version each passage stands in again, by id.

    The words must be the same, to the letter, and at the same question. Of passages with the same
    words the first becomes the first.
    """
    waiting: dict[tuple[object, str], deque[int]] = defaultdict(deque)
    for passage in after:
        waiting[passage.place, passage.quote].append(passage.id)
    found: dict[int, int] = {}
    for passage in before:
        if (same := waiting.get((passage.place, passage.quote))) and same:
            found[passage.id] = same.popleft()
    return found
