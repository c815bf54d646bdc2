"""Versions with a name, and what comes back in Word files."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime, text_enum
from consult.domain.composing.types import SuggestionKind, SuggestionStatus

if TYPE_CHECKING:
    from consult.domain.composing.models.writing import Composition, Part
    from consult.domain.organisations.models import Organisation


class NamedVersion(PublicId, Base):
    """The whole document as it stood at a moment, once and for all.

    ``content`` is the letter's head and every part; ``digest`` the SHA-256 of its canonical JSON,
    which signatures are sealed by.
    """

    __tablename__ = "named_version"
    __table_args__ = (UniqueConstraint("composition_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    composition_id: Mapped[int] = mapped_column(ForeignKey("composition.id", ondelete="CASCADE"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
    saved_by: Mapped[str] = mapped_column(String(80))

    composition: Mapped["Composition"] = relationship()


class WordReturn(PublicId, Base):
    """A Word file that came back, kept unchanged under its hash.

    Attributes:
        version: The text that had gone out; the suggestions are what differs from it.
        texts: What each part says in the file, as rich text by the part's key.
        missing: Keys of the parts that are not in the file.
    """

    __tablename__ = "word_return"

    id: Mapped[int] = mapped_column(primary_key=True)
    composition_id: Mapped[int] = mapped_column(
        ForeignKey("composition.id", ondelete="CASCADE"), index=True
    )
    version_id: Mapped[int] = mapped_column(ForeignKey("named_version.id"), index=True)
    filename: Mapped[str] = mapped_column(String(255))
    digest: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    returned_at: Mapped[datetime] = mapped_column(UTCDateTime)
    returned_by: Mapped[str] = mapped_column(String(80))
    texts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    missing: Mapped[list[str]] = mapped_column(default=list)

    composition: Mapped["Composition"] = relationship()
    version: Mapped[NamedVersion] = relationship()
    suggestions: Mapped[list["Suggestion"]] = relationship(
        back_populates="word_return", order_by="Suggestion.position", cascade="all, delete-orphan"
    )

    @property
    def reference(self) -> str:
        """How the audit log names this file."""
        return f"word_return:{self.public_id}"

    @property
    def organisation(self) -> "Organisation":
        """Whose it is; the policy asks."""
        return self.composition.organisation


class Suggestion(PublicId, Base):
    """One change in a returned Word file, taken in or turned down by a person.

    ``part_id`` is empty for what could not be placed. ``block`` is which of its part's changes it
    is, from 0. ``before`` and ``after`` are rich text for reading; ``author`` is whom Word names
    for tracked changes in the part.
    """

    __tablename__ = "suggestion"

    id: Mapped[int] = mapped_column(primary_key=True)
    return_id: Mapped[int] = mapped_column(
        ForeignKey("word_return.id", ondelete="CASCADE"), index=True
    )
    part_id: Mapped[int | None] = mapped_column(
        ForeignKey("composition_part.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    block: Mapped[int] = mapped_column(default=0)
    kind: Mapped[SuggestionKind] = mapped_column(text_enum(SuggestionKind))
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    author: Mapped[str | None] = mapped_column(String(200))
    status: Mapped[SuggestionStatus] = mapped_column(text_enum(SuggestionStatus))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by: Mapped[str | None] = mapped_column(String(80))

    word_return: Mapped[WordReturn] = relationship(back_populates="suggestions")
    part: Mapped["Part | None"] = relationship()
