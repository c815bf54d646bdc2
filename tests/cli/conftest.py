"""What the tests of the commands share."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from consult import create_app
from consult.cli import output
from consult.config import read_settings
from consult.db import db, transaction
from tests.conftest import BACKEND
from tests.support.databases import database_url

Install = Callable[[Callable[[], object]], Flask]


@pytest.fixture
def lend_app(monkeypatch) -> Callable[[Flask], None]:
    """Lets every command of a test use the test's own app: making one anew takes longer than most.

    That an app is made from the environment is shown by the commands that run as processes.
    """
    return lambda app: monkeypatch.setattr(output, "create_app", lambda: app)


@pytest.fixture
def install(
    tmp_path: Path, monkeypatch, lend_app
) -> Iterator[Callable[[Callable[[], object]], Flask]]:
    """Makes an installation over a database of its own, filled by a function, for the commands."""
    apps: list[Flask] = []

    def install(fill: Callable[[], object]) -> Flask:
        monkeypatch.setenv("CONSULT_INSTANCE", str(tmp_path / "instance"))
        monkeypatch.setenv("CONSULT_DATABASE_URL", database_url(BACKEND, tmp_path))
        monkeypatch.setenv("CONSULT_QUEUE", "immediate")
        for name in ("CONSULT_SOURCES", "CONSULT_TEST_DB"):  # they steer the tests, not the app
            monkeypatch.delenv(name, raising=False)
        (tmp_path / "instance").mkdir()
        app = create_app(read_settings())
        lend_app(app)
        apps.append(app)
        with app.app_context():
            with transaction():
                fill()
            db.session.remove()
            db.engine.dispose()
        return app

    yield install
    for app in apps:
        with app.app_context():
            db.engine.dispose()
