"""What the codebook teaches a model, and when there is enough new to make another."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from consult.domain.coding.suggesting.types import ThemeText
from consult.domain.coding.suggesting.words import EDITION
from consult.domain.coding.types import ThemeRow

FEWEST_THEMES = 2
_REFERRED = re.compile(r"[«“\"](?P<name>[^»”\"]{2,200})[»”\"]")
_CLAUSE_END = re.compile(r"(?<=[.;!?])\s+")
_AS_WRITTEN, _NAME, _REFERRED_HERE, _ABOVE = 1.0, 0.5, 0.5, 0.25

_FEWEST_NEW, _SHARE_NEW = 5, 10  # codings; one in ten of those learned from
_REST = timedelta(minutes=2)
_OLD = timedelta(days=1)
_PATIENCE = 20  # how many times as long as it took before it is done again


@dataclass(frozen=True, slots=True)
class CodingState:
    """How far a round's coding is, as far as a model cares.

    Attributes:
        new: Codings since the present model; all of them without one.
        codings: All of them.
        codebook: Digest of what the codebook says.
        texts: Stands for the texts that are read: another one when any has come or gone.
    """

    themes: int
    codings: int
    new: int
    codebook: str
    texts: str


@dataclass(frozen=True, slots=True)
class MadeModel:
    """What the present model was made from, and how long it took."""

    edition: int
    codings: int
    codebook: str
    texts: str
    made_at: datetime
    took: timedelta


def is_due(state: CodingState, made: MadeModel | None, *, now: datetime) -> bool:
    """Whether a new model should be made: the first at once, the next when enough has changed.

    Enough is another codebook, or codings: a tenth more, or fewer, and at least five. A model that
    took long to make is left alone for longer. A day after an answer came, was withdrawn or
    replaced there is one in any case: words that are gone are forgotten by then.
    """
    if state.themes < FEWEST_THEMES:
        return False
    if made is None or made.edition != EDITION:
        return True
    if now - made.made_at < max(_REST, _PATIENCE * made.took):
        return False
    enough = max(_FEWEST_NEW, made.codings // _SHARE_NEW)
    changed = max(state.new, abs(state.codings - made.codings))
    is_old = state.texts != made.texts and now - made.made_at >= _OLD
    return state.codebook != made.codebook or changed >= enough or is_old


def digest_of(said: Iterable[tuple[int | str | None, ...]]) -> str:
    """A digest of what a model learns from the codebook: one row of values for each theme."""
    rows = [list(row) for row in said]
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


def read_codebook(
    themes: Sequence[ThemeRow], lines: Mapping[int, Sequence[str]] | None = None
) -> tuple[ThemeText, ...]:
    """What the codebook says of each theme; ``lines`` are written as examples, by the theme's id.

    That a theme leaves something to «another one» is said of the other one. A theme that stands
    under another is a little like it.
    """
    texts: dict[int, list[tuple[str, float]]] = {}
    by_name = {one.name.casefold(): one.id for one in themes}
    own: dict[int, str] = {}
    for one in themes:
        content = one.content
        own[one.id] = f"{one.name}\n{content.definition}\n{content.include}"
        texts[one.id] = [(own[one.id], _AS_WRITTEN), (one.name, _NAME)]
        texts[one.id] += [(line, _AS_WRITTEN) for line in (lines or {}).get(one.id, ())]
        if one.parent_id is not None:
            texts[one.id].append((own[one.parent_id], _ABOVE))
    for one in themes:
        for clause in _CLAUSE_END.split(one.content.exclude):
            names = {found["name"].casefold() for found in _REFERRED.finditer(clause)}
            for other in {by_name[name] for name in names if name in by_name} - {one.id}:
                texts[other].append((clause, _REFERRED_HERE))
    return tuple(ThemeText(one.id, tuple(texts[one.id])) for one in themes)
