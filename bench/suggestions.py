"""How good suggestions are on the demo and on a set of their own, and what a large round costs.

Run as ``python -m bench.suggestions FOLDER``, and with ``large`` for the large round. Good means:
the first suggestion, or one of the first three, is a theme that the reader put on the passage.
Answers are tried whole, on models that have not seen any passage of theirs.
"""

import random
import resource
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_union
from sklearn.svm import LinearSVC

from bench.application import open_application
from consult.demo.loader import load_demo
from consult.domain.coding.queries.suggesting import gather_lesson
from consult.domain.coding.suggesting.codebook import read_codebook
from consult.domain.coding.suggesting.codec import decode, encode
from consult.domain.coding.suggesting.learning import learn
from consult.domain.coding.suggesting.model import Model
from consult.domain.coding.suggesting.types import Example, Lesson, Surroundings, ThemeText
from consult.domain.coding.suggesting.words import see
from consult.domain.coding.types import Colour, ThemeContent, ThemeRow
from consult.domain.rounds.queries import get_round

_SET = Path(__file__).with_suffix(".toml")
_SEEDS, _FOLDS = (1, 2, 3), 5
_PASSAGES, _THEMES, _PASSAGES_EACH = 10_000, 40, 10
_SYLLABLES = "ba ce di fo gu ha ke li mo nu pa re si to vu æra øke åle sko nda".split()


def main(folder: Path) -> int:
    """The demo's coded round, then the small set."""
    with open_application(folder, database="") as app, app.app_context():
        load_demo()
        demo = gather_lesson(get_round("rom-for-lokale-kontor").id)
    _measure("demo", demo, (0, 4, 8, 16))
    _measure("small set", _read_set(), (0, 3))
    return 0


def _read_set() -> Lesson:
    """The small set as a lesson: its answers are the examples."""
    content = tomllib.loads(_SET.read_text())
    rows, ids = [], {}
    for number, theme in enumerate(content["themes"], 1):
        said = ThemeContent(
            theme["name"], Colour.BLUE, theme["definition"], theme["include"], theme["exclude"]
        )
        ids[theme["key"]] = number
        key, path = theme["key"], (theme["name"],)
        rows.append(ThemeRow(number, key, key, None, None, said, path, 1, 0, False, False))
    examples = []
    for number, answer in enumerate(content["answers"]):
        for passage in answer["passages"]:
            themes = frozenset(ids[key] for key in passage["themes"])
            examples.append(Example(Surroundings(passage["text"]), themes, number))
    return Lesson(read_codebook(rows), tuple(examples), (), {})


def _measure(name: str, lesson: Lesson, sizes: tuple[int, ...]) -> None:
    """Learn from so many answers and try the others; then from four fifths of them, five times."""
    answers = sorted({one.answer for one in lesson.examples})
    for size in sizes:
        seeds = _SEEDS if size else _SEEDS[:1]
        splits = [set(random.Random(seed).sample(answers, size)) for seed in seeds]
        _try(f"{name}, {size} answers coded", lesson, splits)
    shuffled = random.Random(1).sample(answers, len(answers))
    held = [set(shuffled[fold::_FOLDS]) for fold in range(_FOLDS)]
    _try(f"{name}, four fifths coded", lesson, [set(answers) - one for one in held])


def _try(name: str, lesson: Lesson, splits: list[set[int]]) -> None:
    tried = learned = 0
    ours, plain = [0, 0], [0, 0]
    for known in splits:
        kept = tuple(one for one in lesson.examples if one.answer in known)
        asked = [one for one in lesson.examples if one.answer not in known]
        uncoded = (*lesson.uncoded, *(one.passage for one in asked))
        model, _trial = learn(replace(lesson, examples=kept, uncoded=uncoded))
        found = [[each.theme_id for each in model.suggest(one.passage)] for one in asked]
        learned, tried = learned + len(kept), tried + len(asked)
        for total, hits in (
            (ours, _count(found, asked)),
            (plain, _count(_plain(lesson, kept, asked), asked)),
        ):
            total[0] += hits[0]
            total[1] += hits[1]
    print(
        f"{name:<28} {learned / len(splits):4.0f} passages learned  "
        f"first {100 * ours[0] / tried:3.0f} %  among three {100 * ours[1] / tried:3.0f} %  "
        f"(plain {100 * plain[0] / tried:.0f} / {100 * plain[1] / tried:.0f})  n={tried}",
        flush=True,
    )


def _count(found: Iterable[Sequence[int]], asked: Sequence[Example]) -> tuple[int, int]:
    """For how many passages the first theme found is right, and one of those found."""
    first = among = 0
    for one, themes in zip(asked, found, strict=True):
        first += bool(themes) and themes[0] in one.themes
        among += bool(one.themes & set(themes))
    return first, among


def _plain(lesson: Lesson, kept: Sequence[Example], asked: Sequence[Example]) -> list[list[int]]:
    """What a plain learner finds: TF-IDF of stems and letters, a linear machine, the codebook."""
    said = [(text, theme.id) for theme in lesson.themes for text, _weight in theme.texts]
    texts = [*(text for text, _theme in said), *(one.passage.text for one in kept)]
    seen = make_union(
        TfidfVectorizer(analyzer=lambda text: list(see(text).words.elements()), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True),
    )
    rows = seen.fit_transform(texts)
    wanted = seen.transform([one.passage.text for one in asked])
    scores = []
    for theme in lesson.themes:
        known = [
            *(one == theme.id for _text, one in said),
            *(theme.id in one.themes for one in kept),
        ]
        machine = LinearSVC(class_weight="balanced", random_state=1).fit(rows, known)
        scores.append(machine.decision_function(wanted))
    order = np.argsort(-np.array(scores), axis=0)[:3].T
    return [[lesson.themes[place].id for place in row] for row in order]


def large() -> int:
    """A large round, in a process of its own: what it costs to learn, to keep, and to suggest."""
    lesson = _large(random.Random(20261122))
    before = _peak()
    started, worked = perf_counter(), process_time()
    model, trial = learn(lesson)
    learned, worked = perf_counter() - started, process_time() - worked
    content = encode(model)
    print(
        f"{_PASSAGES:,} passages, {_THEMES} themes: learned in {learned:.0f} s "
        f"({worked:.0f} s of processor), "
        f"memory {_peak():.0f} MB at its highest ({before:.0f} MB before), "
        f"file {len(content) / 1e6:.1f} MB, {len(model.vocabulary.columns):,} features, {trial}"
    )
    started = perf_counter()
    opened = decode(content)
    print(f"opened in {1000 * (perf_counter() - started):.0f} ms")
    times = sorted(_suggest(opened, lesson))
    print(f"one passage: median {median(times):.1f} ms  p95 {quantiles(times, n=20)[-1]:.1f} ms")
    return 0


def _suggest(model: Model, lesson: Lesson) -> Iterator[float]:
    for one in lesson.examples[:300]:
        started = perf_counter()
        model.suggest(one.passage)
        yield 1000 * (perf_counter() - started)


def _large(source: random.Random) -> Lesson:
    """Passages of some 35 words; a fifth of each one's words are its theme's own."""
    common = [_word(source) for _ in range(4_000)]
    own = [[_word(source) for _ in range(60)] for _ in range(_THEMES)]
    themes = tuple(
        ThemeText(number, ((" ".join(words[:25]), 1.0),)) for number, words in enumerate(own)
    )
    examples = []
    for number in range(_PASSAGES):
        theme = source.randrange(_THEMES)
        words = [
            source.choice(own[theme]) if source.random() < 1 / 5 else source.choice(common)
            for _ in range(35)
        ]
        passage = Surroundings(" ".join(words), f"question:{number % 4}", " ".join(words[::-2]))
        examples.append(Example(passage, frozenset({theme}), number // _PASSAGES_EACH))
    return Lesson(themes, tuple(examples), (), {f"question:{one}": own[one][0] for one in range(4)})


def _word(source: random.Random) -> str:
    return "".join(source.choices(_SYLLABLES, k=source.randint(1, 4)))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(large() if sys.argv[1] == "large" else main(Path(sys.argv[1])))
