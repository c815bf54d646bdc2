"""Frozen data of a round, documents made out of them, and the files they were rendered to."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text, UniqueConstraint
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


class Snapshot(PublicId, Base):
    """The data of a round as they were at one moment, under a name; never changed.

    ``content`` is the packed canonical form, ``digest`` the SHA-256 of that form before packing,
    ``counts`` how much there is of each thing (:class:`FrozenCounts`). ``as_of`` is the last change
    in the data, ``taken_at`` when they were frozen.
    """

    __tablename__ = "snapshot"
    __table_args__ = (UniqueConstraint("round_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    name: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(Text, default="")
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    counts: Mapped[dict[str, Any]]
    as_of: Mapped[datetime] = mapped_column(UTCDateTime)
    taken_at: Mapped[datetime] = mapped_column(UTCDateTime)
    taken_by: Mapped[str] = mapped_column(String(80))

    round: Mapped["Round"] = relationship()

    @property
    def reference(self) -> str:
        """How the audit log names this snapshot."""
        return f"snapshot:{self.public_id}"


class Document(PublicId, Base):
    """One built document: its finished tree, and how far the build has come.

    ``snapshot`` is what its figures come from; there is none behind the oldest documents.

    ``progress`` is per cent. ``alive_at`` is when the build last showed a sign of life. A build
    that is started again gets the next ``attempt``; what an earlier one still writes is ignored.
    """

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    snapshot_id: Mapped[int | None] = mapped_column(ForeignKey("snapshot.id"), index=True)
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
    snapshot: Mapped[Snapshot | None] = relationship()
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


class AccessPackage(PublicId, Base):
    """The publishable variants of answers that were asked for, as one file; see ADR 42.

    ``wanted`` says which answers (``stored_filter`` in ``packages``); ``named`` are the numbers of
    those whose senders are named although they want to stand without. ``as_of`` is when the first
    of them was read, and ``given`` how many of ``answers`` lie in the file. The file is kept for a
    while only, in a part of the store of its own.
    """

    __tablename__ = "access_package"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    wanted: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    named: Mapped[list[int]] = mapped_column(JSON, default=list)
    locale: Mapped[str] = mapped_column(String(8))
    status: Mapped[BuildStatus] = mapped_column(text_enum(BuildStatus))
    progress: Mapped[int] = mapped_column(default=0)
    error: Mapped[BuildError | None] = mapped_column(text_enum(BuildError))
    attempt: Mapped[int] = mapped_column(default=1)
    alive_at: Mapped[datetime] = mapped_column(UTCDateTime)
    requested_by: Mapped[str] = mapped_column(String(80))
    requested_at: Mapped[datetime] = mapped_column(UTCDateTime)
    as_of: Mapped[datetime | None] = mapped_column(UTCDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    digest: Mapped[str | None] = mapped_column(String(64))
    size: Mapped[int | None]
    answers: Mapped[int] = mapped_column(default=0)
    given: Mapped[int] = mapped_column(default=0)
    withheld: Mapped[int] = mapped_column(default=0)

    round: Mapped["Round"] = relationship()

    @property
    def reference(self) -> str:
        """How the audit log names this package."""
        return f"access:{self.public_id}"
