"""Tables of following. An address stands here only as long as it follows something."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime, text_enum
from consult.domain.following.types import Outcome, Rhythm

if TYPE_CHECKING:
    from consult.domain.coding.models import Theme
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import Draft, Submission


class Follower(PublicId, Base):
    """An address that follows rounds; deleted with the last of them.

    Attributes:
        address_digest: What a mail's link to decline knows the address by.
        digested_at: Until when a digest has told everything.
    """

    __tablename__ = "follower"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    address_digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    locale: Mapped[str] = mapped_column(String(8))
    rhythm: Mapped[Rhythm] = mapped_column(text_enum(Rhythm))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    digested_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    followings: Mapped[list["Following"]] = relationship(
        back_populates="follower", order_by="Following.id", cascade="all, delete-orphan"
    )

    @property
    def reference(self) -> str:
        """How the audit log and the outbox name this follower."""
        return f"follower:{self.public_id}"


class Following(Base):
    """One round that an address follows, or will once it has confirmed it."""

    __tablename__ = "following"
    __table_args__ = (UniqueConstraint("follower_id", "round_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    follower_id: Mapped[int] = mapped_column(ForeignKey("follower.id", ondelete="CASCADE"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), index=True)
    token_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    follower: Mapped[Follower] = relationship(back_populates="followings")
    round: Mapped["Round"] = relationship()


class AnswerWatch(Base):
    """A sender who wants mail when something happens with an answer that was sent.

    The mail goes to the address on the answer, and nowhere once that is taken out.

    Attributes:
        told_at: Until when everything has been told; the beginning when nothing has been yet.
    """

    __tablename__ = "answer_watch"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(
        ForeignKey("submission.id", ondelete="CASCADE"), unique=True
    )
    told_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)

    submission: Mapped["Submission"] = relationship()


class ThemeOutcome(Base):
    """What comes of what was said on a theme, and why; senders who wrote about it read it.

    Attributes:
        language: What ``text`` is written in.
    """

    __tablename__ = "theme_outcome"

    id: Mapped[int] = mapped_column(primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), unique=True)
    outcome: Mapped[Outcome] = mapped_column(text_enum(Outcome))
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    told_at: Mapped[datetime] = mapped_column(UTCDateTime)
    told_by: Mapped[str] = mapped_column(String(80))

    theme: Mapped["Theme"] = relationship()


class DraftReminder(Base):
    """A reminder that the writer of a draft has got; ``days`` before the deadline."""

    __tablename__ = "draft_reminder"
    __table_args__ = (UniqueConstraint("draft_id", "days"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"))
    days: Mapped[int]
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime)

    draft: Mapped["Draft"] = relationship()
