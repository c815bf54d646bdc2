"""Tables of review and floods. No words of an answer are kept here, only where they stand."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime, text_enum
from consult.domain.disclosure.types import (
    BurstKind,
    BurstState,
    FindingDecision,
    LegalBasis,
    RefusalReason,
    ReviewState,
    Span,
)
from consult.kernel.text.sensitive import Sensitive

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import Attachment, Submission, SubmissionVersion


class AnswerReview(Base):
    """Whether a version of an answer may be seen by others; every version has one of its own.

    ``told_at`` is when its sender was last told that words are left out.
    """

    __tablename__ = "answer_review"
    __table_args__ = (Index("ix_answer_review_round_id_state", "round_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("submission_version.id"), unique=True)
    state: Mapped[ReviewState] = mapped_column(text_enum(ReviewState))
    reason: Mapped[RefusalReason | None] = mapped_column(text_enum(RefusalReason))
    explanation: Mapped[str | None] = mapped_column(Text)
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by: Mapped[str | None] = mapped_column(String(80))
    told_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    round: Mapped["Round"] = relationship()
    submission: Mapped["Submission"] = relationship()
    version: Mapped["SubmissionVersion"] = relationship()
    findings: Mapped[list["ReviewFinding"]] = relationship(
        back_populates="review", order_by="ReviewFinding.start", cascade="all, delete-orphan"
    )
    redactions: Mapped[list["Redaction"]] = relationship(
        back_populates="review", order_by="Redaction.start", cascade="all, delete-orphan"
    )

    published_files: Mapped[list["PublishedFile"]] = relationship(
        back_populates="review", cascade="all, delete-orphan"
    )
    held_files: Mapped[list["HeldFile"]] = relationship(
        back_populates="review", cascade="all, delete-orphan"
    )

    @property
    def open_findings(self) -> list["ReviewFinding"]:
        """What nobody has decided on yet."""
        return [finding for finding in self.findings if finding.decision is None]

    @property
    def spans(self) -> list[Span]:
        """What is taken out of the published variant: by law, or as a question promises."""
        private = [
            Span(one.start, one.end, LegalBasis.PRIVATE_QUESTION)
            for one in self.version.answers
            if one.is_private
        ]
        return [*(Span(one.start, one.end, one.basis) for one in self.redactions), *private]

    @property
    def open_files(self) -> "list[PublishedFile]":
        """The published files that do not stand at words which are private meanwhile."""
        return [one for one in self.published_files if not one.attachment.is_private]


class ReviewFinding(PublicId, Base):
    """Something in a version's text that a person has to look at before others may see it."""

    __tablename__ = "review_finding"
    __table_args__ = (UniqueConstraint("review_id", "start", "end"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("answer_review.id", ondelete="CASCADE"))
    kind: Mapped[Sensitive] = mapped_column(text_enum(Sensitive))
    start: Mapped[int]
    end: Mapped[int]
    decision: Mapped[FindingDecision | None] = mapped_column(text_enum(FindingDecision))

    review: Mapped[AnswerReview] = relationship(back_populates="findings")


class Redaction(PublicId, Base):
    """Words that are left out of the published variant, and by which law. The original stays."""

    __tablename__ = "redaction"

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(
        ForeignKey("answer_review.id", ondelete="CASCADE"), index=True
    )
    start: Mapped[int]
    end: Mapped[int]
    basis: Mapped[LegalBasis] = mapped_column(text_enum(LegalBasis))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    made_by: Mapped[str] = mapped_column(String(80))

    review: Mapped[AnswerReview] = relationship(back_populates="redactions")


class PublishedFile(Base):
    """A file that came with an answer and that somebody has looked at and let everybody have.

    It stands on the web as long as its answer does. Where somebody has put a redacted edition in
    its place, ``redacted_…`` describe that one, and nobody outside gets the file itself.
    """

    __tablename__ = "published_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(
        ForeignKey("answer_review.id", ondelete="CASCADE"), index=True
    )
    attachment_id: Mapped[int] = mapped_column(
        ForeignKey("attachment.id", ondelete="CASCADE"), unique=True
    )
    published_at: Mapped[datetime] = mapped_column(UTCDateTime)
    published_by: Mapped[str] = mapped_column(String(80))
    redacted_digest: Mapped[str | None] = mapped_column(String(64))
    redacted_name: Mapped[str | None] = mapped_column(String(255))
    redacted_type: Mapped[str | None] = mapped_column(String(120))
    redacted_size: Mapped[int | None]

    review: Mapped[AnswerReview] = relationship(back_populates="published_files")
    attachment: Mapped["Attachment"] = relationship()

    @property
    def digest(self) -> str:
        """Under which hash the file lies that others get."""
        return self.redacted_digest or self.attachment.digest

    @property
    def media_type(self) -> str:
        """What kind of file others get."""
        return self.redacted_type or self.attachment.media_type

    @property
    def size(self) -> int:
        """Bytes of the file that others get."""
        return self.redacted_size or self.attachment.size

    @property
    def round(self) -> "Round":
        """The round that the answer belongs to."""
        return self.review.round


class HeldFile(Base):
    """A file that nobody outside gets, and by which law."""

    __tablename__ = "held_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(
        ForeignKey("answer_review.id", ondelete="CASCADE"), index=True
    )
    attachment_id: Mapped[int] = mapped_column(
        ForeignKey("attachment.id", ondelete="CASCADE"), unique=True
    )
    basis: Mapped[LegalBasis] = mapped_column(text_enum(LegalBasis))
    held_at: Mapped[datetime] = mapped_column(UTCDateTime)
    held_by: Mapped[str] = mapped_column(String(80))

    review: Mapped[AnswerReview] = relationship(back_populates="held_files")
    attachment: Mapped["Attachment"] = relationship()


class Burst(PublicId, Base):
    """Answers that came so close together and so alike that they stand aside until looked at."""

    __tablename__ = "burst"
    __table_args__ = (UniqueConstraint("round_id", "fingerprint"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    kind: Mapped[BurstKind] = mapped_column(text_enum(BurstKind))
    fingerprint: Mapped[str] = mapped_column(String(64))
    state: Mapped[BurstState] = mapped_column(text_enum(BurstState))
    begun_at: Mapped[datetime] = mapped_column(UTCDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by: Mapped[str | None] = mapped_column(String(80))

    round: Mapped["Round"] = relationship()

    @property
    def reference(self) -> str:
        """How the audit log names this burst."""
        return f"burst:{self.public_id}"


class AnswerPrint(Base):
    """How an answer that was sent in looks from afar: what bursts are found by."""

    __tablename__ = "answer_print"
    __table_args__ = (
        Index("ix_answer_print_round_id_fingerprint", "round_id", "fingerprint", "made_at"),
        Index("ix_answer_print_round_id_is_random", "round_id", "is_random", "made_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), unique=True)
    burst_id: Mapped[int | None] = mapped_column(ForeignKey("burst.id"), index=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    is_random: Mapped[bool]
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)

    submission: Mapped["Submission"] = relationship()
    burst: Mapped[Burst | None] = relationship()


class Support(PublicId, Base):
    """Somebody stands behind a published answer: never an answer or a vote of its own.

    Who it is does not stand here: the digest of the address keeps one person from counting twice.
    """

    __tablename__ = "support"
    __table_args__ = (UniqueConstraint("submission_id", "email_digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"))
    email_digest: Mapped[str] = mapped_column(String(64))
    access_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    submission: Mapped["Submission"] = relationship()

    @property
    def round(self) -> "Round":
        """The round that the supported answer belongs to."""
        return self.submission.round
