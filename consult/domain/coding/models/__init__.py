"""Tables of coding."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, event, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime, text_enum
from consult.domain.coding.flags import make_flags, remove_flags
from consult.domain.coding.models.clusters import (
    CampaignPolicyChoice,
    ClusterMember,
    TextCluster,
    TextSketch,
)
from consult.domain.coding.models.codebook import (
    CodebookVersion,
    MovedCoding,
    SortedCoding,
    ThemeExample,
)
from consult.domain.coding.models.double import (
    DoubleCodedPassage,
    DoubleCodedTheme,
    DoubleCoding,
)
from consult.domain.coding.models.nearness import Nearness
from consult.domain.coding.models.suggesting import (
    Suggesting,
    SuggestionModel,
    SuggestionOutcome,
)
from consult.domain.coding.types import CodingMethod, Colour, PassageKind
from consult.domain.submissions.types import Stance

if TYPE_CHECKING:
    from consult.domain.rounds.models import Proposal, Round
    from consult.domain.submissions.models import Answer, Submission, SubmissionVersion

__all__ = [
    "CampaignPolicyChoice",
    "ClusterMember",
    "CodebookVersion",
    "CodedStance",
    "Coding",
    "CodingStep",
    "DoubleCodedPassage",
    "DoubleCodedTheme",
    "DoubleCoding",
    "MovedCoding",
    "Nearness",
    "Passage",
    "SortedCoding",
    "Suggesting",
    "SuggestionModel",
    "SuggestionOutcome",
    "TextCluster",
    "TextSketch",
    "Theme",
    "ThemeExample",
    "VersionCheck",
]


class Theme(PublicId, Base):
    """One entry of a round's codebook; themes form a tree.

    Attributes:
        guid: Its id in the codebook of another program that it was read from; else it follows from
            the public id.
        retired_at: Since when it is not offered any more: it was merged into another, or split.
            It keeps its place, its words and the codings that nobody has sorted yet.
        merged_into: Where its codings went.
    """

    __tablename__ = "theme"
    __table_args__ = (UniqueConstraint("round_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    key: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    definition: Mapped[str] = mapped_column(Text, default="")
    include: Mapped[str] = mapped_column(Text, default="")
    exclude: Mapped[str] = mapped_column(Text, default="")
    colour: Mapped[Colour] = mapped_column(text_enum(Colour))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    guid: Mapped[str | None] = mapped_column(String(36))
    retired_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)

    round: Mapped["Round"] = relationship()
    parent: Mapped["Theme | None"] = relationship(
        foreign_keys=[parent_id], remote_side="Theme.id", back_populates="children"
    )
    children: Mapped[list["Theme"]] = relationship(
        foreign_keys=[parent_id], back_populates="parent", order_by="Theme.position"
    )
    merged_into: Mapped["Theme | None"] = relationship(
        foreign_keys=[merged_into_id], remote_side="Theme.id"
    )

    @property
    def standing(self) -> "Theme":
        """Where its codings stand today: the theme it was merged into, or itself."""
        return self.merged_into.standing if self.merged_into is not None else self

    @property
    def reference(self) -> str:
        """How the audit log names this theme."""
        return f"theme:{self.public_id}"


class Passage(PublicId, Base):
    """A piece of a version's text, anchored by version, start, end and quote.

    Offsets count characters of the version's canonical text. Passages may overlap: those of kind
    ``chosen`` are what a reader marked. A sub-bullet's parent is the bullet it stands under, a
    chosen one's the passage it begins in, whose position it shares. ``round_id`` and
    ``submission_id`` repeat what follows from the version, because every list and every matrix asks
    by them. A scanned page is one passage, whether it is read or not; its places lie behind every
    text, and ``quote`` holds what is read on it.

    ``fingerprint`` is the same for paragraphs that say the same. ``copy_of`` is the passage in an
    earlier answer that a person has found this one to repeat: it is coded there, and counts as it.

    ``has_theme`` is kept by the database (:mod:`consult.domain.coding.flags`): whether a reader has
    put a theme on this paragraph or bullet, or on a part chosen from it. Never set it.
    """

    __tablename__ = "passage"
    __table_args__ = (
        UniqueConstraint("version_id", "start", "end"),
        Index(
            "ix_passage_progress",
            "round_id",
            "submission_id",
            "version_id",
            "kind",
            "has_theme",
            "copy_of_id",
        ),
        Index("ix_passage_round_id_kind", "round_id", "kind"),
        Index("ix_passage_fingerprint_round_id", "fingerprint", "round_id"),
        Index("ix_passage_submission_id_version_id", "submission_id", "version_id"),
        Index("ix_passage_version_id_position", "version_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("submission_version.id"))
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("passage.id"), index=True)
    kind: Mapped[PassageKind] = mapped_column(text_enum(PassageKind))
    level: Mapped[int] = mapped_column(default=0)
    position: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]
    quote: Mapped[str] = mapped_column(Text)
    memo: Mapped[str] = mapped_column(Text, default="")
    fingerprint: Mapped[str | None] = mapped_column(String(32))
    copy_of_id: Mapped[int | None] = mapped_column(ForeignKey("passage.id"), index=True)
    page_id: Mapped[int | None] = mapped_column(ForeignKey("scanned_page.id"), unique=True)
    has_theme: Mapped[bool] = mapped_column(default=False, server_default=false())

    round: Mapped["Round"] = relationship()
    submission: Mapped["Submission"] = relationship()
    version: Mapped["SubmissionVersion"] = relationship()
    answer: Mapped["Answer"] = relationship()
    parent: Mapped["Passage | None"] = relationship(
        foreign_keys=[parent_id], remote_side="Passage.id"
    )
    copy_of: Mapped["Passage | None"] = relationship(
        foreign_keys=[copy_of_id], remote_side="Passage.id"
    )
    codings: Mapped[list["Coding"]] = relationship(back_populates="passage", order_by="Coding.id")

    @property
    def coded_at(self) -> "Passage":
        """Where its themes stand: at the passage it repeats, or at itself."""
        return self.copy_of or self

    @property
    def reference(self) -> str:
        """How the audit log names this passage."""
        return f"passage:{self.public_id}"


class Coding(Base):
    """A theme on a passage: by whom, when, how.

    ``version_id``, ``answer_id`` and ``paragraph_id`` repeat where the passage stands, so that
    what is counted over a whole round is read from the indexes of this table alone. The database
    fills them in (:mod:`consult.domain.coding.flags`), so they are no foreign keys: what they name
    is never changed and goes only when the passage does. Never set them.

    Attributes:
        paragraph_id: The paragraph or bullet that the passage is, or was chosen in.
        model_id: Which version of the round's model had suggested it, if the person accepted a
            suggestion.
    """

    __tablename__ = "coding"
    __table_args__ = (
        UniqueConstraint("passage_id", "theme_id"),
        Index("ix_coding_version_id_theme_id", "version_id", "theme_id", "paragraph_id"),
        Index("ix_coding_paragraph_id", "paragraph_id", "theme_id"),
        Index(
            "ix_coding_theme_id_version_id",
            *("theme_id", "version_id", "answer_id", "paragraph_id", "passage_id"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    passage_id: Mapped[int] = mapped_column(ForeignKey("passage.id"))
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"))
    version_id: Mapped[int] = mapped_column(nullable=True)
    answer_id: Mapped[int] = mapped_column(nullable=True)
    paragraph_id: Mapped[int] = mapped_column(nullable=True)
    method: Mapped[CodingMethod] = mapped_column(text_enum(CodingMethod))
    coded_by: Mapped[str] = mapped_column(String(80))
    coded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    model_id: Mapped[int | None] = mapped_column(ForeignKey("suggestion_model.id"))

    passage: Mapped[Passage] = relationship(back_populates="codings")
    theme: Mapped[Theme] = relationship()
    model: Mapped[SuggestionModel | None] = relationship()


class CodingStep(Base):
    """One step of somebody's coding, so that it can be undone in order, in any later session.

    ``method``, ``coded_by``, ``coded_at`` and ``model_id`` are those of the coding that was applied
    or removed: undoing a removal restores it as it was, whoever had made it. Steps that somebody
    took at once, on many passages, share ``together``, a random id, and are undone at once.
    """

    __tablename__ = "coding_step"
    __table_args__ = (Index("ix_coding_step_round_id_done_by", "round_id", "done_by", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    passage_id: Mapped[int] = mapped_column(ForeignKey("passage.id"), index=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), index=True)
    applied: Mapped[bool]
    method: Mapped[CodingMethod] = mapped_column(text_enum(CodingMethod))
    coded_by: Mapped[str] = mapped_column(String(80))
    coded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    model_id: Mapped[int | None] = mapped_column(ForeignKey("suggestion_model.id"))
    done_by: Mapped[str] = mapped_column(String(80))
    done_at: Mapped[datetime] = mapped_column(UTCDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    together: Mapped[str | None] = mapped_column(String(24))

    passage: Mapped[Passage] = relationship()
    theme: Mapped[Theme] = relationship()


class CodedStance(Base):
    """A reader's judgement of where a submission stands on a proposal, with modifiers.

    Attributes:
        suggested_edition: Which edition of the list of phrases had suggested it, if the reader
            accepted a suggestion.
    """

    __tablename__ = "coded_stance"
    __table_args__ = (
        UniqueConstraint("submission_id", "proposal_id"),
        Index("ix_coded_stance_proposal_id", "proposal_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    passage_id: Mapped[int | None] = mapped_column(ForeignKey("passage.id"), index=True)
    value: Mapped[Stance] = mapped_column(text_enum(Stance))
    modifiers: Mapped[list[str]] = mapped_column(default=list)
    coded_by: Mapped[str] = mapped_column(String(80))
    coded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    suggested_edition: Mapped[int | None]

    submission: Mapped["Submission"] = relationship()
    proposal: Mapped["Proposal"] = relationship()
    passage: Mapped[Passage | None] = relationship()


class TextCopy(PublicId, Base):
    """What somebody has found about two answers that share paragraphs; it can be taken back.

    Attributes:
        copy: The later one.
        first: The earlier one, where what both say is coded.
        is_copy: Whether the later one repeats the earlier one; else they only happen to agree.
    """

    __tablename__ = "text_copy"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    copy_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    is_copy: Mapped[bool]
    decided_at: Mapped[datetime] = mapped_column(UTCDateTime)
    decided_by: Mapped[str] = mapped_column(String(80))
    taken_back_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    taken_back_by: Mapped[str | None] = mapped_column(String(80))

    round: Mapped["Round"] = relationship()
    copy: Mapped["Submission"] = relationship(foreign_keys=[copy_id])
    first: Mapped["Submission"] = relationship(foreign_keys=[first_id])


class VersionCheck(Base):
    """A new version of an answer that had been coded: somebody has to look at what changed.

    ``carried`` and ``lost`` count passages with codings, stances or notes: those found again in the
    new version, and those that were not.
    """

    __tablename__ = "version_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("submission_version.id"), unique=True)
    carried: Mapped[int]
    lost: Mapped[int]
    checked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    checked_by: Mapped[str | None] = mapped_column(String(80))

    version: Mapped["SubmissionVersion"] = relationship()


event.listen(Coding.__table__, "after_create", make_flags)
event.listen(Coding.__table__, "after_drop", remove_flags)
