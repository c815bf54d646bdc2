"""Tables of answers that say nearly the same."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime, text_enum
from consult.domain.coding.clusters import CampaignPolicy, ClusterKind, ClusterState, MemberState

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import Submission


class TextSketch(Base):
    """What an answer's present text is compared with others by; nothing can be read from it.

    Attributes:
        is_new: Nobody has compared it with the others yet.
    """

    __tablename__ = "text_sketch"
    __table_args__ = (Index("ix_text_sketch_round_id_is_new", "round_id", "is_new"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), unique=True)
    signature: Mapped[bytes] = mapped_column(LargeBinary)
    sentences: Mapped[bytes] = mapped_column(LargeBinary)
    is_new: Mapped[bool]


class TextCluster(PublicId, Base):
    """Answers that say nearly the same: found by comparing, decided by a person, taken back.

    Attributes:
        number: Its place among the clusters of the round.
        kind: What it seems to be, or what a person has said that it is.
        organiser: Who asked people to write, if that is known.
        demand: What it asks for, in the words of the round's owner.
    """

    __tablename__ = "text_cluster"
    __table_args__ = (UniqueConstraint("round_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    kind: Mapped[ClusterKind] = mapped_column(text_enum(ClusterKind))
    state: Mapped[ClusterState] = mapped_column(text_enum(ClusterState))
    found_at: Mapped[datetime] = mapped_column(UTCDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by: Mapped[str | None] = mapped_column(String(80))
    organiser: Mapped[str] = mapped_column(String(250), default="")
    demand: Mapped[str] = mapped_column(Text, default="")

    round: Mapped["Round"] = relationship()

    @property
    def reference(self) -> str:
        """How the audit log names it."""
        return f"cluster:{self.public_id}"


class ClusterMember(Base):
    """An answer in a cluster; in one at most. One that was taken out stays known as such."""

    __tablename__ = "cluster_member"
    __table_args__ = (Index("ix_cluster_member_cluster_id_state", "cluster_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cluster_id: Mapped[int] = mapped_column(ForeignKey("text_cluster.id", ondelete="CASCADE"))
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), unique=True)
    state: Mapped[MemberState] = mapped_column(text_enum(MemberState))

    cluster: Mapped[TextCluster] = relationship()
    submission: Mapped["Submission"] = relationship()


class CampaignPolicyChoice(PublicId, Base):
    """How a round counts campaigns: what was chosen, when, why, and who agreed.

    The latest that holds is the policy. Where stances had been read already, it holds once
    somebody else has approved it.

    Attributes:
        needs_approval: Stances had been read when it was chosen.
        answered_at: When it was approved or turned down.
        is_approved: Whether it was approved; ``None`` while it waits.
    """

    __tablename__ = "campaign_policy_choice"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    policy: Mapped[CampaignPolicy] = mapped_column(text_enum(CampaignPolicy))
    reason: Mapped[str] = mapped_column(Text)
    chosen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    chosen_by: Mapped[str] = mapped_column(String(80))
    needs_approval: Mapped[bool]
    is_approved: Mapped[bool | None]
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answered_by: Mapped[str | None] = mapped_column(String(80))

    round: Mapped["Round"] = relationship()

    @property
    def holds(self) -> bool:
        """Whether it has come into force."""
        return not self.needs_approval or self.is_approved is True

    @property
    def is_waiting(self) -> bool:
        """Whether somebody still has to approve it or turn it down."""
        return self.needs_approval and self.is_approved is None
