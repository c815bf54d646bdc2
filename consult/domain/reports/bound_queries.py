"""What the prose of a report can say of its data, and what it can refer to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from consult.domain.composing.recommended import list_recommendations
from consult.domain.documents.building.figures import Figures
from consult.domain.documents.building.wording import Wording
from consult.domain.documents.queries.gathering import gather_summary
from consult.domain.documents.render.numbering import number_document
from consult.domain.documents.snapshots import read_frozen
from consult.domain.documents.tree import walk
from consult.domain.documents.types import Chart, Section, Table
from consult.domain.reports.building.bound import REFERENCE, Values, places_of, values_of
from consult.domain.reports.building.proposed import part_anchor
from consult.domain.reports.queries import preview
from consult.domain.reports.rules import WrittenPart
from consult.kernel.clock import utc_now
from consult.kernel.text.plain import excerpt

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition, Part

_PART = part_anchor("")
_PROPOSAL = "proposal-"


@dataclass(frozen=True, slots=True)
class Target:
    """Something that a text can refer to.

    Attributes:
        id: What the mark in the text names.
        label: Its number, where it has one, and its title.
        words: What stands in the text until it is printed: the title, for the number may change.
    """

    id: str
    label: str
    words: str


def find_values(composition: "Composition", figures: Figures | None = None) -> Values:
    """What the text can say, by id: from the frozen data, or as it is now where there are none.

    Args:
        composition: The report.
        figures: Of its data, where they are counted already.
    """
    if figures is None:
        snapshot = composition.snapshot
        data = (
            read_frozen(snapshot).data
            if snapshot
            else gather_summary(composition.round, now=utc_now())
        )
        figures = Figures(data)
    proposed = sum(one.is_proposed for one in list_recommendations(composition.id))
    return values_of(figures, Wording(composition.language), proposed=proposed)


def find_anchors(
    composition: "Composition", written: Sequence[WrittenPart], parts: Sequence["Part"]
) -> frozenset[str]:
    """What the texts can refer to; the document is built only where they name a table or figure."""
    found = {part_anchor(part.key) for part in parts}
    found |= {f"{_PROPOSAL}{one.key}" for one in list_recommendations(composition.id)}
    wanted = {
        place.id.removeprefix(REFERENCE)
        for part in written
        for place in places_of(part.text)
        if place.id.startswith(REFERENCE)
    }
    if any(not one.startswith((_PART, _PROPOSAL)) for one in wanted):
        found |= {one.id.removeprefix(REFERENCE) for one in _built_targets(composition)}
    return frozenset(found)


def list_targets(composition: "Composition") -> list[Target]:
    """Chapters, tables, figures and proposals, in reading order; nothing without frozen data."""
    proposals = [
        Target(f"{REFERENCE}{_PROPOSAL}{one.key}", one.text, f"«{excerpt(one.text, 60)}»")
        for one in list_recommendations(composition.id)
        if one.is_proposed
    ]
    return [*_built_targets(composition), *proposals]


def _built_targets(composition: "Composition") -> list[Target]:
    document = preview(composition, day=utc_now().date(), status="")
    if document is None:
        return []
    labels = number_document(document).labels
    found = []
    for node in walk(document.blocks):
        if not isinstance(node, (Section, Table, Chart)):
            continue
        if isinstance(node, Section) and not node.id.startswith(_PART):
            continue
        label = labels.get(node.id)
        if label is not None and not _is_within_text(node.id):
            told = f"{label.heading or label.number} {label.title}".strip()
            found.append(Target(f"{REFERENCE}{node.id}", told, f"«{label.title}»"))
    return found


def _is_within_text(anchor: str) -> bool:
    """Whether it is a heading inside a part's text, whose anchor is another when text moves."""
    key = anchor.removeprefix(_PART)
    return anchor.startswith(_PART) and key.count("-") > 1
