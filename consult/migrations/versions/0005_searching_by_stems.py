"""The search: the stems of every passage, and either database's index over them.

Autogenerate makes only the table; the rest is written by hand, as `search_index` does it.

Revision: 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SQLITE = (
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
POSTGRESQL = (
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


def upgrade() -> None:
    op.create_table(
        "search_entry",
        sa.Column("passage_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("stems", sa.Text(), nullable=False),
        sa.Column("others", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["passage_id"], ["passage.id"],
            name=op.f("fk_search_entry_passage_id_passage"), ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("passage_id", name=op.f("pk_search_entry")),
    )
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE if is_sqlite else POSTGRESQL:
        op.execute(sa.text(statement.replace(":", "\\:")))


def downgrade() -> None:
    op.drop_table("search_entry")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_index")
    else:
        op.execute("DROP FUNCTION search_tokens(text, text)")
