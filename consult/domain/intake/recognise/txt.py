"""Plain text into drafts: typed, or taken out of a PDF with its lines and page breaks."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from consult.domain.intake.recognise.draft import Draft, DraftDocument
from consult.domain.intake.recognise.furniture import is_page_number, repeated_lines
from consult.domain.intake.rules import (
    Mark,
    MarkKind,
    ends_sentence,
    group_lines,
    is_asked,
    split_mark,
    starts_lower,
)
from consult.domain.intake.types import IntakeWarning
from consult.kernel.office.container import Format

_LETTER = re.compile(r"\w")
_UNWRAPPED_LENGTH = 130
_CERTAIN_FIT = 0.93
"""Letters of a proportional font differ in width: a line full in the original may look shorter."""

_FIRST_WORD = re.compile(r"^\S+")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with text: its indent, and the blank lines (or page break) before it."""

    text: str
    indent: int
    page: int
    blanks: int
    breaks_page: bool
    furniture: bool = False

    @property
    def length(self) -> int:
        return self.indent + len(self.text)


def read_txt(content: bytes) -> DraftDocument:
    """The paragraphs of a plain text, with wrapped lines kept as lines."""
    text, guessed = _decode(content)
    pages = text.replace("\r\n", "\n").replace("\r", "\n").split("\f")
    if pages and not pages[-1].strip():
        pages.pop()
    lines = list(_lines(pages))
    layout = _Layout([line for line in lines if not line.furniture])
    drafts = [
        Draft((line.text,), page=line.page, furniture=True) for line in lines if line.furniture
    ]
    drafts += [_draft(group) for group in layout.groups()]
    return DraftDocument(
        Format.TXT,
        tuple(drafts),
        page_count=len(pages) if len(pages) > 1 else None,
        warnings=(IntakeWarning.ENCODING_GUESSED,) if guessed else (),
        indent_tolerance=1,
        wrapped=True,
    )


def _decode(content: bytes) -> tuple[str, bool]:
    """The text, and whether its encoding had to be guessed."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), False
    try:
        return content.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), True


def _lines(pages: Sequence[str]) -> Iterator[_Line]:
    numbered = [[line.expandtabs(8).rstrip() for line in page.split("\n")] for page in pages]
    repeated = repeated_lines([[line for line in page if line.strip()] for page in numbered])
    blanks = 0
    breaks_page = False
    for number, page in enumerate(numbered, start=1):
        breaks_page = breaks_page or number > 1
        for index, raw in enumerate(page):
            text = raw.strip()
            if not _LETTER.search(text):
                blanks += 1
                continue
            alone = _is_alone(page, index)
            if (alone and is_page_number(text)) or repeated(text):
                yield _Line(text, 0, number, blanks, True, furniture=True)
                breaks_page = True
                continue
            yield _Line(text, len(raw) - len(raw.lstrip()), number, blanks, breaks_page)
            blanks, breaks_page = 0, False


def _is_alone(page: Sequence[str], index: int) -> bool:
    before = page[index - 1] if index else ""
    after = page[index + 1] if index + 1 < len(page) else ""
    return not before.strip() and not after.strip()


class _Layout:
    """How a text was wrapped, and with that, which of its lines belong together."""

    def __init__(self, lines: list[_Line]) -> None:
        self._lines = lines
        lengths = sorted(line.length for line in lines)
        self.width = lengths[int(len(lengths) * 0.95)] if lengths else 0
        self.wrapped = self.width <= _UNWRAPPED_LENGTH
        gaps = Counter(
            after.blanks
            for before, after in pairwise(lines)
            if before.length >= 0.8 * self.width and starts_lower(after.text)
        )
        self.wrap_gap = gaps.most_common(1)[0][0] if gaps else 0
        self._item_widths = self._measure_items()

    def _measure_items(self) -> dict[str, int]:
        """The longest line of the items of each kind of list: they are wrapped narrower."""
        widths: dict[str, int] = {}
        style = ""
        for line in self._lines:
            mark = split_mark(line.text)
            if mark is not None:
                style = mark.style
            elif line.blanks > self.wrap_gap or not starts_lower(line.text):
                style = ""
            if style:
                widths[style] = max(widths.get(style, 0), line.length)
        return widths

    def groups(self) -> Iterator[list[_Line]]:
        """The lines of each paragraph."""
        return group_lines(self._lines, continues=self._continues)

    def _continues(self, group: list[_Line], line: _Line) -> bool:
        before = group[-1]
        mark = split_mark(line.text)
        item = split_mark(group[0].text)
        in_item = item is not None
        width = self.width
        if item is not None and item.kind is MarkKind.BULLET:
            width = self._item_widths.get(item.style, self.width)
        if not self.wrapped:
            return False
        if mark is not None:
            return self._is_false_mark(before, line, mark, in_item=in_item)
        if line.breaks_page or line.blanks > self.wrap_gap:
            return self._runs_on(before, line)
        if before.text.isupper() and line.text.isupper():
            return True
        if starts_lower(line.text) or before.text.endswith((",", "-")):
            return True
        if line.indent > before.indent and ends_sentence(before.text):
            return False
        if is_asked(group[0].text, before.text):
            return False
        if not _fits(before, line, width):
            return True
        short = before.length < (0.5 if in_item else 0.65) * self.width
        return not (ends_sentence(before.text) or short)

    def _is_false_mark(self, before: _Line, line: _Line, mark: Mark, *, in_item: bool) -> bool:
        """Whether a dash or number only happens to stand first on a wrapped line."""
        if line.blanks > self.wrap_gap or before.length < 0.75 * self.width:
            return False
        if ends_sentence(before.text):
            return False
        if mark.kind is MarkKind.BULLET:
            return not in_item and mark.glyph in "-–—" and starts_lower(mark.rest)
        return not _fits(before, line, self.width)

    def _runs_on(self, before: _Line, line: _Line) -> bool:
        """Whether a sentence goes on over a page break or a stray blank line."""
        if ends_sentence(before.text):
            return False
        if starts_lower(line.text):
            return before.length >= 0.4 * self.width or before.text.endswith("-")
        return line.breaks_page and before.length >= 0.75 * self.width


def _fits(before: _Line, line: _Line, width: int) -> bool:
    """Whether the line's first word would have had room on the line before."""
    word = _FIRST_WORD.match(line.text)
    return before.length + 1 + len(word[0] if word else "") <= _CERTAIN_FIT * width


def _draft(group: list[_Line]) -> Draft:
    mark = split_mark(group[0].text)
    return Draft(
        tuple(line.text for line in group),
        page=group[0].page,
        indent=group[0].indent,
        mark_style=mark.style if mark else None,
    )
