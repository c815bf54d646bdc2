"""Tables of drafts and answers. Drafts stand apart, so that no list of answers can show one."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime, text_enum
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.types import ROUND_RULES
from consult.domain.submissions.additions import VersionKind
from consult.domain.submissions.mandates import Exposure, PoliticalStep, case_of
from consult.domain.submissions.models.access import PersonalAccess, PersonalLink
from consult.domain.submissions.models.endorsing import Endorsement
from consult.domain.submissions.models.files import Attachment, DraftFile
from consult.domain.submissions.models.handling import Decision, ErasureRequest, Registration
from consult.domain.submissions.models.letters import SenderLetter, SenderLetterCopy
from consult.domain.submissions.models.others import AnswerTranslation, MemberConfirmation
from consult.domain.submissions.models.parties import Party
from consult.domain.submissions.senders import IdentityLevel, SenderCheck
from consult.domain.submissions.types import (
    Channel,
    DeadlineStatus,
    Participants,
    Publication,
    Stance,
    SubmissionStatus,
    Voice,
    WrittenAnswer,
)

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation
    from consult.domain.rounds.models import Proposal, Question, Round, Section

__all__ = [
    "Answer",
    "AnswerTranslation",
    "Attachment",
    "Decision",
    "Draft",
    "DraftAnswer",
    "DraftComment",
    "DraftFile",
    "DraftRemark",
    "Endorsement",
    "ErasureRequest",
    "MemberConfirmation",
    "Party",
    "PersonalAccess",
    "PersonalLink",
    "Registration",
    "SenderLetter",
    "SenderLetterCopy",
    "Submission",
    "SubmissionVersion",
]


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
    took_part: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, server_default="[]")
    mandate: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    exposure: Mapped[Exposure | None] = mapped_column(text_enum(Exposure))
    claimed_organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id"), index=True
    )
    organisation_number: Mapped[str | None] = mapped_column(String(9))
    written_by: Mapped[str | None] = mapped_column(String(250))
    confirm_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)

    round: Mapped["Round"] = relationship()
    organisation: Mapped["Organisation | None"] = relationship(foreign_keys=[organisation_id])
    claimed_organisation: Mapped["Organisation | None"] = relationship(
        foreign_keys=[claimed_organisation_id]
    )
    submission: Mapped["Submission | None"] = relationship(foreign_keys=[submission_id])
    amends: Mapped["Submission | None"] = relationship(foreign_keys=[amends_id])
    answers: Mapped[list["DraftAnswer"]] = relationship(
        back_populates="draft", cascade="all, delete-orphan"
    )

    @property
    def reference(self) -> str:
        """How the audit log names this draft."""
        return f"draft:{self.public_id}"

    @property
    def is_internal(self) -> bool:
        """Whether it answers a round that is only for those asked."""
        return not ROUND_RULES[self.round.type].is_open_to_all

    @property
    def participants(self) -> tuple[Participants, ...]:
        """Who took part in the council's meeting."""
        return tuple(Participants(item["role"], item["count"]) for item in self.took_part)


class DraftAnswer(Base):
    """What is written so far to one question.

    ``wording`` is the question's wording that its writer saw last. ``revision`` tells two writers
    apart. ``window`` names the open page whose autosave came last: a page whose save arrived while
    its answer was lost on the way is not another writer.
    ``kept_notices`` are digests of what the writer was asked about and wants to keep.
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
    wording: Mapped[int] = mapped_column(default=1, server_default="1")
    kept_notices: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
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


class DraftRemark(PublicId, Base):
    """What a minority says, to a question or the whole; ``client_id`` as in comments."""

    __tablename__ = "draft_remark"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"), index=True)
    question_id: Mapped[int | None] = mapped_column(ForeignKey("question.id"), index=True)
    label: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    client_id: Mapped[str | None] = mapped_column(String(40))
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)

    draft: Mapped[Draft] = relationship()
    question: Mapped["Question | None"] = relationship()


class DraftComment(PublicId, Base):
    """What is said of a section of the paper, or of the words quoted from it.

    ``revision`` tells two writers apart: whoever comes second adds a comment of their own.
    ``client_id`` is an id that the writer's browser made: what comes twice is stored once.
    """

    __tablename__ = "draft_comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"), index=True)
    section_id: Mapped[int] = mapped_column(ForeignKey("section.id"), index=True)
    quote: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(default=1)
    client_id: Mapped[str | None] = mapped_column(String(40))
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)

    draft: Mapped[Draft] = relationship()
    section: Mapped["Section"] = relationship()


class Submission(PersonalAccess, Base):
    """An answer that was received. What it says stands in its versions, which never change.

    ``came_with_id`` is the answer that it lay beside when it came: a council's or a branch's own
    statement, which whoever is above sent along. It is an answer of its own all the same.
    """

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
    took_part: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, server_default="[]")
    mandate: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    exposure: Mapped[Exposure | None] = mapped_column(text_enum(Exposure))
    claimed_organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id"), index=True
    )
    organisation_number: Mapped[str | None] = mapped_column(String(9))
    written_by: Mapped[str | None] = mapped_column(String(250))
    sender_check: Mapped[SenderCheck | None] = mapped_column(text_enum(SenderCheck))
    their_ref: Mapped[str | None] = mapped_column(String(100))
    registered_by: Mapped[str | None] = mapped_column(String(80))
    identity: Mapped[IdentityLevel | None] = mapped_column(text_enum(IdentityLevel))
    locale: Mapped[str | None] = mapped_column(String(8))
    current_version_number: Mapped[int] = mapped_column(default=1)
    came_with_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    round: Mapped["Round"] = relationship()
    organisation: Mapped["Organisation | None"] = relationship(foreign_keys=[organisation_id])
    claimed_organisation: Mapped["Organisation | None"] = relationship(
        foreign_keys=[claimed_organisation_id]
    )
    came_with: Mapped["Submission | None"] = relationship(remote_side="Submission.id")
    versions: Mapped[list["SubmissionVersion"]] = relationship(
        back_populates="submission", order_by="SubmissionVersion.number"
    )
    registration: Mapped[Registration | None] = relationship(back_populates="submission")

    @property
    def reference(self) -> str:
        """How the audit log names this answer."""
        return f"submission:{self.public_id}"

    @property
    def is_internal(self) -> bool:
        """Whether it answers a round that is only for those asked."""
        return not ROUND_RULES[self.round.type].is_open_to_all

    @property
    def participants(self) -> tuple[Participants, ...]:
        """Who took part in the council's meeting."""
        return tuple(Participants(item["role"], item["count"]) for item in self.took_part)

    @property
    def was_sent_along(self) -> bool:
        """Whether another body sent it with an answer of its own; the owner registered nothing."""
        return self.came_with_id is not None and self.registered_by is None

    @property
    def sent_by(self) -> str | None:
        """Reference of the person or visitor who sent it themselves; nobody when registered."""
        return None if self.registered_by is not None else self.versions[0].created_by

    @property
    def counts(self) -> bool:
        """Whether it is counted, looked through and published: it stands and is not too late."""
        return (
            self.status is SubmissionStatus.RECEIVED
            and self.deadline_status is not DeadlineStatus.LATE_EXCLUDED
        )

    @property
    def current_version(self) -> "SubmissionVersion":
        """The version that counts now."""
        return next(v for v in self.versions if v.number == self.current_version_number)


class SubmissionVersion(Base):
    """What was sent, once and for all: its text is what passages are anchored in.

    ``received_at`` is when it arrived; the first version has its answer's. ``is_provisional``: sent
    with reservation until a political body has met; ``case_steps`` is the way through such bodies.
    A supplement repeats all of the version before and adds to it.
    """

    __tablename__ = "submission_version"
    __table_args__ = (UniqueConstraint("submission_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    number: Mapped[int]
    kind: Mapped[VersionKind] = mapped_column(
        text_enum(VersionKind), default=VersionKind.WHOLE, server_default=VersionKind.WHOLE.value
    )
    text: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    created_by: Mapped[str] = mapped_column(String(80))
    is_provisional: Mapped[bool] = mapped_column(default=False, server_default=false())
    case_steps: Mapped[list[dict[str, Any]]] = mapped_column(
        JSON, default=list, server_default="[]"
    )

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

    @property
    def political_steps(self) -> tuple[PoliticalStep, ...]:
        """The way of the answer through political bodies."""
        return case_of(self.case_steps)

    @property
    def full_text(self) -> str:
        """What was sent, and behind it what the staff has added: all offsets count in this."""
        added = [answer for answer in self.answers if answer.added_text is not None]
        text = self.text
        for answer in sorted(added, key=lambda answer: answer.start):
            text = text.ljust(answer.start, "\n") + (answer.added_text or "")
        return text


class Answer(Base):
    """The part of a version that answers a question, comments on a proposal or section, or neither.

    ``quote`` holds the words of the paper that a comment on a section is about.

    ``start`` and ``end`` are offsets in characters into the version's text. A transcript, which the
    owner's staff adds later, has its words in ``added_text`` and its offsets beyond the end of that
    text: what was sent, and its fingerprint, never change. ``wording`` is that of the question, or
    else of the proposal, that it was written to. ``supplement`` is the number of the version that
    it came with as a supplement, in that version and in later ones.
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
    section_id: Mapped[int | None] = mapped_column(ForeignKey("section.id"), index=True)
    quote: Mapped[str | None] = mapped_column(Text)
    position: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]
    stance: Mapped[Stance | None] = mapped_column(text_enum(Stance))
    modifiers: Mapped[list[str]] = mapped_column(default=list)
    choices: Mapped[list[str]] = mapped_column(default=list)
    scale_value: Mapped[int | None]
    no_comments: Mapped[bool] = mapped_column(default=False)
    source_heading: Mapped[str | None] = mapped_column(String(500))
    voice: Mapped[Voice] = mapped_column(
        text_enum(Voice), default=Voice.SENDER, server_default=Voice.SENDER.value
    )
    voice_label: Mapped[str | None] = mapped_column(String(200))
    added_text: Mapped[str | None] = mapped_column(Text)
    wording: Mapped[int] = mapped_column(default=1, server_default="1")
    supplement: Mapped[int | None]

    version: Mapped[SubmissionVersion] = relationship(back_populates="answers")
    question: Mapped["Question | None"] = relationship()
    proposal: Mapped["Proposal | None"] = relationship()
    section: Mapped["Section | None"] = relationship()

    @property
    def is_private(self) -> bool:
        """Whether it was given to a question that promises not to publish what is answered."""
        return self.question is not None and self.question.keeps_private(self.wording)

    @property
    def takes_files(self) -> bool:
        """Whether files stand at it: at the sender's words to a question, or the first on all.

        A supplement has words and files of its own.
        """
        if self.question_id is not None:
            return self.voice is Voice.SENDER
        on_all = (one for one in self.version.answers if one._is_on_the_whole)
        return self is next((one for one in on_all if one.supplement == self.supplement), None)

    @property
    def _is_on_the_whole(self) -> bool:
        """Whether it is the sender's own words about no question, proposal or section."""
        about = (self.question_id, self.proposal_id, self.section_id)
        return self.voice is Voice.SENDER and about == (None, None, None)

    def holds(self, file: "Attachment") -> bool:
        """Whether a file stands at this part: at the same question, and of the same supplement."""
        is_here = file.question_id == self.question_id and file.supplement == self.supplement
        return self.takes_files and is_here

    @property
    def text(self) -> str:
        """The answer's own words."""
        if self.added_text is not None:
            return self.added_text
        return self.version.text[self.start : self.end]
