"""Making a model from the codebook and what is coded. The one place that knows scikit-learn.

Three simple learners look at the same features: a complement naive Bayes of the codebook, the same
of codebook and codings, and a linear support vector machine for each theme. Each gives one weight
for each feature and theme, so their blend is one table of weights as well. How they are blended,
and how much place and neighbours count, is chosen on answers that they did not learn from.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from consult.domain.coding.suggesting.model import Model, Vocabulary
from consult.domain.coding.suggesting.types import SHOWN, Example, Lesson, Trial
from consult.domain.coding.suggesting.words import see

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]

_MOST_WORDS, _MOST_LETTERS = 30_000, 40_000
_FOLDS = 5
_FEWEST_TO_TRY = 12  # coded passages; with fewer the blend is the one we set out with
_MOST_TO_TRY = 3_000  # passages; more would only make the blend more exact than it need be
_FEW = 1_500  # coded passages; with more, letters tell the machine nothing that words do not
_SEED = 20261122

_BLEND_BEFORE = np.array([0.7, 0.0, 0.7])
_BLEND_AFTER = np.array([0.4, 0.6, 1.0])
_HALF_WAY = 2.0
"""How the learners are blended before anything is tried: the codebook alone when nothing is coded,
half-way to the other blend with so many coded passages for each theme. Scores have spread one."""
_BESIDE = np.array([1.0, 0.15, 0.3, 0.3, 0.3])
"""The same for: the words themselves, those around, what was asked, the place, how usual it is."""
_TRUST = 2.0
"""How many passages the blends above weigh as much as."""
_ECHO, _FEWEST_ECHO, _MOST_ECHO = 1.0, 3, 60
_ECHO_WEIGHT = 0.2
"""Passages that echo the codebook: so many of each theme's share of all, and what each weighs."""
_SMOOTH = 0.5


@dataclass(frozen=True, slots=True)
class _Table:
    """Texts as rows of numbers, and which themes each stands for."""

    rows: csr_matrix
    labels: Numbers
    weights: Numbers


def learn(lesson: Lesson) -> tuple[Model, Trial | None]:
    """A model, and how it fared when it was tried; ``None`` where too little is coded to try it.

    The same lesson makes the same model.
    """
    with threadpool_limits(1):  # small tables: many threads would only wait for one another
        return _Learner(lesson).learn()


class _Learner:
    """The tables that every step looks into."""

    def __init__(self, lesson: Lesson) -> None:
        self._lesson = lesson
        self._ids = [theme.id for theme in lesson.themes]
        self._place_of_theme = {one: place for place, one in enumerate(self._ids)}
        self._vocabulary = _make_vocabulary(lesson)
        self._book = self._read_codebook()
        examples = lesson.examples
        self._own = self._rows([one.passage.text for one in examples])
        self._near = self._rows([one.passage.near for one in examples])
        self._labels = self._label(examples)
        self._places = list(lesson.places)
        at = {place: number for number, place in enumerate(self._places)}
        self._at = np.array([at.get(one.passage.place, -1) for one in examples], np.int64)
        self._asked = self._rows(list(lesson.places.values()))
        self._all = _stack(self._own, self._rows([one.text for one in lesson.uncoded]))
        said = (self._book.labels * self._book.weights[:, None]).T @ self._book.rows
        self._said = np.asarray(said)
        self._echo = self._hear_echo()

    def learn(self) -> tuple[Model, Trial | None]:
        """The model from all that is coded, blended as trying it showed."""
        everything = np.arange(len(self._lesson.examples))
        blend, beside, trial = self._try()
        weights = self._blend(everything, blend)
        usual, placed = self._habits(everything)
        asked = _even(np.asarray(self._asked @ weights))
        own = beside[0]
        places = {
            place: (beside[2] * asked[number] + beside[3] * placed[number]).astype(np.float32)
            for number, place in enumerate(self._places)
        }
        model = Model(
            themes=tuple(self._ids),
            vocabulary=self._vocabulary,
            weights=(own * weights).astype(np.float32),
            bias=(beside[4] * usual).astype(np.float32),
            places=places,
            near=float(beside[1] / own) if own else 0.0,
        )
        return model, trial

    def _rows(self, texts: Sequence[str]) -> csr_matrix:
        weighed = [self._vocabulary.weigh(see(text)) for text in texts]
        sizes = [columns.size for columns, _values in weighed]
        return csr_matrix(
            (
                np.concatenate([np.empty(0, np.float32), *(values for _, values in weighed)]),
                np.concatenate([np.empty(0, np.int64), *(columns for columns, _ in weighed)]),
                np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
            ),
            shape=(len(texts), self._vocabulary.rarity.size),
        )

    def _read_codebook(self) -> _Table:
        said = [
            (place, text, weight)
            for place, theme in enumerate(self._lesson.themes)
            for text, weight in theme.texts
        ]
        labels = np.zeros((len(said), len(self._ids)))
        labels[np.arange(len(said)), [place for place, _text, _weight in said]] = 1
        weights = np.array([weight for _place, _text, weight in said], np.float64)
        return _Table(self._rows([text for _place, text, _weight in said]), labels, weights)

    def _label(self, examples: Sequence[Example]) -> Numbers:
        labels = np.zeros((len(examples), len(self._ids)))
        for row, example in enumerate(examples):
            for theme in example.themes:
                labels[row, self._place_of_theme[theme]] = 1
        return labels

    def _blend(self, chosen: Places, blend: Numbers) -> Numbers:
        parts = self._parts(chosen)
        return sum(
            (share * part for share, part in zip(blend, parts, strict=True)),
            np.zeros_like(parts[0]),
        )

    def _parts(self, chosen: Places) -> list[Numbers]:
        """What each learner makes of the codebook and some examples, with scores of one spread."""
        own, labels = self._own[chosen], self._labels[chosen]
        parts = [
            _bayes(self._said, self._echo),
            _bayes(self._said, labels.T @ own),
            self._margin(own, labels),
        ]
        heard = self._all if self._all.shape[0] else self._book.rows
        spread = [float(_even(np.asarray(heard @ part)).std()) for part in parts]
        return [part / max(one, 1e-6) for part, one in zip(parts, spread, strict=True)]

    def _hear_echo(self) -> Numbers:
        """The passages that are most like what the codebook says of each theme, coded or not.

        They teach how people put it. Nothing is learned of what anybody decided, so that this is
        done once, before anything is tried.
        """
        scores = _even(np.asarray(self._all @ _bayes(self._said)))
        number, themes = scores.shape
        most = min(max(_FEWEST_ECHO, round(_ECHO * number / max(themes, 1))), _MOST_ECHO, number)
        chosen = np.zeros_like(scores)
        for theme in range(themes):
            nearest = np.argsort(-scores[:, theme], kind="stable")[:most]
            chosen[nearest, theme] = _ECHO_WEIGHT
        return np.asarray(chosen.T @ self._all)

    def _margin(self, own: csr_matrix, labels: Numbers) -> Numbers:
        """A linear support vector machine for each theme against the rest.

        It has no threshold of its own: themes are compared with one another, not with one.
        """
        seen = own.shape[1] if own.shape[0] <= _FEW else self._vocabulary.words
        rows = _stack(self._book.rows[:, :seen], own[:, :seen])
        known = np.concatenate((self._book.labels, labels))
        trust = np.concatenate((self._book.weights, np.ones(own.shape[0])))
        table = np.zeros((own.shape[1], known.shape[1]))
        for theme in range(known.shape[1]):
            if not 0 < known[:, theme].sum() < known.shape[0]:
                continue
            machine = LinearSVC(
                class_weight="balanced", fit_intercept=False, tol=0.01, random_state=_SEED
            )
            machine.fit(rows, known[:, theme], sample_weight=trust)
            table[:seen, theme] = machine.coef_[0]
        return table

    def _habits(self, chosen: Places) -> tuple[Numbers, Numbers]:
        """How usual each theme is, and how much more so at each place, as logarithms."""
        labels = self._labels[chosen]
        number = len(self._ids)
        usual = (labels.sum(axis=0) + _SMOOTH) / (labels.sum() + _SMOOTH * number)
        placed = np.zeros((len(self._places), number))
        for place in range(len(self._places)):
            here = labels[self._at[chosen] == place].sum(axis=0)
            placed[place] = np.log((here + 4 * usual) / (here.sum() + 4)) - np.log(usual)
        return np.log(usual) - np.log(usual).mean(), placed

    def _try(self) -> tuple[Numbers, Numbers, Trial | None]:
        """The blends that fit best where the learners had not looked, and how well they fit."""
        folds = list(self._folds())
        if len(folds) < 2:
            return self._expected(len(self._lesson.examples)), _BESIDE, None
        tried = np.concatenate([held for _kept, held in folds])
        parts = np.zeros((_BLEND_BEFORE.size, tried.size, len(self._ids)))
        around = np.zeros_like(parts)
        asked = np.zeros_like(parts)
        usual, placed = np.zeros(parts.shape[1:]), np.zeros(parts.shape[1:])
        start = 0
        for kept, held in folds:
            rows = slice(start, start + held.size)
            start += held.size
            often, here = self._habits(kept)
            usual[rows] = often
            known = self._at[held] >= 0
            placed[rows][known] = here[self._at[held][known]]
            for part, table in enumerate(self._parts(kept)):
                parts[part, rows] = _even(np.asarray(self._own[held] @ table))
                around[part, rows] = _even(np.asarray(self._near[held] @ table))
                of_places = _even(np.asarray(self._asked @ table))
                asked[part, rows][known] = of_places[self._at[held][known]]
        labels = self._labels[tried]
        blend = _fit(parts, labels, self._expected(len(self._lesson.examples)))

        def blended(table: Numbers) -> Numbers:
            return np.tensordot(blend, table, axes=1)

        beside_parts = np.stack([blended(parts), blended(around), blended(asked), placed, usual])
        beside = _fit(beside_parts, labels, _BESIDE)
        return blend, beside, _judge(np.tensordot(beside, beside_parts, axes=1), labels)

    def _expected(self, examples: int) -> Numbers:
        each = examples / max(len(self._ids), 1)
        share = each / (each + _HALF_WAY)
        return (1 - share) * _BLEND_BEFORE + share * _BLEND_AFTER

    def _folds(self) -> Iterator[tuple[Places, Places]]:
        """Which examples to learn from and which to try, by answers."""
        answers = np.array([one.answer for one in self._lesson.examples], np.int64)
        distinct = np.unique(answers)
        if answers.size < _FEWEST_TO_TRY or distinct.size < 2:
            return
        source = np.random.default_rng(_SEED)
        source.shuffle(distinct)
        taken = max(2, round(distinct.size * min(1.0, _MOST_TO_TRY / answers.size)))
        distinct = distinct[:taken]
        number = min(_FOLDS, distinct.size)
        for fold in range(number):
            held = np.isin(answers, distinct[fold::number])
            known = np.isin(answers, distinct) & ~held
            yield np.flatnonzero(known), np.flatnonzero(held)


def _bayes(*counted: Numbers) -> Numbers:
    """Complement naive Bayes of what is counted for each theme: what speaks against the others."""
    table = sum((np.asarray(one) for one in counted), np.zeros_like(counted[0]))
    others = table.sum(axis=0) - table + 0.1
    logs = np.log(others / others.sum(axis=1, keepdims=True))
    return np.asarray(-(logs / np.abs(logs).sum(axis=1, keepdims=True)).T)


def _make_vocabulary(lesson: Lesson) -> Vocabulary:
    """The features that stand in two texts or in the codebook; the most frequent if need be."""
    book = [text for theme in lesson.themes for text, _weight in theme.texts]
    passages = chain((one.passage for one in lesson.examples), lesson.uncoded)
    words: Counter[str] = Counter()
    letters: Counter[str] = Counter()
    number = 0
    for text in chain(book, (one.text for one in passages)):
        seen = see(text)
        words.update(seen.words.keys())
        letters.update(seen.letters.keys())
        number += 1
    of_book = {feature for text in book for feature in chain(*_features(text))}
    columns: dict[str, int] = {}
    counts: list[int] = []
    of_words = 0
    for found, most in ((words, _MOST_WORDS), (letters, _MOST_LETTERS)):
        ranked = sorted(found.items(), key=lambda one: (-one[1], one[0]))
        kept = [one for one in ranked if one[1] > 1 or one[0] in of_book]
        for feature, times in kept[:most]:
            columns[feature] = len(columns)
            counts.append(times)
        of_words = of_words or len(columns)
    rarity = 1 + np.log((1 + number) / (1 + np.array(counts, np.float64)))
    return Vocabulary(columns, of_words, rarity.astype(np.float32))


def _features(text: str) -> tuple[list[str], list[str]]:
    seen = see(text)
    return list(seen.words), list(seen.letters)


def _stack(above: csr_matrix, below: csr_matrix) -> csr_matrix:
    return csr_matrix(
        (
            np.concatenate((above.data, below.data)),
            np.concatenate((above.indices, below.indices)),
            np.concatenate((above.indptr, below.indptr[1:] + above.indptr[-1])),
        ),
        shape=(above.shape[0] + below.shape[0], above.shape[1]),
    )


def _even(scores: Numbers) -> Numbers:
    """Scores less their mean over the themes: only differences between themes count."""
    return np.asarray(scores - scores.mean(axis=1, keepdims=True))


def _fit(parts: Numbers, labels: Numbers, expected: Numbers) -> Numbers:
    """How much each part should count: the likeliest that is not negative and near the expected."""
    shares = labels / labels.sum(axis=1, keepdims=True)

    def lost(blend: Numbers) -> tuple[float, Numbers]:
        scores = np.tensordot(blend, parts, axes=1)
        scores -= scores.max(axis=1, keepdims=True)
        likely = np.exp(scores)
        likely /= likely.sum(axis=1, keepdims=True)
        away = blend - expected
        value = -(shares * np.log(likely + 1e-12)).sum() + _TRUST * (away**2).sum()
        slope = ((likely - shares)[None] * parts).sum(axis=(1, 2)) + 2 * _TRUST * away
        return float(value), slope

    bounds = [(0.0, None)] * expected.size
    return np.asarray(minimize(lost, expected, jac=True, method="L-BFGS-B", bounds=bounds).x)


def _judge(scores: Numbers, labels: Numbers) -> Trial:
    order = np.argsort(-scores, axis=1, kind="stable")[:, :SHOWN]
    hits = np.take_along_axis(labels, order, axis=1) > 0
    return Trial(labels.shape[0], int(hits[:, 0].sum()), int(hits.any(axis=1).sum()))
