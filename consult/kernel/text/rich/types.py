"""Rich text as values: blocks with a style each, and words with marks.

A block is what Word calls a paragraph: its kind says how it looks, its depth how far in a list it
stands. Lists have no nodes of their own; consecutive items are one list. Every value is brought
into its one canonical form when it is made, so equal texts are equal values.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from consult.kernel.text.rich.errors import InvalidRichText

MAX_DEPTH = 5
"""How deep lists may nest: Word has five list styles."""

MAX_BLOCKS = 5_000
"""Blocks in one text: some 300 pages."""

MAX_CHARACTERS = 500_000
"""Characters in one text, footnotes included."""

MAX_HREF = 2_000
MAX_EVIDENCE = 20
"""Passages that the same words may rest on."""

_EVIDENCE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_BOUND_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,159}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_HREF = re.compile(r"(?:https?://[^\s/?#<>\"\\]+|mailto:[^\s@<>\"\\]+@)[^\s<>\"\\]*", re.IGNORECASE)
_BLANKS = re.compile(r"\r\n|[\r\n\t\v\f\x85\u2028\u2029]")
_DROPPED = dict.fromkeys(
    (
        *(0x00AD, 0x200B, 0xFEFF),  # soft hyphen, zero-width space, byte order mark
        *range(0x202A, 0x202F),  # overrides of direction: what is signed must read as it is
        *(0xFFFE, 0xFFFF),  # no characters at all
    )
)


class Kind(StrEnum):
    """How a block looks."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    SUBHEADING = "subheading"
    QUOTE = "quote"
    BULLET = "bullet"
    NUMBER = "number"
    CONTINUED = "continued"
    """A further paragraph of the list item before it."""


IN_LISTS = frozenset({Kind.BULLET, Kind.NUMBER, Kind.CONTINUED})


@dataclass(frozen=True, slots=True)
class Evidence:
    """The passage that words rest on, by an id that only the caller understands.

    Attributes:
        id: Up to 64 letters, digits, ``-`` and ``_``.
        language: What the words are written in (BCP 47), where it is not the text's language.
    """

    id: str
    language: str | None = None

    def __post_init__(self) -> None:
        if not _EVIDENCE_ID.fullmatch(self.id):
            raise InvalidRichText("evidence id")
        if self.language is not None and not _LANGUAGE.fullmatch(self.language):
            raise InvalidRichText("language")


@dataclass(frozen=True, slots=True)
class Marks:
    """What is special about some words.

    Attributes:
        link: An address, https, http or mailto.
        evidence: What the words rest on.
        bound: What the words are a value of, by an id that only the caller understands. The words
            are what the value was when they were written.
    """

    strong: bool = False
    emphasis: bool = False
    link: str | None = None
    evidence: tuple[Evidence, ...] = ()
    bound: str | None = None

    def __post_init__(self) -> None:
        if self.bound is not None and not _BOUND_ID.fullmatch(self.bound):
            raise InvalidRichText("bound id")
        if self.link is not None and not is_allowed_link(self.link):
            raise InvalidRichText("link")
        once = {one.id: one for one in self.evidence}
        if len(once) > MAX_EVIDENCE:
            raise InvalidRichText("evidence")
        object.__setattr__(self, "evidence", tuple(once[key] for key in sorted(once)))

    @property
    def evidence_ids(self) -> frozenset[str]:
        """The passages these words rest on."""
        return frozenset(one.id for one in self.evidence)


PLAIN = Marks()


@dataclass(frozen=True, slots=True)
class Text:
    """Words with the same marks; never a line break."""

    text: str
    marks: Marks = PLAIN


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note at the foot of the page; its text is plain."""

    text: str
    marks: Marks = PLAIN

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", " ".join(clean(self.text).split()))


@dataclass(frozen=True, slots=True)
class Break:
    """A new line in the same block."""


Inline = Text | Footnote | Break


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph with its style.

    Attributes:
        kind: How it looks.
        content: Its words; adjacent words with the same marks are one.
        depth: How deep in lists it stands: 1 in a list, 0 outside.
        start: The number of the first item of a numbered list; 1 everywhere else.
    """

    kind: Kind
    content: tuple[Inline, ...] = ()
    depth: int = 0
    start: int = 1

    def __post_init__(self) -> None:
        breaks = self.kind not in (Kind.HEADING, Kind.SUBHEADING)
        object.__setattr__(self, "content", joined(self.content, breaks=breaks))
        listed = self.kind in IN_LISTS
        object.__setattr__(self, "depth", min(max(self.depth, 1), MAX_DEPTH) if listed else 0)
        if self.kind is not Kind.NUMBER or not 1 <= self.start <= 9999:
            object.__setattr__(self, "start", 1)

    @property
    def words(self) -> str:
        """Its text without marks and notes; line breaks as such."""
        return "".join(
            "\n" if isinstance(part, Break) else part.text if isinstance(part, Text) else ""
            for part in self.content
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it: no word, no note."""
        return not any(
            isinstance(part, Footnote) or (isinstance(part, Text) and part.text.strip())
            for part in self.content
        )


@dataclass(frozen=True, slots=True)
class RichText:
    """A whole text. Blocks without words are left out; lists nest one step at a time."""

    blocks: tuple[Block, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "blocks", _ordered(self.blocks))

    @property
    def is_empty(self) -> bool:
        """Whether it has no words at all."""
        return not self.blocks

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The passages that its words rest on, each once, in reading order."""
        found: dict[str, Evidence] = {}
        for block in self.blocks:
            for part in block.content:
                if not isinstance(part, Break):
                    for one in part.marks.evidence:
                        found.setdefault(one.id, one)
        return tuple(found.values())


def is_allowed_link(href: str) -> bool:
    """Whether an address may be linked to: https, http or mailto, without blanks in it."""
    return len(href) <= MAX_HREF and clean(href) == href and bool(_HREF.fullmatch(href))


def clean(text: str) -> str:
    """Text in NFC, tabs and line breaks as spaces, without characters nobody can see."""
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text  # nearly always: what is dropped is not printable
    text = unicodedata.normalize("NFC", _BLANKS.sub(" ", text)).translate(_DROPPED)
    return "".join(one for one in text if unicodedata.category(one) not in ("Cc", "Cs"))


def joined(content: Iterable[Inline], *, breaks: bool = True) -> tuple[Inline, ...]:
    """The content with neighbours of the same marks joined, cleaned, empty ones left out.

    Without ``breaks``, line breaks become blanks.
    """
    parts: list[Inline] = []
    same: list[str] = []  # words on their way into one text
    marks = PLAIN

    def finish() -> None:
        if text := clean("".join(same)):
            parts.append(Text(text, marks))
        same.clear()

    for given in content:
        part = Text(" ") if isinstance(given, Break) and not breaks else given
        if isinstance(part, Text):
            if part.marks != marks and clean(part.text):
                finish()
                marks = part.marks
            if part.marks == marks:
                same.append(part.text)
        elif isinstance(part, Break) or part.text:
            finish()
            parts.append(part)
    finish()
    return tuple(parts)


def _ordered(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks as lists that nest properly; a start number stays only where a list begins."""
    kept: list[Block] = []
    open_kinds: list[Kind] = []  # of the item the next block would continue, outermost first
    for block in blocks:
        if block.is_empty:
            continue
        if block.kind not in IN_LISTS or (block.kind is Kind.CONTINUED and not open_kinds):
            open_kinds = []
            kept.append(replace(block, kind=Kind.PARAGRAPH) if block.depth else block)
            continue
        if block.kind is Kind.CONTINUED:
            depth = min(block.depth, len(open_kinds))
            del open_kinds[depth:]
            kept.append(replace(block, depth=depth))
            continue
        depth = min(block.depth, len(open_kinds) + 1)
        goes_on = len(open_kinds) >= depth and open_kinds[depth - 1] is block.kind
        del open_kinds[depth - 1 :]
        open_kinds.append(block.kind)
        kept.append(replace(block, depth=depth, start=1 if goes_on else block.start))
    return tuple(kept)


EMPTY = RichText()
