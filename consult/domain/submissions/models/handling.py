"""Tables of what the owner's staff does with answers: registered, decided, asked to be deleted."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime, text_enum
from consult.domain.submissions.senders import ErasureStatus
from consult.domain.submissions.types import AssistantRole, DecisionKind

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import Submission


class ErasureRequest(PublicId, Base):
    """A sender asks for an answer to be deleted, and what the owner decided."""

    __tablename__ = "erasure_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    message: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[ErasureStatus] = mapped_column(text_enum(ErasureStatus))
    requested_at: Mapped[datetime] = mapped_column(UTCDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by: Mapped[str | None] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(Text, default="")

    submission: Mapped["Submission"] = relationship()

    @property
    def round(self) -> "Round":
        """The round whose owner decides."""
        return self.submission.round

    @property
    def reference(self) -> str:
        """How the audit log names this request."""
        return f"erasure:{self.public_id}"


class Registration(Base):
    """How an answer came by another person's hand; fields as in ``types.Relay``.

    ``read_back_at`` is when the caller confirmed what was written down, ``read_back_by`` who read
    it to them.
    """

    __tablename__ = "registration"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), unique=True)
    posted_on: Mapped[date | None]
    read_back_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    read_back_by: Mapped[str | None] = mapped_column(String(80))
    spoken_language: Mapped[str | None] = mapped_column(String(60))
    with_interpreter: Mapped[bool] = mapped_column(default=False)
    assistant: Mapped[AssistantRole | None] = mapped_column(text_enum(AssistantRole))
    assistance: Mapped[str | None] = mapped_column(String(300))

    submission: Mapped["Submission"] = relationship(back_populates="registration")


class Decision(PublicId, Base):
    """What the owner's staff decided about an answer, with the reason; it can be taken back.

    ``stands_id`` is the answer that stands in place of this one, ``before`` the status to go back
    to. What is decided shows in the answer's ``status`` and ``deadline_status``.
    """

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    stands_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    kind: Mapped[DecisionKind] = mapped_column(text_enum(DecisionKind))
    before: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(String(500))
    decided_at: Mapped[datetime] = mapped_column(UTCDateTime)
    decided_by: Mapped[str] = mapped_column(String(80))
    taken_back_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    taken_back_by: Mapped[str | None] = mapped_column(String(80))

    submission: Mapped["Submission"] = relationship(foreign_keys=[submission_id])
    stands: Mapped["Submission | None"] = relationship(foreign_keys=[stands_id])

    @property
    def round(self) -> "Round":
        """The round of the answer it is about."""
        return self.submission.round
