"""The words of one line of Markdown: marks, links, evidence and notes (see :mod:`.markdown`)."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from consult.kernel.text.rich.errors import InvalidRichText
from consult.kernel.text.rich.types import (
    PLAIN,
    Break,
    Evidence,
    Footnote,
    Inline,
    Marks,
    Text,
    is_allowed_link,
    joined,
)

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~ ])")
_ADDRESS = re.compile(r"\((?:<([^<>\s]*)>|([^()\s]*(?:\([^()\s]*\)[^()\s]*)*))\)")
_EVIDENCE = re.compile(r"\{(e:[\w@-]+(?: e:[\w@-]+)*)\}")
_BOUND = re.compile(r"\{v:([\w.-]+)\}")
_NOTE = re.compile(r"\^\[((?:\\.|[^\\\[\]])*)\]")
_PLAIN_RUN = re.compile(r"[^\\*\[\]^]+")
_SIGNS = re.compile(r"[\\*\[\]^]")
_NOTE_SIGNS = re.compile(r"[\\\[\]]")
_STARS = re.compile(r"\*+")
_MAX_STARS = 6
"""Stars in a row that can mean something: emphasis and strong end, strong and emphasis begin."""
_MAX_OPEN = 50
"""Signs that may wait at once for their match; more are words."""


@dataclass(frozen=True, slots=True)
class _Opener:
    """A sign that may turn out to begin something: ``**``, ``*`` or ``[``."""

    sign: str


def read_words(source: str) -> Iterator[Inline]:
    """The words and marks of one line; what has no meaning is taken as words."""
    yield from _Line(source).read()


class _Line:
    """One line being read: what is read so far, and the signs that wait for their match."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._found: list[Inline | _Opener] = []
        self._open: list[int] = []  # where in `_found` the signs that wait stand

    def read(self) -> Iterator[Inline]:
        while self._at < len(self._source):
            self._step()
        yield from map(_settled, self._found)

    def _step(self) -> None:
        source, at = self._source, self._at
        if run := _PLAIN_RUN.match(source, at):
            self._take(Text(run[0]), run.end())
        elif escaped := _ESCAPED.match(source, at):
            self._take(Text(escaped[1]), escaped.end())
        elif note := _NOTE.match(source, at):
            self._take(Footnote(_ESCAPED.sub(r"\1", note[1])), note.end())
        elif source[at] == "*":
            self._read_star()
        elif source[at] == "[":
            self._take_opener("[")
        elif source[at] == "]":
            self._read_bracket()
        else:
            self._take(Text(source[at]), at + 1)

    def _take(self, part: Inline | _Opener, end: int) -> None:
        self._found.append(part)
        self._at = end

    def _take_opener(self, sign: str) -> None:
        if len(self._open) < _MAX_OPEN:
            self._open.append(len(self._found))
            self._take(_Opener(sign), self._at + len(sign))
        else:
            self._take(Text(sign), self._at + len(sign))

    def _read_star(self) -> None:
        """Stars close what waits for them, else open something where words follow, else are stars.

        Two stars inside emphasis begin something strong; three or more close the emphasis first.
        """
        stars = _STARS.match(self._source, self._at)
        count = len(stars[0]) if stars else 0
        if count > _MAX_STARS:
            self._take(Text("*" * count), self._at + count)
            return
        waiting = [sign for sign in map(self._sign, self._open) if sign != "["]
        last = waiting[-1] if waiting else None
        begins_strong = last == "*" and count == 2 and "**" not in waiting
        if last and count >= len(last) and self._may_close() and not begins_strong:
            self._wrap(last, _MARKS[last])
            self._at += len(last)
            return
        follows = self._source[self._at + count : self._at + count + 1]
        for sign in ("**", "*") if follows not in ("", " ") else ():
            if count >= len(sign) and sign not in waiting:
                self._take_opener(sign)
                return
        self._take(Text("*"), self._at + 1)

    def _sign(self, index: int) -> str:
        part = self._found[index]
        return part.sign if isinstance(part, _Opener) else ""

    def _may_close(self) -> bool:
        before = self._source[max(self._at - 2, 0) : self._at]
        return not before.endswith(" ") or before == "\\ "

    def _wrap(self, sign: str, mark: Callable[[Marks], Marks]) -> None:
        """Mark everything since the last such sign, and take the sign away."""
        while self._open:
            index = self._open.pop()
            if self._sign(index) == sign:
                break
        inside = joined(map(_settled, self._found[index + 1 :]))  # few, however often it is wrapped
        self._found[index:] = [
            part if isinstance(part, Break) else replace(part, marks=mark(part.marks))
            for part in inside
        ]

    def _read_bracket(self) -> None:
        after = self._at + 1
        waiting = [index for index in self._open if self._sign(index) == "["]
        if not waiting:
            self._take(Text("]"), after)
        elif address := _ADDRESS.match(self._source, after):
            href = address[1] or address[2] or ""
            known = href if is_allowed_link(href) else None
            self._wrap("[", lambda marks: replace(marks, link=marks.link or known))
            self._at = address.end()
        elif (named := _EVIDENCE.match(self._source, after)) and (
            evidence := _read_evidence(named[1])
        ):
            self._wrap("[", lambda marks: _with_evidence(marks, evidence))
            self._at = named.end()
        elif (value := _BOUND.match(self._source, after)) and (bound := _read_bound(value[1])):
            self._wrap("[", lambda marks: replace(marks, bound=marks.bound or bound))
            self._at = value.end()
        else:
            self._open.remove(waiting[-1])
            self._found[waiting[-1]] = Text("[")
            self._take(Text("]"), after)


_MARKS: dict[str, Callable[[Marks], Marks]] = {
    "**": lambda marks: replace(marks, strong=True),
    "*": lambda marks: replace(marks, emphasis=True),
}


def _settled(part: Inline | _Opener) -> Inline:
    return Text(part.sign) if isinstance(part, _Opener) else part


def _read_evidence(source: str) -> tuple[Evidence, ...]:
    """The passages named between braces; none if one of the names cannot be one."""
    try:
        pairs = (name.removeprefix("e:").partition("@") for name in source.split(" "))
        return tuple(Evidence(name, language or None) for name, _, language in pairs)
    except InvalidRichText:
        return ()


def _read_bound(source: str) -> str | None:
    """The id between braces; nothing if it cannot be one."""
    try:
        return Marks(bound=source).bound
    except InvalidRichText:
        return None


def _with_evidence(marks: Marks, evidence: Sequence[Evidence]) -> Marks:
    try:
        return replace(marks, evidence=(*evidence, *marks.evidence))
    except InvalidRichText:  # more than words may rest on
        return marks


def write_words(parts: Iterable[Inline]) -> str:
    """The words and marks of one line as they would be written; reading gives them back."""
    written = ""
    for evidence, same in groupby(parts, key=lambda part: _marks(part).evidence):
        words = _write_linked(same)
        if evidence:
            names = " ".join(f"e:{one.id}{_at(one.language)}" for one in evidence)
            words = f"[{words}]{{{names}}}"
        written += words
    return written


def escape_blanks(words: str) -> str:
    """The words with a blank at either end escaped, since one there has no meaning."""
    if words.startswith(" "):
        words = f"\\{words}"
    before = words[:-1]
    escaped = (len(before) - len(before.rstrip("\\"))) % 2
    return f"{before}\\ " if words.endswith(" ") and not escaped else words


def _at(language: str | None) -> str:
    return f"@{language}" if language else ""


def _marks(part: Inline) -> Marks:
    return PLAIN if isinstance(part, Break) else part.marks


def _write_linked(parts: Iterable[Inline]) -> str:
    written = ""
    for link, same in groupby(parts, key=lambda part: _marks(part).link):
        words = _write_bound(same)
        if link:
            plain = _ADDRESS.fullmatch(f"({link})")
            words = f"[{words}]({link})" if plain else f"[{words}](<{link}>)"
        written += words
    return written


def _write_bound(parts: Iterable[Inline]) -> str:
    written = ""
    for bound, same in groupby(parts, key=lambda part: _marks(part).bound):
        words = _write_marked(same, "**")
        written += f"[{words}]{{v:{bound}}}" if bound else words
    return written


def _write_marked(parts: Iterable[Inline], sign: str) -> str:
    """The words with stars around what is strong, and inside and outside it what is emphasised."""
    written = ""
    for marked, group in groupby(parts, key=lambda part: _is_marked(_marks(part), sign)):
        same = list(group)
        words = _write_marked(same, "*") if sign == "**" else "".join(map(_write_part, same))
        written += f"{sign}{escape_blanks(words)}{sign}" if marked else words
    return written


def _is_marked(marks: Marks, sign: str) -> bool:
    return marks.strong if sign == "**" else marks.emphasis


def _write_part(part: Inline) -> str:
    if isinstance(part, Footnote):
        return f"^[{_NOTE_SIGNS.sub(_escape, part.text)}]"
    return _SIGNS.sub(_escape, part.text) if isinstance(part, Text) else ""


def _escape(sign: re.Match[str]) -> str:
    return f"\\{sign[0]}"
