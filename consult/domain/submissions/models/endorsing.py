"""Joining what somebody else has said."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime

if TYPE_CHECKING:
    from consult.domain.submissions.models import Submission


class Endorsement(PublicId, Base):
    """Joining another (slutter seg til): an answer whose stances are derived from another's.

    Attributes:
        of: The answer that is joined; empty while it has not arrived, and then ``of_name`` stands.
        proposals: Keys of the proposals it holds for; empty for all of it.
        reservations: What the sender does not join.
        of_version: The version of the other answer that a person last confirmed it for. When that
            answer gets another version, the derived stances wait for a person.
    """

    __tablename__ = "endorsement"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    of_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    of_name: Mapped[str] = mapped_column(String(250))
    proposals: Mapped[list[str]] = mapped_column(default=list)
    reservations: Mapped[str] = mapped_column(Text, default="")
    of_version: Mapped[int | None]
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    confirmed_by: Mapped[str | None] = mapped_column(String(80))

    submission: Mapped["Submission"] = relationship(foreign_keys=[submission_id])
    of: Mapped["Submission | None"] = relationship(foreign_keys=[of_id])

    @property
    def waits_for_check(self) -> bool:
        """Whether the other answer has changed, or come, since a person looked."""
        return self.of is not None and self.of.current_version_number != self.of_version
