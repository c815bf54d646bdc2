"""Tables of a programme."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime, text_enum
from consult.domain.programmes.types import Comparison, QuestionStatus, SentUp, Verdict

if TYPE_CHECKING:
    from consult.domain.coding.models import Theme
    from consult.domain.organisations.models import Organisation
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import Submission


class WorkingGroup(PublicId, Base):
    """A group of a programme, as the steering group knows it.

    Attributes:
        round: The programme: the round of the steering group, never the group's own.
        part: Which part of the organisation it looks into, in the steering group's words.
        submission: What it has sent, once it has.
    """

    __tablename__ = "working_group"
    __table_args__ = (UniqueConstraint("round_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    part: Mapped[str] = mapped_column(Text, default="")
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), unique=True)

    round: Mapped["Round"] = relationship()
    organisation: Mapped["Organisation"] = relationship()
    submission: Mapped["Submission | None"] = relationship()
    reports: Mapped[list["SentReport"]] = relationship(
        back_populates="group", order_by="SentReport.number"
    )
    questions: Mapped[list["GroupQuestion"]] = relationship(
        back_populates="group", order_by="GroupQuestion.number"
    )

    @property
    def reference(self) -> str:
        """How the audit log names this group."""
        return f"working_group:{self.public_id}"

    @property
    def latest(self) -> "SentReport | None":
        """What it sent last."""
        return self.reports[-1] if self.reports else None


class SentReport(PublicId, Base):
    """A version of a sub-report as it was sent, and what was said of it.

    Attributes:
        version_id: The version of the answer in the programme that it became.
        digest: The fingerprint of the text that everybody in the group had signed.
        data_digest: Of the frozen data that its figures came from; empty for none.
        content: What was sent (:class:`~consult.domain.programmes.types.SentUp`); never changed.
    """

    __tablename__ = "sent_report"
    __table_args__ = (UniqueConstraint("group_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("working_group.id"))
    number: Mapped[int]
    version_id: Mapped[int] = mapped_column(ForeignKey("submission_version.id"), unique=True)
    digest: Mapped[str] = mapped_column(String(64))
    data_digest: Mapped[str] = mapped_column(String(64), default="")
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime)
    verdict: Mapped[Verdict | None] = mapped_column(text_enum(Verdict))
    verdict_reason: Mapped[str] = mapped_column(Text, default="")
    verdict_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    verdict_by: Mapped[str | None] = mapped_column(String(80))

    group: Mapped[WorkingGroup] = relationship(back_populates="reports")

    @property
    def sent_up(self) -> SentUp:
        """What was sent, as values."""
        return SentUp.from_json(self.content)


class GroupQuestion(PublicId, Base):
    """A question that a group hands back, and what became of it.

    Attributes:
        withdrawn_at: When a later version of the sub-report asked it no more.
        answer: The answer, or what is said to the group where it is handed on.
        handed_to: To whom it is handed on.
        decided_name: Who answered or handed it on, as the group is told.
    """

    __tablename__ = "group_question"
    __table_args__ = (UniqueConstraint("group_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("working_group.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    status: Mapped[QuestionStatus] = mapped_column(
        text_enum(QuestionStatus), default=QuestionStatus.OPEN
    )
    answer: Mapped[str] = mapped_column(Text, default="")
    handed_to: Mapped[str] = mapped_column(String(200), default="")
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by: Mapped[str | None] = mapped_column(String(80))
    decided_name: Mapped[str] = mapped_column(String(200), default="")

    group: Mapped[WorkingGroup] = relationship(back_populates="questions")

    @property
    def round(self) -> "Round":
        """The programme; the policy asks."""
        return self.group.round

    @property
    def reference(self) -> str:
        """How the audit log names this question."""
        return f"group_question:{self.public_id}"


class ThemeComparison(PublicId, Base):
    """What a person found when the groups' findings on a theme stood side by side.

    Attributes:
        digest: Which findings stood there; when others do, the mark is told to be older.
    """

    __tablename__ = "theme_comparison"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), unique=True)
    value: Mapped[Comparison] = mapped_column(text_enum(Comparison))
    note: Mapped[str] = mapped_column(Text, default="")
    digest: Mapped[str] = mapped_column(String(64))
    marked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    marked_by: Mapped[str] = mapped_column(String(80))
    marked_name: Mapped[str] = mapped_column(String(200), default="")

    theme: Mapped["Theme"] = relationship()

    @property
    def reference(self) -> str:
        """How the audit log names this mark."""
        return f"comparison:{self.public_id}"
