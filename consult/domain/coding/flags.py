"""What the databases themselves keep: which passages have a theme, and where codings stand.

``passage.has_theme`` tells whether a reader has put a theme there, ``coding.version_id`` the
version that the passage belongs to, which never changes.

Every page of the desk tells how far each answer is coded. Looking for the codings of each passage
takes longer the more there are; the flag is read from an index. Codings are written in many ways,
one by one and many at once, so triggers keep it and nothing can forget to. The version spares the
matrix looking up the passage of every coding, which takes five times as long.

The statements are complete as they stand, so that a migration can run them by hand. A migration
that makes ``coding`` or ``passage`` anew on SQLite (``batch_alter_table``) has to run them again.
"""

from typing import Any

from sqlalchemy import Connection, text

_PARAGRAPH = """
    SELECT CASE WHEN kind = 'chosen' THEN COALESCE(parent_id, id) ELSE id END
    FROM passage WHERE id = {passage}
"""
"""The paragraph or bullet that a theme counts for: a chosen part's own."""

_STILL_CODED = """
    EXISTS (SELECT 1 FROM coding WHERE coding.passage_id = passage.id)
    OR EXISTS (
        SELECT 1 FROM passage AS part JOIN coding ON coding.passage_id = part.id
        WHERE part.parent_id = passage.id AND part.kind = 'chosen'
    )
"""

_SQLITE = (
    f"""
    CREATE TRIGGER coding_added AFTER INSERT ON coding BEGIN
        UPDATE passage SET has_theme = 1
        WHERE id = ({_PARAGRAPH.format(passage="new.passage_id")}) AND NOT has_theme;
    END
    """,  # noqa: S608 -- constants alone
    f"""
    CREATE TRIGGER coding_removed AFTER DELETE ON coding BEGIN
        UPDATE passage SET has_theme = ({_STILL_CODED})
        WHERE id = ({_PARAGRAPH.format(passage="old.passage_id")});
    END
    """,  # noqa: S608
    """
    CREATE TRIGGER coding_placed AFTER INSERT ON coding BEGIN
        UPDATE coding
        SET version_id = (SELECT version_id FROM passage WHERE id = new.passage_id)
        WHERE id = new.id;
    END
    """,
    """
    CREATE TRIGGER coding_moved AFTER UPDATE OF passage_id ON coding BEGIN
        UPDATE coding
        SET version_id = (SELECT version_id FROM passage WHERE id = new.passage_id)
        WHERE id = new.id;
    END
    """,
)

# Two who code the same passage at once: the second waits for the first by the row's lock and then
# looks again, for each statement of a function sees what has been committed meanwhile.
_POSTGRESQL = (
    f"""
    CREATE FUNCTION passage_gets_theme() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE passage SET has_theme = true
        WHERE id = ({_PARAGRAPH.format(passage="new.passage_id")});
        RETURN NULL;
    END $$
    """,  # noqa: S608
    f"""
    CREATE FUNCTION passage_loses_theme() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE paragraph integer := ({_PARAGRAPH.format(passage="old.passage_id")});
    BEGIN
        PERFORM 1 FROM passage WHERE id = paragraph FOR NO KEY UPDATE;
        UPDATE passage SET has_theme = ({_STILL_CODED}) WHERE id = paragraph;
        RETURN NULL;
    END $$
    """,  # noqa: S608
    """
    CREATE TRIGGER coding_added AFTER INSERT ON coding
    FOR EACH ROW EXECUTE FUNCTION passage_gets_theme()
    """,
    """
    CREATE TRIGGER coding_removed AFTER DELETE ON coding
    FOR EACH ROW EXECUTE FUNCTION passage_loses_theme()
    """,
    """
    CREATE FUNCTION coding_finds_version() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        NEW.version_id := (SELECT version_id FROM passage WHERE id = NEW.passage_id);
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER coding_placed BEFORE INSERT OR UPDATE OF passage_id ON coding
    FOR EACH ROW EXECUTE FUNCTION coding_finds_version()
    """,
)
_REMOVING = {
    "sqlite": (),
    "postgresql": (
        "DROP FUNCTION IF EXISTS passage_gets_theme()",
        "DROP FUNCTION IF EXISTS passage_loses_theme()",
        "DROP FUNCTION IF EXISTS coding_finds_version()",
    ),
}


def make_flags(_table: object, connection: Connection, **_options: Any) -> None:
    """Let the database keep what is its to keep; the table of codings has just been made."""
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL:
        connection.execute(text(statement.replace(":", "\\:")))


def remove_flags(_table: object, connection: Connection, **_options: Any) -> None:
    """Take away what is left once the table of codings is gone."""
    for statement in _REMOVING[connection.dialect.name]:
        connection.execute(text(statement))
