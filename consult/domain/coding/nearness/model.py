"""A map of a round's passages: what stands near on it says something alike. Needs numpy alone."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from consult.domain.coding.nearness.seeing import kinds_of
from consult.domain.coding.suggesting.words import see

Floats = NDArray[np.float32]
Halves = NDArray[np.float16]
Weighed = tuple[NDArray[np.int64], Floats]

_TELLING = 0.55
"""Of the greatest rarity: a stem that is more common says nothing of what a text is about."""


@dataclass(frozen=True, slots=True)
class Features:
    """The features that a map knows.

    Attributes:
        columns: The column of each.
        rarity: The inverse document frequency of each column.
    """

    columns: Mapping[str, int]
    rarity: Floats

    def weigh(self, text: str) -> Weighed:
        """Columns and values of a text; each kind of feature is a vector of length one."""
        parts = [self._part(kind) for kind in kinds_of(see(text))]
        columns = np.concatenate([columns for columns, _values in parts])
        return columns, np.concatenate([values for _columns, values in parts])

    def _part(self, counts: Mapping[str, int]) -> Weighed:
        known = {self.columns[one]: times for one, times in counts.items() if one in self.columns}
        columns = np.fromiter(known.keys(), np.int64, len(known))
        values = 1 + np.log(np.fromiter(known.values(), np.float32, len(known)))
        values = values * self.rarity[columns]
        length = float(np.linalg.norm(values))
        return columns, (values / length if length else values).astype(np.float32)

    def telling(self) -> frozenset[str]:
        """The features that are rare enough to say what a text is about."""
        least = _TELLING * float(self.rarity.max(initial=0.0))
        return frozenset(one for one, at in self.columns.items() if self.rarity[at] >= least)


@dataclass(frozen=True, slots=True, eq=False)
class NearnessMap:
    """Where every passage stands.

    Attributes:
        passages: Ids of the passages.
        places: Where each stands; rows of length one, of as many numbers as the map has axes.
        axes: Where each feature pulls a text; one row for each feature.
    """

    passages: NDArray[np.int64]
    places: Floats
    features: Features
    axes: Halves

    def nearest(self, text: str, *, least: float, limit: int) -> tuple[int, ...]:
        """Ids of the passages that are most like a text, the nearest first.

        Args:
            text: Any text; it need not be on the map.
            least: How near they must be: the cosine of the angle between both, at most 1.
            limit: How many at most.
        """
        columns, values = self.features.weigh(text)
        place = values @ self.axes[columns].astype(np.float32)
        length = float(np.linalg.norm(place))
        if not length:
            return ()
        near = self.places @ (place / length)
        order = np.argsort(-near, kind="stable")[:limit]
        return tuple(int(self.passages[one]) for one in order if near[one] >= least)
