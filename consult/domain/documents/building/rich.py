"""Rich text that people wrote, as blocks of a document: headings, lists, quotations, notes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from consult.domain.documents.types import (
    Block,
    Emphasis,
    Footnote,
    FootnoteRef,
    Foreign,
    Inline,
    Inlines,
    ItemList,
    Link,
    ListItem,
    Numbered,
    Paragraph,
    Quote,
    Section,
    Strong,
    Text,
)
from consult.kernel.text.rich import types as rich

_MARKS = "«»“”„\"'"
"""Quotation marks that a writer may have typed around a quotation; the renderers set their own."""


@dataclass
class RichBlocks:
    """Turns texts into blocks and gathers their notes; ``prefix`` begins every id it makes.

    Attributes:
        source: Says who said what words rest on, where the text names its sources: in a footnote
            after the words, and under a quotation.
        reference: What is printed for words that refer to something in the document, by the id of
            their mark; nothing where they are words like others.
    """

    prefix: str
    notes: list[Footnote] = field(default_factory=list)
    source: "Callable[[str], Source | None] | None" = None
    reference: Callable[[str], Inlines] | None = None
    _sections: int = 0

    def blocks(self, text: rich.RichText) -> tuple[Block, ...]:
        """A text as blocks; what stands under a heading in it becomes a section of its own."""
        return self._under(list(text.blocks), rich.Kind.HEADING)

    def _under(self, blocks: Sequence[rich.Block], kind: rich.Kind) -> tuple[Block, ...]:
        """What stands before the first heading of a kind, then a section for each heading."""
        made: list[Block] = []
        start = _next_heading(blocks, 0, kind)
        lead = blocks[:start]
        if kind is rich.Kind.HEADING:
            made += self._under(lead, rich.Kind.SUBHEADING)
        else:
            made += self._running(lead)
        while start < len(blocks):
            end = _next_heading(blocks, start + 1, kind)
            self._sections += 1
            anchor = f"{self.prefix}-{self._sections}"
            below = blocks[start + 1 : end]
            inner = (
                self._under(below, rich.Kind.SUBHEADING)
                if kind is rich.Kind.HEADING
                else tuple(self._running(below))
            )
            made.append(Section(anchor, blocks[start].words, inner, Numbered.NO))
            start = end
        return tuple(made)

    def _running(self, blocks: Sequence[rich.Block]) -> Iterator[Block]:
        index = 0
        while index < len(blocks):
            block = blocks[index]
            if block.kind in rich.IN_LISTS:
                end = index
                while end < len(blocks) and blocks[end].kind in rich.IN_LISTS:
                    end += 1
                yield from self._lists(blocks[index:end])
                index = end
                continue
            if block.kind is rich.Kind.QUOTE:
                yield self._quote(block)
            else:
                yield from (Paragraph(one) for one in self._paragraphs(block))
            index += 1

    def _quote(self, block: rich.Block) -> Quote:
        """A quotation, with who said it where all of it rests on one passage."""
        paragraphs = tuple(_without_marks(one) for one in self._paragraphs(block, cites=False))
        found = {
            one
            for part in block.content
            if isinstance(part, rich.Text)
            for one in part.marks.evidence_ids
        }
        source = self.source(found.pop()) if self.source and len(found) == 1 else None
        if source is None:
            return Quote(paragraphs)
        if source.note and paragraphs:
            paragraphs = (*paragraphs[:-1], (*paragraphs[-1], self._note((Text(source.note),))))
        return Quote(
            paragraphs, source.sender, source.reference, source.href, language=source.language
        )

    def _lists(self, blocks: Sequence[rich.Block]) -> Iterator[ItemList]:
        """Items of one depth as lists, those deeper inside the item before them."""
        depth = blocks[0].depth
        items: list[ListItem] = []
        kind: rich.Kind | None = None
        index = 0
        while index < len(blocks):
            block = blocks[index]
            if kind is not None and block.kind is not rich.Kind.CONTINUED and block.kind != kind:
                yield ItemList(tuple(items), ordered=kind is rich.Kind.NUMBER)
                items = []
            if block.kind is not rich.Kind.CONTINUED:
                kind = block.kind
            below = index + 1
            while below < len(blocks) and _belongs_to(blocks[below], depth):
                below += 1
            items.append(ListItem(tuple(self._item(block, blocks[index + 1 : below], depth))))
            index = below
        yield ItemList(tuple(items), ordered=kind is rich.Kind.NUMBER)

    def _item(self, block: rich.Block, below: Sequence[rich.Block], depth: int) -> Iterator[Block]:
        yield from (Paragraph(one) for one in self._paragraphs(block))
        deeper: list[rich.Block] = []
        for one in below:
            if one.depth > depth:
                deeper.append(one)
                continue
            if deeper:
                yield from self._lists(deeper)
                deeper = []
            yield from (Paragraph(words) for words in self._paragraphs(one))
        if deeper:
            yield from self._lists(deeper)

    def _paragraphs(self, block: rich.Block, *, cites: bool = True) -> list[Inlines]:
        """Its words; a line break begins another paragraph."""
        lines: list[list[Inline]] = [[]]
        for part, following in zip(block.content, (*block.content[1:], None), strict=True):
            if isinstance(part, rich.Break):
                lines.append([])
            elif isinstance(part, rich.Footnote):
                note = f"{self.prefix}-note-{len(self.notes) + 1}"
                self.notes.append(Footnote(note, (Text(part.text),)))
                lines[-1].append(FootnoteRef(note))
            else:
                lines[-1] += self._referring(part) or (_marked(part),)
                if cites:
                    lines[-1] += self._sources(part, following)
        return [tuple(line) for line in lines if line]

    def _referring(self, part: rich.Text) -> Inlines:
        bound = part.marks.bound
        return self.reference(bound) if bound and self.reference else ()

    def _sources(self, part: rich.Text, following: rich.Inline | None) -> Iterator[Inline]:
        """A note after the last words that rest on something, saying who said it."""
        if self.source is None:
            return
        further = following.marks.evidence_ids if isinstance(following, rich.Text) else frozenset()
        ended = [one for one in part.marks.evidence if one.id not in further]
        found = [source for one in ended if (source := self.source(one.id))]
        if not found:
            return
        yield self._note(_listed(dict.fromkeys(found)))

    def _note(self, words: Inlines) -> FootnoteRef:
        note = f"{self.prefix}-note-{len(self.notes) + 1}"
        self.notes.append(Footnote(note, words))
        return FootnoteRef(note)


@dataclass(frozen=True, slots=True)
class Source:
    """Who said what words rest on, as far as it may be told.

    Attributes:
        reference: Which answer it stands in: "answer 12".
        href: Where it can be read; empty where it is not published.
        language: What the passage is written in, where that is not the document's language.
        note: What a reader must know of it, such as that it was corrected since.
    """

    sender: str
    reference: str
    href: str = ""
    language: str = ""
    note: str = ""


def _listed(sources: Iterable[Source]) -> Inlines:
    """Sources one after the other: "Alna council, answer 12; the union, answer 3"."""
    inlines: list[Inline] = []
    for source in sources:
        words = Text(", ".join(part for part in (source.sender, source.reference) if part))
        inlines += [Text("; ")] if inlines else []
        inlines.append(Link((words,), source.href) if source.href else words)
        inlines += [Text(f" ({source.note})")] if source.note else []
    return (*inlines, Text("."))


def _next_heading(blocks: Sequence[rich.Block], start: int, kind: rich.Kind) -> int:
    return next(
        (number for number in range(start, len(blocks)) if blocks[number].kind is kind),
        len(blocks),
    )


def _belongs_to(block: rich.Block, depth: int) -> bool:
    return block.depth > depth or (block.depth == depth and block.kind is rich.Kind.CONTINUED)


def _marked(part: rich.Text) -> Inline:
    inline: Inline = Text(part.text)
    marks = part.marks
    languages = {one.language for one in marks.evidence if one.language}
    if len(languages) == 1:
        inline = Foreign((inline,), languages.pop())
    if marks.emphasis:
        inline = Emphasis((inline,))
    if marks.strong:
        inline = Strong((inline,))
    return Link((inline,), marks.link) if marks.link else inline


def _without_marks(inlines: Iterable[Inline]) -> Inlines:
    """A quotation without the marks that its writer typed around it."""
    parts = list(inlines)
    if parts and isinstance(parts[0], Text):
        parts[0] = Text(parts[0].text.lstrip(_MARKS))
    if parts and isinstance(parts[-1], Text):
        parts[-1] = Text(parts[-1].text.rstrip(_MARKS))
    return tuple(one for one in parts if one != Text(""))
