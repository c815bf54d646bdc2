"""Lines of a PDF into paragraphs, by gaps, margins, letter sizes and marks."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from consult.domain.intake.recognise.draft import Draft
from consult.domain.intake.recognise.furniture import is_page_number, repeated_lines
from consult.domain.intake.recognise.pdf_lines import Line
from consult.domain.intake.rules import (
    Mark,
    MarkKind,
    ends_sentence,
    group_lines,
    is_asked,
    join_lines,
    split_mark,
    starts_lower,
)

_CONTENTS_LINE = re.compile(r"(?:\.\s?){4,}\s*\d{1,4}$")
_LETTER = re.compile(r"\w")
_NOTE = re.compile(r"^\d{1,3}\s*\S")


def drafts_of_lines(lines: Sequence[Line]) -> Iterator[Draft]:
    """The paragraphs of all pages; those that go on over a page break are whole."""
    body, furniture = _part_furniture(lines)
    for line in furniture:
        yield Draft((line.text,), page=line.page, furniture=True)
    layout = _Layout(body)
    main, notes = layout.part_notes()
    drafts = [layout.draft(group) for group in layout.groups(main)]
    for group in layout.groups(notes):
        _attach_note(drafts, layout.draft(group))
    yield from drafts


def _attach_note(drafts: list[Draft], note: Draft) -> None:
    """Give a footnote to the last paragraph of running text that starts on its page or before."""
    text = join_lines(note.lines).lstrip("0123456789 ")
    for index in range(len(drafts) - 1, -1, -1):
        draft = drafts[index]
        if (draft.page or 0) <= (note.page or 0) and len(draft.flat) > 80:
            drafts[index] = replace(draft, notes=(*draft.notes, text))
            return
    drafts.append(note)


def _part_furniture(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    pages = [list(group) for _, group in groupby(lines, key=lambda line: line.page)]
    ordered = [sorted(page, key=lambda line: line.top) for page in pages]
    repeated = repeated_lines([[line.text for line in page] for page in ordered])
    body: list[Line] = []
    furniture: list[Line] = []
    for page, by_height in zip(pages, ordered, strict=True):
        edge = {id(line) for line in (*by_height[:4], *by_height[-4:])}
        apart = {id(line) for line in _apart(by_height)}
        for line in page:
            numbered = id(line) in edge and is_page_number(line.text) and len(page) > 1
            running = id(line) in edge and repeated(line.text)
            if numbered or running or id(line) in apart:
                furniture.append(line)
            elif _LETTER.search(line.text) and not _CONTENTS_LINE.search(line.text):
                body.append(line)
    return body, furniture


def _apart(lines: Sequence[Line]) -> list[Line]:
    """Lines at the edges of a page, from top to bottom, that stand well apart from its text."""
    body = [line for line in lines if not line.at_edge]
    if not body:
        return []
    top, bottom = body[0].top, body[-1].bottom
    return [
        line
        for line in lines
        if line.at_edge
        and min(abs(top - line.bottom), abs(line.top - bottom)) > 2 * line.size
        and len(line.text) <= 160
    ]


class _Layout:
    """The measures of a document: body size, leading per size, margins per page and column."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[line.size] += len(line.text)
        self.body = sizes.most_common(1)[0][0] if sizes else 1.0
        self._leading = self._measure_leading()
        self._right = self._measure_right()
        full = sum(abs(self._right[line.page, line.column] - line.x1) < 1.5 for line in lines)
        self.justified = full > 0.4 * len(lines)

    def _measure_leading(self) -> dict[float, float]:
        steps: defaultdict[float, list[float]] = defaultdict(list)
        for before, after in pairwise(self._lines):
            step = after.bottom - before.bottom
            alike = before.page == after.page and before.size == after.size
            if alike and 0.8 * after.size < step < 2.6 * after.size:
                steps[after.size].append(round(step, 1))
        leading = {}
        for size, found in steps.items():
            counts = Counter(round(step) for step in found)
            frequent = [step for step, count in counts.items() if count >= 0.2 * len(found)]
            leading[size] = float(min(frequent)) if frequent else min(found)
        return leading

    def _measure_right(self) -> dict[tuple[int, int], float]:
        edges: defaultdict[tuple[int, int], list[float]] = defaultdict(list)
        for line in self._lines:
            edges[line.page, line.column].append(line.x1)
        everywhere = sorted(line.x1 for line in self._lines)
        usual = everywhere[int(len(everywhere) * 0.97)] if everywhere else 0.0
        right = {}
        parted = {page for page, column in edges if column}
        for key, values in edges.items():
            values.sort()
            own = values[int(len(values) * 0.95)]
            right[key] = own if key[1] == 0 and len(values) >= 15 else max(own, usual)
            if key[0] in parted:
                right[key] = own
        return right

    def part_notes(self) -> tuple[list[Line], list[Line]]:
        """The lines of the body, and those of footnotes: small, numbered, last on their page."""
        main: list[Line] = []
        notes: list[Line] = []
        for _, group in groupby(self._lines, key=lambda line: line.page):
            page = list(group)
            end = len(page)
            while end and page[end - 1].size <= 0.92 * self.body and page[end - 1].cell is None:
                end -= 1
            if end < len(page) and end and _NOTE.match(page[end].text):
                notes += page[end:]
                page = page[:end]
            main += page
        return main, notes

    def groups(self, lines: Sequence[Line]) -> Iterator[list[Line]]:
        """The lines of each paragraph."""
        return group_lines(lines, continues=self._continues)

    def _continues(self, group: list[Line], line: Line) -> bool:
        before = group[-1]
        if before.cell != line.cell or not _looks_alike(before, line):
            return False
        mark = split_mark(line.text)
        near = self._is_near(before, line)
        if mark is not None and not (near and self._is_false_mark(group, line, mark)):
            return False
        if _is_moved(before, line):
            return self._runs_on(group, line)
        if not near:
            return False
        if "\t" in line.text or "\t" in before.text:
            return False
        if before.text.isupper() and line.text.isupper():
            return True
        return self._is_wrapped(group, line)

    def _is_near(self, before: Line, line: Line) -> bool:
        if _is_moved(before, line):
            return False
        leading = self._leading.get(line.size, 1.3 * line.size)
        return line.bottom - before.bottom <= 1.18 * leading + 1

    def _is_wrapped(self, group: list[Line], line: Line) -> bool:
        """Whether a line that stands close is the next of the same paragraph."""
        before, first = group[-1], group[0]
        is_item = split_mark(first.text) is not None
        if is_item and line.x0 < first.x0 - 4:
            return False
        if (
            not is_item
            and line.x0 > before.x0 + 8
            and len(group) > 1
            and not starts_lower(line.text)
        ):
            return False
        room = self._room(before, line)
        if starts_lower(line.text):
            return True
        if is_asked(first.text, before.text) and not before.bold:
            return False
        if room < 0:
            return True
        if is_item and abs(line.x0 - first.x0) < 3 and first.text_x > first.x0 + 8:
            return not ends_sentence(before.text) and room < 20
        return not (ends_sentence(before.text) or room > 0.25 * self._width(before))

    def _room(self, before: Line, line: Line) -> float:
        """How much room the line before had left for this line's first word, in points."""
        letter = (line.x1 - line.x0) / max(len(line.text), 1)
        word = line.text.split()[0]
        right = self._right.get((before.page, before.column), before.x1)
        return right - before.x1 - letter * (len(word) + 1)

    def _is_full(self, before: Line, line: Line) -> bool:
        """Whether the line before goes to the margin, so that the text may well go on."""
        if self.justified:
            right = self._right.get((before.page, before.column), before.x1)
            return abs(right - before.x1) < 1.5
        return self._room(before, line) < 0

    def _width(self, line: Line) -> float:
        return max(self._right.get((line.page, line.column), line.x1) - line.x0, 1.0)

    def _is_false_mark(self, group: list[Line], line: Line, mark: Mark) -> bool:
        """Whether a dash or number only happens to stand first on a wrapped line."""
        before = group[-1]
        if ends_sentence(before.text) or self._room(before, line) > 12:
            return False
        if mark.kind is MarkKind.BULLET:
            is_item = split_mark(group[0].text) is not None
            return not is_item and mark.glyph in "-–—" and starts_lower(mark.rest)
        return abs(line.x0 - before.x0) < 3

    def _runs_on(self, group: list[Line], line: Line) -> bool:
        """Whether a sentence goes on over a page or column break."""
        before = group[-1]
        if "\t" in line.text or len(before.text) <= 30:
            return False
        if ends_sentence(before.text):
            return self._is_full(before, line) and abs(line.x0 - before.x0) < 4
        return starts_lower(line.text) or self._room(before, line) < 12

    def draft(self, group: list[Line]) -> Draft:
        """The paragraph that the lines make up."""
        first = group[0]
        mark = split_mark(first.text)
        return Draft(
            tuple(line.text for line in group),
            page=first.page,
            strong=all(line.bold for line in group),
            underlined=all(line.underlined for line in group),
            scale=first.size / self.body,
            lead=first.lead,
            indent=first.x0,
            mark_style=mark.style if mark else None,
            cell=first.cell,
        )


def _looks_alike(before: Line, line: Line) -> bool:
    if abs(before.size - line.size) > 0.75:
        return False
    if before.bold != line.bold:
        return bool(before.lead) and not line.bold  # a bold start, then plain text
    return before.underlined == line.underlined


def _is_moved(before: Line, line: Line) -> bool:
    return before.page != line.page or before.column != line.column
