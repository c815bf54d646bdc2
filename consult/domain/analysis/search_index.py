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
TOKENS = "search_tokens(search_entry.stems, search_entry.others)"
"""What PostgreSQL indexes, and is asked by: the tokens without their places."""

# Its cost is named, and with a SET clause it is not written out in the statement: PostgreSQL would
# reckon the parts at nothing, and split every line of tokens anew instead of using the index.
_POSTGRESQL = (
    """
    CREATE FUNCTION search_tokens(stems text, others text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10000 SET search_path = pg_catalog AS $$
        SELECT array_to_tsvector(string_to_array(btrim(stems || others), '  '))
    $$
    """,
    """
    CREATE INDEX ix_search_entry_tokens ON search_entry
    USING gin (search_tokens(stems, others))
    """,
)
_REMOVING = {
    "sqlite": "DROP TABLE IF EXISTS search_index",
    "postgresql": "DROP FUNCTION IF EXISTS search_tokens(text, text)",
}


def make_index(_table: object, connection: Connection, **_options: Any) -> None:
    """Let the database keep an index of the words; the table has just been made and is empty."""
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL:
        connection.execute(text(statement.replace(":", "\\:")))


def remove_index(_table: object, connection: Connection, **_options: Any) -> None:
    """Take away what is left of the index once the table is gone."""
    connection.execute(text(_REMOVING[connection.dialect.name]))


def is_compared(
    _thing: object, name: str | None, kind: str, _reflected: bool, _other: object
) -> bool:
    """Whether Alembic compares a thing of the database with the models: not what is made here."""
    is_shadow = kind == "table" and (name or "").startswith(INDEX_TABLE)
    return not is_shadow and (kind, name) != ("index", "ix_search_entry_tokens")
