"""Tables of files on their way in. They know bytes and owners by name, and no other area."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base, UTCDateTime, text_enum
from consult.domain.files.types import Verdict


class ScreenedFile(Base):
    """What the virus scanner says of some bytes, whatever they are attached to.

    ``finding`` is the scanner's name of what it found. ``attempts`` counts scans that gave no
    answer.
    """

    __tablename__ = "screened_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    verdict: Mapped[Verdict] = mapped_column(text_enum(Verdict), index=True)
    finding: Mapped[str | None] = mapped_column(String(200))
    attempts: Mapped[int] = mapped_column(default=0)
    first_seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    checked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
