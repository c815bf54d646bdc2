"""The table of maps: which passages of a round stand near one another."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base, UTCDateTime


class Nearness(Base):
    """A round's map, and who draws one just now. Only the latest map is kept.

    Attributes:
        claimed_at: When a worker began to draw; empty when nobody does.
        digest: SHA-256 of the map's file; empty before the first one is drawn.
        texts: Stands for the texts that were read; see ``state_of_texts``.
        passages: How many stand on the map.
    """

    __tablename__ = "nearness"

    round_id: Mapped[int] = mapped_column(
        ForeignKey("round.id", ondelete="CASCADE"), primary_key=True
    )
    claimed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    digest: Mapped[str | None] = mapped_column(String(64))
    texts: Mapped[str] = mapped_column(String(40), default="", server_default="")
    passages: Mapped[int] = mapped_column(default=0, server_default="0")
    milliseconds: Mapped[int] = mapped_column(default=0, server_default="0")
    made_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
