"""What somebody has answered for with their name."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime, text_enum
from consult.domain.reports.types import CheckKind

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition
    from consult.domain.organisations.models import Organisation


class Clearance(PublicId, Base):
    """That a person answers for something the checks of a report have found, and why.

    It holds for exactly what was looked at: when ``digest`` is another, it has fallen by itself.

    Attributes:
        check: What was found.
        subject: What it was found on.
        supporting: Numbers of the answers that were counted, for a word of quantity.
        taken_back_at: When somebody wanted it looked at again.
    """

    __tablename__ = "clearance"

    id: Mapped[int] = mapped_column(primary_key=True)
    composition_id: Mapped[int] = mapped_column(
        ForeignKey("composition.id", ondelete="CASCADE"), index=True
    )
    check: Mapped[CheckKind] = mapped_column(text_enum(CheckKind))
    subject: Mapped[str] = mapped_column(String(120))
    digest: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text)
    supporting: Mapped[list[int]] = mapped_column(JSON, default=list)
    cleared_at: Mapped[datetime] = mapped_column(UTCDateTime)
    cleared_by: Mapped[str] = mapped_column(String(80))
    taken_back_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    taken_back_by: Mapped[str | None] = mapped_column(String(80))

    composition: Mapped["Composition"] = relationship()

    @property
    def reference(self) -> str:
        """How the audit log names this clearance."""
        return f"clearance:{self.public_id}"

    @property
    def organisation(self) -> "Organisation":
        """Whose report it is about; the policy asks."""
        return self.composition.organisation
