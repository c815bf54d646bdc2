"""Tables of organisations, what happened to them, memberships and requests for one."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime, text_enum
from consult.domain.organisations.types import ActorType, EventKind, RequestOutcome, Role

if TYPE_CHECKING:
    from consult.domain.accounts.models import Person


class Organisation(PublicId, Base):
    """A body that can own rounds, be invited and answer; with or without a number.

    ``name`` is the registered one, ``names`` those it has in further languages. Both are today's:
    what they were before stands in the events.
    """

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(250), index=True)
    names: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, server_default="{}")
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

    def name_in(self, locale: str) -> str:
        """Its name in a language, or the registered name where it has none in that one."""
        return self.names.get(locale) or self.name


class OrganisationEvent(PublicId, Base):
    """Something that happened to a body's identity: a new name or number, or its end.

    ``before`` and ``after`` hold the fields that changed; ``successors`` who carries it on.
    """

    __tablename__ = "organisation_event"
    __table_args__ = (
        Index("ix_organisation_event_organisation_id_on", "organisation_id", "happened_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[EventKind] = mapped_column(text_enum(EventKind))
    happened_on: Mapped[date]
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reason: Mapped[str] = mapped_column(String(1000))
    source: Mapped[str | None] = mapped_column(String(500))
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    recorded_by: Mapped[str] = mapped_column(String(80))

    organisation: Mapped[Organisation] = relationship()
    successors: Mapped[list[Organisation]] = relationship(
        secondary="organisation_succession", order_by=Organisation.name
    )


class OrganisationSuccession(Base):
    """One body that carries on another after an event."""

    __tablename__ = "organisation_succession"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("organisation_event.id", ondelete="CASCADE"), primary_key=True
    )
    successor_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id"), primary_key=True, index=True
    )


class Membership(PublicId, Base):
    """A role that a person has in an organisation, from–to.

    ``deputises_for_id`` is the signatory's role in whose place a deputy signs; a deputy without one
    may sign in any signatory's.
    """

    __tablename__ = "membership"
    __table_args__ = (Index("ix_membership_person_id_ends_at", "person_id", "ends_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[Role] = mapped_column(text_enum(Role))
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    deputises_for_id: Mapped[int | None] = mapped_column(
        ForeignKey("membership.id", ondelete="CASCADE"), index=True
    )

    person: Mapped["Person"] = relationship()
    organisation: Mapped[Organisation] = relationship(back_populates="memberships")
    deputises_for: Mapped["Membership | None"] = relationship(remote_side="Membership.id")

    @property
    def reference(self) -> str:
        """How the audit log names this role."""
        return f"membership:{self.public_id}"


class AccessRequest(PublicId, Base):
    """Somebody's wish to represent an organisation, and what its coordinators said to it."""

    __tablename__ = "access_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    message: Mapped[str] = mapped_column(String(500), default="")
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    outcome: Mapped[RequestOutcome | None] = mapped_column(text_enum(RequestOutcome))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by: Mapped[str | None] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(String(500), default="")

    person: Mapped["Person"] = relationship()
    organisation: Mapped[Organisation] = relationship()

    @property
    def reference(self) -> str:
        """How the audit log names this request."""
        return f"access_request:{self.public_id}"
