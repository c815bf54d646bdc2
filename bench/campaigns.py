"""How long 4,000 letters of a campaign take to come in, to be found as one, and to be decided.

They are received one by one, each in a transaction of its own, while a worker compares what has
come and somebody else opens a page now and then. Run as ``python -m bench.campaigns FOLDER
[DATABASE]``.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from random import Random
from statistics import median, quantiles
from threading import Event, Thread
from time import perf_counter, process_time, sleep

from flask import Flask
from sqlalchemy import func, select

from bench.application import open_application
from bench.data import make_coordinator, paragraph
from consult.db import session, transaction
from consult.domain.coding.queries.clusters import list_clusters
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.models import Round
from consult.domain.submissions.models import Submission
from consult.jobs.comparing import PAUSE, compare_answers
from tests.support.coded import receive
from tests.support.factories import Factory
from tests.support.page_client import PageClient

_LETTERS, _OWN_EVERY, _OTHERS_EVERY = 4_000, 100, 40
_SLUG = "stor"


def main(folder: Path, database: str = "") -> int:
    """1 if the letters are not one card, or one of them has no receipt."""
    with open_application(folder, database=database) as app:
        app.extensions["jobs"].huey.immediate = False  # a worker of its own does the work
        with app.app_context():
            with transaction():
                person, owner = make_coordinator(make := Factory())
                round_ = make.round(slug=_SLUG, owner=owner, questions=1)
                make.proposal(round_)
            round_id = round_.id
            client = PageClient(app).sign_in(person)
        started, worked = perf_counter(), process_time()
        with _worker(folder, database), _beside(pages := _Pages(app)):
            times = _send(app, round_id)
            arrived, worked = perf_counter() - started, process_time() - worked
            number = _until_found(app, round_id)
        found = perf_counter() - started
        _tell("letters in", arrived)
        _tell("  of that, this process worked", worked)
        print(f"  each: median {1000 * median(times):.1f} ms, p95 {1000 * _p95(times):.1f} ms")
        middle, slow = 1000 * median(pages.times), 1000 * _p95(pages.times)
        print(f"  a page meanwhile: median {middle:.0f} ms, p95 {slow:.0f} ms")
        _tell("in, compared and one card", found)
        with app.app_context():
            (card, *others) = list_clusters(round_id)
            address = f"/desk/rounds/{_SLUG}/alike/{card.cluster.public_id}"
            receipts = session().scalar(select(func.count(Submission.receipt_number.distinct())))
        _measure("the list of cards", lambda: client.get(f"/desk/rounds/{_SLUG}/copies"))
        _measure("the card", lambda: client.get(address))
        _measure("confirm it and let them in", lambda: client.post(
            f"{address}/decide", {"kind": "campaign", "let_in": "y"}))  # fmt: skip
        _measure("the matrix after it", lambda: client.get(f"/desk/rounds/{_SLUG}/matrix"))
        _measure("the proposals after it", lambda: client.get(f"/desk/rounds/{_SLUG}/proposals"))
        _measure("the coding page after it", lambda: client.get(f"/desk/rounds/{_SLUG}/coding"))
        print(f"{number} letters in one card, {len(others)} other cards, {receipts} receipts")
        return int(bool(others) or number != _LETTERS)


def _send(app: Flask, round_id: int) -> list[float]:
    """Receive the letters and, between them, other answers; the seconds that each took."""
    source = Random(20261122)
    core = "\n\n".join(paragraph(source) for _ in range(4))
    times = []
    for number in range(_LETTERS):
        own = f"\n\n{paragraph(source)}" if number % _OWN_EVERY == 0 else ""
        texts = [f"{core}{own}\n\nHilsen Innbygger {number}"]
        if number % _OTHERS_EVERY == 0:
            texts.append("\n\n".join(paragraph(source) for _ in range(5)))
        for text in texts:
            started = perf_counter()
            with app.app_context(), transaction():
                round_ = session().get_one(Round, round_id)
                name = f"Innbygger {number}"
                receive(round_, text, name=name, actor_type=ActorType.PRIVATE_PERSON)
            times.append(perf_counter() - started)
    return times


def _until_found(app: Flask, round_id: int) -> int:
    """Wait until every letter is in one card; returns how many are."""
    deadline = perf_counter() + 120
    number = 0
    while number < _LETTERS and perf_counter() < deadline:
        sleep(0.1)
        with app.app_context():
            number = max((one.answers for one in list_clusters(round_id)), default=0)
    return number


@contextmanager
def _worker(folder: Path, database: str) -> Iterator[None]:
    """A process that compares what has come, again and again."""
    process = get_context("spawn").Process(target=_work, args=(folder, database))
    process.start()
    try:
        yield
    finally:
        process.terminate()
        process.join()


def _work(folder: Path, database: str) -> None:
    with open_application(folder, database=database) as app:
        while True:
            with app.app_context():
                compare_answers()
            sleep(PAUSE)


class _Pages:
    """Somebody who opens the round's page twice a second."""

    def __init__(self, app: Flask) -> None:
        self._client = app.test_client()
        self.times: list[float] = []

    def __call__(self, stop: Event) -> None:
        while not stop.wait(0.5):
            started = perf_counter()
            self._client.get(f"/rounds/{_SLUG}")
            self.times.append(perf_counter() - started)


@contextmanager
def _beside(work: Callable[[Event], None]) -> Iterator[None]:
    """Let something go on in a thread beside what is inside."""
    stop = Event()
    thread = Thread(target=work, args=(stop,))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _measure(name: str, work: Callable[[], object]) -> None:
    started = perf_counter()
    work()
    _tell(name, perf_counter() - started)


def _tell(name: str, seconds: float) -> None:
    print(f"{name:<34} {seconds:6.2f} s", flush=True)


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
