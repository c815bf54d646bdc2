"""Rules about written text: list marks, references to questions, and lines that were wrapped."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from consult.kernel.text.letters import CAPITALS
from consult.kernel.text.plain import canonical

T = TypeVar("T")

_GLYPHS = "-–—•·●○◦▪■□▫‣⁃∙*➢➤►✓✔❖→\u2219\uf000-\uf8ff"
_BULLET = re.compile(rf"^\s*(?:([{_GLYPHS}]|o)\s+(?=\S)|([-–•·▪●\uf000-\uf8ff])(?=[{CAPITALS}]))")
_ORDERED = re.compile(
    rf"^\s*(\(?(?:[a-zæøå]|[ivx]{{1,4}}|\d{{1,2}})\)|[{CAPITALS}]\)|\d{{1,2}}\.(?!\d)"
    rf"|[a-h]\.(?=\s+[{CAPITALS}]))\s*(?=[^\s\d])"
)
_DECIMAL = re.compile(rf"^\s*(\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}\.?)\s+(?=[{CAPITALS}«\"“])")
_PLAIN = re.compile(rf"^\s*(\d{{1,2}})\s+(?=[{CAPITALS}«])")
_MONTHS = (
    r"januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
    r"|january|february|march|may|june|july|october|december"
)
_MONTH_FIRST = re.compile(rf"^(?:{_MONTHS})\b", re.IGNORECASE)
_AND_WORDS = {"og", "eller", "and", "or", "samt", "til", "ja", "dahje", "/"}
_WORD_WITH_HYPHEN = re.compile(r"\b\w+-\w+")  # from the start of a word: else a long one is slow
_LAST_WORD = re.compile(r"([^\W_]+)[-\u2010]$")
_FIRST_WORD = re.compile(r"^[\w/]+")
_TERMINATORS = ".!?:;…"


class MarkKind(StrEnum):
    """The kinds of mark an item or heading can start with."""

    BULLET = "bullet"
    ORDERED = "ordered"
    DECIMAL = "decimal"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark at the start of a line, and what follows it."""

    kind: MarkKind
    glyph: str
    rest: str

    @property
    def style(self) -> str:
        """What marks of the same list have in common: "-", "1.", "a)"."""
        if self.kind is MarkKind.BULLET:
            return self.glyph
        return re.sub(r"[a-zæøå]+", "a", re.sub(r"\d+", "1", self.glyph))


def split_mark(line: str) -> Mark | None:
    """The list mark or number that a line starts with, or ``None``.

    Dates ("12. oktober") and amounts ("27.000") are no marks.
    """
    match = _BULLET.match(line)
    if match:
        return Mark(MarkKind.BULLET, match[1] or match[2], line[match.end() :].strip())
    patterns = (
        (MarkKind.DECIMAL, _DECIMAL),
        (MarkKind.ORDERED, _ORDERED),
        (MarkKind.PLAIN, _PLAIN),
    )
    for kind, pattern in patterns:
        match = pattern.match(line)
        if match:
            rest = line[match.end() :].strip()
            if _MONTH_FIRST.match(rest):
                return None
            return Mark(kind, match[1], rest)
    return None


def nest_marks(marks: Iterable[tuple[float, str] | None], *, tolerance: float) -> list[int]:
    """The nesting level of each item, from its indentation and the kind of its mark.

    ``None`` ends the list (a heading). Indents are in any unit; those within ``tolerance`` are
    the same. Where the indent does not tell, a mark not seen before in the list opens a level.
    """
    levels: list[int] = []
    stack: list[tuple[float, str]] = []
    for mark in marks:
        if mark is None:
            stack.clear()
            levels.append(0)
            continue
        indent, style = mark
        while stack and indent < stack[-1][0] - tolerance:
            stack.pop()
        same_indent = [
            index for index, (known, _) in enumerate(stack) if abs(known - indent) <= tolerance
        ]
        same_style = [index for index in same_indent if stack[index][1] == style]
        if same_style:
            del stack[same_style[-1] + 1 :]
        else:
            stack.append((indent, style))
        levels.append(len(stack) - 1)
    return levels


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence or a lead-in does."""
    return text.rstrip().rstrip("»\"”')]").endswith(tuple(_TERMINATORS))


def is_asked(first: str, last: str) -> bool:
    """Whether the lines from first to last are a whole numbered question."""
    if not last.rstrip().endswith("?"):
        return False
    mark = split_mark(first)
    return (mark is not None and mark.kind is not MarkKind.BULLET) or bool(split_reference(first))


def starts_lower(text: str) -> bool:
    """Whether the first letter of the text is a small one."""
    stripped = text.lstrip("«\"“'( ")
    return bool(stripped) and stripped[0].islower()


def group_lines(
    lines: Iterable[T], *, continues: Callable[[list[T], T], bool]
) -> Iterator[list[T]]:
    """The lines of each paragraph; ``continues`` says whether a line belongs to those before it."""
    group: list[T] = []
    for line in lines:
        if group and not continues(group, line):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def hyphenated_words(lines: Iterable[str]) -> frozenset[str]:
    """Words that carry a hyphen inside a line: those that keep it at a line's end too."""
    return frozenset(word.casefold() for line in lines for word in _WORD_WITH_HYPHEN.findall(line))


def join_lines(lines: Sequence[str], *, hyphenated: frozenset[str] = frozenset()) -> str:
    """One line of text with wrapping and end-of-line hyphenation undone.

    "NAV-/kontor" keeps its hyphen, "ut-/vikling" loses it, and "arbeids-/og" stays apart.
    """
    text = ""
    for raw in lines:
        line = " ".join(raw.split())
        if not line:
            continue
        text = _append(text, line, hyphenated) if text else line
    return canonical(text).strip()


def _append(text: str, line: str, hyphenated: frozenset[str]) -> str:
    if text.endswith("\u00ad"):
        return text[:-1] + line
    last = _LAST_WORD.search(text[-80:])  # the whole text would make long paragraphs slow
    first = _FIRST_WORD.match(line)
    if not last or not first:
        separator = "" if text.endswith("/") and not text.endswith(" /") else " "
        return text + separator + line
    if first[0].casefold() in _AND_WORDS:
        return f"{text} {line}"
    if _keeps_hyphen(last[1], first[0], hyphenated):
        return text + line
    return text[:-1] + line


def _keeps_hyphen(before: str, after: str, hyphenated: frozenset[str]) -> bool:
    abbreviation = before.isupper() or any(letter.isdigit() for letter in before)
    inner_capital = any(letter.isupper() for letter in before[1:])
    return (
        abbreviation
        or inner_capital
        or not after[0].islower()
        or f"{before}-{after}".casefold() in hyphenated
    )


class ReferenceKind(StrEnum):
    """What a reference says it refers to."""

    QUESTION = "question"
    PROPOSAL = "proposal"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Reference:
    """A numbered reference at the start of a text: "Til spørsmål 3: …"."""

    kind: ReferenceKind
    number: str
    label: str
    rest: str


_REFERENCE = re.compile(
    r"^\s*((?:(?:til|ad|svar(?:\s+(?:på|til))?|vedr(?:ørende|ørande)?\.?|når\s+det\s+gjelder"
    r"|når\s+det\s+gjeld|kommentar(?:er|ar)?\s+til|merknad(?:er|ar)?\s+til|re|on|answer\s+to)\s+)?"
    r"(?P<word>spørsmål(?:et)?|spm\.?|question|gažaldat|gatjálvis|forslag(?:et)?|framlegg(?:et)?"
    r"|tiltak(?:et)?|proposal|evttohus|punkt(?:et)?|pkt\.?|kapittel|kap\.?|del|avsnitt|section"
    r"|chapter|§)\s*(?:nr\.?\s*|number\s*)?"
    r"(?P<number>\d{1,3}(?:[.-]\d{1,3})*\s?[a-z]?)(?![\w-]))\s*(?P<sep>[:.)–—-]?)\s*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_QUESTION_WORDS = ("spørsmål", "spm", "question", "gažaldat", "gatjálvis")
_PROPOSAL_WORDS = ("forslag", "framlegg", "tiltak", "proposal", "evttohus")


def split_reference(text: str) -> Reference | None:
    """The numbered reference that a text starts with, or ``None``."""
    match = _REFERENCE.match(text)
    if not match:
        return None
    word = match["word"].casefold()
    kind = ReferenceKind.PLACE
    if word.startswith(_QUESTION_WORDS):
        kind = ReferenceKind.QUESTION
    elif word.startswith(_PROPOSAL_WORDS):
        kind = ReferenceKind.PROPOSAL
    number = re.sub(r"\s", "", match["number"])
    return Reference(kind, number, match[1].strip(), match["rest"].strip())


_CLOSING_PARAGRAPH = re.compile(
    r"^(?:vi|me|eg|jeg|we|i|mii|forbundet|kommunen|utvalget)?\s*(?:håper|håpar|vonar|hope|takker|takkar"
    r"|thank|ser\s+(?:fram|frem)\s+til|look\s+forward|bidrar\s+gjerne|bidreg\s+gjerne|står\s+gjerne"
    r"|stiller\s+gjerne|stiller\s+oss\s+til|stiller\s+oss|stiller\s+til|står\s+til"
    r"|utdyper\s+gjerne|deltar\s+gjerne|deltek\s+gjerne|ønsker\s+lykke\s+til|sávvat|giitit|doaivut)\b"
    r"|^(?:ta\s+gjerne\s+kontakt|ta\s+kontakt|dersom\s+(?:det|dere|departementet)|hvis\s+(?:det|dere)"
    r"|viss\s+de|ved\s+(?:eventuelle\s+)?spørsmål|lykke\s+til|spørsmål\s+(?:kan|til)\s"
    r"|please\s+(?:do\s+not|contact)|should\s+you|takk\s+for)",
    re.IGNORECASE,
)


def is_closing_paragraph(text: str) -> bool:
    """Whether a last paragraph takes leave rather than answering ("Vi håper våre innspill …")."""
    return len(text) <= 400 and bool(_CLOSING_PARAGRAPH.match(text))
