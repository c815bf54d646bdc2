"""A consult of its own to measure, in a folder that is thrown away."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from consult import create_app
from consult.config import Settings
from consult.db import Base, db


@contextmanager
def open_application(folder: Path, *, database: str) -> Iterator[Flask]:
    """The application over a database, SQLite in the folder when none is named, with its tables."""
    folder.mkdir(exist_ok=True)
    app = create_app(
        Settings(
            instance=folder,
            database_url=database,
            secret_key="a key for measuring only",  # noqa: S106 -- guards invented data
            queue="immediate",
            testing=True,
        )
    )
    with app.app_context():
        Base.metadata.create_all(db.engine)
    gc.freeze()  # as wsgi.py does
    yield app
    with app.app_context():
        db.engine.dispose()
