"""Which section of ours each part of an edited Word file is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from consult.domain.documents.word.reading import Line, read_lines
from consult.domain.documents.word.types import END, EditedSection, WordEdits, WordSection
from consult.kernel.text.rich.types import Block, Kind, RichText

_SAME_HEADING = 75
"""From how alike, of 100, a heading without its bookmark is taken for a section's."""


def read_docx_edits(content: bytes, *, filename: str, sections: Sequence[WordSection]) -> WordEdits:
    """The sections of a file that was written for these sections, as somebody edited them.

    A section begins at its bookmark; where that is gone, at a heading that is much like its own;
    where there is none, at the only unknown heading between its neighbours. Whatever stands over
    the first section or from the signatories on is left aside.

    Raises:
        FileRefused: it is no Word file, or one that must not be opened (its subclasses say why).
        RichTextTooLarge: a section is longer than a text may be.
    """
    lines = read_lines(content, filename=filename)
    starts = _find_starts(lines, sections)
    parts = _divide(lines, starts, {section.key: section for section in sections})
    known = [part for part in parts if part.key is not None]
    missing = tuple(one.key for one in sections if one.key not in {part.key for part in known})
    unplaced = (part for part in parts if part.key is None)
    return WordEdits(tuple(known), missing, tuple(p for p in unplaced if p.title or p.text.blocks))


def _find_starts(lines: Sequence[Line], sections: Sequence[WordSection]) -> dict[int, str]:
    """At which paragraph which section begins, by its place."""
    names = {section.bookmark: section.key for section in sections}
    starts: dict[int, str] = {}
    for place, line in enumerate(lines):
        for name in line.bookmarks:
            if name in names and place not in starts and names[name] not in starts.values():
                starts[place] = names[name]
    for section in _not_found(sections, starts):
        likely = [
            (fuzz.ratio(section.title.casefold(), line.block.words.casefold()), -place)
            for place, line in _free_headings(lines, starts)
        ]
        score, place = max(likely, default=(0.0, 0))
        if section.title and score >= _SAME_HEADING:
            starts[-place] = section.key
    for section in _not_found(sections, starts):
        between = _between_neighbours(section, sections, starts, len(lines))
        free = [
            place
            for place, line in _free_headings(lines, starts)
            if place in between and line.heading == section.level
        ]
        if len(free) == 1:
            starts[free[0]] = section.key
    return starts


def _not_found(sections: Iterable[WordSection], starts: dict[int, str]) -> list[WordSection]:
    return [section for section in sections if section.key not in starts.values()]


def _free_headings(lines: Sequence[Line], starts: dict[int, str]) -> list[tuple[int, Line]]:
    return [
        (place, line)
        for place, line in enumerate(lines)
        if line.heading is not None and line.heading <= 2 and place not in starts
    ]


def _between_neighbours(
    section: WordSection, sections: Sequence[WordSection], starts: dict[int, str], length: int
) -> range:
    """The places between the sections beside one, whose own place is not known."""
    places = {key: place for place, key in starts.items()}
    index = sections.index(section)
    before = [places[one.key] for one in sections[:index] if one.key in places]
    after = [places[one.key] for one in sections[index:] if one.key in places]
    return range(max(before, default=-1) + 1, min(after, default=length))


@dataclass(slots=True)
class _Part:
    """A section being put together."""

    section: WordSection | None
    title: str = ""
    lines: list[Line] = field(default_factory=list)
    heading: Line | None = None

    def finish(self) -> EditedSection:
        level = self.section.level if self.section else 1
        every = [*([self.heading] if self.heading else []), *self.lines]
        return EditedSection(
            self.section.key if self.section else None,
            self.title,
            RichText(tuple(_styled(line, level) for line in self.lines)),
            tuple(dict.fromkeys(author for line in every for author in line.authors)),
            tuple(comment for line in every for comment in line.comments),
        )


def _divide(
    lines: Sequence[Line], starts: dict[int, str], sections: dict[str, WordSection]
) -> list[EditedSection]:
    """The parts in reading order; a heading as high as a section's begins one of its own."""
    parts: list[_Part] = []
    for place, line in enumerate(lines):
        if END in line.bookmarks:
            break
        if place in starts:
            parts.append(_Part(sections[starts[place]]))
        elif not parts:
            continue
        elif _is_foreign(line, parts[-1].section):
            parts.append(_Part(None))
        else:
            parts[-1].lines.append(line)
            continue
        if line.heading is not None:
            parts[-1].title, parts[-1].heading = " ".join(line.block.words.split()), line
        else:
            parts[-1].lines.append(line)
    return [part.finish() for part in parts]


def _is_foreign(line: Line, section: WordSection | None) -> bool:
    """Whether a heading begins something that is no part of a section."""
    if line.heading is None or line.block.is_empty:
        return False
    return line.heading <= (section.level if section is not None else 1)


def _styled(line: Line, level: int) -> Block:
    """A paragraph as it stands in a section whose own heading is of this level."""
    if line.heading is None:
        return line.block
    kind = Kind.HEADING if line.heading <= level + 1 else Kind.SUBHEADING
    return replace(line.block, kind=kind)
