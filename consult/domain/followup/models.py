"""Tables of follow-up."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime, text_enum
from consult.domain.composing.types import Horizon
from consult.domain.followup.types import (
    MeasureEventKind,
    MeasureStatus,
    Rehearing,
    Reply,
    ResponseReminder,
)

if TYPE_CHECKING:
    from consult.domain.composing.models import NamedVersion, Recommendation
    from consult.domain.rounds.models import Round


class Measure(PublicId, Base):
    """A proposal of an approved report, followed until it is done.

    Attributes:
        recommendation: The record that it is; at most one measure for each.
        version: The approved text that its words are from. They never change afterwards.
        number: Its number in the round, from 1; addresses use it.
        chapter: What the report's chapter was called; ``key`` what the report calls the proposal.
        language: Of ``text``, ``chapter`` and ``addressee``.
        owner: Who carries it out; empty before that is settled. ``owner_email`` is for reminders.
        status: How far it has come, as told last; ``None`` before the first time.
        reply: What its addressee answered, ``replied_on`` the day given for that.
    """

    __tablename__ = "measure"
    __table_args__ = (UniqueConstraint("round_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    recommendation_id: Mapped[int] = mapped_column(ForeignKey("recommendation.id"), unique=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("named_version.id"), index=True)
    number: Mapped[int]
    key: Mapped[str] = mapped_column(String(12))
    chapter: Mapped[str] = mapped_column(String(400), default="")
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    addressee: Mapped[str] = mapped_column(String(200), default="")
    horizon: Mapped[Horizon | None] = mapped_column(text_enum(Horizon))
    owner: Mapped[str] = mapped_column(String(200), default="")
    owner_email: Mapped[str] = mapped_column(String(254), default="")
    owner_locale: Mapped[str] = mapped_column(String(8), default="nb")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    status: Mapped[MeasureStatus | None] = mapped_column(text_enum(MeasureStatus))
    status_on: Mapped[date | None]
    reply: Mapped[Reply | None] = mapped_column(text_enum(Reply))
    replied_on: Mapped[date | None]
    reply_reason: Mapped[str] = mapped_column(Text, default="")
    reply_language: Mapped[str] = mapped_column(String(8), default="nb")
    reminded_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    taken_up_at: Mapped[datetime] = mapped_column(UTCDateTime)

    round: Mapped["Round"] = relationship()
    recommendation: Mapped["Recommendation"] = relationship()
    version: Mapped["NamedVersion"] = relationship()
    events: Mapped[list["MeasureEvent"]] = relationship(
        back_populates="measure", order_by="MeasureEvent.id"
    )

    @property
    def reference(self) -> str:
        """How the audit log names this measure."""
        return f"measure:{self.public_id}"


class MeasureEvent(Base):
    """Something that happened to a measure; entries are added, never changed.

    Attributes:
        on: The day from which it holds, as told; ``at`` is when it was written down.
        reason: Why, in the words of whoever told it.
        evidence: What shows it; ``evidence_link`` where that can be read.
        language: Of the two texts.
    """

    __tablename__ = "measure_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(
        ForeignKey("measure.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[MeasureEventKind] = mapped_column(text_enum(MeasureEventKind))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    on: Mapped[date]
    by: Mapped[str] = mapped_column(String(80))
    status: Mapped[MeasureStatus | None] = mapped_column(text_enum(MeasureStatus))
    reply: Mapped[Reply | None] = mapped_column(text_enum(Reply))
    reason: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[str] = mapped_column(Text, default="")
    evidence_link: Mapped[str] = mapped_column(String(500), default="")
    language: Mapped[str] = mapped_column(String(8), default="nb")

    measure: Mapped[Measure] = relationship(back_populates="events")
    files: Mapped[list["EvidenceFile"]] = relationship(
        back_populates="event", order_by="EvidenceFile.id", cascade="all, delete-orphan"
    )


class EvidenceFile(PublicId, Base):
    """A file that shows what was told of a measure.

    Attributes:
        digest: Of the bytes, in the part of the store for evidence.
        is_public: Whether everybody may have it, once the measures are published.
    """

    __tablename__ = "evidence_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(
        ForeignKey("measure_event.id", ondelete="CASCADE"), index=True
    )
    digest: Mapped[str] = mapped_column(String(64), index=True)
    filename: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    is_public: Mapped[bool] = mapped_column(default=False)
    added_at: Mapped[datetime] = mapped_column(UTCDateTime)
    added_by: Mapped[str] = mapped_column(String(80))

    event: Mapped[MeasureEvent] = relationship(back_populates="files")

    @property
    def round(self) -> "Round":
        """The round that is followed up; the policy asks."""
        return self.event.measure.round


class RoundFollowUp(Base):
    """What a round's owner tells of its response.

    Attributes:
        published_at: Since when everybody sees the measures.
        told_at: When those who follow the round or asked were told last.
        delay_reason: Why there is no response in time, in ``delay_language``.
        expected_on: When the response is expected instead.
        reminded: Which reminder of the response its owner has had.
    """

    __tablename__ = "round_follow_up"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), unique=True)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    told_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    delay_reason: Mapped[str] = mapped_column(Text, default="")
    delay_language: Mapped[str] = mapped_column(String(8), default="nb")
    expected_on: Mapped[date | None]
    reminded: Mapped[ResponseReminder | None] = mapped_column(text_enum(ResponseReminder))

    round: Mapped["Round"] = relationship()


class ProposalChange(PublicId, Base):
    """A change of what was heard, after the hearing: whether to hear people again is decided.

    Attributes:
        text: What has changed, in ``language``.
        decision: What was decided; ``None`` as long as somebody must assess it.
        reason: Why, in the same language.
    """

    __tablename__ = "proposal_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    noted_at: Mapped[datetime] = mapped_column(UTCDateTime)
    noted_by: Mapped[str] = mapped_column(String(80))
    decision: Mapped[Rehearing | None] = mapped_column(text_enum(Rehearing))
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_on: Mapped[date | None]
    decided_by: Mapped[str | None] = mapped_column(String(80))

    round: Mapped["Round"] = relationship()

    @property
    def reference(self) -> str:
        """How the audit log names this change."""
        return f"proposal_change:{self.public_id}"
