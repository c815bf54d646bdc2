"""Tables of what lets a sender in without an account (docs/adr/0017)."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime, text_enum
from consult.domain.submissions.senders import LinkKind

if TYPE_CHECKING:
    from consult.domain.submissions.models import Draft, Submission


class PersonalAccess(PublicId):
    """What can be opened by a personal link or a code.

    ``access_epoch`` counts how often everything that was handed out has been turned off.
    """

    access_epoch: Mapped[int] = mapped_column(default=0, server_default="0")

    @property
    def access_key(self) -> str:
        """What a browser remembers that may open it; another after each turning off."""
        return f"{self.public_id}.{self.access_epoch}" if self.access_epoch else self.public_id


class PersonalLink(Base):
    """A link or code that opens one draft or one answer, never both.

    Of its secret only the digest is kept. There is one link that the browser shows and one code; of
    the links that were mailed there may be several, since no later mail can repeat a secret. When
    they end follows from the round's deadline and is not stored.
    """

    __tablename__ = "personal_link"
    __table_args__ = (
        CheckConstraint("(draft_id IS NULL) <> (submission_id IS NULL)", name="opens_one_thing"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int | None] = mapped_column(
        ForeignKey("draft.id", ondelete="CASCADE"), index=True
    )
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    kind: Mapped[LinkKind] = mapped_column(text_enum(LinkKind))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    draft: Mapped["Draft | None"] = relationship()
    submission: Mapped["Submission | None"] = relationship()
