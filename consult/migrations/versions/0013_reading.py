"""Own report templates, readers outside, evidence files and private questions.

Revision: 0013, after 0012.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report_outline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(length=80), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_report_outline_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_outline")),
        sa.UniqueConstraint(
            "organisation_id", "name", name=op.f("uq_report_outline_organisation_id_name")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_report_outline_public_id")),
    )
    op.create_table(
        "reader_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("composition_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=80), nullable=True),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["composition_id"],
            ["composition.id"],
            name=op.f("fk_reader_link_composition_id_composition"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reader_link")),
        sa.UniqueConstraint("public_id", name=op.f("uq_reader_link_public_id")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_reader_link_token_digest")),
    )
    with op.batch_alter_table("reader_link", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reader_link_composition_id"), ["composition_id"], unique=False
        )

    op.create_table(
        "evidence_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("filename", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(length=80), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["measure_event.id"],
            name=op.f("fk_evidence_file_event_id_measure_event"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_file")),
        sa.UniqueConstraint("public_id", name=op.f("uq_evidence_file_public_id")),
    )
    with op.batch_alter_table("evidence_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_file_digest"), ["digest"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_file_event_id"), ["event_id"], unique=False)

    with op.batch_alter_table("comment_post", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_by_link", sa.Boolean(), server_default=sa.false(), nullable=False)
        )

    with op.batch_alter_table("composition_part", schema=None) as batch_op:
        batch_op.add_column(sa.Column("guidance", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("former_wording", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_private", sa.Boolean(), server_default=sa.false(), nullable=False)
        )

    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_private", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("withheld_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.drop_column("withheld_at")
        batch_op.drop_column("is_private")

    with op.batch_alter_table("former_wording", schema=None) as batch_op:
        batch_op.drop_column("is_private")

    with op.batch_alter_table("composition_part", schema=None) as batch_op:
        batch_op.drop_column("guidance")

    with op.batch_alter_table("comment_post", schema=None) as batch_op:
        batch_op.drop_column("is_by_link")

    with op.batch_alter_table("evidence_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_file_event_id"))
        batch_op.drop_index(batch_op.f("ix_evidence_file_digest"))

    op.drop_table("evidence_file")
    with op.batch_alter_table("reader_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reader_link_composition_id"))

    op.drop_table("reader_link")
    op.drop_table("report_outline")
