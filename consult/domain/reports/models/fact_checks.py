"""Those who are quoted, asked whether the words are right."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime, text_enum
from consult.domain.reports.types import Settlement, Verdict

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition
    from consult.domain.organisations.models import Organisation
    from consult.domain.submissions.models import Submission


class FactCheck(PublicId, Base):
    """A sender who is quoted in a report is asked whether the words are right.

    Attributes:
        submission: The answer that the words stand in.
        places: What was shown: the chapters and the words, as they stood when it was asked.
        due_on: The last day to answer; what comes later is read as well.
        reply: In the sender's words; ``settlement`` and ``reason`` are the writers' answer to it.
    """

    __tablename__ = "fact_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    composition_id: Mapped[int] = mapped_column(
        ForeignKey("composition.id", ondelete="CASCADE"), index=True
    )
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    places: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    asked_by: Mapped[str] = mapped_column(String(80))
    due_on: Mapped[date]
    verdict: Mapped[Verdict | None] = mapped_column(text_enum(Verdict))
    reply: Mapped[str] = mapped_column(Text, default="")
    replied_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    settlement: Mapped[Settlement | None] = mapped_column(text_enum(Settlement))
    reason: Mapped[str] = mapped_column(Text, default="")
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    settled_by: Mapped[str | None] = mapped_column(String(80))

    composition: Mapped["Composition"] = relationship()
    submission: Mapped["Submission"] = relationship()

    @property
    def reference(self) -> str:
        """How the audit log names this question."""
        return f"fact_check:{self.public_id}"

    @property
    def organisation(self) -> "Organisation":
        """Whose report it is; the policy asks."""
        return self.composition.organisation

    @property
    def waits_for_us(self) -> bool:
        """Whether an objection waits for the writers."""
        return self.verdict is Verdict.OBJECTS and self.settlement is None
