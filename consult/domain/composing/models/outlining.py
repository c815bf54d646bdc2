"""An organisation's own templates for reports."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime, text_enum
from consult.domain.composing.own_outlines import OutlinedPart
from consult.domain.composing.types import CompositionKind

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation


class ReportOutline(PublicId, Base):
    """A template that an organisation has made of a report.

    It says which parts there are, and tells those who write them what belongs there.

    Attributes:
        kind: Which kind of report begins by it.
        language: Of its headings and of what is said to the writers.
        content: Its parts (:class:`~consult.domain.composing.own_outlines.OutlinedPart`).
    """

    __tablename__ = "report_outline"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[CompositionKind] = mapped_column(text_enum(CompositionKind))
    name: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(8))
    content: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
    saved_by: Mapped[str] = mapped_column(String(80))

    organisation: Mapped["Organisation"] = relationship()

    @property
    def reference(self) -> str:
        """How the audit log names this template."""
        return f"outline:{self.public_id}"

    @property
    def outline(self) -> tuple[OutlinedPart, ...]:
        """Its parts, as values."""
        return tuple(OutlinedPart.from_json(one) for one in self.content)
