"""How alike the nearest passages are, and what a map of a large round costs.

Run as ``python -m bench.nearness FOLDER``, and with ``large`` for the large round. Good means: of
the five passages of other answers that are nearest to one, how many share a theme with it, by the
readers' coding. Plain is TF-IDF of stems and letters alone.
"""

import random
import sys
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_union

from bench.application import open_application
from bench.suggestions import _SETS, _large, _peak, _read_set, _read_single, _stems_of
from consult.demo.loader import load_demo
from consult.domain.coding.nearness.codec import decode, encode
from consult.domain.coding.nearness.learning import draw_map
from consult.domain.coding.queries.suggesting import gather_lesson
from consult.domain.coding.suggesting.types import Lesson
from consult.domain.rounds.queries import get_round

_NEAREST = 5


def main(folder: Path) -> int:
    """The demo's coded round, the small set, and the sets of single passages."""
    with open_application(folder, database="") as app, app.app_context():
        load_demo()
        demo = gather_lesson(get_round("rom-for-lokale-kontor").id)
    sets = {"demo": demo, "small set": _read_set()}
    sets |= {one.stem: _read_single(one) for one in sorted(_SETS.glob("*.toml"))}
    for name, lesson in sets.items():
        ours, plain = _share(lesson, _ours(lesson)), _share(lesson, _plain(lesson))
        print(f"{name:<12} ours {ours:3.0f} %  plain {plain:3.0f} %  n={len(lesson.examples)}")
    return 0


def _texts(lesson: Lesson) -> list[str]:
    return [*(one.passage.text for one in lesson.examples), *(one.text for one in lesson.uncoded)]


def _ours(lesson: Lesson) -> np.ndarray:
    drawn = draw_map(list(enumerate(_texts(lesson))))
    return drawn.places @ drawn.places.T


def _plain(lesson: Lesson) -> np.ndarray:
    seen = make_union(
        TfidfVectorizer(analyzer=_stems_of, sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True),
    )
    rows = seen.fit_transform(_texts(lesson))
    return np.asarray((rows @ rows.T).todense())


def _share(lesson: Lesson, near: np.ndarray) -> float:
    """Per cent of the nearest that share a theme, among the coded ones of other answers."""
    answers = np.array([one.answer for one in lesson.examples])
    number = answers.size
    near = np.where(answers[:, None] == answers[None, :], -2, near[:number, :number])
    hits = [
        bool(one.themes & lesson.examples[other].themes)
        for one, row in zip(lesson.examples, near, strict=True)
        for other in np.argsort(-row, kind="stable")[:_NEAREST]
    ]
    return 100 * sum(hits) / len(hits)


def large() -> int:
    """A large round, in a process of its own: what it costs to make, to keep, and to ask."""
    texts = _texts(_large(random.Random(20261122)))
    before = _peak()
    started, worked = perf_counter(), process_time()
    drawn = draw_map(list(enumerate(texts)))
    content = encode(drawn)
    print(
        f"{len(texts):,} passages: drawn in {perf_counter() - started:.1f} s "
        f"({process_time() - worked:.1f} s of processor), memory {_peak():.0f} MB at its highest "
        f"({before:.0f} MB before), file {len(content) / 1e6:.1f} MB, "
        f"{len(drawn.features.columns):,} features"
    )
    started = perf_counter()
    opened = decode(content)
    print(f"opened in {1000 * (perf_counter() - started):.0f} ms")
    times = []
    for text in texts[:300]:
        started = perf_counter()
        opened.nearest(text, least=0.1, limit=200)
        times.append(1000 * (perf_counter() - started))
    print(f"one query: median {median(times):.1f} ms  p95 {quantiles(times, n=20)[-1]:.1f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(large() if sys.argv[1] == "large" else main(Path(sys.argv[1])))
