"""Tables of files on their way in. They know bytes and owners by name, and no other area."""

from datetime import datetime

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base, PublicId, UTCDateTime, text_enum
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


class UnfinishedUpload(PublicId, Base):
    """A file that comes in pieces.

    ``owner`` names what it is for, and whose it is: nobody else can add to it or use it.
    ``fingerprint`` is made by the browser from the file's name, size and time, so that the same
    file goes on where it stopped.
    """

    __tablename__ = "unfinished_upload"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(String(160), index=True)
    filename: Mapped[str] = mapped_column(String(255))
    fingerprint: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    received: Mapped[int] = mapped_column(BigInteger, default=0)
    begun_at: Mapped[datetime] = mapped_column(UTCDateTime)
    touched_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)

    @property
    def is_complete(self) -> bool:
        """Whether every piece is there."""
        return self.received == self.size

    @property
    def percent(self) -> int:
        """How much of it is there."""
        return self.received * 100 // max(self.size, 1)
