"""Drafts into a recognised document: the role of every paragraph, and what the letter says."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from consult.domain.intake.recognise.draft import Draft, DraftDocument
from consult.domain.intake.recognise.headings import find_headings, find_title, level_headings
from consult.domain.intake.recognise.language import guess_language
from consult.domain.intake.recognise.letter import read_letter_head
from consult.domain.intake.recognise.signatures import find_signatories
from consult.domain.intake.recognise.splitting import split_drafts
from consult.domain.intake.recognise.zones import Zone, find_zones, row_lines
from consult.domain.intake.rules import (
    Mark,
    MarkKind,
    hyphenated_words,
    join_lines,
    nest_marks,
    split_mark,
    split_reference,
)
from consult.domain.intake.types import (
    BlockRole,
    IntakeWarning,
    RecognisedBlock,
    RecognisedDocument,
)

_ZONE_ROLES = {
    Zone.HEAD: BlockRole.LETTERHEAD,
    Zone.CLOSING: BlockRole.CLOSING,
    Zone.SIGNATURE: BlockRole.SIGNATURE,
    Zone.ENCLOSURE: BlockRole.LETTERHEAD,
    Zone.FURNITURE: BlockRole.PAGE_FURNITURE,
}
_LONGEST_NUMBERED_ITEM = 220
_LONGEST_CELL = 60


def build_document(document: DraftDocument) -> RecognisedDocument:
    """What the drafts of a document say, each part in its role."""
    structure = _Structure(document)
    blocks = tuple(structure.blocks())
    signatories = find_signatories(structure.lines_of(Zone.SIGNATURE))
    body = [
        block.text
        for block in blocks
        if block.role in (BlockRole.PARAGRAPH, BlockRole.BULLET, BlockRole.HEADING)
    ]
    head = read_letter_head(
        structure.lines_of(Zone.HEAD) + structure.lines_of(Zone.FURNITURE),
        title=_first(blocks, BlockRole.TITLE),
        opening=_first(blocks, BlockRole.PARAGRAPH),
        ending=structure.lines_of(Zone.SIGNATURE),
    )
    warnings = list(document.warnings)
    if not any(block.role is BlockRole.HEADING for block in blocks):
        warnings.append(IntakeWarning.NO_HEADINGS)
    if not signatories:
        warnings.append(IntakeWarning.NO_SIGNATORY)
    return RecognisedDocument(
        media_type=document.media_type,
        blocks=blocks,
        signatories=signatories,
        sender=head.sender,
        recipient=head.recipient,
        document_date=head.document_date,
        their_ref=head.their_ref,
        our_ref=head.our_ref,
        language=guess_language("\n".join(body)),
        page_count=document.page_count,
        warnings=tuple(warnings),
    )


def _first(blocks: Sequence[RecognisedBlock], role: BlockRole) -> str:
    """The text of the first block in a role, or nothing."""
    return next((block.text for block in blocks if block.role is role), "")


class _Structure:
    """The drafts of a document with their zones, title, headings and list levels."""

    def __init__(self, document: DraftDocument) -> None:
        self._drafts = split_drafts(document.drafts, wrapped=document.wrapped)
        self._zones = find_zones(self._drafts)
        self._hyphenated = hyphenated_words(line for one in self._drafts for line in one.lines)
        body = [index for index, zone in enumerate(self._zones) if zone is Zone.BODY]
        self._title = find_title(self._drafts, body)
        body = [index for index in body if index not in self._title]
        headings = find_headings(self._drafts, body)
        self._levels = level_headings(headings)
        self._marks = {index: self._mark(index) for index in body}
        self._nesting = dict(zip(body, self._nest(body, document.indent_tolerance), strict=True))

    def lines_of(self, zone: Zone) -> list[str]:
        """The lines of a zone, table cells side by side."""
        return row_lines(
            [draft for draft, own in zip(self._drafts, self._zones, strict=True) if own is zone]
        )

    def blocks(self) -> Iterator[RecognisedBlock]:
        """The blocks in reading order; short cells of a table row are one block."""
        indices = range(len(self._drafts))
        for row, group in groupby(indices, key=self._row):
            members = list(group)
            if row is not None and self._is_joinable(members):
                cells = [self._text(self._drafts[index].lines) for index in members]
                page = self._drafts[members[0]].page
                yield RecognisedBlock(BlockRole.PARAGRAPH, " | ".join(cells), page=page)
                continue
            for index in members:
                block = self._block(index)
                if block.text:
                    yield block

    def _row(self, index: int) -> tuple[int, int] | None:
        cell = self._drafts[index].cell
        return None if cell is None or self._zones[index] is not Zone.BODY else cell[:2]

    def _is_joinable(self, members: Sequence[int]) -> bool:
        """Whether a table row holds values rather than questions and answers."""
        cells = {self._drafts[index].cell for index in members}
        return 1 < len(cells) == len(members) and all(
            index not in self._levels
            and index not in self._title
            and self._marks.get(index) is None
            and self._drafts[index].list_level is None
            and len(self._drafts[index].flat) <= _LONGEST_CELL
            and not self._drafts[index].flat.endswith("?")
            and split_reference(self._drafts[index].flat) is None
            for index in members
        )

    def _mark(self, index: int) -> Mark | None:
        """The typed mark of a list item; none for what only looks like one."""
        draft = self._drafts[index]
        mark = split_mark(draft.lines[0])
        if mark is None or draft.list_level is not None or index in self._levels:
            return None
        if mark.kind is MarkKind.PLAIN:
            return None
        long = len(draft.flat) > _LONGEST_NUMBERED_ITEM
        return None if mark.kind is MarkKind.DECIMAL and long else mark

    def _nest(self, body: Sequence[int], tolerance: float) -> list[int]:
        """The list level of each draft of the body; typed marks nest under formatted items."""
        marks: list[tuple[float, str] | None] = []
        places: list[int] = []
        for place, index in enumerate(body):
            mark = self._marks[index]
            if mark is not None:
                marks.append((self._drafts[index].indent, mark.style))
                places.append(place)
            elif index in self._levels:
                marks.append(None)
                places.append(place)
        levels = [0] * len(body)
        for place, level in zip(places, nest_marks(marks, tolerance=tolerance), strict=True):
            levels[place] = level
        return levels

    def _block(self, index: int) -> RecognisedBlock:
        draft, zone = self._drafts[index], self._zones[index]
        if zone is not Zone.BODY:
            lines = [" ".join(line.split()) for line in draft.lines]
            return RecognisedBlock(
                _ZONE_ROLES[zone], "\n".join(filter(None, lines)), page=draft.page
            )
        if index in self._title:
            return RecognisedBlock(BlockRole.TITLE, self._text(draft.lines), page=draft.page)
        if index in self._levels:
            return self._heading(draft, self._levels[index])
        return self._content(index)

    def _heading(self, draft: Draft, level: int) -> RecognisedBlock:
        text = self._text(draft.lines)
        number = draft.number
        if number is None:
            mark = split_mark(text)
            if mark is not None and mark.kind is not MarkKind.BULLET:
                number, text = mark.glyph, mark.rest
        return RecognisedBlock(BlockRole.HEADING, text, level, draft.page, number)

    def _content(self, index: int) -> RecognisedBlock:
        draft, mark = self._drafts[index], self._marks[index]
        lines = draft.lines if mark is None else (mark.rest, *draft.lines[1:])
        text = self._text(lines)
        if text:
            text += "".join(f" [{note}]" for note in draft.notes)
        if mark is not None:
            number = None if mark.kind is MarkKind.BULLET else mark.glyph
            return RecognisedBlock(BlockRole.BULLET, text, self._nesting[index], draft.page, number)
        if draft.list_level is not None:
            inner = split_mark(text)  # a mark typed inside a formatted item says nothing more
            if inner is not None and inner.kind is MarkKind.BULLET:
                text = inner.rest
            return RecognisedBlock(
                BlockRole.BULLET, text, draft.list_level, draft.page, draft.number
            )
        return RecognisedBlock(BlockRole.PARAGRAPH, text, page=draft.page, number=draft.number)

    def _text(self, lines: Sequence[str]) -> str:
        return join_lines(lines, hyphenated=self._hyphenated)
