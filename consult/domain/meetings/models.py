"""Tables of meetings. Participants are numbers by kind; nobody who took part is named."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime, text_enum
from consult.domain.meetings.rules import is_link_live
from consult.domain.meetings.types import Area, MeetingKind, MeetingState, Wording
from consult.domain.organisations.types import ActorType

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation
    from consult.domain.rounds.models import Question, Round
    from consult.domain.submissions.models import Submission


class Meeting(PublicId, Base):
    """A meeting about a round.

    When its notes are approved they become the text of one ``Submission`` of status ``minutes``,
    which can be coded like any other and is counted as nobody's answer.
    """

    __tablename__ = "meeting"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), unique=True)
    kind: Mapped[MeetingKind] = mapped_column(text_enum(MeetingKind))
    state: Mapped[MeetingState] = mapped_column(text_enum(MeetingState))
    title: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(200))
    organiser: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(8))
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    validated_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    validated_by: Mapped[str | None] = mapped_column(String(80))

    round: Mapped["Round"] = relationship()
    submission: Mapped["Submission | None"] = relationship()
    groups: Mapped[list["MeetingGroup"]] = relationship(
        back_populates="meeting", order_by="MeetingGroup.number"
    )
    prompts: Mapped[list["MeetingPrompt"]] = relationship(
        back_populates="meeting", order_by="MeetingPrompt.number"
    )
    participants: Mapped[list["MeetingParticipants"]] = relationship(
        back_populates="meeting", order_by="MeetingParticipants.id", cascade="all, delete-orphan"
    )
    organisations: Mapped[list["MeetingOrganisation"]] = relationship(
        back_populates="meeting", order_by="MeetingOrganisation.id", cascade="all, delete-orphan"
    )
    pictures: Mapped[list["MeetingPicture"]] = relationship(
        back_populates="meeting", order_by="MeetingPicture.id"
    )

    @property
    def reference(self) -> str:
        """How the audit log names this meeting."""
        return f"meeting:{self.public_id}"


class MeetingPrompt(Base):
    """What the groups talked about: a question of the round, or words of the meeting's own."""

    __tablename__ = "meeting_prompt"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    question_id: Mapped[int | None] = mapped_column(ForeignKey("question.id"), index=True)
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text, default="")

    meeting: Mapped[Meeting] = relationship(back_populates="prompts")
    question: Mapped["Question | None"] = relationship()


class MeetingGroup(PublicId, Base):
    """A table: its host writes by a link of its own, and the group approves what stands there."""

    __tablename__ = "meeting_group"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    number: Mapped[int]
    host: Mapped[str] = mapped_column(String(200), default="")
    link_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    link_revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    approved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    approved_by: Mapped[str | None] = mapped_column(String(80))

    meeting: Mapped[Meeting] = relationship(back_populates="groups")
    notes: Mapped[list["MeetingNote"]] = relationship(
        back_populates="group", order_by=lambda: (MeetingNote.written_at, MeetingNote.id)
    )

    @property
    def round(self) -> "Round":
        """The round it belongs to."""
        return self.meeting.round

    @property
    def reference(self) -> str:
        """How the audit log names this group; also how it names the host who writes by its link."""
        return f"meeting_group:{self.public_id}"

    @property
    def access_key(self) -> str:
        """What a browser keeps once the link was opened there; another link makes another key."""
        return f"{self.public_id}.{(self.link_digest or '')[:12]}"

    def is_link_live(self, now: datetime) -> bool:
        """Whether the host may write by the link at this moment."""
        return is_link_live(
            digest=self.link_digest,
            revoked_at=self.link_revoked_at,
            ends_at=self.meeting.ends_at,
            now=now,
        )


class MeetingNote(PublicId, Base):
    """One remark. ``written_at`` is the phone's time, ``received_at`` ours.

    ``post_key`` tells a post that comes again (:func:`consult.domain.meetings.rules.post_key`).
    """

    __tablename__ = "meeting_note"
    __table_args__ = (
        UniqueConstraint("group_id", "post_key"),
        Index("ix_meeting_note_group_id_written_at", "group_id", "written_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("meeting_group.id"))
    prompt_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_prompt.id"), index=True)
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("answer.id"), unique=True)
    post_key: Mapped[str] = mapped_column(String(80))
    wording: Mapped[Wording] = mapped_column(text_enum(Wording))
    body: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)
    received_at: Mapped[datetime] = mapped_column(UTCDateTime)
    written_by: Mapped[str] = mapped_column(String(80))
    struck_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    struck_by: Mapped[str | None] = mapped_column(String(80))

    group: Mapped[MeetingGroup] = relationship(back_populates="notes")
    prompt: Mapped[MeetingPrompt | None] = relationship()

    @property
    def round(self) -> "Round":
        """The round it belongs to."""
        return self.group.meeting.round

    @property
    def reference(self) -> str:
        """How the audit log names this note."""
        return f"meeting_note:{self.public_id}"


class RemovedNote(Base):
    """That a note was taken out before approval: its post, come once more, brings it not back."""

    __tablename__ = "meeting_removed_note"
    __table_args__ = (UniqueConstraint("group_id", "post_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("meeting_group.id"))
    post_key: Mapped[str] = mapped_column(String(80))


class MeetingParticipants(Base):
    """How many of one kind took part."""

    __tablename__ = "meeting_participants"
    __table_args__ = (UniqueConstraint("meeting_id", "actor_type"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    actor_type: Mapped[ActorType] = mapped_column(text_enum(ActorType))
    number: Mapped[int]

    meeting: Mapped[Meeting] = relationship(back_populates="participants")


class MeetingOrganisation(Base):
    """A registered organisation that took part, so that its written answer can be linked."""

    __tablename__ = "meeting_organisation"
    __table_args__ = (UniqueConstraint("meeting_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)

    meeting: Mapped[Meeting] = relationship(back_populates="organisations")
    organisation: Mapped["Organisation"] = relationship()


class MeetingPicture(PublicId, Base):
    """A photo of a flip chart. The original is for the desk; what is published is another file.

    Attributes:
        digest: The original, kept unchanged.
        cleaned_digest: The picture without its hidden data, with ``area_data`` blurred.
    """

    __tablename__ = "meeting_picture"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    filename: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    cleaned_digest: Mapped[str | None] = mapped_column(String(64))
    area_data: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    text: Mapped[str] = mapped_column(Text, default="")
    uploaded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    uploaded_by: Mapped[str] = mapped_column(String(80))
    reviewed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reviewed_by: Mapped[str | None] = mapped_column(String(80))
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    meeting: Mapped[Meeting] = relationship(back_populates="pictures")

    @property
    def round(self) -> "Round":
        """The round it belongs to."""
        return self.meeting.round

    @property
    def areas(self) -> tuple[Area, ...]:
        """The rectangles that are blurred."""
        return tuple(Area(**item) for item in self.area_data)
