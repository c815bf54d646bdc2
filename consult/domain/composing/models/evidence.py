"""What a text rests on, and what it leaves out."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime, text_enum
from consult.domain.composing.types import EvidenceUse

if TYPE_CHECKING:
    from consult.domain.coding.models import Passage
    from consult.domain.composing.models.writing import Composition, Part


class Evidence(PublicId, Base):
    """A passage that a part rests on. It stays when the words are rewritten.

    ``public_id`` is what the mark in the text carries. ``quote`` is the passage as it was when it
    was taken in; ``removed_at`` is set when a writer takes the link away on purpose.
    """

    __tablename__ = "evidence"
    __table_args__ = (Index("ix_evidence_passage_id_part_id", "passage_id", "part_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    part_id: Mapped[int] = mapped_column(
        ForeignKey("composition_part.id", ondelete="CASCADE"), index=True
    )
    passage_id: Mapped[int] = mapped_column(ForeignKey("passage.id"))
    use: Mapped[EvidenceUse] = mapped_column(text_enum(EvidenceUse))
    quote: Mapped[str] = mapped_column(Text)
    added_at: Mapped[datetime] = mapped_column(UTCDateTime)
    added_by: Mapped[str] = mapped_column(String(80))
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    part: Mapped["Part"] = relationship()
    passage: Mapped["Passage"] = relationship()


class LeftOut(Base):
    """Why a passage is used nowhere in the document. The branch it came from is told."""

    __tablename__ = "left_out"
    __table_args__ = (UniqueConstraint("composition_id", "passage_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    composition_id: Mapped[int] = mapped_column(ForeignKey("composition.id", ondelete="CASCADE"))
    passage_id: Mapped[int] = mapped_column(ForeignKey("passage.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime] = mapped_column(UTCDateTime)
    decided_by: Mapped[str] = mapped_column(String(80))

    composition: Mapped["Composition"] = relationship()
    passage: Mapped["Passage"] = relationship()
