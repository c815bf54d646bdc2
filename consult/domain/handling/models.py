"""Tables of the work on answers. What a sender has sent stands elsewhere and is never touched."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime, text_enum
from consult.domain.handling.types import BulkKind, Outcome, Reminder

if TYPE_CHECKING:
    from consult.domain.accounts.models import Person
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import Submission


class AnswerTask(Base):
    """Whose an answer is, until when, who works on it now, and whether it is handled.

    There is none until somebody says one of these for the first time.

    Attributes:
        held_by_id, held_at: Who works on it, and when they last did something with it.
        handled_version: The version that was handled; a later one waits again.
        reminded: The last reminder of the deadline that went out.
    """

    __tablename__ = "answer_task"
    __table_args__ = (
        Index("ix_answer_task_round_id_assignee_id", "round_id", "assignee_id"),
        Index("ix_answer_task_due_on", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), unique=True)
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    due_on: Mapped[date | None]
    reminded: Mapped[Reminder | None] = mapped_column(text_enum(Reminder))
    held_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    held_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    handled_version: Mapped[int | None]
    handled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    handled_by: Mapped[str | None] = mapped_column(String(80))

    submission: Mapped["Submission"] = relationship()
    assignee: Mapped["Person | None"] = relationship(foreign_keys=[assignee_id])
    held_by: Mapped["Person | None"] = relationship(foreign_keys=[held_by_id])

    @property
    def is_handled(self) -> bool:
        """Whether somebody has said that nothing more is to be done with it as it stands."""
        return self.handled_version == self.submission.current_version_number


class ReadMark(Base):
    """Somebody of the staff has read an answer, in one of its versions."""

    __tablename__ = "read_mark"
    __table_args__ = (UniqueConstraint("person_id", "submission_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    version_number: Mapped[int]
    read_at: Mapped[datetime] = mapped_column(UTCDateTime)


class SavedFilter(PublicId, Base):
    """A part of a round's queue under a name: one's own, or shared with the team."""

    __tablename__ = "saved_filter"
    __table_args__ = (UniqueConstraint("person_id", "round_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(60))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    is_shared: Mapped[bool] = mapped_column(default=False, server_default=false())
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)

    round: Mapped["Round"] = relationship()
    person: Mapped["Person"] = relationship()


class BulkAction(PublicId, Base):
    """Something that was done with several answers at once, with all it takes to undo it.

    ``data`` holds what was asked for. What became of each answer stands in ``items``.
    """

    __tablename__ = "bulk_action"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    kind: Mapped[BulkKind] = mapped_column(text_enum(BulkKind))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    made_by: Mapped[str] = mapped_column(String(80))
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    undone_by: Mapped[str | None] = mapped_column(String(80))

    round: Mapped["Round"] = relationship()
    items: Mapped[list["BulkItem"]] = relationship(back_populates="action", order_by="BulkItem.id")

    @property
    def reference(self) -> str:
        """How the audit log names this action."""
        return f"bulk:{self.public_id}"


class BulkItem(Base):
    """One answer in an action on many.

    Attributes:
        before, after: What was changed, where it was.
        undone: What became of it when the action was undone.
    """

    __tablename__ = "bulk_item"
    __table_args__ = (UniqueConstraint("action_id", "submission_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("bulk_action.id", ondelete="CASCADE"))
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    outcome: Mapped[Outcome] = mapped_column(text_enum(Outcome))
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    undone: Mapped[Outcome | None] = mapped_column(text_enum(Outcome))

    action: Mapped[BulkAction] = relationship(back_populates="items")
    submission: Mapped["Submission"] = relationship()


class NoteThread(PublicId, Base):
    """What a team says among itself about an answer; no sender and no document ever sees it."""

    __tablename__ = "note_thread"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    resolved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    resolved_by: Mapped[str | None] = mapped_column(String(80))

    submission: Mapped["Submission"] = relationship()
    posts: Mapped[list["NotePost"]] = relationship(
        back_populates="thread", order_by="NotePost.id", cascade="all, delete-orphan"
    )

    @property
    def round(self) -> "Round":
        """The round of the answer; the policy asks."""
        return self.submission.round

    @property
    def is_open(self) -> bool:
        """Whether it waits for somebody."""
        return self.resolved_at is None


class NotePost(PublicId, Base):
    """One note; ``mentions`` are references of the colleagues who were told by mail.

    ``earlier`` is what it said before its author changed it, the oldest first.
    """

    __tablename__ = "note_post"

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(
        ForeignKey("note_thread.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str] = mapped_column(Text)
    mentions: Mapped[list[str]] = mapped_column(default=list)
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)
    written_by: Mapped[str] = mapped_column(String(80))

    thread: Mapped[NoteThread] = relationship(back_populates="posts")
    earlier: Mapped[list["NoteWording"]] = relationship(
        back_populates="post", order_by="NoteWording.id", cascade="all, delete-orphan"
    )

    @property
    def round(self) -> "Round":
        """The round of the answer; the policy asks."""
        return self.thread.round


class NoteWording(Base):
    """What a note said until its author changed it."""

    __tablename__ = "note_wording"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("note_post.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    replaced_at: Mapped[datetime] = mapped_column(UTCDateTime)

    post: Mapped[NotePost] = relationship(back_populates="earlier")
