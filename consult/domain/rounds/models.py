"""Tables of rounds. Texts for readers are kept by language: ``{"nb": …, "nn": …, "en": …}``."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime, text_enum
from consult.domain.notifications.types import OwnWords
from consult.domain.rounds.types import (
    SMALL_GROUP,
    AnswerPublishing,
    Condition,
    InvitationReason,
    MailPlace,
    NewsKind,
    Option,
    QuestionKind,
    RoundStatus,
    RoundType,
    Scale,
    WordedQuestion,
)
from consult.kernel.i18n import localised, localised_language

if TYPE_CHECKING:
    from consult.domain.notifications.models import OutboxMessage
    from consult.domain.organisations.models import Organisation


class Round(PublicId, Base):
    """One consultation, owned by one organisation; an internal hearing has a parent round."""

    __tablename__ = "round"
    __table_args__ = (
        Index("ix_round_status_opens_at", "status", "opens_at"),
        Index("ix_round_status_closes_at", "status", "closes_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("round.id"), index=True)
    type: Mapped[RoundType] = mapped_column(text_enum(RoundType))
    status: Mapped[RoundStatus] = mapped_column(text_enum(RoundStatus))
    languages: Mapped[list[str]]
    title: Mapped[dict[str, str]]
    introduction: Mapped[dict[str, str]]
    influence: Mapped[dict[str, str]]
    settled: Mapped[dict[str, str]]
    plain: Mapped[dict[str, str]] = mapped_column(default=dict, server_default="{}")
    case_number: Mapped[str | None] = mapped_column(String(60))
    contact: Mapped[dict[str, str]]
    opens_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closes_at: Mapped[datetime] = mapped_column(UTCDateTime)
    short_deadline_reason: Mapped[str | None] = mapped_column(Text)
    cancel_reason: Mapped[str | None] = mapped_column(Text)
    mail_texts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    last_number: Mapped[int] = mapped_column(default=0)
    answer_publishing: Mapped[AnswerPublishing] = mapped_column(
        text_enum(AnswerPublishing),
        default=AnswerPublishing.NEVER,
        server_default=AnswerPublishing.NEVER.value,
    )
    themes_shown_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    small_groups: Mapped[int] = mapped_column(
        default=SMALL_GROUP.default, server_default=str(SMALL_GROUP.default)
    )
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    owner: Mapped["Organisation"] = relationship()
    parent: Mapped["Round | None"] = relationship(remote_side="Round.id", back_populates="children")
    children: Mapped[list["Round"]] = relationship(back_populates="parent")
    sections: Mapped[list["Section"]] = relationship(
        back_populates="round", order_by="Section.position", cascade="all, delete-orphan"
    )
    proposals: Mapped[list["Proposal"]] = relationship(
        back_populates="round", order_by="Proposal.position", cascade="all, delete-orphan"
    )
    questions: Mapped[list["Question"]] = relationship(
        back_populates="round", order_by="Question.position", cascade="all, delete-orphan"
    )
    invitations: Mapped[list["Invitation"]] = relationship(
        back_populates="round", cascade="all, delete-orphan"
    )
    deadline_changes: Mapped[list["DeadlineChange"]] = relationship(
        back_populates="round", order_by="DeadlineChange.id", cascade="all, delete-orphan"
    )

    @property
    def reference(self) -> str:
        """How the audit log names this round."""
        return f"round:{self.public_id}"

    def words_for(self, place: MailPlace, locale: str) -> OwnWords | None:
        """What its owner adds to a mail, in the language closest to the reader's."""
        texts = self.mail_texts.get(place.value)
        if not texts:
            return None
        return OwnWords(localised(texts, locale), localised_language(texts, locale))


class Section(Base):
    """A section of the paper: heading and Markdown by language; ``plain`` in plain words."""

    __tablename__ = "section"
    __table_args__ = (UniqueConstraint("round_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    title: Mapped[dict[str, str]]
    body: Mapped[dict[str, str]]
    plain: Mapped[dict[str, str]] = mapped_column(default=dict, server_default="{}")

    round: Mapped[Round] = relationship(back_populates="sections")


class Proposal(PublicId, Base):
    """Something proposed in the paper. Its key is stable: answers and reports point at it.

    ``parent`` is the proposal of the round above that an internal hearing passes on.
    """

    __tablename__ = "proposal"
    __table_args__ = (UniqueConstraint("round_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    section_id: Mapped[int | None] = mapped_column(ForeignKey("section.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"), index=True)
    key: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    title: Mapped[dict[str, str]]
    text: Mapped[dict[str, str]]
    wording: Mapped[int] = mapped_column(default=1, server_default="1")
    corrected_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    round: Mapped[Round] = relationship(back_populates="proposals")
    section: Mapped[Section | None] = relationship()
    parent: Mapped["Proposal | None"] = relationship(remote_side="Proposal.id")
    former_wordings: Mapped[list["FormerWording"]] = relationship(
        order_by="FormerWording.number", cascade="all, delete-orphan"
    )


class Question(PublicId, Base):
    """Something asked. Its key is stable.

    ``parent`` is the question of the round above that it passes on, in the same words or others.
    ``wording`` numbers what it says now; what it said before it was corrected is kept.
    ``is_private`` promises that answers to the present wording are not published; ``withheld_at``
    is when the owner decided, after the round, that no answer to it is.
    """

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("round_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    section_id: Mapped[int | None] = mapped_column(ForeignKey("section.id"), index=True)
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("question.id"), index=True)
    key: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    kind: Mapped[QuestionKind] = mapped_column(text_enum(QuestionKind))
    is_required: Mapped[bool] = mapped_column(default=False)
    is_private: Mapped[bool] = mapped_column(default=False, server_default=false())
    withheld_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    audience: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    text: Mapped[dict[str, str]]
    help: Mapped[dict[str, str]]
    option_data: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    scale_data: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    condition_data: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    wording: Mapped[int] = mapped_column(default=1, server_default="1")
    corrected_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    round: Mapped[Round] = relationship(back_populates="questions")
    section: Mapped[Section | None] = relationship()
    proposal: Mapped[Proposal | None] = relationship()
    parent: Mapped["Question | None"] = relationship(remote_side="Question.id")
    former_wordings: Mapped[list["FormerWording"]] = relationship(
        order_by="FormerWording.number", cascade="all, delete-orphan"
    )

    @property
    def options(self) -> tuple[Option, ...]:
        """The choices of a single or multiple choice question."""
        return _options(self.option_data)

    def as_worded(self, wording: int) -> WordedQuestion:
        """The question as one of its wordings put it; the present one where there is no such."""
        for former in self.former_wordings if wording < self.wording else ():
            if former.number == wording:
                return WordedQuestion(
                    self.kind, former.text, _options(former.option_data), self.scale
                )
        return WordedQuestion(self.kind, self.text, self.options, self.scale)

    def keeps_private(self, wording: int) -> bool:
        """Whether answers to one of its wordings are not published.

        A promise holds for what was answered under it; what is promised later covers all.
        """
        if self.is_private or self.withheld_at is not None:
            return True
        former = self.former_wordings if wording < self.wording else ()
        return any(one.is_private for one in former if one.number == wording)

    @property
    def scale(self) -> Scale | None:
        """The scale of a scale question."""
        if self.scale_data is None:
            return None
        data = self.scale_data
        return Scale(data["minimum"], data["maximum"], data["low"], data["high"])

    @property
    def shown_if(self) -> Condition | None:
        """Of whom it is asked; ``None`` means of everybody."""
        if self.condition_data is None:
            return None
        return Condition(self.condition_data["question"], tuple(self.condition_data["values"]))


def _options(data: list[dict[str, Any]]) -> tuple[Option, ...]:
    return tuple(Option(item["key"], item["labels"]) for item in data)


class Invitation(PublicId, Base):
    """A body asked to answer: why, when told, and its own deadline if it got one.

    ``message`` is the latest mail about it, invitation or reminder: what a delivery failed on.
    ``declined_at`` is when the body let it be known that it does not answer.
    """

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("round_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    reason: Mapped[InvitationReason] = mapped_column(text_enum(InvitationReason))
    email: Mapped[str | None] = mapped_column(String(254))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reminded_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_message.id"), index=True)
    deadline_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    deadline_reason: Mapped[str | None] = mapped_column(Text)
    declined_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    round: Mapped[Round] = relationship(back_populates="invitations")
    organisation: Mapped["Organisation"] = relationship()
    message: Mapped["OutboxMessage | None"] = relationship()

    @property
    def reference(self) -> str:
        """How the audit log names this invitation."""
        return f"invitation:{self.public_id}"

    @property
    def address(self) -> str | None:
        """Where the invitation goes: its own address, else the organisation's."""
        return self.email or self.organisation.email


class DeadlineChange(Base):
    """The history of a round's deadline: both dates, why, by whom."""

    __tablename__ = "deadline_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), index=True)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    old_closes_at: Mapped[datetime] = mapped_column(UTCDateTime)
    new_closes_at: Mapped[datetime] = mapped_column(UTCDateTime)
    reason: Mapped[str] = mapped_column(Text)
    changed_by: Mapped[str] = mapped_column(String(80))

    round: Mapped[Round] = relationship(back_populates="deadline_changes")


class FormerWording(Base):
    """What a question or a proposal said until it was corrected, while the round was open.

    Attributes:
        number: Counts a part's wordings from 1; an answer names the one it was written to.
        title: A proposal's short name; empty for a question.
    """

    __tablename__ = "former_wording"
    __table_args__ = (
        UniqueConstraint("question_id", "number"),
        UniqueConstraint("proposal_id", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int | None] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"))
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[dict[str, str]]
    text: Mapped[dict[str, str]]
    option_data: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    is_private: Mapped[bool] = mapped_column(default=False, server_default=false())
    replaced_at: Mapped[datetime] = mapped_column(UTCDateTime)
    replaced_by: Mapped[str] = mapped_column(String(80))


class RoundNews(Base):
    """Something that happened to a round and is told to those it concerns, once.

    ``told_at`` is set in the transaction that writes the mails; until then it waits for the clock.
    """

    __tablename__ = "round_news"
    __table_args__ = (Index("ix_round_news_waiting", "told_at", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), index=True)
    kind: Mapped[NewsKind] = mapped_column(text_enum(NewsKind))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    told_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    round: Mapped[Round] = relationship()
