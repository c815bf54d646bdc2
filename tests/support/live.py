"""The application as it runs for people: its own database, real commits, a port of its own.

For what the rolled-back transaction of the ordinary tests cannot show: two writers at once, and a
real browser.
"""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from flask import Flask
from werkzeug.serving import make_server

from consult import create_app
from consult.config import Settings
from consult.db import db, transaction
from tests.support.databases import database_url, empty_tables
from tests.support.factories import Factory

T = TypeVar("T")


class LiveApp:
    """An application over a database of its own, in which commits are commits."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.make = Factory()

    def reset(self) -> None:
        """Start again from empty tables."""
        with self.app.app_context():
            empty_tables(db.engine)
        self.make = Factory()

    def arrange(self, work: Callable[[Factory], T]) -> T:
        """Make what a test needs and commit it; return plain values, not rows."""
        with self.app.app_context(), transaction():
            return work(self.make)

    def look(self, work: Callable[[], T]) -> T:
        """Read from the database in a session of its own."""
        with self.app.app_context():
            return work()

    def close(self) -> None:
        """Let go of the database's connections."""
        with self.app.app_context():
            db.engine.dispose()


class LiveServer(LiveApp):
    """A live application that answers on a port of this machine."""

    def __init__(self, app: Flask, base_url: str) -> None:
        super().__init__(app)
        self.base_url = base_url

    def url(self, path: str) -> str:
        """The address of a page."""
        return f"{self.base_url}{path}"


def make_live_app(folder: Path, backend: str, *, base_url: str = "http://localhost") -> Flask:
    """An application with an empty database in the folder (or named after it)."""
    return create_app(
        Settings(
            instance=folder,
            database_url=database_url(backend, folder),
            base_url=base_url,
            secret_key="a key for tests only",
            queue="immediate",
            testing=True,
        )
    )


@contextmanager
def serve(folder: Path, backend: str) -> Iterator[LiveServer]:
    """A live server that runs until the block ends."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(64)
        port = listening.getsockname()[1]
        base_url = f"http://127.0.0.1:{port}"
        app = make_live_app(folder, backend, base_url=base_url)
        server = make_server("127.0.0.1", port, app, threaded=True, fd=listening.fileno())
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    live = LiveServer(app, base_url)
    try:
        yield live
    finally:
        server.shutdown()
        thread.join(timeout=10)
        server.server_close()
        live.close()
