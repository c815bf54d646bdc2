"""Sign-off: steps in order, and events that are only appended."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime, text_enum
from consult.domain.composing.types import SignEventKind

if TYPE_CHECKING:
    from consult.domain.accounts.models import Person
    from consult.domain.composing.models.versions import NamedVersion
    from consult.domain.composing.models.writing import Composition


class SignOff(PublicId, Base):
    """One round of signing of one exact text: the version whose digest every signature names."""

    __tablename__ = "sign_off"

    id: Mapped[int] = mapped_column(primary_key=True)
    composition_id: Mapped[int] = mapped_column(
        ForeignKey("composition.id", ondelete="CASCADE"), index=True
    )
    version_id: Mapped[int] = mapped_column(ForeignKey("named_version.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    created_by: Mapped[str] = mapped_column(String(80))

    composition: Mapped["Composition"] = relationship()
    version: Mapped["NamedVersion"] = relationship()
    steps: Mapped[list["SignStep"]] = relationship(
        back_populates="sign_off", order_by="SignStep.position", cascade="all, delete-orphan"
    )
    events: Mapped[list["SignEvent"]] = relationship(
        back_populates="sign_off", order_by="SignEvent.id", cascade="all, delete-orphan"
    )

    @property
    def reference(self) -> str:
        """How the audit log names this sign-off."""
        return f"sign_off:{self.public_id}"


class SignStep(PublicId, Base):
    """A step: whose turn it is, in which capacity, by when.

    ``person_id`` is whose name it shall bear. A body decides in a meeting: ``label`` names it,
    ``due_on`` is when it meets, and the person records what it decided.
    """

    __tablename__ = "sign_step"
    __table_args__ = (UniqueConstraint("sign_off_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sign_off_id: Mapped[int] = mapped_column(ForeignKey("sign_off.id", ondelete="CASCADE"))
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String(200))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    title: Mapped[str] = mapped_column(String(200), default="")
    on_letter: Mapped[bool] = mapped_column(default=True)
    is_body: Mapped[bool] = mapped_column(default=False)
    due_on: Mapped[date | None]

    sign_off: Mapped[SignOff] = relationship(back_populates="steps")
    person: Mapped["Person"] = relationship()


class SignEvent(Base):
    """Something that happened, with the name and title of that moment and the text's digest.

    Attributes:
        name: Who did it. ``title`` is of whom the signature is: that person, or ``for_name``.
        for_name: In whose place a deputy signed ("for").
        to: To whom a step was handed on; ``title`` is then that person's.
        decided_on: When a body met; ``case_number`` is the case in its minutes.
        digest: Of the text that it was done with; of the changed text where the seal was broken.
    """

    __tablename__ = "sign_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    sign_off_id: Mapped[int] = mapped_column(
        ForeignKey("sign_off.id", ondelete="CASCADE"), index=True
    )
    step_id: Mapped[int | None] = mapped_column(ForeignKey("sign_step.id"), index=True)
    kind: Mapped[SignEventKind] = mapped_column(text_enum(SignEventKind))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(200), default="")
    title: Mapped[str] = mapped_column(String(200), default="")
    for_name: Mapped[str | None] = mapped_column(String(200))
    to_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_on: Mapped[date | None]
    case_number: Mapped[str] = mapped_column(String(60), default="")
    digest: Mapped[str] = mapped_column(String(64))

    sign_off: Mapped[SignOff] = relationship(back_populates="events")
    step: Mapped[SignStep | None] = relationship()
    to: Mapped["Person | None"] = relationship()
