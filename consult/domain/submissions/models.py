"""Tables of drafts and answers. Drafts stand apart, so that no list of answers can show one."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime, text_enum
from consult.domain.organisations.types import ActorType
from consult.domain.submissions.types import (
    AttachmentKind,
    Capacity,
    Channel,
    DeadlineStatus,
    ErasureStatus,
    IdentityLevel,
    Publication,
    Stance,
    SubmissionStatus,
    WrittenAnswer,
)

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation
    from consult.domain.rounds.models import Proposal, Question, Round


class PersonalAccess(PublicId):
    """What lets a sender in without an account. Only digests of the secrets are kept.

    ``access_digest`` is of the link that the browser shows, ``mail_digest`` of the one that was
    mailed: whoever opens that one reads the mailbox. ``code_digest`` is of the printed code.
    ``access_epoch`` counts how often everything that was handed out has been turned off.
    """

    access_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    mail_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    code_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    access_epoch: Mapped[int] = mapped_column(default=0, server_default="0")

    @property
    def access_key(self) -> str:
        """What a browser remembers that may open it; another after each turning off."""
        return f"{self.public_id}.{self.access_epoch}" if self.access_epoch else self.public_id


class Draft(PersonalAccess, Base):
    """An answer being written; seen by its writers only, never by the round's owner.

    ``submission_id`` is what became of it; ``amends_id`` the answer that it is to be a new version
    of.
    """

    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    amends_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    name: Mapped[str] = mapped_column(String(250))
    actor_type: Mapped[ActorType] = mapped_column(text_enum(ActorType))
    contact_name: Mapped[str | None] = mapped_column(String(200))
    contact_email: Mapped[str | None] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(8))
    publication: Mapped[Publication | None] = mapped_column(text_enum(Publication))
    discussed_on: Mapped[date | None]
    locale: Mapped[str | None] = mapped_column(String(8))
    email_confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)

    round: Mapped["Round"] = relationship()
    organisation: Mapped["Organisation | None"] = relationship()
    submission: Mapped["Submission | None"] = relationship(foreign_keys=[submission_id])
    amends: Mapped["Submission | None"] = relationship(foreign_keys=[amends_id])
    answers: Mapped[list["DraftAnswer"]] = relationship(
        back_populates="draft", cascade="all, delete-orphan"
    )

    @property
    def reference(self) -> str:
        """How the audit log names this draft."""
        return f"draft:{self.public_id}"


class DraftAnswer(Base):
    """What is written so far to one question.

    ``revision`` tells two writers apart. ``window`` names the open page whose autosave came last:
    a page whose save arrived while its answer was lost on the way is not another writer.
    """

    __tablename__ = "draft_answer"
    __table_args__ = (UniqueConstraint("draft_id", "question_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    text: Mapped[str] = mapped_column(Text, default="")
    stance: Mapped[Stance | None] = mapped_column(text_enum(Stance))
    choices: Mapped[list[str]] = mapped_column(default=list)
    scale_value: Mapped[int | None]
    no_comments: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int] = mapped_column(default=1)
    window: Mapped[str | None] = mapped_column(String(24))
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_by: Mapped[str] = mapped_column(String(80))

    draft: Mapped[Draft] = relationship(back_populates="answers")
    question: Mapped["Question"] = relationship()

    @property
    def written(self) -> WrittenAnswer:
        """What it says, as a value."""
        return WrittenAnswer(
            self.text, self.stance, tuple(self.choices), self.scale_value, self.no_comments
        )


class Submission(PersonalAccess, Base):
    """An answer that was received. What it says stands in its versions, which never change."""

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("round_id", "number"),
        Index("ix_submission_round_id_actor_type", "round_id", "actor_type"),
        Index("ix_submission_round_id_received_at", "round_id", "received_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    receipt_number: Mapped[str] = mapped_column(String(30), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(250))
    actor_type: Mapped[ActorType] = mapped_column(text_enum(ActorType))
    contact_name: Mapped[str | None] = mapped_column(String(200))
    contact_email: Mapped[str | None] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(8))
    channel: Mapped[Channel] = mapped_column(text_enum(Channel))
    publication: Mapped[Publication] = mapped_column(text_enum(Publication))
    has_comments: Mapped[bool]
    status: Mapped[SubmissionStatus] = mapped_column(text_enum(SubmissionStatus))
    deadline_status: Mapped[DeadlineStatus] = mapped_column(text_enum(DeadlineStatus))
    received_at: Mapped[datetime] = mapped_column(UTCDateTime)
    stored_at: Mapped[datetime] = mapped_column(UTCDateTime)
    document_date: Mapped[date | None]
    discussed_on: Mapped[date | None]
    their_ref: Mapped[str | None] = mapped_column(String(100))
    registered_by: Mapped[str | None] = mapped_column(String(80))
    identity: Mapped[IdentityLevel | None] = mapped_column(text_enum(IdentityLevel))
    locale: Mapped[str | None] = mapped_column(String(8))
    current_version_number: Mapped[int] = mapped_column(default=1)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    round: Mapped["Round"] = relationship()
    organisation: Mapped["Organisation | None"] = relationship()
    versions: Mapped[list["SubmissionVersion"]] = relationship(
        back_populates="submission", order_by="SubmissionVersion.number"
    )

    @property
    def reference(self) -> str:
        """How the audit log names this answer."""
        return f"submission:{self.public_id}"

    @property
    def sent_by(self) -> str | None:
        """Reference of the person or visitor who sent it themselves; nobody when registered."""
        return None if self.registered_by is not None else self.versions[0].created_by

    @property
    def current_version(self) -> "SubmissionVersion":
        """The version that counts now."""
        return next(v for v in self.versions if v.number == self.current_version_number)


class SubmissionVersion(Base):
    """What was sent, once and for all: its text is what passages are anchored in.

    ``received_at`` is when it arrived; the first version has its answer's.
    """

    __tablename__ = "submission_version"
    __table_args__ = (UniqueConstraint("submission_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    created_by: Mapped[str] = mapped_column(String(80))

    submission: Mapped[Submission] = relationship(back_populates="versions")
    answers: Mapped[list["Answer"]] = relationship(
        back_populates="version", order_by="Answer.position"
    )
    parties: Mapped[list["Party"]] = relationship(
        back_populates="version", order_by="Party.position"
    )
    attachments: Mapped[list["Attachment"]] = relationship(
        back_populates="version", order_by="Attachment.id"
    )


class Answer(Base):
    """The part of a version that answers one question, comments one proposal, or is general.

    ``start`` and ``end`` are offsets in characters into the version's text.
    """

    __tablename__ = "answer"
    __table_args__ = (
        Index("ix_answer_question_id", "question_id"),
        Index("ix_answer_proposal_id", "proposal_id"),
        UniqueConstraint("version_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("submission_version.id"))
    question_id: Mapped[int | None] = mapped_column(ForeignKey("question.id"))
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"))
    position: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]
    stance: Mapped[Stance | None] = mapped_column(text_enum(Stance))
    modifiers: Mapped[list[str]] = mapped_column(default=list)
    choices: Mapped[list[str]] = mapped_column(default=list)
    scale_value: Mapped[int | None]
    no_comments: Mapped[bool] = mapped_column(default=False)
    source_heading: Mapped[str | None] = mapped_column(String(500))

    version: Mapped[SubmissionVersion] = relationship(back_populates="answers")
    question: Mapped["Question | None"] = relationship()
    proposal: Mapped["Proposal | None"] = relationship()

    @property
    def text(self) -> str:
        """The answer's own words."""
        return self.version.text[self.start : self.end]


class Party(Base):
    """Somebody who stands on a version: signatory with title, co-sender, and so on."""

    __tablename__ = "party"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("submission_version.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    capacity: Mapped[Capacity] = mapped_column(text_enum(Capacity))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    title: Mapped[str | None] = mapped_column(String(200))

    version: Mapped[SubmissionVersion] = relationship(back_populates="parties")


class Attachment(PublicId, Base):
    """A file that came with a version, kept unchanged under its own hash."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("submission_version.id"), index=True)
    kind: Mapped[AttachmentKind] = mapped_column(text_enum(AttachmentKind))
    filename: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    pages: Mapped[int | None]
    digest: Mapped[str] = mapped_column(String(64))

    version: Mapped[SubmissionVersion] = relationship(back_populates="attachments")


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

    submission: Mapped[Submission] = relationship()

    @property
    def round(self) -> "Round":
        """The round whose owner decides."""
        return self.submission.round

    @property
    def reference(self) -> str:
        """How the audit log names this request."""
        return f"erasure:{self.public_id}"
