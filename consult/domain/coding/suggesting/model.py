"""A model: how much each feature of a text speaks for each theme. Needs numpy and nothing else."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from consult.domain.coding.suggesting.types import SHOWN, Suggested, Surroundings
from consult.domain.coding.suggesting.words import Seen, runs_of, see, spoken_of

Floats = NDArray[np.float32]

_MOST_REASONS = 4  # words that are shown for a theme
_WEAKEST_REASON = 0.25  # beside the strongest one
_TOO_COMMON = 0.55  # of the greatest rarity: "and" and "not" explain nothing


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The features that a model knows, and how telling each is.

    Attributes:
        columns: The column of each feature.
        words: How many of them, from the first, are stems and pairs of stems.
        rarity: The inverse document frequency of each column.
    """

    columns: Mapping[str, int]
    words: int
    rarity: Floats

    def weigh(self, seen: Seen) -> tuple[NDArray[np.int64], Floats]:
        """Columns and values of a text: words and letters each make a vector of length one."""
        words, word_values = self._part(seen.words)
        letters, letter_values = self._part(seen.letters)
        return np.concatenate((words, letters)), np.concatenate((word_values, letter_values))

    def _part(self, counts: Mapping[str, int]) -> tuple[NDArray[np.int64], Floats]:
        known = [
            (column, number)
            for feature, number in counts.items()
            if (column := self.columns.get(feature)) is not None
        ]
        if not known:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        columns = np.array([column for column, _number in known], np.int64)
        numbers = np.array([number for _column, number in known], np.float32)
        values = (1 + np.log(numbers)) * self.rarity[columns]
        return columns, (values / np.linalg.norm(values)).astype(np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """What suggests themes.

    Attributes:
        themes: Ids of the themes, one for each column of the weights.
        weights: How much each feature speaks for each theme; one row for each feature.
        bias: How much speaks for each theme before anything is read.
        places: How much each place speaks for each theme.
        near: How much the words around a passage count beside its own.
    """

    themes: tuple[int, ...]
    vocabulary: Vocabulary
    weights: Floats
    bias: Floats
    places: Mapping[str, Floats]
    near: float

    def suggest(
        self, passage: Surroundings, *, among: Collection[int] | None = None
    ) -> tuple[Suggested, ...]:
        """The likeliest themes with what speaks for them; none where no word is known.

        Args:
            passage: What to suggest for.
            among: Ids of the themes that may be suggested; all unless given.
        """
        seen = see(passage.text)
        columns, values = self.vocabulary.weigh(seen)
        if not columns.size:
            return ()
        weighed = values[:, None] * self.weights[columns]
        scores = weighed.sum(axis=0) + self.bias
        if passage.place in self.places:
            scores = scores + self.places[passage.place]
        if self.near and passage.near:
            around, parts = self.vocabulary.weigh(see(passage.near))
            scores = scores + self.near * (parts @ self.weights[around])
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        telling = weighed - weighed.mean(axis=1, keepdims=True)
        by_column = dict(zip(columns.tolist(), range(columns.size), strict=True))
        order = np.argsort(-shares, kind="stable").tolist()
        allowed = [one for one in order if among is None or self.themes[one] in among]
        return tuple(
            Suggested(
                theme_id=self.themes[one],
                share=float(shares[one]),
                words=self._reasons(seen, by_column, telling[:, one]),
            )
            for one in allowed[:SHOWN]
        )

    def _reasons(
        self, seen: Seen, by_column: Mapping[int, int], telling: Floats
    ) -> tuple[tuple[int, int], ...]:
        """The words that speak most for a theme, in the order of the text, each form once."""
        columns, rarity = self.vocabulary.columns, self.vocabulary.rarity
        common = _TOO_COMMON * float(rarity.max())

        def told(feature: str) -> float:
            at = by_column.get(columns.get(feature, -1))
            return float(telling[at]) if at is not None else 0.0

        by_stem: dict[str, tuple[float, tuple[int, int]]] = {}
        for at, (stem, spelling) in enumerate(zip(seen.stems, seen.spellings, strict=True)):
            column = columns.get(stem)
            is_common = column is not None and rarity[column] < common
            if stem in by_stem or is_common or len(stem) < 2:
                continue
            strength = told(stem)
            strength += sum(told(one) / seen.words[one] for one in spoken_of(stem, spelling))
            strength += sum(told(run) / max(seen.letters[run], 1) for run in runs_of(spelling))
            by_stem[stem] = (strength, seen.places[at])
        ranked = sorted(by_stem.values(), reverse=True)[:_MOST_REASONS]
        strongest = ranked[0][0] if ranked else 0.0
        if strongest <= 0:
            return ()
        return tuple(sorted(at for one, at in ranked if one >= _WEAKEST_REASON * strongest))
