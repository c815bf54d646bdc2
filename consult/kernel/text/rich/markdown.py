"""Rich text as Markdown in a plain text field: how one writes where no scripts run.

A small dialect of its own, so that nothing is lost on the way there and back::

    ## Heading          ### Subheading       > Quote
    - Bullet            1. Number            (four blanks per level; further paragraphs too)
    **strong**          *emphasis*           [words](https://…)
    [words]{e:ID}       [words]{e:ID@se e:ID}    evidence, and the language of the words
    [8]{v:ID}           the value of something, and what it was when the words were written
    ^[note]             a backslash takes the next sign as it is

A line break is a line break, a blank line ends a block, and a backslash alone is an empty line.
What cannot be understood is taken as the words it is.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from consult.kernel.text.rich.errors import RichTextTooLarge
from consult.kernel.text.rich.markdown_words import escape_blanks, read_words, write_words
from consult.kernel.text.rich.types import (
    IN_LISTS,
    MAX_BLOCKS,
    MAX_CHARACTERS,
    Block,
    Break,
    Inline,
    Kind,
    RichText,
)

_HEADING = re.compile(r"(#{1,6}) +(.*)")
_QUOTE = re.compile(r"> ?(.*)")
_BULLET = re.compile(r"( *)[-*+] +(.*)")
_NUMBER = re.compile(r"( *)(\d{1,5})[.)] +(.*)")
_BLANK = re.compile(r"[> ]*")
_BEGINS_BLOCK = re.compile(r"[#>+-]|(?P<digits>\d{1,5})(?=[.)])")


def from_markdown(source: str) -> RichText:
    """The text that was written; every word of it is kept.

    Raises:
        RichTextTooLarge: it has more of something than a text may have.
    """
    if len(source) > MAX_CHARACTERS:
        raise RichTextTooLarge("characters", limit=MAX_CHARACTERS)
    blocks = tuple(_Reader().read(source))
    if len(blocks) > MAX_BLOCKS:
        raise RichTextTooLarge("blocks", limit=MAX_BLOCKS)
    return RichText(blocks)


class _Reader:
    """Lines into blocks; knows the lists that a line may belong to."""

    def __init__(self) -> None:
        self._kind: Kind | None = None  # of the block being read
        self._depth = 0
        self._start = 1
        self._lines: list[str] = []
        self._indents: list[int] = []  # of the markers of the open lists

    def read(self, source: str) -> Iterator[Block]:
        for line in re.split(r"\r\n|[\r\n\u2028\u2029]", source.replace("\t", "    ")):
            if _BLANK.fullmatch(line):
                yield from self._finish()
            elif self._goes_on(line):
                quote = _QUOTE.fullmatch(line) if self._kind is Kind.QUOTE else None
                self._lines.append(quote[1] if quote else line.lstrip(" "))
            else:
                yield from self._finish()
                self._begin(line)
        yield from self._finish()

    def _goes_on(self, line: str) -> bool:
        """Whether a line belongs to the block before it."""
        if self._kind in (None, Kind.HEADING, Kind.SUBHEADING):
            return False
        if any(pattern.fullmatch(line) for pattern in (_HEADING, _BULLET, _NUMBER)):
            return False
        return self._kind is Kind.QUOTE or not _QUOTE.fullmatch(line)

    def _begin(self, line: str) -> None:
        if heading := _HEADING.fullmatch(line):
            high = len(heading[1]) <= 2
            self._open(Kind.HEADING if high else Kind.SUBHEADING, heading[2])
        elif quote := _QUOTE.fullmatch(line):
            self._open(Kind.QUOTE, quote[1])
        elif bullet := _BULLET.fullmatch(line):
            self._open_item(Kind.BULLET, len(bullet[1]), bullet[2])
        elif number := _NUMBER.fullmatch(line):
            self._open_item(Kind.NUMBER, len(number[1]), number[3])
            self._start = int(number[2])
        else:
            self._open_paragraph(len(line) - len(line.lstrip(" ")), line.lstrip(" "))

    def _open(self, kind: Kind, words: str) -> None:
        self._kind, self._depth, self._lines = kind, 0, [words]
        self._indents = []

    def _open_item(self, kind: Kind, indent: int, words: str) -> None:
        self._close_lists(indent)
        self._indents.append(indent)
        self._kind, self._depth, self._lines = kind, len(self._indents), [words]

    def _open_paragraph(self, indent: int, words: str) -> None:
        self._close_lists(indent)
        if not self._indents:
            self._open(Kind.PARAGRAPH, words)
            return
        self._kind, self._depth, self._lines = Kind.CONTINUED, len(self._indents), [words]

    def _close_lists(self, indent: int) -> None:
        """Forget the lists whose markers stand no further left than this."""
        while self._indents and self._indents[-1] >= indent:
            self._indents.pop()

    def _finish(self) -> Iterator[Block]:
        if self._kind is not None:
            yield Block(self._kind, tuple(_read_lines(self._lines)), self._depth, self._start)
        self._kind, self._lines, self._start = None, [], 1


def _read_lines(lines: Iterable[str]) -> Iterator[Inline]:
    for index, line in enumerate(lines):
        if index:
            yield Break()
        words = line.rstrip(" ")
        is_escaped = (len(words) - len(words.rstrip("\\"))) % 2
        if is_escaped and len(line) > len(words):
            words += " "
        if words != "\\":
            yield from read_words(words)


def to_markdown(text: RichText) -> str:
    """The text as it would be written by hand."""
    lines: list[str] = []
    numbers: list[int] = []
    previous: Kind | None = None
    for block in text.blocks:
        is_next_item = previous in IN_LISTS and block.kind in (Kind.BULLET, Kind.NUMBER)
        if previous is not None and not is_next_item:
            lines.append("")
        first, others = _beginnings(block, numbers)
        for index, line in enumerate(_lines_of(block.content)):
            lines.append((others if index else first) + _write_line(line))
        previous = block.kind
    return "\n".join(lines)


_SIGNS = {Kind.HEADING: ("## ", ""), Kind.SUBHEADING: ("### ", ""), Kind.QUOTE: ("> ", "> ")}


def _beginnings(block: Block, numbers: list[int]) -> tuple[str, str]:
    """What its first line begins with, and what the others do.

    ``numbers`` are the last numbers of the open lists, 0 for one with bullets; kept up to date.
    """
    del numbers[block.depth :]
    if not block.depth:
        return _SIGNS.get(block.kind, ("", ""))
    inside = "    " * block.depth
    if block.kind is Kind.CONTINUED:
        return inside, inside
    numbers += [0] * (block.depth - len(numbers))
    last = numbers[-1]
    if block.kind is Kind.BULLET:
        numbers[-1] = 0
        return f"{inside[4:]}- ", inside
    numbers[-1] = last + 1 if last else block.start
    return f"{inside[4:]}{numbers[-1]}. ", inside


def _lines_of(content: Iterable[Inline]) -> list[list[Inline]]:
    lines: list[list[Inline]] = [[]]
    for part in content:
        if isinstance(part, Break):
            lines.append([])
        else:
            lines[-1].append(part)
    return lines


def _write_line(parts: Sequence[Inline]) -> str:
    """One line, with its outer blanks and whatever would begin a block escaped."""
    words = escape_blanks(write_words(parts)) or "\\"
    found = _BEGINS_BLOCK.match(words)
    if found is None:
        return words
    end = found.end()
    return f"{words[:end]}\\{words[end:]}" if found["digits"] else f"\\{words}"
