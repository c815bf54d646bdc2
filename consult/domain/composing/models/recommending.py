"""What a report proposes, and what was considered and is not proposed."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime, text_enum
from consult.domain.composing.rules import lacks_assessment
from consult.domain.composing.types import Horizon, Instrument, Side

if TYPE_CHECKING:
    from consult.domain.coding.models import Passage
    from consult.domain.composing.models.writing import Composition, Part
    from consult.domain.organisations.models import Organisation


class Recommendation(PublicId, Base):
    """One proposal of a report. It exists once: box, table and follow-up all read this row.

    Attributes:
        key: What the report calls it inside, ``r1``, ``r2`` …; never used again.
        part: The chapter it belongs to. ``position`` is its place there, from 0.
        text: What is proposed, as it is printed.
        is_proposed: False for what was considered and is not proposed; ``reason`` then says why.
        addressee: Who is to do it.
        begins_in: The year in which it shall begin, where one is given.
        concretises: The decision that it makes concrete, such as a signal of the Storting.
        legal_need: What law or regulation has to change, if any.
        assessment: What the writers think of what speaks against it.
        revision: Counts what was saved; who saves on top of an older one is shown both.
    """

    __tablename__ = "recommendation"
    __table_args__ = (UniqueConstraint("composition_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    composition_id: Mapped[int] = mapped_column(ForeignKey("composition.id", ondelete="CASCADE"))
    part_id: Mapped[int] = mapped_column(
        ForeignKey("composition_part.id", ondelete="CASCADE"), index=True
    )
    key: Mapped[str] = mapped_column(String(12))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    is_proposed: Mapped[bool] = mapped_column(default=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    addressee: Mapped[str] = mapped_column(String(200), default="")
    horizon: Mapped[Horizon | None] = mapped_column(text_enum(Horizon))
    begins_in: Mapped[int | None]
    instrument: Mapped[Instrument | None] = mapped_column(text_enum(Instrument))
    concretises: Mapped[str] = mapped_column(Text, default="")
    legal_need: Mapped[str] = mapped_column(Text, default="")
    assessment: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    created_by: Mapped[str] = mapped_column(String(80))
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_by: Mapped[str] = mapped_column(String(80))
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    composition: Mapped["Composition"] = relationship()
    part: Mapped["Part"] = relationship()
    grounds: Mapped[list["Ground"]] = relationship(
        back_populates="recommendation",
        order_by="Ground.id",
        primaryjoin=(
            "and_(Ground.recommendation_id == Recommendation.id, Ground.removed_at.is_(None))"
        ),
    )

    @property
    def reference(self) -> str:
        """How the audit log names this proposal."""
        return f"recommendation:{self.public_id}"

    @property
    def is_unassessed(self) -> bool:
        """Whether something speaks against it, and the writers have not said what they think."""
        return lacks_assessment(
            is_proposed=self.is_proposed,
            assessment=self.assessment,
            sides=[one.side for one in self.grounds],
        )

    @property
    def organisation(self) -> "Organisation":
        """Whose report it stands in; the policy asks."""
        return self.composition.organisation


class Ground(PublicId, Base):
    """A passage for or against a proposal, with why it is that; ``quote`` as it was then."""

    __tablename__ = "ground"
    __table_args__ = (Index("ix_ground_passage_id", "passage_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    recommendation_id: Mapped[int] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE"), index=True
    )
    passage_id: Mapped[int] = mapped_column(ForeignKey("passage.id"))
    side: Mapped[Side] = mapped_column(text_enum(Side))
    reason: Mapped[str] = mapped_column(Text, default="")
    quote: Mapped[str] = mapped_column(Text)
    added_at: Mapped[datetime] = mapped_column(UTCDateTime)
    added_by: Mapped[str] = mapped_column(String(80))
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    recommendation: Mapped[Recommendation] = relationship(back_populates="grounds")
    passage: Mapped["Passage"] = relationship()
