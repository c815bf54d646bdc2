"""Joining what somebody else has said."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime, text_enum
from consult.domain.submissions.endorsing import EndorsementState, Rested, state_of
from consult.domain.submissions.types import SubmissionStatus

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import Submission


class Endorsement(PublicId, Base):
    """Joining another (slutter seg til): an answer whose stances are derived from another's.

    Attributes:
        of: The answer that is joined; empty while it has not arrived, and then ``of_name`` stands.
        of_organisation: The body whose answer it is, as far as it is registered.
        proposals: Keys of the proposals it holds for.
        questions: Keys of the questions it holds for; both empty for all of it.
        reservations: What the sender does not join.
        is_read: The sender has read the very answer here. Else it only named the body, and is told
            nothing of that answer.
        of_version: The version of the other answer that a person last confirmed it for. When that
            answer gets another version, the derived stances wait for a person.
        of_status: What had become of the other answer when a person last confirmed it.
        held: The stances as they were before the other answer changed, by proposal key, while
            nobody has looked.
        dropped_at: When a person decided that it holds no more.
        reason: Why it was kept or dropped.
        asked_at: When the sender was asked whether it still joins.
        told_at: When the sender was told that the other answer has changed.
    """

    __tablename__ = "endorsement"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    of_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    of_organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id"), index=True
    )
    of_name: Mapped[str] = mapped_column(String(250))
    proposals: Mapped[list[str]] = mapped_column(default=list)
    questions: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    reservations: Mapped[str] = mapped_column(Text, default="")
    is_read: Mapped[bool] = mapped_column(default=False, server_default=false())
    of_version: Mapped[int | None]
    of_status: Mapped[SubmissionStatus | None] = mapped_column(text_enum(SubmissionStatus))
    held: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    confirmed_by: Mapped[str | None] = mapped_column(String(80))
    dropped_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    asked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    told_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    submission: Mapped["Submission"] = relationship(foreign_keys=[submission_id])
    of: Mapped["Submission | None"] = relationship(foreign_keys=[of_id])
    of_organisation: Mapped["Organisation | None"] = relationship()

    @property
    def round(self) -> "Round":
        """The round that both answers belong to; the policy asks."""
        return self.submission.round

    @property
    def is_partial(self) -> bool:
        """Whether it holds for some points only."""
        return bool(self.proposals or self.questions)

    @property
    def state(self) -> EndorsementState:
        """How it stands to the other answer now."""
        return state_of(
            Rested(self.of_version, self.of_status),
            self.present,
            is_dropped=self.dropped_at is not None,
        )

    @property
    def present(self) -> Rested | None:
        """The other answer as it is now; ``None`` while it has not come."""
        other = self.of
        return Rested(other.current_version_number, other.status) if other is not None else None
