"""Who stands on a version beside its sender."""

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, text_enum
from consult.domain.submissions.parties import Capacity

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation
    from consult.domain.submissions.models import SubmissionVersion


class Party(Base):
    """Somebody who stands on a version: signatory with title, co-sender, and so on.

    ``signed_for`` is in whose place a deputy signed. A co-sender that has not confirmed is shown
    and not counted; so is a body that says that an answer in its name is not its own. ``ground`` is
    on what ground the sender writes in a body's name.
    """

    __tablename__ = "party"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("submission_version.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    capacity: Mapped[Capacity] = mapped_column(text_enum(Capacity))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    title: Mapped[str | None] = mapped_column(String(200))
    signed_for: Mapped[str | None] = mapped_column(String(200))
    is_confirmed: Mapped[bool] = mapped_column(default=True, server_default=true())
    ground: Mapped[str | None] = mapped_column(Text)

    version: Mapped["SubmissionVersion"] = relationship(back_populates="parties")
    organisation: Mapped["Organisation | None"] = relationship()
