"""The outbox table."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base, PublicId, UTCDateTime


class OutboxMessage(PublicId, Base):
    """One mail to one recipient, from being written to being sent or given up.

    Attributes:
        about: Reference of what the mail goes away with when that is deleted.
        body_text: Emptied once the mail is sent, unless the transport keeps it.
        body_html: Likewise.
    """

    __tablename__ = "outbox_message"
    __table_args__ = (Index("ix_outbox_message_due", "sent_at", "failed_at", "send_after"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    about: Mapped[str | None] = mapped_column(String(80), index=True)
    to_email: Mapped[str] = mapped_column(String(254))
    to_name: Mapped[str] = mapped_column(String(200))
    locale: Mapped[str] = mapped_column(String(8))
    subject: Mapped[str] = mapped_column(String(400))
    body_text: Mapped[str] = mapped_column(Text)
    body_html: Mapped[str] = mapped_column(Text)
    headers: Mapped[dict[str, str]]
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    send_after: Mapped[datetime] = mapped_column(UTCDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    failed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    last_error: Mapped[str | None] = mapped_column(String(500))
    is_confidential: Mapped[bool] = mapped_column(default=False, server_default=false())

    @property
    def domain(self) -> str:
        """The part of the address after the at sign."""
        return self.to_email.rpartition("@")[2]

    @property
    def reference(self) -> str:
        """How the audit log names this mail."""
        return f"mail:{self.public_id}"


class MailTally(Base):
    """That an address got a mail which anybody could have asked for; kept while limits look back.

    It holds a digest, and outlives the mail itself: deleting what a mail was about must not open
    the way for another.
    """

    __tablename__ = "mail_tally"
    __table_args__ = (Index("ix_mail_tally_address_digest", "address_digest", "counted_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    address_digest: Mapped[str] = mapped_column(String(64))
    counted_at: Mapped[datetime] = mapped_column(UTCDateTime)


class MailLink(Base):
    """The link of one mail that declines more of its kind; only the secret's digest is kept.

    ``address_digest`` stands for the address, so that a mail's link outlives nobody's contact data.
    """

    __tablename__ = "mail_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    address_digest: Mapped[str] = mapped_column(String(64), index=True)
    topic: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class MailStop(Base):
    """An address that wants no more mail about something."""

    __tablename__ = "mail_stop"
    __table_args__ = (UniqueConstraint("address_digest", "topic"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    address_digest: Mapped[str] = mapped_column(String(64))
    topic: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
