"""How long the desk's pages take, and how many queries each needs for few and for many answers.

Run as ``python -m bench.pages FOLDER [DATABASE [PASSAGES]]``; leaves the large round there for the
summary. With more passages, each of its 1,000 answers is as much longer.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time

from flask import Flask, url_for
from sqlalchemy import exists, select, text

from bench.application import open_application
from bench.data import LARGE, SMALL, Size, make_coordinator, make_round
from consult.db import db, session, transaction
from consult.demo.loader import is_empty
from consult.domain.coding.models import Coding, Passage, Theme
from consult.domain.rounds.models import Round
from tests.support.factories import Factory
from tests.support.page_client import PageClient
from tests.support.queries import count_queries

_WARM_UPS, _REQUESTS, _COUNTED = 3, 40, 3
_TARGET = 100
"""Milliseconds that the median of a page may take on SQLite."""


@dataclass(frozen=True)
class Step:
    """A request: a page to read, or a form to send."""

    path: str
    form: dict[str, str] = field(default_factory=dict)


Steps = Iterator[Step]


@dataclass(frozen=True)
class Time:
    """Milliseconds that a request took.

    Attributes:
        elapsed: By the clock, waiting for other processes and for the database server included.
        processor: Of this process alone, SQLite included; what a busy machine changes least.
    """

    elapsed: float
    processor: float


def _page(endpoint: str, **values: str) -> Callable[[str], Steps]:
    return lambda slug: cycle([Step(url_for(endpoint, round_slug=slug, **values))])


def _coding(slug: str) -> Steps:
    """Passages from all over the round."""
    query = select(Passage.public_id).join(Passage.round).where(Round.slug == slug)
    ids = session().scalars(query.order_by(Passage.id)).all()
    return cycle(
        Step(url_for("desk.coding", round_slug=slug, passage=passage))
        for passage in ids[:: max(1, len(ids) // _REQUESTS)]
    )


def _theme(slug: str) -> Steps:
    """The themes that have others under them."""
    query = select(Theme.key).join(Theme.round).where(Round.slug == slug)
    keys = session().scalars(query.where(Theme.parent_id.is_(None)))
    return cycle(Step(url_for("desk.theme", round_slug=slug, theme_key=key)) for key in keys)


def _apply(slug: str) -> Steps:
    """Themes on passages that do not have them yet."""
    of_round = select(Passage.public_id, Theme.key).where(
        Passage.round_id == Round.id, Theme.round_id == Round.id, Round.slug == slug
    )
    has_it = exists().where(Coding.passage_id == Passage.id, Coding.theme_id == Theme.id)
    rows = session().execute(of_round.where(~has_it).order_by(Theme.id, Passage.id).limit(100))
    for passage, theme in rows:
        path = url_for("desk.coding_apply", round_slug=slug, passage_id=passage)
        yield Step(path, {"theme": theme})


PAGES: dict[str, Callable[[str], Steps]] = {
    "answers": _page("desk.answers"),
    "queue": _page("desk.queue"),
    "coding, one passage": _coding,
    "put a theme on (POST)": _apply,
    "one theme": _theme,
    "matrix by type": _page("desk.matrix"),
    "matrix by group": _page("desk.matrix", by="group"),
    "matrix of organisations": _page("desk.matrix", unit="organisations"),
    "matrix of passages": _page("desk.matrix", unit="passages"),
    "themes together": _page("desk.view", view="together"),
    "who is silent": _page("desk.view", view="silent"),
    "passages": _page("desk.passages"),
    "proposals": _page("desk.proposals"),
    "one proposal": _page("desk.proposal", proposal_key="4.1"),
    "overview": _page("desk.overview"),
    "codebook": _page("desk.codebook"),
    "one answer": _page("desk.answer", number="1"),
}
"""The requests of each figure, for a round by its short name."""


def main(folder: Path, database: str = "", passages: str = "") -> int:
    """Make the rounds, then measure every page; 1 when the size changes a number of queries."""
    size = replace(LARGE, passages=int(passages)) if passages else LARGE
    with open_application(folder, database=database) as app:
        client = PageClient(app)
        with app.app_context():
            fill(client, size)
        client.headers["X-CSRFToken"] = client.csrf_token()
        differs = [_measure(client, name, steps, size) for name, steps in PAGES.items()]
    return int(any(differs))


def fill(client: PageClient, size: Size = LARGE) -> None:
    """Make the rounds, and sign in as the coordinator of their owner."""
    if not is_empty():
        sys.exit("The database is not empty; benchmarks go into an empty one only.")
    started, make = perf_counter(), Factory()
    with transaction():
        coordinator, owner = make_coordinator(make)
        client.sign_in(coordinator)
        make_round(make, "small", SMALL, owner=owner, coder=coordinator)
    with transaction():
        make_round(make, "large", size, owner=owner, coder=coordinator)
    if db.engine.dialect.name == "postgresql":
        with transaction():
            session().execute(text("ANALYZE"))  # its autovacuum would, some minutes later
    print(f"{db.engine.dialect.name}: {size}, made in {perf_counter() - started:.0f} s")


def _measure(client: PageClient, name: str, steps: Callable[[str], Steps], size: Size) -> bool:
    """Print a page's figures; tell whether the size of the round changes the number of queries."""
    large, small = (_steps(client.app, steps, slug) for slug in ("large", "small"))
    for step in [*islice(large, _WARM_UPS), *islice(small, _WARM_UPS)]:
        _send(client, step)
    times = [_send(client, step) for step in islice(large, _REQUESTS)]
    few, many = _count(client, small), _count(client, large)
    elapsed = [time.elapsed for time in times]
    middle, high = median(elapsed), quantiles(elapsed, n=20)[-1]
    is_sqlite = client.app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite")
    print(
        f"{name:<26} median {middle:4.0f} ms  p95 {high:4.0f} ms"
        f"  processor {median(time.processor for time in times):4.0f} ms"
        f"  queries {few} ({SMALL.passages} passages) {many} ({size.passages:,})"
        f"{f'  over {_TARGET} ms' if is_sqlite and middle > _TARGET else ''}"
        f"{'  QUERIES DIFFER' if many != few else ''}",
        flush=True,
    )
    return many != few


def _steps(app: Flask, steps: Callable[[str], Steps], slug: str) -> Steps:
    """The requests for a round; made beforehand, so that no session is open while measuring."""
    with app.test_request_context():
        return iter(list(islice(steps(slug), _WARM_UPS + _REQUESTS + _COUNTED)))


def _send(client: PageClient, step: Step) -> Time:
    """Send a request; how long it takes until all of its response is there."""
    method = "POST" if step.form else "GET"
    elapsed, processor = perf_counter(), process_time()
    response = client.raw(step.path, method=method, data=step.form or None)
    time = Time((perf_counter() - elapsed) * 1000, (process_time() - processor) * 1000)
    if response.status_code != (302 if step.form else 200):
        raise RuntimeError(f"{step.path}: {response.status}")
    return time


def _count(client: PageClient, steps: Steps) -> int:
    """The most queries that one of some requests needs."""
    numbers = []
    for step in islice(steps, _COUNTED):
        with count_queries() as queries:
            _send(client, step)
        numbers.append(queries.number)
    return max(numbers)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
