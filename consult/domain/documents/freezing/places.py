"""Where a finished document holds words of an answer: its chapters, by the answer's number."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from consult.domain.documents.building.senders import reference_to
from consult.domain.documents.building.wording import Wording
from consult.domain.documents.render.numbering import number_document
from consult.domain.documents.tree import walk
from consult.domain.documents.types import Block, Document, Quote, Section, Text


@dataclass(frozen=True, slots=True)
class Place:
    """A chapter: its anchor in the web edition, and its number and heading."""

    anchor: str
    heading: str


def places_of(document: Document, answers: Collection[int]) -> Mapping[int, tuple[Place, ...]]:
    """The chapters in which some answers are quoted or told word for word, in reading order."""
    say = Wording(document.language)
    wanted = {reference_to(number, say): number for number in answers}
    labels = number_document(document).labels
    found: dict[int, list[Place]] = defaultdict(list)
    for section in _sections(document.blocks):
        label = labels[section.id]
        place = Place(section.id, f"{label.number} {label.title}".strip())
        for number in sorted({wanted[one] for one in _references(section) if one in wanted}):
            found[number].append(place)
    return {number: tuple(places) for number, places in found.items()}


def _sections(blocks: Iterable[Block]) -> Iterable[Section]:
    for block in blocks:
        if isinstance(block, Section):
            yield block
            yield from _sections(block.blocks)


def _references(section: Section) -> Iterable[str]:
    """What the quotations directly in a section refer to, minuted ones in their brackets too."""
    own = tuple(block for block in section.blocks if not isinstance(block, Section))
    for node in walk(own):
        if isinstance(node, Quote):
            yield node.reference
        elif isinstance(node, Text) and node.text.endswith(")"):
            yield node.text.rpartition(", ")[2].removesuffix(")")
