"""The databases' own indexes of ``search_entry``, which no model describes.

SQLite has an FTS5 table that reads its text from ``search_entry`` and is kept by triggers;
PostgreSQL has a GIN index of the tokens. Both know nothing of language: what they compare are our
own stems (ADR 35). The statements are complete as they stand, so that a migration can run them by
hand.
"""

from typing import Any

from sqlalchemy import Connection, text

INDEX_TABLE = "search_index"
"""SQLite's table; it comes with shadow tables whose names begin with the same word."""

_SQLITE = (
    """
    CREATE VIRTUAL TABLE search_index USING fts5(
        stems, others, content='search_entry', content_rowid='passage_id', columnsize=0,
        tokenize="ascii tokenchars '~='"
    )
    """,
    """
    CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN
        INSERT INTO search_index(rowid, stems, others)
        VALUES (new.passage_id, new.stems, new.others);
    END
    """,
    """
    CREATE TRIGGER search_entry_removed AFTER DELETE ON search_entry BEGIN
        INSERT INTO search_index(search_index, rowid, stems, others)
        VALUES ('delete', old.passage_id, old.stems, old.others);
    END
    """,
    """
    CREATE TRIGGER search_entry_changed AFTER UPDATE ON search_entry BEGIN
        INSERT INTO search_index(search_index, rowid, stems, others)
        VALUES ('delete', old.passage_id, old.stems, old.others);
        INSERT INTO search_index(rowid, stems, others)
        VALUES (new.passage_id, new.stems, new.others);
    END
    """,
)
TOKENS = (
    "array_to_tsvector(string_to_array(btrim(search_entry.stems || search_entry.others), '  '))"
)
"""What PostgreSQL indexes, and is asked by: the tokens without their places."""
_POSTGRESQL = (
    """
    CREATE INDEX ix_search_entry_tokens ON search_entry
    USING gin (array_to_tsvector(string_to_array(btrim(stems || others), '  ')))
    """,
)


def make_index(_table: object, connection: Connection, **_options: Any) -> None:
    """Let the database keep an index of the words; the table has just been made and is empty."""
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL:
        connection.execute(text(statement.replace(":", "\\:")))


def remove_index(_table: object, connection: Connection, **_options: Any) -> None:
    """Take SQLite's index away before the table it belongs to goes; its triggers go with that."""
    if connection.dialect.name == "sqlite":
        connection.execute(text(f"DROP TABLE IF EXISTS {INDEX_TABLE}"))


def is_compared(
    _thing: object, name: str | None, kind: str, _reflected: bool, _other: object
) -> bool:
    """Whether Alembic compares a thing of the database with the models: not what is made here."""
    is_shadow = kind == "table" and (name or "").startswith(INDEX_TABLE)
    return not is_shadow and (kind, name) != ("index", "ix_search_entry_tokens")
