"""Documents made out of a round, and the files they were rendered to."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime, text_enum
from consult.domain.documents.types import (
    BuildError,
    BuildStatus,
    DocumentFormat,
    DocumentKind,
)

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


class Document(PublicId, Base):
    """One built document: its finished tree, and how far the build has come.

    ``progress`` is per cent. ``alive_at`` is when the build last showed a sign of life. A build
    that is started again gets the next ``attempt``; what an earlier one still writes is ignored.
    """

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    kind: Mapped[DocumentKind] = mapped_column(text_enum(DocumentKind))
    locale: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(String(400))
    status: Mapped[BuildStatus] = mapped_column(text_enum(BuildStatus))
    progress: Mapped[int] = mapped_column(default=0)
    error: Mapped[BuildError | None] = mapped_column(text_enum(BuildError))
    attempt: Mapped[int] = mapped_column(default=1)
    alive_at: Mapped[datetime] = mapped_column(UTCDateTime)
    tree: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), deferred=True)
    tree_digest: Mapped[str | None] = mapped_column(String(64))
    requested_by: Mapped[str] = mapped_column(String(80))
    requested_at: Mapped[datetime] = mapped_column(UTCDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    round: Mapped["Round"] = relationship()
    files: Mapped[list["DocumentFile"]] = relationship(
        back_populates="document", order_by="DocumentFile.id", cascade="all, delete-orphan"
    )

    @property
    def reference(self) -> str:
        """How the audit log names this document."""
        return f"document:{self.public_id}"


class DocumentFile(Base):
    """One rendering of a document."""

    __tablename__ = "document_file"
    __table_args__ = (UniqueConstraint("document_id", "format"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"))
    format: Mapped[DocumentFormat] = mapped_column(text_enum(DocumentFormat))
    digest: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]

    document: Mapped[Document] = relationship(back_populates="files")
