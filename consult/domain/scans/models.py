"""Tables of scanned documents and their pages."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, UTCDateTime, text_enum
from consult.domain.scans.types import PageState, ScanState

if TYPE_CHECKING:
    from consult.domain.submissions.models import Answer, Attachment


class ScannedFile(Base):
    """A PDF that came with an answer, and what became of its pages.

    ``answer`` is the part of the answer that the words on its pages belong to; ``place`` tells the
    scanned files of one version apart.
    """

    __tablename__ = "scanned_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"), unique=True)
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("answer.id"), unique=True)
    state: Mapped[ScanState] = mapped_column(text_enum(ScanState), index=True)
    place: Mapped[int] = mapped_column(default=0)
    page_count: Mapped[int | None]
    noted_at: Mapped[datetime] = mapped_column(UTCDateTime)

    attachment: Mapped["Attachment"] = relationship()
    answer: Mapped["Answer | None"] = relationship()
    pages: Mapped[list["ScannedPage"]] = relationship(
        back_populates="file", order_by="ScannedPage.number"
    )


class ScannedPage(Base):
    """A page that is a picture, and the words that a machine or a person read on it.

    ``confidence`` is the machine's, in per cent. ``has_number`` says that a national identity
    number stood there: it was left out of the text, and the file still shows it. ``revision`` tells
    two people who correct the page apart.
    """

    __tablename__ = "scanned_page"
    __table_args__ = (UniqueConstraint("file_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("scanned_file.id"))
    number: Mapped[int]
    state: Mapped[PageState] = mapped_column(text_enum(PageState), index=True)
    text: Mapped[str] = mapped_column(Text, default="")
    confidence: Mapped[int | None]
    has_number: Mapped[bool] = mapped_column(default=False)
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revision: Mapped[int] = mapped_column(default=1)
    corrected_by: Mapped[str | None] = mapped_column(String(80))
    corrected_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    file: Mapped[ScannedFile] = relationship(back_populates="pages")

    @property
    def is_read(self) -> bool:
        """Whether there are words."""
        return self.state in {PageState.READ, PageState.CORRECTED}
