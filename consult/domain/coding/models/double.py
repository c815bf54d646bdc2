"""Tables of double coding: what a second reader, who did not see the first, puts on a sample."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime

if TYPE_CHECKING:
    from consult.domain.coding.models import Passage, Theme
    from consult.domain.rounds.models import Round


class DoubleCoding(PublicId, Base):
    """A random share of the coded passages, coded once more by somebody else.

    Attributes:
        share: Percent of the passages that could be drawn from.
        seed: What the lot was drawn with: the same passages in the same order give the same sample.
        coder: Reference of who codes it.
    """

    __tablename__ = "double_coding"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), index=True)
    share: Mapped[int]
    seed: Mapped[int]
    drawn_from: Mapped[int]
    coder: Mapped[str] = mapped_column(String(80))
    drawn_by: Mapped[str] = mapped_column(String(80))
    drawn_at: Mapped[datetime] = mapped_column(UTCDateTime)

    round: Mapped["Round"] = relationship()

    @property
    def reference(self) -> str:
        """How the audit log names it."""
        return f"double_coding:{self.public_id}"


class DoubleCodedPassage(Base):
    """A passage of the sample.

    Attributes:
        position: Place in the sample, from 1.
        first_coder: Reference of who had coded it when the second reader was done with it.
        done_at: When the second reader was done; what either had put on it is frozen from then on.
    """

    __tablename__ = "double_coded_passage"
    __table_args__ = (
        UniqueConstraint("double_coding_id", "passage_id"),
        UniqueConstraint("double_coding_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    double_coding_id: Mapped[int] = mapped_column(
        ForeignKey("double_coding.id", ondelete="CASCADE")
    )
    passage_id: Mapped[int] = mapped_column(ForeignKey("passage.id"), index=True)
    position: Mapped[int]
    first_coder: Mapped[str | None] = mapped_column(String(80))
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    double_coding: Mapped[DoubleCoding] = relationship()
    passage: Mapped["Passage"] = relationship()


class DoubleCodedTheme(PublicId, Base):
    """A theme that one of the two readers, or both, put on a passage of the sample.

    Attributes:
        is_on: Where they differ: what was decided, and by whom and why.
    """

    __tablename__ = "double_coded_theme"
    __table_args__ = (UniqueConstraint("double_coded_passage_id", "theme_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    double_coded_passage_id: Mapped[int] = mapped_column(
        ForeignKey("double_coded_passage.id", ondelete="CASCADE")
    )
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), index=True)
    by_first: Mapped[bool]
    by_second: Mapped[bool]
    is_on: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[str | None] = mapped_column(String(80))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    place: Mapped[DoubleCodedPassage] = relationship()
    theme: Mapped["Theme"] = relationship()

    @property
    def round(self) -> "Round":
        """The round it belongs to."""
        return self.place.double_coding.round
