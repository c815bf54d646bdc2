"""Tables of double coding: what a second reader, who did not see the first, puts on a sample."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
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
        codebook_version: Which version of the codebook held when it was drawn; none for samples
            of releases that did not keep it.
        themes: The codebook as it stood then. The second reader codes with it, and the figures
            speak of it, whatever has become of its themes since.
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
    codebook_version: Mapped[int | None]
    themes: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))

    round: Mapped["Round"] = relationship()

    @property
    def reference(self) -> str:
        """How the audit log names it."""
        return f"double_coding:{self.public_id}"


class DoubleCodedPassage(Base):
    """A passage of the sample.

    Attributes:
        position: Place in the sample, from 1.
        first_coder: Reference of who had coded it when the sample was drawn.
        done_at: When the second reader was done with it.
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

    What the first had put there is kept when the sample is drawn. It says nothing about the second
    until that reader is done with the passage.

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
