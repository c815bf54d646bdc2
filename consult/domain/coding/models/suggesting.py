"""Tables of suggestions: the models of a round, and what people decided when they saw one."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, UTCDateTime

if TYPE_CHECKING:
    from consult.domain.coding.models import Passage, Theme
    from consult.domain.rounds.models import Round


class Suggesting(Base):
    """Whether a round has suggestions, and who makes a model of it just now.

    A round without a row has suggestions.

    Attributes:
        claimed_at: When a worker began to make a model; empty when none is being made.
    """

    __tablename__ = "suggesting"

    round_id: Mapped[int] = mapped_column(
        ForeignKey("round.id", ondelete="CASCADE"), primary_key=True
    )
    is_on: Mapped[bool] = mapped_column(default=True, server_default=true())
    claimed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class SuggestionModel(Base):
    """A version of a round's model. Of its files only the latest is kept; what it was stays told.

    Attributes:
        number: Counts a round's models from 1.
        digest: SHA-256 of the file.
        edition: Which way of making models made it.
        codings: How many codings there were, for telling how many came since.
        last_coding_id: The latest of them.
        codebook: Digest of what the codebook said.
        texts: Stands for the texts that were read; see ``CodingState``.
        passages: Coded passages that it learned from.
        tried: How many of them it was tried on; see ``Trial``.
    """

    __tablename__ = "suggestion_model"
    __table_args__ = (UniqueConstraint("round_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    number: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    edition: Mapped[int]
    codings: Mapped[int]
    last_coding_id: Mapped[int]
    codebook: Mapped[str] = mapped_column(String(64))
    texts: Mapped[str] = mapped_column(String(40))
    themes: Mapped[int]
    passages: Mapped[int]
    tried: Mapped[int | None]
    tried_first: Mapped[int | None]
    tried_among: Mapped[int | None]
    milliseconds: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)

    round: Mapped["Round"] = relationship()


class SuggestionOutcome(Base):
    """A theme that a person put on a passage while suggestions stood beside it.

    Who it was stands with the coding, not here: this tells of the model.

    Attributes:
        place: Where the model had the theme, from 1; empty when it was not among those shown.
        is_accepted: Whether the person took the suggestion, or found the theme on their own.
    """

    __tablename__ = "suggestion_outcome"
    __table_args__ = (
        UniqueConstraint("passage_id", "theme_id"),
        Index("ix_suggestion_outcome_model_id_theme_id", "model_id", "theme_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    model_id: Mapped[int] = mapped_column(ForeignKey("suggestion_model.id", ondelete="CASCADE"))
    passage_id: Mapped[int] = mapped_column(ForeignKey("passage.id", ondelete="CASCADE"))
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), index=True)
    place: Mapped[int | None]
    is_accepted: Mapped[bool]
    decided_at: Mapped[datetime] = mapped_column(UTCDateTime)

    model: Mapped[SuggestionModel] = relationship()
    passage: Mapped["Passage"] = relationship()
    theme: Mapped["Theme"] = relationship()
