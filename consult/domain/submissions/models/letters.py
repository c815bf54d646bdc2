"""Tables of letters to those who answered."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime, text_enum
from consult.domain.submissions.letters import LetterKind

if TYPE_CHECKING:
    from consult.domain.notifications.models import OutboxMessage
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import Submission


class SenderLetter(PublicId, Base):
    """A letter about answers; ``recipient`` is the body that one was sent on to."""

    __tablename__ = "sender_letter"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), index=True)
    kind: Mapped[LetterKind] = mapped_column(text_enum(LetterKind))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    recipient: Mapped[str | None] = mapped_column(String(250))
    created_by: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    round: Mapped["Round"] = relationship()
    copies: Mapped[list["SenderLetterCopy"]] = relationship(
        back_populates="letter", order_by="SenderLetterCopy.id", cascade="all, delete-orphan"
    )

    @property
    def reference(self) -> str:
        """How the audit log names this letter."""
        return f"letter:{self.public_id}"


class SenderLetterCopy(PublicId, Base):
    """A letter as it stands with one answer, and what came back.

    ``message`` is missing once the mail is deleted, as when a sender's deletion is granted.
    """

    __tablename__ = "sender_letter_copy"

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(
        ForeignKey("sender_letter.id", ondelete="CASCADE"), index=True
    )
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    message_id: Mapped[int | None] = mapped_column(
        ForeignKey("outbox_message.id", ondelete="SET NULL"), index=True
    )
    reply: Mapped[str | None] = mapped_column(Text)
    replied_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    noted_by: Mapped[str | None] = mapped_column(String(80))

    letter: Mapped[SenderLetter] = relationship(back_populates="copies")
    submission: Mapped["Submission"] = relationship()
    message: Mapped["OutboxMessage | None"] = relationship()

    @property
    def round(self) -> "Round":
        """The round whose owner wrote it."""
        return self.letter.round
