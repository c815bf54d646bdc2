"""Alembic's environment: our metadata, our engine, batch mode for SQLite."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from flask import current_app
from sqlalchemy import Connection, DefaultClause, Enum, False_, True_

from consult.db import Base, UTCDateTime
from consult.domain import models  # noqa: F401 -- fills the metadata
from consult.domain.analysis.search_index import is_compared


def _render_item(kind: str, item: object, _context: object) -> str | bool:
    """Write our column types as plain SQL types, so that a migration never imports the app.

    Truth values are written as such: SQLite, which migrations are made on, would have 0 and 1.
    """
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    if kind == "server_default" and isinstance(item, DefaultClause):
        return {False_: "sa.false()", True_: "sa.true()"}.get(type(item.arg), False)
    return False


@contextmanager
def _foreign_keys_at_rest(connection: Connection) -> Iterator[None]:
    """Let SQLite change a table by making it anew without what points at it being deleted.

    To drop the old table is to delete its rows, and with foreign keys at work that deletes what
    hangs on them. So they rest, are all checked afterwards, and are put to work again.
    """
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.commit()
    yield
    connection.commit()
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise RuntimeError(f"the migration left {len(broken)} rows that point at nothing")
    connection.exec_driver_sql("PRAGMA foreign_keys=ON")
    connection.commit()


def _run(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        with _foreign_keys_at_rest(connection):
            _migrate(connection)
    else:
        _migrate(connection)


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        render_item=_render_item,
        include_object=is_compared,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    _run(given)
else:
    with current_app.extensions["migrate"].db.engine.connect() as connection:
        _run(connection)
