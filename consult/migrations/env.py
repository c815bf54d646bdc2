"""Alembic's environment: our metadata, our engine, batch mode for SQLite."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection, Enum

from consult.db import Base, UTCDateTime
from consult.domain import models  # noqa: F401 -- fills the metadata


def _render_item(kind: str, item: object, _context: object) -> str | bool:
    """Write our column types as plain SQL types, so that a migration never imports the app."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    return False


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        render_item=_render_item,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    _run(given)
else:
    with current_app.extensions["migrate"].db.engine.connect() as connection:
        _run(connection)
