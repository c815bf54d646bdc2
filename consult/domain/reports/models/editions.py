"""What is published of a report: one text and one set of figures, under a number, for good."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime, text_enum
from consult.domain.reports.types import EditionStatus

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition, NamedVersion
    from consult.domain.documents.models import Document, Snapshot
    from consult.domain.organisations.models import Organisation
    from consult.domain.rounds.models import Round


class Edition(PublicId, Base):
    """An edition of a report; numbers count from 1 in each report.

    Its text, its figures and its files never change once it is published. What may no longer be
    printed of it is found each time it is read (:mod:`consult.domain.reports.reading`).

    Attributes:
        version: The text that everybody has signed.
        snapshot: The frozen data behind its figures.
        document: How far it is built, and its files.
        digest: Of text and figures together: equal ones give the same bytes.
        errata: What was found to be wrong afterwards; empty for nothing.
        reason: Why it was taken off the web.
    """

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("composition_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    composition_id: Mapped[int] = mapped_column(ForeignKey("composition.id", ondelete="CASCADE"))
    version_id: Mapped[int] = mapped_column(ForeignKey("named_version.id"), index=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshot.id"), index=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), unique=True)
    number: Mapped[int]
    status: Mapped[EditionStatus] = mapped_column(text_enum(EditionStatus))
    digest: Mapped[str] = mapped_column(String(64))
    errata: Mapped[str] = mapped_column(Text, default="")
    errata_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reason: Mapped[str] = mapped_column(Text, default="")
    prepared_at: Mapped[datetime] = mapped_column(UTCDateTime)
    prepared_by: Mapped[str] = mapped_column(String(80))
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    published_by: Mapped[str | None] = mapped_column(String(80))

    composition: Mapped["Composition"] = relationship()
    version: Mapped["NamedVersion"] = relationship()
    snapshot: Mapped["Snapshot"] = relationship()
    document: Mapped["Document"] = relationship()

    @property
    def reference(self) -> str:
        """How the audit log names this edition."""
        return f"edition:{self.public_id}"

    @property
    def organisation(self) -> "Organisation":
        """Whose report it is; the policy asks."""
        return self.composition.organisation

    @property
    def round(self) -> "Round":
        """The round that it is about; the policy asks."""
        return self.composition.round
