"""How good suggestions are on the demo and on sets of their own, and what a large round costs.

Run as ``python -m bench.suggestions FOLDER``, and with ``large`` for the large round. Good means:
the first suggestion, or one of the first three, is a theme that the reader put on the passage.
Answers are tried whole, on models that have not seen any passage of theirs. In the sets of single
passages each passage is an answer; so many of each theme are coded.
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
from consult.domain.coding.suggesting.words import CONCEPT, see
from consult.domain.coding.types import Colour, ThemeContent, ThemeRow
from consult.domain.rounds.queries import get_round

_SET = Path(__file__).with_suffix(".toml")
_SETS = Path(__file__).parent / "suggestion_sets"
_CODED_EACH = (0, 5)
_SEEDS, _FOLDS = (1, 2, 3), 5
_PASSAGES, _THEMES, _PASSAGES_EACH = 10_000, 40, 10
_SYLLABLES = "ba ce di fo gu ha ke li mo nu pa re si to vu æra øke åle sko nda".split()


def main(folder: Path) -> int:
    """The demo's coded round, the small set, and the sets of single passages."""
    with open_application(folder, database="") as app, app.app_context():
        load_demo()
        demo = gather_lesson(get_round("rom-for-lokale-kontor").id)
    _measure("demo", demo, (0, 4, 8, 16))
    _measure("small set", _read_set(), (0, 3))
    for one in sorted(_SETS.glob("*.toml")):
        _measure_each(one.stem, _read_single(one))
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


def _read_single(path: Path) -> Lesson:
    """A set of single passages, each of one theme, with a few lines written as examples."""
    rows, lines, examples = [], {}, []
    for number, theme in enumerate(tomllib.loads(path.read_text())["themes"], 1):
        name = theme["name"]
        said = ThemeContent(
            name, Colour.BLUE, theme["definition"], theme["include"], theme["exclude"]
        )
        key = str(number)
        rows.append(ThemeRow(number, key, key, None, None, said, (name,), 1, 0, False, False))
        lines[number] = theme["lines"]
        examples += [(text, number) for text in theme["passages"]]
    made = [
        Example(Surroundings(text), frozenset({number}), answer)
        for answer, (text, number) in enumerate(examples)
    ]
    return Lesson(read_codebook(rows, lines), tuple(made), (), {})


def _measure_each(name: str, lesson: Lesson) -> None:
    """Learn from so many passages of each theme and try the others."""
    for size in _CODED_EACH:
        splits = []
        for seed in _SEEDS if size else _SEEDS[:1]:
            source = random.Random(seed)
            known: set[int] = set()
            for theme in lesson.themes:
                of_it = [one.answer for one in lesson.examples if theme.id in one.themes]
                known |= set(source.sample(of_it, size))
            splits.append(known)
        _try(f"{name}, {size} of each theme coded", lesson, splits)


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
        f"{name:<32} {learned / len(splits):4.0f} passages learned  "
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
    """What a plain learner finds: TF-IDF of stems and letters, a linear machine, the codebook.

    It does not know what words speak of.
    """
    said = [(text, theme.id) for theme in lesson.themes for text, _weight in theme.texts]
    texts = [*(text for text, _theme in said), *(one.passage.text for one in kept)]
    seen = make_union(
        TfidfVectorizer(analyzer=_stems_of, sublinear_tf=True),
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


def _stems_of(text: str) -> list[str]:
    return [one for one in see(text).words.elements() if not one.startswith(CONCEPT)]


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
