"""Making a map by latent semantic analysis. It knows scikit-learn, and only the job imports it.

The texts are a table of features, and a truncated singular value decomposition of the table keeps
the directions in which they differ most. The same texts make the same map.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.decomposition import TruncatedSVD
from threadpoolctl import threadpool_limits

from consult.domain.coding.nearness.model import Features, Halves, NearnessMap
from consult.domain.coding.nearness.seeing import KINDS, kinds_of
from consult.domain.coding.suggesting.words import see

_AXES = 100
_MOST = (15_000, 1_000, 20_000)  # features of each kind; the most frequent
_SEED = 20261123


def draw_map(passages: Sequence[tuple[int, str]]) -> NearnessMap:
    """The map of some passages, given as id and text."""
    with threadpool_limits(1):
        return _draw(passages)


def _draw(passages: Sequence[tuple[int, str]]) -> NearnessMap:
    features = _choose([text for _id, text in passages])
    weighed = [features.weigh(text) for _id, text in passages]
    sizes = [columns.size for columns, _values in weighed]
    table = csr_matrix(
        (
            np.concatenate([np.empty(0, np.float32), *(values for _, values in weighed)]),
            np.concatenate([np.empty(0, np.int64), *(columns for columns, _ in weighed)]),
            np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        ),
        shape=(len(passages), len(features.columns)),
    )
    axes = _axes_of(table)
    places = np.asarray(table @ axes.astype(np.float32))
    lengths = np.linalg.norm(places, axis=1, keepdims=True)
    return NearnessMap(
        passages=np.array([one for one, _text in passages], np.int64),
        places=(places / np.maximum(lengths, 1e-9)).astype(np.float32),
        features=features,
        axes=axes,
    )


def _axes_of(table: csr_matrix) -> Halves:
    """Where each feature pulls a text; nowhere where the texts have too little in common."""
    number = min(_AXES, min(table.shape) - 1)
    if number < 1:
        return np.zeros((table.shape[1], 1), np.float16)
    found = TruncatedSVD(number, random_state=_SEED).fit(table)
    return np.asarray(found.components_.T, np.float16)


def _choose(texts: Sequence[str]) -> Features:
    """The features that stand in two texts or more; the most frequent if need be."""
    counts: list[Counter[str]] = [Counter() for _ in range(KINDS)]
    for text in texts:
        for counted, kind in zip(counts, kinds_of(see(text)), strict=True):
            counted.update(kind.keys())
    columns: dict[str, int] = {}
    found: list[int] = []
    for counted, most in zip(counts, _MOST, strict=True):
        ranked = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
        for feature, times in ranked[:most]:
            if times > 1:
                columns[feature] = len(columns)
                found.append(times)
    rarity = 1 + np.log((1 + len(texts)) / (1 + np.array(found, np.float64)))
    return Features(columns, rarity.astype(np.float32))
