"""Tables of the codebook's history, and of the examples that explain its themes."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime, text_enum
from consult.domain.coding.revisions import ChangeKind
from consult.domain.coding.types import CodingMethod

if TYPE_CHECKING:
    from consult.domain.coding.models import Passage, Theme
    from consult.domain.rounds.models import Round


class CodebookVersion(PublicId, Base):
    """A version of a round's codebook, and the change that began it.

    Attributes:
        made_by: Reference of who made the change; none for the first version.
        details: The change as values: the ids that taking it back needs, and the names to show.
        themes: What the codebook said when the next version took its place; none for the present.
        undoes: The version whose change it took back.
    """

    __tablename__ = "codebook_version"
    __table_args__ = (UniqueConstraint("round_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[ChangeKind] = mapped_column(text_enum(ChangeKind))
    why: Mapped[str] = mapped_column(Text, default="")
    made_by: Mapped[str | None] = mapped_column(String(80))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    themes: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("codebook_version.id"), unique=True)

    round: Mapped["Round"] = relationship()
    undoes: Mapped["CodebookVersion | None"] = relationship(remote_side="CodebookVersion.id")

    @property
    def reference(self) -> str:
        """How the audit log names it."""
        return f"codebook_version:{self.public_id}"


class MovedCoding(Base):
    """A coding as it was before its theme was merged into another; forgotten when that is undone.

    Attributes:
        coding_id: Its id, so that it comes back as the same row where that is free.
        is_collapsed: The passage had both themes, so this coding is gone; else it has the other
            theme now.
    """

    __tablename__ = "moved_coding"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(
        ForeignKey("codebook_version.id", ondelete="CASCADE"), index=True
    )
    passage_id: Mapped[int] = mapped_column(
        ForeignKey("passage.id", ondelete="CASCADE"), index=True
    )
    coding_id: Mapped[int | None]
    is_collapsed: Mapped[bool]
    method: Mapped[CodingMethod] = mapped_column(text_enum(CodingMethod))
    coded_by: Mapped[str] = mapped_column(String(80))
    coded_at: Mapped[datetime] = mapped_column(UTCDateTime)


class SortedCoding(Base):
    """A coding with a theme that was split, as it was before it was sorted.

    Attributes:
        chosen: Ids of the themes it was sorted to; empty where none of them fits.
        made: Those of them that the passage did not have already.
    """

    __tablename__ = "sorted_coding"
    __table_args__ = (Index("ix_sorted_coding_version_id_sorted_by", "version_id", "sorted_by"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("codebook_version.id", ondelete="CASCADE"))
    passage_id: Mapped[int] = mapped_column(
        ForeignKey("passage.id", ondelete="CASCADE"), index=True
    )
    coding_id: Mapped[int | None]
    method: Mapped[CodingMethod] = mapped_column(text_enum(CodingMethod))
    coded_by: Mapped[str] = mapped_column(String(80))
    coded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    chosen: Mapped[list[int]] = mapped_column(JSON)
    made: Mapped[list[int]] = mapped_column(JSON)
    sorted_by: Mapped[str] = mapped_column(String(80))
    sorted_at: Mapped[datetime] = mapped_column(UTCDateTime)

    version: Mapped[CodebookVersion] = relationship()
    passage: Mapped["Passage"] = relationship()


class ThemeExample(PublicId, Base):
    """What a theme looks like in somebody's words: a passage of the round, or a written line.

    Attributes:
        line: A line that was written for it; empty where it is a passage.
    """

    __tablename__ = "theme_example"
    __table_args__ = (UniqueConstraint("theme_id", "passage_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"))
    passage_id: Mapped[int | None] = mapped_column(
        ForeignKey("passage.id", ondelete="CASCADE"), index=True
    )
    line: Mapped[str] = mapped_column(Text, default="")
    added_by: Mapped[str] = mapped_column(String(80))
    added_at: Mapped[datetime] = mapped_column(UTCDateTime)

    theme: Mapped["Theme"] = relationship()
    passage: Mapped["Passage | None"] = relationship()

    @property
    def round(self) -> "Round":
        """The round it belongs to."""
        return self.theme.round
