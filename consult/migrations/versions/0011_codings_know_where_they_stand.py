"""Codings know where they stand.

Revision: 0011, after 0010.

Autogenerate makes only the columns and indexes; the triggers are written by hand, as
`coding.flags` does it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_SQLITE = (
    """
    CREATE TRIGGER coding_placed AFTER INSERT ON coding BEGIN
        UPDATE coding SET (version_id, answer_id, paragraph_id) = (
            SELECT version_id, answer_id,
                CASE WHEN kind = 'chosen' THEN COALESCE(parent_id, id) ELSE id END
            FROM passage WHERE id = new.passage_id
        ) WHERE id = new.id;
    END
    """,
    """
    CREATE TRIGGER coding_moved AFTER UPDATE OF passage_id ON coding BEGIN
        UPDATE coding SET (version_id, answer_id, paragraph_id) = (
            SELECT version_id, answer_id,
                CASE WHEN kind = 'chosen' THEN COALESCE(parent_id, id) ELSE id END
            FROM passage WHERE id = new.passage_id
        ) WHERE id = new.id;
    END
    """,
)

_POSTGRESQL = (
    """
    CREATE FUNCTION coding_gets_place() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        SELECT * FROM (
            SELECT version_id, answer_id,
                CASE WHEN kind = 'chosen' THEN COALESCE(parent_id, id) ELSE id END
            FROM passage WHERE id = new.passage_id
        ) AS place INTO new.version_id, new.answer_id, new.paragraph_id;
        RETURN new;
    END $$
    """,
    """
    CREATE TRIGGER coding_placed BEFORE INSERT OR UPDATE OF passage_id ON coding
    FOR EACH ROW EXECUTE FUNCTION coding_gets_place()
    """,
)

_FILL = """
    UPDATE coding SET (version_id, answer_id, paragraph_id) = (
        SELECT version_id, answer_id,
            CASE WHEN kind = 'chosen' THEN COALESCE(parent_id, id) ELSE id END
        FROM passage WHERE passage.id = coding.passage_id
    )
"""

_INDEXES = {
    "ix_coding_version_id_theme_id": ("version_id", "theme_id", "paragraph_id"),
    "ix_coding_paragraph_id": ("paragraph_id", "theme_id"),
    "ix_coding_theme_id_version_id": (
        *("theme_id", "version_id", "answer_id", "paragraph_id", "passage_id"),
    ),
}


def upgrade() -> None:
    # Added as they are, not in a batch: a table made anew would lose the triggers of 0007.
    for name in ("version_id", "answer_id", "paragraph_id"):
        op.add_column("coding", sa.Column(name, sa.Integer(), nullable=True))
    op.execute(_FILL)
    for name, columns in _INDEXES.items():
        op.create_index(name, "coding", list(columns))
    op.drop_index("ix_coding_theme_id_passage_id", "coding")
    # Begun with the round it was taken for lists of a round's passages, which it has in no order.
    op.drop_index("ix_passage_round_id_fingerprint", "passage")
    op.create_index("ix_passage_fingerprint_round_id", "passage", ["fingerprint", "round_id"])
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE if is_sqlite else _POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute("DROP TRIGGER coding_placed" + ("" if is_sqlite else " ON coding"))
    if is_sqlite:
        op.execute("DROP TRIGGER coding_moved")
    else:
        op.execute("DROP FUNCTION coding_gets_place()")
    op.drop_index("ix_passage_fingerprint_round_id", "passage")
    op.create_index("ix_passage_round_id_fingerprint", "passage", ["round_id", "fingerprint"])
    op.create_index("ix_coding_theme_id_passage_id", "coding", ["theme_id", "passage_id"])
    for name in _INDEXES:
        op.drop_index(name, "coding")
    for name in ("paragraph_id", "answer_id", "version_id"):
        op.drop_column("coding", name)
