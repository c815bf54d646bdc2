"""Tables of an organisation's work on an answer."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime, text_enum
from consult.domain.responses.types import CaseStatus
from consult.domain.submissions.attached import FileProblem
from consult.domain.submissions.types import AttachmentKind

if TYPE_CHECKING:
    from consult.domain.accounts.models import Person
    from consult.domain.composing.models import Composition, NamedVersion
    from consult.domain.organisations.models import Organisation
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import Submission


class ResponseCase(PublicId, Base):
    """What one organisation does about one round: confidential to that organisation.

    Attributes:
        responsible: Who has the ball.
        handed_to: The body below that answers, or prepares the answer.
        reason: Why it is declined or handed on.
        hearing: The internal hearing among its branches: a round with this round as parent.
        submission: What was sent.
        sent_version: The frozen text that was sent last.
        on_behalf_of: In whose name the organisation answers, if not in its own.
        ground: On what ground it does that.
    """

    __tablename__ = "response_case"
    __table_args__ = (UniqueConstraint("organisation_id", "round_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    status: Mapped[CaseStatus] = mapped_column(text_enum(CaseStatus))
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    handed_to_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    hearing_id: Mapped[int | None] = mapped_column(ForeignKey("round.id"), unique=True)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), unique=True)
    sent_version_id: Mapped[int | None] = mapped_column(ForeignKey("named_version.id"), index=True)
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    ground: Mapped[str] = mapped_column(Text, default="", server_default="")
    decided_at: Mapped[datetime] = mapped_column(UTCDateTime)
    decided_by: Mapped[str] = mapped_column(String(80))

    organisation: Mapped["Organisation"] = relationship(foreign_keys=[organisation_id])
    round: Mapped["Round"] = relationship(foreign_keys=[round_id])
    responsible: Mapped["Person | None"] = relationship()
    handed_to: Mapped["Organisation | None"] = relationship(foreign_keys=[handed_to_id])
    on_behalf_of: Mapped["Organisation | None"] = relationship(foreign_keys=[on_behalf_of_id])
    hearing: Mapped["Round | None"] = relationship(foreign_keys=[hearing_id])
    submission: Mapped["Submission | None"] = relationship()
    sent_version: Mapped["NamedVersion | None"] = relationship()

    @property
    def reference(self) -> str:
        """How the audit log names this case."""
        return f"case:{self.public_id}"


class JointParty(PublicId, Base):
    """A body asked to stand behind a joint statement. It counts only when it has confirmed."""

    __tablename__ = "joint_party"
    __table_args__ = (UniqueConstraint("case_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("response_case.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    digest: Mapped[str | None] = mapped_column(String(64))
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    asked_by: Mapped[str] = mapped_column(String(80))
    reminded_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    confirmed_by: Mapped[str | None] = mapped_column(String(80))
    declined_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reason: Mapped[str] = mapped_column(Text, default="")

    case: Mapped[ResponseCase] = relationship()
    organisation: Mapped["Organisation"] = relationship()

    @property
    def reference(self) -> str:
        """How the audit log names this question to a body."""
        return f"joint:{self.public_id}"

    @property
    def is_open(self) -> bool:
        """Whether the body has said neither yes nor no."""
        return self.confirmed_at is None and self.declined_at is None

    def confirms(self, digest: str) -> bool:
        """Whether the body stands behind exactly the text of this fingerprint."""
        return self.confirmed_at is not None and self.digest == digest


class Enclosure(PublicId, Base):
    """A file that goes along with a response: its own attachment, or another body's statement.

    Attributes:
        body: The body below whose statement it is: that becomes an answer of its own beside ours.
        problem: Why nobody can read it.
    """

    __tablename__ = "enclosure"

    id: Mapped[int] = mapped_column(primary_key=True)
    composition_id: Mapped[int] = mapped_column(
        ForeignKey("composition.id", ondelete="CASCADE"), index=True
    )
    body_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[AttachmentKind] = mapped_column(text_enum(AttachmentKind))
    filename: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    pages: Mapped[int | None]
    problem: Mapped[FileProblem | None] = mapped_column(text_enum(FileProblem))
    digest: Mapped[str] = mapped_column(String(64))
    added_at: Mapped[datetime] = mapped_column(UTCDateTime)
    added_by: Mapped[str] = mapped_column(String(80))

    composition: Mapped["Composition"] = relationship()
    body: Mapped["Organisation | None"] = relationship()

    @property
    def organisation(self) -> "Organisation":
        """Whose response it goes along with; the policy asks."""
        return self.composition.organisation


class BranchFeedback(PublicId, Base):
    """What a branch is told about where its points went, with words of the organisation's own.

    Attributes:
        submission: The branch's answer to the internal hearing.
        text: The organisation's words, as far as they are written.
        sent: What the branch sees, as it stood when it was sent
            (:class:`~consult.domain.responses.feedback.Told`); later changes wait to be sent.
    """

    __tablename__ = "branch_feedback"
    __table_args__ = (UniqueConstraint("case_id", "submission_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("response_case.id", ondelete="CASCADE"))
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    text: Mapped[str] = mapped_column(Text, default="")
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)
    written_by: Mapped[str] = mapped_column(String(80))
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    sent: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    case: Mapped[ResponseCase] = relationship()
    submission: Mapped["Submission"] = relationship()
