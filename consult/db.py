"""The declarative base, the column types and the one transaction of a request or a job."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Engine, Enum, MetaData, Select, String, Table, event
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, registry
from sqlalchemy.types import TypeDecorator

from consult.kernel.errors import NotFound
from consult.kernel.ids import new_public_id

T = TypeVar("T")

_LOG = logging.getLogger(__name__)


class Base(DeclarativeBase):
    """What every model derives from; type checkers can see it, unlike ``db.Model``."""

    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(column_0_label)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={dict[str, Any]: JSON, dict[str, str]: JSON, list[str]: JSON},
    )


db = SQLAlchemy(model_class=Base, session_options={"autoflush": True})


class UTCDateTime(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the database, never naive."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 -- their signature
        """Refuse naive times and store the rest as UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 -- their signature
        """Give SQLite's naive text back its UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def text_enum(kind: type[StrEnum]) -> Enum:
    """A column type that stores an enum's value as text, so that adding one needs no migration."""
    return Enum(kind, native_enum=False, length=40, values_callable=list)


def table_of(model: type[Base]) -> Table:
    """The table of a model, for what is written as rows and held by nobody as an object.

    Objects cost ten times as much as the row that comes of them, so what every answer leaves
    behind is written so. What is in the session already does not notice.
    """
    return cast("Table", model.__table__)


class PublicId:
    """A random id that may stand in an address; says nothing about how many there are."""

    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=new_public_id)


def session() -> Session:
    """The session of the present application context."""
    return db.session()


def get_one(query: Select[T], kind: str, key: object) -> T:
    """The one row that a query finds. Raises :class:`NotFound` with what was looked for."""
    found = session().scalars(query).one_or_none()
    if found is None:
        raise NotFound(kind, key)
    return found


def on_commit(action: Callable[[], None]) -> None:
    """Run an action once the present transaction is committed; forget it when that fails.

    Actions take ids, never ORM objects: what they need they load in a transaction of their own.
    """
    pending: list[Callable[[], None]] = session().info.setdefault("on_commit", [])
    pending.append(action)


@contextmanager
def transaction() -> Iterator[Session]:
    """Commit what happens inside, once; roll all of it back on any error.

    An action of :func:`on_commit` that fails is logged: what is committed has happened, and whoever
    asked for it must not be told otherwise.
    """
    current = session()
    try:
        yield current
        current.commit()
    except BaseException:
        current.rollback()
        current.info.pop("on_commit", None)
        raise
    for action in current.info.pop("on_commit", []):
        try:
            action()
        except Exception as problem:  # noqa: BLE001 -- the other actions have the same right to run
            current.rollback()
            _LOG.error("an action after a commit failed", exc_info=problem)


@contextmanager
def savepoint() -> Iterator[Session]:
    """Undo only what happens inside when it fails, also where nothing was written before.

    SQLite's driver begins a transaction at the first write; a savepoint without one would be the
    transaction itself, and its end a commit. So one is begun here, for writing, which also makes
    a second writer wait instead of failing.
    """
    current = session()
    connection = current.connection()
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.dbapi_connection
        if not driver.in_transaction:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
    with current.begin_nested():
        yield current


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Foreign keys, write-ahead log and patience for SQLite; nothing for PostgreSQL."""
    if type(connection).__module__.startswith("sqlite3"):
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA busy_timeout=15000")
        cursor.close()
        connection.create_function("lower", 1, _lower, deterministic=True)


def _lower(value: object) -> object:
    """Lower case for every letter; SQLite's own knows A to Z only and would miss æ, ø, å and č."""
    return value.lower() if isinstance(value, str) else value
