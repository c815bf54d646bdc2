"""What is near in meaning, shaped for pages: chosen among what may be seen, with marks."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from consult.blueprints.desk.presenters.search import Asked, ShownHit, show_hit
from consult.domain.analysis.queries.searching import find_among
from consult.domain.analysis.search.asking import Search
from consult.domain.analysis.search.language import Query
from consult.domain.analysis.search.marking import says
from consult.domain.coding.nearness.seeing import shared_places
from consult.domain.coding.queries.nearness import NearOnes

SHOWN = 20
"""Passages that a page shows."""


@dataclass(frozen=True, slots=True)
class NearView:
    """The nearest passages, and what they were looked for among.

    Attributes:
        passages: How many stand on the map.
        made_at: When it was drawn.
    """

    hits: tuple[ShownHit, ...]
    passages: int
    made_at: datetime


def near_passage(
    found: NearOnes | None, passage_id: int, text: str, *, search: Search, owners: Collection[int]
) -> NearView | None:
    """The passages that are most like another one; ``None`` where there is no map."""
    if found is None:
        return None
    ids = [one for one in found.ids if one != passage_id]
    view = _view(found, ids, text, search=search, owners=owners)
    return replace(view, hits=view.hits[:SHOWN])


def near_search(
    found: NearOnes | None, asked: Asked, *, owners: Collection[int]
) -> NearView | None:
    """The passages that are like a search and do not have its words."""
    if found is None:
        return None
    query = asked.search.query
    view = _view(found, found.ids, wanted_words(asked), search=asked.search, owners=owners)
    left_out = Query((), query.excluded)
    kept = [
        one
        for one in view.hits
        if not says(one.hit.passage.quote, query) and says(one.hit.passage.quote, left_out)
    ]
    return replace(view, hits=tuple(kept[:SHOWN]))


def wanted_words(asked: Asked) -> str:
    """The words of a search without those that shall not be there."""
    return " ".join(one for one in asked.text.split() if not one.startswith("-"))


def _view(
    found: NearOnes, ids: Collection[int], text: str, *, search: Search, owners: Collection[int]
) -> NearView:
    hits = find_among(search, ids, owner_ids=owners)
    return NearView(
        tuple(
            show_hit(hit, shared_places(text, hit.passage.quote, telling=found.telling))
            for hit in hits
        ),
        found.passages,
        found.made_at,
    )
