"""Comments in threads, beside the text."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime

if TYPE_CHECKING:
    from consult.domain.coding.models import Passage
    from consult.domain.composing.models.writing import Part
    from consult.domain.organisations.models import Organisation


class CommentThread(PublicId, Base):
    """A discussion at a part, at words quoted from it, or at a passage beside it."""

    __tablename__ = "comment_thread"

    id: Mapped[int] = mapped_column(primary_key=True)
    part_id: Mapped[int] = mapped_column(
        ForeignKey("composition_part.id", ondelete="CASCADE"), index=True
    )
    passage_id: Mapped[int | None] = mapped_column(ForeignKey("passage.id"), index=True)
    quote: Mapped[str] = mapped_column(Text, default="")
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    resolved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    resolved_by: Mapped[str | None] = mapped_column(String(80))

    part: Mapped["Part"] = relationship()
    passage: Mapped["Passage | None"] = relationship()
    posts: Mapped[list["CommentPost"]] = relationship(
        back_populates="thread", order_by="CommentPost.id", cascade="all, delete-orphan"
    )

    @property
    def reference(self) -> str:
        """How the audit log names this thread."""
        return f"comment_thread:{self.public_id}"

    @property
    def organisation(self) -> "Organisation":
        """Whose it is; the policy asks."""
        return self.part.composition.organisation

    @property
    def is_open(self) -> bool:
        """Whether it waits for somebody."""
        return self.resolved_at is None


class CommentPost(PublicId, Base):
    """One comment.

    Attributes:
        mentions: References of the persons who were told by mail.
        earlier: What it said before it was changed, the oldest first.
        author: Whom a Word file names; the comment was taken in by ``written_by``. Of a reader
            outside the name that the link was made for.
        is_by_link: It was written by a reader outside (:class:`ReaderLink`).
    """

    __tablename__ = "comment_post"

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(
        ForeignKey("comment_thread.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str] = mapped_column(Text)
    mentions: Mapped[list[str]] = mapped_column(default=list)
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)
    written_by: Mapped[str] = mapped_column(String(80))
    changed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    earlier: Mapped[list[str]] = mapped_column(default=list)
    author: Mapped[str | None] = mapped_column(String(200))
    is_by_link: Mapped[bool] = mapped_column(default=False, server_default=false())

    thread: Mapped[CommentThread] = relationship(back_populates="posts")
