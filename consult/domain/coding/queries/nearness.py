"""Which rounds need a map, what is drawn on it, and what stands near a text."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import exists, select

from consult.db import session
from consult.domain.coding.models import Nearness, Passage
from consult.domain.coding.queries.suggesting import (
    CLAIM_HOLDS,
    CODED_NO_MORE,
    read_passages,
    state_of_texts,
)
from consult.domain.coding.types import PassageKind
from consult.domain.rounds.models import Round
from consult.kernel.files import FileStore

if TYPE_CHECKING:
    from consult.domain.coding.nearness.model import NearnessMap

_REST, _PATIENCE = timedelta(minutes=10), 20
"""A map is left alone so long, or so many times as long as it took."""
_LEAST = 0.12
"""The least cosine that is shown: below it texts have next to nothing in common."""
_MOST = 200


@dataclass(frozen=True, slots=True)
class NearOnes:
    """What stands near a text, and how old the map is.

    Attributes:
        ids: Ids of passages, the nearest first. Not all of them need be there still.
        telling: Stems that say what a text is about.
    """

    ids: tuple[int, ...]
    telling: frozenset[str]
    passages: int
    made_at: datetime


def find_near(round_id: int, text: str, *, models: FileStore) -> NearOnes | None:
    """The passages of a round that are most like a text; ``None`` where no map is drawn yet."""
    made = session().get(Nearness, round_id)
    if made is None or made.digest is None or made.made_at is None:
        return None
    opened = _open(models, made.digest)
    if opened is None:
        return None
    drawn, telling = opened
    ids = drawn.nearest(text, least=_LEAST, limit=_MOST)
    return NearOnes(ids, telling, made.passages, made.made_at)


@lru_cache(maxsize=4)
def _open(models: FileStore, digest: str) -> "tuple[NearnessMap, frozenset[str]] | None":
    """A map from its file; ``None`` where it is gone or of another edition: it is drawn anew."""
    # NumPy takes a tenth of a second to load, and most processes never look for what is near.
    from consult.domain.coding.nearness.codec import (  # noqa: PLC0415 -- see above
        UnreadableMap,
        decode,
    )

    try:
        drawn = decode(models.read(digest))
    except (FileNotFoundError, UnreadableMap):
        return None
    return drawn, drawn.features.telling()


def rounds_to_draw(now: datetime, *, models: FileStore) -> list[Round]:
    """The rounds that should get a new map and that no worker has taken."""
    query = (
        select(Round, Nearness)
        .outerjoin(Nearness, Nearness.round_id == Round.id)
        .where(
            Round.status.not_in(CODED_NO_MORE),
            exists().where(Passage.round_id == Round.id),
            Nearness.claimed_at.is_(None) | (Nearness.claimed_at < now - CLAIM_HOLDS),
        )
        .order_by(Round.id)
    )
    found = session().execute(query).all()
    return [round_ for round_, made in found if _is_due(round_.id, made, now=now, models=models)]


def _is_due(round_id: int, made: Nearness | None, *, now: datetime, models: FileStore) -> bool:
    """Whether there is no map that can be used, or other texts than it was drawn from."""
    if made is None or made.digest is None or made.made_at is None:
        return True
    rest = max(_REST, _PATIENCE * timedelta(milliseconds=made.milliseconds))
    if now - made.made_at < rest:
        return False
    return made.texts != state_of_texts(round_id) or _open(models, made.digest) is None


def passages_to_draw(round_id: int) -> list[tuple[int, str]]:
    """Id and text of every whole passage that readers code and that repeats no other one."""
    return [
        (row.id, row.quote) for row in read_passages(round_id) if row.kind is not PassageKind.CHOSEN
    ]
