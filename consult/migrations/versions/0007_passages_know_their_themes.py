"""Passages know whether they have a theme.

Revision: 0007, after 0006.

Autogenerate makes only the column; the triggers are written by hand, as `coding.flags` does it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_SQLITE = (
    """
        CREATE TRIGGER coding_added AFTER INSERT ON coding BEGIN
            UPDATE passage SET has_theme = 1
            WHERE id = (
        SELECT CASE WHEN kind = 'chosen' THEN COALESCE(parent_id, id) ELSE id END
        FROM passage WHERE id = new.passage_id
    ) AND NOT has_theme;
        END
    """,
    """
        CREATE TRIGGER coding_removed AFTER DELETE ON coding BEGIN
            UPDATE passage SET has_theme = (
        EXISTS (SELECT 1 FROM coding WHERE coding.passage_id = passage.id)
        OR EXISTS (
            SELECT 1 FROM passage AS part JOIN coding ON coding.passage_id = part.id
            WHERE part.parent_id = passage.id AND part.kind = 'chosen'
        )
    )
            WHERE id = (
        SELECT CASE WHEN kind = 'chosen' THEN COALESCE(parent_id, id) ELSE id END
        FROM passage WHERE id = old.passage_id
    );
        END
    """,
)

_POSTGRESQL = (
    """
        CREATE FUNCTION passage_gets_theme() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            UPDATE passage SET has_theme = true
            WHERE id = (
        SELECT CASE WHEN kind = 'chosen' THEN COALESCE(parent_id, id) ELSE id END
        FROM passage WHERE id = new.passage_id
    );
            RETURN NULL;
        END $$
    """,
    """
        CREATE FUNCTION passage_loses_theme() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE paragraph integer := (
        SELECT CASE WHEN kind = 'chosen' THEN COALESCE(parent_id, id) ELSE id END
        FROM passage WHERE id = old.passage_id
    );
        BEGIN
            PERFORM 1 FROM passage WHERE id = paragraph FOR NO KEY UPDATE;
            UPDATE passage SET has_theme = (
        EXISTS (SELECT 1 FROM coding WHERE coding.passage_id = passage.id)
        OR EXISTS (
            SELECT 1 FROM passage AS part JOIN coding ON coding.passage_id = part.id
            WHERE part.parent_id = passage.id AND part.kind = 'chosen'
        )
    ) WHERE id = paragraph;
            RETURN NULL;
        END $$
    """,
    """
    CREATE TRIGGER coding_added AFTER INSERT ON coding
    FOR EACH ROW EXECUTE FUNCTION passage_gets_theme()
    """,
    """
    CREATE TRIGGER coding_removed AFTER DELETE ON coding
    FOR EACH ROW EXECUTE FUNCTION passage_loses_theme()
    """,
)

_FILL = """
    UPDATE passage SET has_theme = true WHERE id IN (
        SELECT CASE WHEN coded.kind = 'chosen' THEN COALESCE(coded.parent_id, coded.id)
            ELSE coded.id END
        FROM coding JOIN passage AS coded ON coded.id = coding.passage_id
    )
"""


def upgrade() -> None:
    with op.batch_alter_table("passage", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("has_theme", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.drop_index(batch_op.f("ix_passage_round_id_submission_id"))
        batch_op.create_index(
            "ix_passage_progress",
            ["round_id", "submission_id", "version_id", "kind", "has_theme", "copy_of_id"],
            unique=False,
        )
    op.execute(_FILL)
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE if is_sqlite else _POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    for trigger in ("coding_added", "coding_removed"):
        is_sqlite = op.get_bind().dialect.name == "sqlite"
        op.execute(f"DROP TRIGGER {trigger}" + ("" if is_sqlite else " ON coding"))
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION passage_gets_theme()")
        op.execute("DROP FUNCTION passage_loses_theme()")
    with op.batch_alter_table("passage", schema=None) as batch_op:
        batch_op.drop_index("ix_passage_progress")
        batch_op.create_index(
            batch_op.f("ix_passage_round_id_submission_id"),
            ["round_id", "submission_id"],
            unique=False,
        )
        batch_op.drop_column("has_theme")
