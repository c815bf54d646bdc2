"""The same work in consult and in Taguette, over HTTP on this machine, one beside the other.

Run as ``python -m bench.peer FOLDER PYTHON``. PYTHON is that of an environment of its own into
which Taguette is installed: ``uv venv v && uv pip install --python v/bin/python 'taguette==1.5.2'
'setuptools<81'``. It gets the texts, passages, themes and codings of consult's large round.
"""

import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter, sleep

from sqlalchemy import select

from bench import pages
from bench.application import open_application
from consult.db import session, transaction
from consult.domain.coding.models import Coding, Passage, Theme
from consult.domain.rounds.models import Round
from consult.domain.submissions.models import Submission
from tests.support.page_client import PageClient

_REQUESTS, _FILES = 40, 3
_CLIENTS, _VISITS, _READING = 8, 30, 1.0
"""Clients at the same time, the pages each asks for, and seconds between them on average."""

_HEAD = "/desk/rounds/large"
_SECRET = "a key for measuring only"  # noqa: S105 -- guards invented data
_FORM = "application/x-www-form-urlencoded"

Step = Callable[[], float]
"""Does something and tells how many milliseconds it took."""


@dataclass(frozen=True)
class Site:
    """A server that is running; ``headers`` are those of somebody who has signed in."""

    name: str
    port: int
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, body: str | None = None, kind: str = _FORM) -> float:
        """Milliseconds until all of a response is there."""
        started = perf_counter()
        with closing(HTTPConnection("localhost", self.port, timeout=120)) as connection:
            headers = {**self.headers, **({"Content-Type": kind} if body else {})}
            connection.request("POST" if body else "GET", path, body=body, headers=headers)
            response = connection.getresponse()
            response.read()
        if response.status not in {200, 302}:
            raise RuntimeError(f"{self.name} {path}: {response.status}")
        return (perf_counter() - started) * 1000


def main(folder: Path, python: str) -> None:
    """Fill both, start both, and ask the one and the other in turn."""
    folder.mkdir(exist_ok=True)
    with open_application(folder / "consult", database="") as app:
        client = PageClient(app)
        with app.app_context():
            pages.fill(client)
            of_round = select(Round.id).where(Round.slug == "large").scalar_subquery()
            top = select(Theme.key).where(Theme.round_id == of_round, Theme.parent_id.is_(None))
            keys = session().scalars(top.order_by(Theme.id)).all()
            passages = select(Passage.public_id).where(Passage.round_id == of_round)
            ids = Random(1).sample(session().scalars(passages).all(), 400)
        token = client.csrf_token()
        cookie = f"session={client._client.get_cookie('session').value}"
    with _serve_consult(folder / "consult") as port, _serve_taguette(folder, python) as other:
        ours = Site("consult", port, {"Cookie": cookie, "X-CSRFToken": token})
        with closing(sqlite3.connect(folder / "taguette.db", timeout=30)) as database:
            _fill_taguette(database, folder / "consult")
        theirs = _signed_in(Site("Taguette", other), folder / "out")
        _compare("page of a theme / highlights of a tag", *_reading(ours, theirs, keys))
        _compare("apply a code / add a highlight", *_coding(ours, theirs, ids, keys[0]))
        for kind in ("csv", "xlsx"):
            _compare(f"all passages as {kind.upper()}", *_files(ours, theirs, kind), _FILES)
        for site, light in ((ours, "/accessibility"), (theirs, "/health")):
            _others_while_writing(site, light)
        _many_at_once(ours, ids)


def _reading(ours: Site, theirs: Site, keys: Sequence[str]) -> tuple[Step, Step]:
    themes, tags = cycle(keys), cycle(range(1, len(keys) + 1))
    return (
        lambda: ours.ask(f"{_HEAD}/themes/{next(themes)}"),
        lambda: theirs.ask(f"/api/project/1/highlights/Tema%20{next(tags)}."),
    )


def _coding(ours: Site, theirs: Site, ids: Sequence[str], key: str) -> tuple[Step, Step]:
    passages, offsets = iter(ids), cycle(range(0, 400, 4))
    return (
        lambda: ours.ask(f"{_HEAD}/passages/{next(passages)}/themes", f"theme={key}"),
        lambda: theirs.ask(
            "/api/project/1/document/1/highlight/new",
            json.dumps({"start_offset": (at := next(offsets)), "end_offset": at + 40, "tags": [1]}),
            "application/json",
        ),
    )


def _files(ours: Site, theirs: Site, kind: str) -> tuple[Step, Step]:
    return (
        lambda: ours.ask(f"{_HEAD}/passages.{kind}"),
        lambda: theirs.ask(f"/project/1/export/highlights/.{kind}"),
    )


def _compare(name: str, ours: Step, theirs: Step, times: int = _REQUESTS) -> None:
    ours(), theirs()
    pairs = [(ours(), theirs()) for _ in range(times)]
    mine, other = (median(times) for times in zip(*pairs, strict=True))
    print(f"{name:<40} {mine:7.0f} ms  {other:7.0f} ms  ratio {mine / other:.2f}", flush=True)


def _others_while_writing(site: Site, light: str) -> None:
    """How long somebody else waits for a light page while a workbook is made, and otherwise."""
    quiet = [site.ask(light) for _ in range(30)]
    path = f"{_HEAD}/passages.xlsx" if site.name == "consult" else _THEIR_WORKBOOK
    writing = threading.Thread(target=site.ask, args=(path,))
    writing.start()
    meanwhile = []
    while writing.is_alive():
        meanwhile.append(site.ask(light))
        sleep(0.01)
    print(
        f"{site.name}: a light page takes {median(quiet):.0f} ms (at most {max(quiet):.0f});"
        f" while a workbook is written {median(meanwhile):.0f} ms (at most {max(meanwhile):.0f})",
        flush=True,
    )


_THEIR_WORKBOOK = "/project/1/export/highlights/.xlsx"


def _many_at_once(site: Site, ids: Sequence[str]) -> None:
    """The page of a passage, asked for by several who read for a while in between."""
    times: list[float] = []

    def read(number: int) -> None:
        source = Random(number)
        for passage in source.sample(ids, _VISITS):
            sleep(source.expovariate(1 / _READING))
            times.append(site.ask(f"{_HEAD}/coding?passage={passage}"))

    readers = [threading.Thread(target=read, args=(number,)) for number in range(_CLIENTS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    print(
        f"{site.name}: page of a passage, {_CLIENTS} clients who read for {_READING:.0f} s:"
        f" median {median(times):.0f} ms, p95 {quantiles(times, n=20)[-1]:.0f} ms",
        flush=True,
    )


def _fill_taguette(database: sqlite3.Connection, folder: Path) -> None:
    """The same answers as documents, their passages as highlights, the themes as tags."""
    with open_application(folder, database="") as app, app.app_context(), transaction():
        round_id = session().scalars(select(Round.id).where(Round.slug == "large")).one()
        themes = session().execute(
            select(Theme.id, Theme.key).where(Theme.round_id == round_id).order_by(Theme.id)
        )
        tags = {row.id: number for number, row in enumerate(themes, 1)}
        texts = session().execute(
            select(Submission.id, Submission.name, Passage.id, Passage.quote)
            .join(Submission, Passage.submission_id == Submission.id)
            .where(Passage.round_id == round_id)
            .order_by(Submission.id, Passage.position)
        )
        documents: dict[int, list[tuple[int, str]]] = {}
        for submission, _name, passage, quote in texts:
            documents.setdefault(submission, []).append((passage, quote))
        codings = session().execute(
            select(Coding.passage_id, Coding.theme_id)
            .join(Passage, Coding.passage_id == Passage.id)
            .where(Passage.round_id == round_id)
        )
        pairs = [(row.passage_id, tags[row.theme_id]) for row in codings]
    now = "2026-11-22 12:00:00.000000"
    database.execute("INSERT INTO projects VALUES (1, 'large', '', ?)", (now,))
    database.execute("INSERT INTO project_members VALUES (1, 'admin', 'ADMIN')")
    database.executemany(
        "INSERT INTO tags (id, project_id, path, description) VALUES (?, 1, ?, '')",
        [(number, f"Tema {number % 8 + 1}.{number}") for number in tags.values()],
    )
    for number, (_submission, parts) in enumerate(documents.items(), 1):
        html = "".join(f"<p>{quote}</p>" for _id, quote in parts)
        database.execute(
            "INSERT INTO documents (id, name, description, filename, created, project_id,"
            " text_direction, contents) VALUES (?, ?, '', '', ?, 1, 'LEFT_TO_RIGHT', ?)",
            (number, f"answer {number}", now, html),
        )
        at = 0
        for passage, quote in parts:
            length = len(quote.encode())
            database.execute(
                "INSERT INTO highlights (id, document_id, start_offset, end_offset, snippet)"
                " VALUES (?, ?, ?, ?, ?)",
                (passage, number, at, at + length, quote),
            )
            at += length
    database.executemany("INSERT INTO highlight_tags VALUES (?, ?)", pairs)
    database.commit()


@contextmanager
def _serve_consult(folder: Path) -> Iterator[int]:
    environment = {**os.environ, "INSTANCE": str(folder), "CONSULT_SECRET_KEY": _SECRET}
    command = [sys.executable, "-m", "gunicorn", "--preload", "--workers", "2", "--threads", "4"]
    with _running([*command, "wsgi:app", "--bind"], environment, folder / "out") as port:
        yield port


@contextmanager
def _serve_taguette(folder: Path, python: str) -> Iterator[int]:
    command = [str(Path(python).parent / "taguette"), "--no-browser"]
    command += ["--database", str(folder / "taguette.db"), "--port"]
    with _running(command, dict(os.environ), folder / "out") as port:
        yield port


@contextmanager
def _running(command: list[str], environment: dict[str, str], out: Path) -> Iterator[int]:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    where = f"localhost:{port}" if command[-1] == "--bind" else str(port)
    environment["PYTHONUNBUFFERED"] = "1"
    with out.open("w") as said:
        server = subprocess.Popen([*command, where], env=environment, stdout=said, stderr=said)
    try:
        for _ in range(300):
            with closing(socket.socket()) as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait()


def _signed_in(site: Site, out: Path) -> Site:
    """Taguette on one's own machine asks for the token that it has printed."""
    token = re.search(r"token=(\w+)", out.read_text())
    if token is None:
        raise RuntimeError("Taguette has printed no token")
    cookies: dict[str, str] = {}
    for path in (f"/?token={token[1]}", "/project/1"):
        with closing(HTTPConnection("localhost", site.port)) as connection:
            connection.request("GET", path, headers={"Cookie": _joined(cookies)})
            response = connection.getresponse()
            response.read()
        for name, value in response.getheaders():
            if name == "Set-Cookie":
                key, _equals, content = value.split(";")[0].partition("=")
                cookies[key] = content
    headers = {"Cookie": _joined(cookies), "X-XSRFToken": cookies["_xsrf"]}
    return Site(site.name, site.port, headers)


def _joined(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
