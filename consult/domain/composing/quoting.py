"""Which passages of a round an organisation's own texts rest on, and where."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select

from consult.db import session
from consult.domain.coding.models import Passage
from consult.domain.composing.models import Composition, Evidence, Part
from consult.domain.composing.types import EvidenceUse


@dataclass(frozen=True, slots=True)
class UsedIn:
    """A text that rests on a passage: the text, the part by its key, and how."""

    composition_id: int
    title: str
    part_key: str
    use: EvidenceUse


def find_used(round_id: int, organisation_id: int) -> dict[int, tuple[UsedIn, ...]]:
    """Where an organisation's texts use passages of a round, by the passages' ids."""
    query = (
        select(Evidence.passage_id, Composition.id, Composition.title, Part.key, Evidence.use)
        .join(Part, Part.id == Evidence.part_id)
        .join(Composition, Composition.id == Part.composition_id)
        .join(Passage, Passage.id == Evidence.passage_id)
        .where(
            Passage.round_id == round_id,
            Composition.organisation_id == organisation_id,
            Part.removed_at.is_(None),
            Evidence.removed_at.is_(None),
        )
        .order_by(Composition.id, Part.position, Evidence.id)
    )
    found: dict[int, list[UsedIn]] = defaultdict(list)
    for passage_id, composition_id, title, part_key, use in session().execute(query):
        found[passage_id].append(UsedIn(composition_id, title, part_key, use))
    return {passage_id: tuple(places) for passage_id, places in found.items()}
