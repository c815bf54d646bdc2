"""Tables of files: on drafts, and on what was sent."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime, text_enum
from consult.domain.submissions.attached import LONG_DOCUMENT, FileProblem
from consult.domain.submissions.types import AttachmentKind

if TYPE_CHECKING:
    from consult.domain.rounds.models import Question
    from consult.domain.submissions.models import Answer, Draft, Party, SubmissionVersion


class DraftFile(PublicId, Base):
    """A file on a draft, in a part of the store that is emptied when the draft is deleted.

    ``summary`` is what the sender writes of a long document; it is sent as words of the answer.
    """

    __tablename__ = "draft_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"), index=True)
    question_id: Mapped[int | None] = mapped_column(ForeignKey("question.id"), index=True)
    kind: Mapped[AttachmentKind] = mapped_column(text_enum(AttachmentKind))
    filename: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64), index=True)
    pages: Mapped[int | None]
    is_scanned: Mapped[bool] = mapped_column(default=False, server_default=false())
    problem: Mapped[FileProblem | None] = mapped_column(text_enum(FileProblem))
    summary: Mapped[str] = mapped_column(Text, default="", server_default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    draft: Mapped["Draft"] = relationship()
    question: Mapped["Question | None"] = relationship()

    @property
    def wants_summary(self) -> bool:
        """Whether it is so long, or so hard to read, that a summary helps those who asked."""
        return self.is_scanned or (self.pages or 0) >= LONG_DOCUMENT


class Attachment(PublicId, Base):
    """A file that came with a version, kept unchanged under its own hash.

    ``source`` is the body whose words it holds, where they are not the sender's own; ``supplement``
    as in :class:`Answer`. ``problem`` is why nobody can read it; ``attended_at`` is when the staff
    did something about that, or asked the sender about the file.
    """

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("submission_version.id"), index=True)
    kind: Mapped[AttachmentKind] = mapped_column(text_enum(AttachmentKind))
    filename: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    pages: Mapped[int | None]
    digest: Mapped[str] = mapped_column(String(64))
    question_id: Mapped[int | None] = mapped_column(ForeignKey("question.id"), index=True)
    transcript_id: Mapped[int | None] = mapped_column(ForeignKey("answer.id"), unique=True)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"), index=True)
    supplement: Mapped[int | None]
    problem: Mapped[FileProblem | None] = mapped_column(text_enum(FileProblem))
    attended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    attended_by: Mapped[str | None] = mapped_column(String(80))

    version: Mapped["SubmissionVersion"] = relationship(back_populates="attachments")
    question: Mapped["Question | None"] = relationship()
    transcript: Mapped["Answer | None"] = relationship()
    source: Mapped["Party | None"] = relationship()

    @property
    def is_private(self) -> bool:
        """Whether it stands at words that are not published; see :attr:`Answer.is_private`."""
        return self.question_id is not None and any(
            one.is_private for one in self.version.answers if one.holds(self)
        )
