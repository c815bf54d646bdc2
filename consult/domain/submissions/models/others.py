"""Tables of what others say of an answer: members who confirm it, staff who translate it."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime

if TYPE_CHECKING:
    from consult.domain.submissions.models import Answer, Draft


class MemberConfirmation(PublicId, Base):
    """What a member says of a council's answer, opened by a link: agrees, or does not, and why.

    ``digest`` is the fingerprint of the text that stood there at that moment. ``submission_id`` is
    set once the answer has been sent, and outlives the draft.
    """

    __tablename__ = "member_confirmation"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int | None] = mapped_column(
        ForeignKey("draft.id", ondelete="SET NULL"), index=True
    )
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    role: Mapped[str] = mapped_column(String(100))
    name: Mapped[str | None] = mapped_column(String(200))
    agrees: Mapped[bool]
    remark: Mapped[str] = mapped_column(Text, default="")
    digest: Mapped[str] = mapped_column(String(64))
    confirmed_at: Mapped[datetime] = mapped_column(UTCDateTime)

    draft: Mapped["Draft | None"] = relationship()


class AnswerTranslation(Base):
    """A translation of one part of an answer by the owner's staff; the original is what counts."""

    __tablename__ = "answer_translation"
    __table_args__ = (UniqueConstraint("answer_id", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"), index=True)
    language: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
    written_by: Mapped[str] = mapped_column(String(80))
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)

    answer: Mapped["Answer"] = relationship()
