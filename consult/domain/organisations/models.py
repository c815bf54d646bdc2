"""Tables of organisations and memberships."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime, text_enum
from consult.domain.organisations.types import ActorType, Role

if TYPE_CHECKING:
    from consult.domain.accounts.models import Person


class Organisation(PublicId, Base):
    """A body that can own rounds, be invited and answer; with or without a number."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(250), index=True)
    actor_type: Mapped[ActorType] = mapped_column(text_enum(ActorType))
    organisation_number: Mapped[str | None] = mapped_column(String(9), unique=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    language: Mapped[str] = mapped_column(String(8), default="nb")
    county: Mapped[str | None] = mapped_column(String(100))
    email: Mapped[str | None] = mapped_column(String(254))
    dissolved_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    parent: Mapped["Organisation | None"] = relationship(
        remote_side="Organisation.id", back_populates="children"
    )
    children: Mapped[list["Organisation"]] = relationship(back_populates="parent")
    memberships: Mapped[list["Membership"]] = relationship(back_populates="organisation")

    @property
    def reference(self) -> str:
        """How the audit log names this organisation."""
        return f"organisation:{self.public_id}"


class Membership(PublicId, Base):
    """A role that a person has in an organisation, from–to."""

    __tablename__ = "membership"
    __table_args__ = (Index("ix_membership_person_id_ends_at", "person_id", "ends_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[Role] = mapped_column(text_enum(Role))
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    person: Mapped["Person"] = relationship()
    organisation: Mapped[Organisation] = relationship(back_populates="memberships")

    @property
    def reference(self) -> str:
        """How the audit log names this role."""
        return f"membership:{self.public_id}"
