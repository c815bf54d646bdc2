"""The document and its parts."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime, text_enum
from consult.domain.composing.types import BlockKind, CompositionKind, PartKind, SaveKind
from consult.domain.documents.types import Numbered
from consult.domain.submissions.types import Stance

if TYPE_CHECKING:
    from consult.domain.coding.models import Theme
    from consult.domain.documents.models import Snapshot
    from consult.domain.organisations.models import Organisation
    from consult.domain.rounds.models import Proposal, Question, Round


class Composition(PublicId, Base):
    """A document that an organisation writes to a round: its own, and nobody else's to see.

    Attributes:
        round: The round it answers; what a response rests on are passages of rounds below that one.
            A report is about the round itself, and rests on what was answered there.
        snapshot: The frozen data that a report's figures come from.
        recipient: To whom the letter goes, as it stands at its head.
        their_ref: The recipient's reference; ``our_ref`` the writer's own.
        document_date: The letter's date; the day of the last signature where none is given.
        basis: How members were heard, as the letter tells it.
    """

    __tablename__ = "composition"
    __table_args__ = (UniqueConstraint("organisation_id", "round_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    kind: Mapped[CompositionKind] = mapped_column(text_enum(CompositionKind))
    title: Mapped[str] = mapped_column(String(400))
    language: Mapped[str] = mapped_column(String(8))
    recipient: Mapped[str | None] = mapped_column(String(400))
    their_ref: Mapped[str | None] = mapped_column(String(100))
    our_ref: Mapped[str | None] = mapped_column(String(100))
    document_date: Mapped[date | None]
    basis: Mapped[str | None] = mapped_column(String(2000))
    snapshot_id: Mapped[int | None] = mapped_column(ForeignKey("snapshot.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    created_by: Mapped[str] = mapped_column(String(80))

    organisation: Mapped["Organisation"] = relationship()
    round: Mapped["Round"] = relationship()
    snapshot: Mapped["Snapshot | None"] = relationship()
    parts: Mapped[list["Part"]] = relationship(
        back_populates="composition",
        order_by="Part.position",
        primaryjoin="and_(Part.composition_id == Composition.id, Part.removed_at.is_(None))",
    )

    @property
    def reference(self) -> str:
        """How the audit log names this document."""
        return f"composition:{self.public_id}"

    @property
    def path(self) -> str:
        """Where it is worked on; its rooms lie below."""
        about = f"{self.round.slug}/{self.kind}" if self.is_report else self.round.slug
        room = "reports" if self.is_report else "cases"
        return f"/workspace/{self.organisation.slug}/{room}/{about}"

    @property
    def is_report(self) -> bool:
        """Whether its round's owner writes it about what came in."""
        return self.kind is not CompositionKind.RESPONSE


class Part(PublicId, Base):
    """A part of a document: our text to one question or proposal, or under a heading of our own.

    In a report, ``depth`` is 1 for a chapter and 2 for what stands in it, ``theme`` what the part
    is about, and ``block`` what it is made from where nobody writes in it. ``numbered`` says
    whether a chapter has a number, or is an appendix. ``guidance`` is what an own template tells
    whoever writes it; it is never printed.

    ``body`` is rich text as JSON (:mod:`consult.kernel.text.rich`). ``revision`` counts what was
    saved; whoever saves on top of an older one gets a merge, or both texts. A part with
    ``removed_at`` belongs to the document no more, and can be put back.
    """

    __tablename__ = "composition_part"
    __table_args__ = (UniqueConstraint("composition_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    composition_id: Mapped[int] = mapped_column(ForeignKey("composition.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(30))
    position: Mapped[int]
    kind: Mapped[PartKind] = mapped_column(text_enum(PartKind))
    question_id: Mapped[int | None] = mapped_column(ForeignKey("question.id"), index=True)
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"), index=True)
    heading: Mapped[str] = mapped_column(String(400), default="")
    body: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    stance: Mapped[Stance | None] = mapped_column(text_enum(Stance))
    modifiers: Mapped[list[str]] = mapped_column(default=list)
    no_comments: Mapped[bool] = mapped_column(default=False)
    depth: Mapped[int] = mapped_column(default=1, server_default="1")
    numbered: Mapped[Numbered] = mapped_column(
        text_enum(Numbered), default=Numbered.YES, server_default=Numbered.YES.value
    )
    block: Mapped[BlockKind | None] = mapped_column(text_enum(BlockKind))
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    guidance: Mapped[str] = mapped_column(Text, default="", server_default="")
    revision: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_by: Mapped[str] = mapped_column(String(80))
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    composition: Mapped[Composition] = relationship(back_populates="parts")
    question: Mapped["Question | None"] = relationship()
    proposal: Mapped["Proposal | None"] = relationship()
    theme: Mapped["Theme | None"] = relationship()

    @property
    def reference(self) -> str:
        """How the audit log names this part."""
        return f"part:{self.public_id}"


class PartRevision(Base):
    """What a part said after one saving: what merges start from, and its history.

    ``window`` names the open page whose autosave it was. Those of one page that follow one another
    become one revision after a while (:func:`~consult.domain.composing.merging.superseded`).
    """

    __tablename__ = "part_revision"
    __table_args__ = (UniqueConstraint("part_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    part_id: Mapped[int] = mapped_column(ForeignKey("composition_part.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[SaveKind] = mapped_column(text_enum(SaveKind))
    heading: Mapped[str] = mapped_column(String(400), default="")
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    stance: Mapped[Stance | None] = mapped_column(text_enum(Stance))
    modifiers: Mapped[list[str]] = mapped_column(default=list)
    no_comments: Mapped[bool] = mapped_column(default=False)
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
    saved_by: Mapped[str] = mapped_column(String(80))
    window: Mapped[str | None] = mapped_column(String(24))

    part: Mapped[Part] = relationship()
