"""A document on its way in: recognised, being mapped, not yet an answer."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from consult.db import Base, PublicId, UTCDateTime, text_enum
from consult.domain.intake.types import EntryState, MailProblem, MailState
from consult.domain.organisations.types import ActorType

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import Submission


class TakenIn(PublicId):
    """A file that was taken in for a round, kept under its hash while it is on its way."""

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), index=True)
    filename: Mapped[str] = mapped_column(String(255))
    digest: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    created_by: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    @declared_attr
    def round(cls) -> Mapped["Round"]:  # noqa: N805 -- SQLAlchemy calls it with the class
        """The round that it was taken in for."""
        return relationship()


class ImportDraft(TakenIn, Base):
    """What was recognised in an uploaded file and how it is mapped, until it is confirmed.

    Confirming makes a submission in one transaction; until then nothing of it counts.
    ``recognised``, ``assignments`` and ``details`` are written and read by ``codec``; ``revision``
    tells two people who correct the same import apart.
    """

    __tablename__ = "import_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), unique=True)
    media_type: Mapped[str] = mapped_column(String(120))
    recognised: Mapped[dict[str, Any]] = mapped_column(JSON)
    assignments: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    revision: Mapped[int] = mapped_column(default=1)
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    submission: Mapped["Submission | None"] = relationship()

    @property
    def reference(self) -> str:
        """How the audit log names this import."""
        return f"import:{self.public_id}"


READABLE_ENDINGS = (".docx", ".odt", ".pdf", ".txt")


class IncomingMail(PublicId, Base):
    """A mail that came in for a round; nothing of it counts until somebody has checked it.

    ``message_id`` is the mail's own name: the same mail is taken in once, however often it is
    met. ``digest`` names the mail as it came, and is missing where it must not be kept or was too
    large. ``draft`` is its text, or a file that came with it, read as an answer.
    """

    __tablename__ = "incoming_mail"
    __table_args__ = (UniqueConstraint("round_id", "message_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    draft_id: Mapped[int | None] = mapped_column(
        ForeignKey("import_draft.id", ondelete="SET NULL"), unique=True
    )
    message_id: Mapped[str] = mapped_column(String(255))
    digest: Mapped[str | None] = mapped_column(String(64))
    size: Mapped[int]
    sender_name: Mapped[str] = mapped_column(String(200))
    sender_email: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(400))
    received_at: Mapped[datetime] = mapped_column(UTCDateTime)
    taken_in_at: Mapped[datetime] = mapped_column(UTCDateTime)
    state: Mapped[MailState] = mapped_column(text_enum(MailState))
    problem: Mapped[MailProblem | None] = mapped_column(text_enum(MailProblem))
    set_aside_reason: Mapped[str | None] = mapped_column(String(500))

    round: Mapped["Round"] = relationship()
    draft: Mapped[ImportDraft | None] = relationship()
    files: Mapped[list["IncomingFile"]] = relationship(
        back_populates="mail", order_by="IncomingFile.id", cascade="all, delete-orphan"
    )

    @property
    def reference(self) -> str:
        """How the audit log names this mail."""
        return f"incoming_mail:{self.public_id}"

    @property
    def sender(self) -> str:
        """Who sent it, as the mail says."""
        return self.sender_name or self.sender_email


class IncomingFile(PublicId, Base):
    """A file that came with a mail, kept unchanged under its hash where it may be kept."""

    __tablename__ = "incoming_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    mail_id: Mapped[int] = mapped_column(
        ForeignKey("incoming_mail.id", ondelete="CASCADE"), index=True
    )
    filename: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    digest: Mapped[str | None] = mapped_column(String(64))
    problem: Mapped[MailProblem | None] = mapped_column(text_enum(MailProblem))

    mail: Mapped[IncomingMail] = relationship(back_populates="files")

    @property
    def can_be_read(self) -> bool:
        """Whether it is of a kind that can be read as an answer."""
        return self.digest is not None and self.filename.lower().endswith(READABLE_ENDINGS)


class TableImport(TakenIn, Base):
    """A table of answers on its way in; its file is read anew whenever it is looked at.

    ``columns`` says what each column holds; ``revision`` tells two people who change that apart.
    Registering stores every row as an answer in one transaction, or none. ``came_as`` is the hash
    of the file as it came, once rows were taken out of what is kept.
    """

    __tablename__ = "table_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    media_type: Mapped[str] = mapped_column(String(120))
    columns: Mapped[list[str]] = mapped_column(JSON)
    came_as: Mapped[str | None] = mapped_column(String(64))
    default_kind: Mapped[ActorType | None] = mapped_column(text_enum(ActorType))
    revision: Mapped[int] = mapped_column(default=1)
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    rows: Mapped[list["TableImportRow"]] = relationship(
        back_populates="table", order_by="TableImportRow.row", cascade="all, delete-orphan"
    )

    @property
    def reference(self) -> str:
        """How the audit log names this table."""
        return f"table:{self.public_id}"


class TableImportRow(Base):
    """Which row of a table an answer was registered from.

    ``removed_at`` is when it was taken out of the kept file, for its sender's deletion was granted.
    """

    __tablename__ = "table_import_row"

    id: Mapped[int] = mapped_column(primary_key=True)
    table_id: Mapped[int] = mapped_column(
        ForeignKey("table_import.id", ondelete="CASCADE"), index=True
    )
    row: Mapped[int]
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), unique=True)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    table: Mapped[TableImport] = relationship(back_populates="rows")
    submission: Mapped["Submission"] = relationship()


class ArchiveImport(TakenIn, Base):
    """A ZIP of documents on its way in; each file in it becomes an import to be checked.

    ``finished_at`` is set when every file has been looked at; then the ZIP itself is gone, for all
    that could be taken in is kept by itself.
    """

    __tablename__ = "archive_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    entries: Mapped[list["ArchiveEntry"]] = relationship(
        back_populates="archive", order_by="ArchiveEntry.position", cascade="all, delete-orphan"
    )

    @property
    def reference(self) -> str:
        """How the audit log names this ZIP."""
        return f"archive:{self.public_id}"


class ArchiveEntry(Base):
    """A file of a ZIP, and what became of it; ``position`` is its place among the ZIP's members."""

    __tablename__ = "archive_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    archive_id: Mapped[int] = mapped_column(
        ForeignKey("archive_import.id", ondelete="CASCADE"), index=True
    )
    draft_id: Mapped[int | None] = mapped_column(
        ForeignKey("import_draft.id", ondelete="SET NULL"), unique=True
    )
    position: Mapped[int]
    filename: Mapped[str] = mapped_column(String(255))
    size: Mapped[int]
    state: Mapped[EntryState] = mapped_column(text_enum(EntryState))
    problem: Mapped[MailProblem | None] = mapped_column(text_enum(MailProblem))

    archive: Mapped[ArchiveImport] = relationship(back_populates="entries")
    draft: Mapped[ImportDraft | None] = relationship()
