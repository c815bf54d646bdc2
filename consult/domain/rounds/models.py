"""Tables of rounds. Texts for readers are kept by language: ``{"nb": …, "nn": …, "en": …}``."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime, text_enum
from consult.domain.rounds.types import (
    InvitationReason,
    Option,
    QuestionKind,
    RoundStatus,
    RoundType,
    Scale,
)

if TYPE_CHECKING:
    from consult.domain.notifications.models import OutboxMessage
    from consult.domain.organisations.models import Organisation


class Round(PublicId, Base):
    """One consultation, owned by one organisation; an internal hearing has a parent round."""

    __tablename__ = "round"
    __table_args__ = (
        Index("ix_round_status_opens_at", "status", "opens_at"),
        Index("ix_round_status_closes_at", "status", "closes_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("round.id"), index=True)
    type: Mapped[RoundType] = mapped_column(text_enum(RoundType))
    status: Mapped[RoundStatus] = mapped_column(text_enum(RoundStatus))
    languages: Mapped[list[str]]
    title: Mapped[dict[str, str]]
    introduction: Mapped[dict[str, str]]
    influence: Mapped[dict[str, str]]
    settled: Mapped[dict[str, str]]
    case_number: Mapped[str | None] = mapped_column(String(60))
    contact: Mapped[dict[str, str]]
    opens_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closes_at: Mapped[datetime] = mapped_column(UTCDateTime)
    short_deadline_reason: Mapped[str | None] = mapped_column(Text)
    cancel_reason: Mapped[str | None] = mapped_column(Text)
    last_number: Mapped[int] = mapped_column(default=0)
    themes_shown_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    owner: Mapped["Organisation"] = relationship()
    parent: Mapped["Round | None"] = relationship(remote_side="Round.id", back_populates="children")
    children: Mapped[list["Round"]] = relationship(back_populates="parent")
    sections: Mapped[list["Section"]] = relationship(
        back_populates="round", order_by="Section.position", cascade="all, delete-orphan"
    )
    proposals: Mapped[list["Proposal"]] = relationship(
        back_populates="round", order_by="Proposal.position", cascade="all, delete-orphan"
    )
    questions: Mapped[list["Question"]] = relationship(
        back_populates="round", order_by="Question.position", cascade="all, delete-orphan"
    )
    invitations: Mapped[list["Invitation"]] = relationship(
        back_populates="round", cascade="all, delete-orphan"
    )
    deadline_changes: Mapped[list["DeadlineChange"]] = relationship(
        back_populates="round", order_by="DeadlineChange.id", cascade="all, delete-orphan"
    )

    @property
    def reference(self) -> str:
        """How the audit log names this round."""
        return f"round:{self.public_id}"


class Section(Base):
    """A section of the paper: heading and Markdown, by language."""

    __tablename__ = "section"
    __table_args__ = (UniqueConstraint("round_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    title: Mapped[dict[str, str]]
    body: Mapped[dict[str, str]]

    round: Mapped[Round] = relationship(back_populates="sections")


class Proposal(PublicId, Base):
    """Something proposed in the paper. Its key is stable: answers and reports point at it."""

    __tablename__ = "proposal"
    __table_args__ = (UniqueConstraint("round_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    section_id: Mapped[int | None] = mapped_column(ForeignKey("section.id"), index=True)
    key: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    title: Mapped[dict[str, str]]
    text: Mapped[dict[str, str]]

    round: Mapped[Round] = relationship(back_populates="proposals")
    section: Mapped[Section | None] = relationship()


class Question(PublicId, Base):
    """Something asked. Its key is stable."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("round_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    section_id: Mapped[int | None] = mapped_column(ForeignKey("section.id"), index=True)
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"), index=True)
    key: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    kind: Mapped[QuestionKind] = mapped_column(text_enum(QuestionKind))
    is_required: Mapped[bool] = mapped_column(default=False)
    text: Mapped[dict[str, str]]
    help: Mapped[dict[str, str]]
    option_data: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    scale_data: Mapped[dict[str, Any] | None] = mapped_column(JSON)

    round: Mapped[Round] = relationship(back_populates="questions")
    section: Mapped[Section | None] = relationship()
    proposal: Mapped[Proposal | None] = relationship()

    @property
    def options(self) -> tuple[Option, ...]:
        """The choices of a single or multiple choice question."""
        return tuple(Option(item["key"], item["labels"]) for item in self.option_data)

    @property
    def scale(self) -> Scale | None:
        """The scale of a scale question."""
        if self.scale_data is None:
            return None
        data = self.scale_data
        return Scale(data["minimum"], data["maximum"], data["low"], data["high"])


class Invitation(PublicId, Base):
    """A body asked to answer: why, when told, and its own deadline if it got one.

    ``message`` is the latest mail about it, invitation or reminder: what a delivery failed on.
    """

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("round_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    reason: Mapped[InvitationReason] = mapped_column(text_enum(InvitationReason))
    email: Mapped[str | None] = mapped_column(String(254))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reminded_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_message.id"), index=True)
    deadline_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    deadline_reason: Mapped[str | None] = mapped_column(Text)

    round: Mapped[Round] = relationship(back_populates="invitations")
    organisation: Mapped["Organisation"] = relationship()
    message: Mapped["OutboxMessage | None"] = relationship()

    @property
    def reference(self) -> str:
        """How the audit log names this invitation."""
        return f"invitation:{self.public_id}"

    @property
    def address(self) -> str | None:
        """Where the invitation goes: its own address, else the organisation's."""
        return self.email or self.organisation.email


class DeadlineChange(Base):
    """The history of a round's deadline: both dates, why, by whom."""

    __tablename__ = "deadline_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), index=True)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    old_closes_at: Mapped[datetime] = mapped_column(UTCDateTime)
    new_closes_at: Mapped[datetime] = mapped_column(UTCDateTime)
    reason: Mapped[str] = mapped_column(Text)
    changed_by: Mapped[str] = mapped_column(String(80))

    round: Mapped[Round] = relationship(back_populates="deadline_changes")
