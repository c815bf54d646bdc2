"""Readers outside the organisation, who read a draft by a link."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime
from consult.domain.accounts.types import Actor

if TYPE_CHECKING:
    from consult.domain.composing.models.writing import Composition
    from consult.domain.organisations.models import Organisation


class ReaderLink(PublicId, Base):
    """A secret link by which somebody outside reads a draft and comments on it.

    Attributes:
        name: Whom it is for; their comments stand under it.
        token_digest: Of the secret, which is stored nowhere.
        ends_on: The last day on which it works, in Norway.
    """

    __tablename__ = "reader_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    composition_id: Mapped[int] = mapped_column(
        ForeignKey("composition.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(200))
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    ends_on: Mapped[date]
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    made_by: Mapped[str] = mapped_column(String(80))
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_by: Mapped[str | None] = mapped_column(String(80))

    composition: Mapped["Composition"] = relationship()

    @property
    def reference(self) -> str:
        """How the audit log names this link, and who comments by it."""
        return f"reader_link:{self.public_id}"

    @property
    def organisation(self) -> "Organisation":
        """Whose draft it is; the policy asks."""
        return self.composition.organisation

    @property
    def actor(self) -> Actor:
        """Whoever reads by it."""
        return Actor(reference=self.reference, person_id=None, name=self.name)

    def is_live(self, today: date) -> bool:
        """Whether it works on a day."""
        return self.ended_at is None and today <= self.ends_on
