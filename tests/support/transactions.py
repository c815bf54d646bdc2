"""A test's work in one transaction that leaves nothing behind, also where the app commits."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import Engine, event

from consult.db import db


@contextmanager
def rolled_back(app: Flask) -> Iterator[None]:
    """Run what is inside on one connection; the app's commits release savepoints of it."""
    with app.app_context():
        engine = db.engine
        if engine.dialect.name == "sqlite":
            _let_sqlalchemy_begin(engine)
        connection = engine.connect()
        outer = connection.begin()
        engines = db._app_engines[app]
        engines[None] = connection
        factory = db._make_scoped_session({"join_transaction_mode": "create_savepoint"})
        original, db.session = db.session, factory
        try:
            yield
        finally:
            factory.remove()
            db.session = original
            engines[None] = engine
            outer.rollback()
            connection.close()


def _let_sqlalchemy_begin(engine: Engine) -> None:
    """Take transaction control from the SQLite driver; or a rollback silently does nothing."""
    if getattr(engine, "_consult_begins", False):
        return
    engine._consult_begins = True
    engine.dispose()

    @event.listens_for(engine, "connect")
    def _no_legacy(connection, _record) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def _begin(connection) -> None:
        connection.exec_driver_sql("BEGIN")
