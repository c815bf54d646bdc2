"""Where a finished document holds words of an answer: its chapters, by the answer's number."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from consult.domain.documents.building.senders import reference_to
from consult.domain.documents.building.wording import Wording
from consult.domain.documents.render.numbering import Label, number_document
from consult.domain.documents.tree import walk
from consult.domain.documents.types import Block, Document, Quote, Section, Text


@dataclass(frozen=True, slots=True)
class Place:
    """A chapter: its anchor in the web edition, and its number and heading."""

    anchor: str
    heading: str


def places_of(document: Document, answers: Collection[int]) -> Mapping[int, tuple[Place, ...]]:
    """The chapters in which some answers are quoted or told word for word, in reading order.

    A part without a number of its own is told as the numbered one around it.
    """
    say = Wording(document.language)
    wanted = {reference_to(number, say): number for number in answers}
    labels = number_document(document).labels
    found: dict[int, dict[str, Place]] = defaultdict(dict)
    for section, chapter in _sections(document.blocks, labels):
        label = labels[chapter]
        place = Place(chapter, f"{label.number} {label.title}".strip())
        for reference in _references(section):
            if reference in wanted:
                found[wanted[reference]].setdefault(chapter, place)
    return {number: tuple(places.values()) for number, places in found.items()}


def _sections(
    blocks: Iterable[Block], labels: Mapping[str, Label], chapter: str = ""
) -> Iterator[tuple[Section, str]]:
    """Every section, with the numbered one that it is or stands in."""
    for block in blocks:
        if isinstance(block, Section):
            inner = block.id if labels[block.id].number or not chapter else chapter
            yield block, inner
            yield from _sections(block.blocks, labels, inner)


def _references(section: Section) -> Iterator[str]:
    """What the quotations directly in a section refer to, minuted ones in their brackets too."""
    own = tuple(block for block in section.blocks if not isinstance(block, Section))
    for node in walk(own):
        if isinstance(node, Quote):
            yield node.reference
        elif isinstance(node, Text) and node.text.endswith(")"):
            yield node.text.rpartition(", ")[2].removesuffix(")")
