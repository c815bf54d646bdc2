"""Finding documents and their files."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from consult.db import get_one, session
from consult.domain.documents.models import Document, DocumentFile
from consult.domain.documents.types import BuildStatus, DocumentFormat, DocumentKind
from consult.domain.rounds.models import Round


def get_document(round_slug: str, document_id: str) -> Document:
    """A document of a round by public id, not an edition of a report. Raises :class:`NotFound`."""
    query = (
        select(Document)
        .join(Round, Document.round_id == Round.id)
        .where(
            Round.slug == round_slug,
            Document.public_id == document_id,
            Document.kind != DocumentKind.REPORT,
        )
        .options(
            joinedload(Document.round).joinedload(Round.owner),
            joinedload(Document.snapshot),
            selectinload(Document.files),
        )
    )
    return get_one(query, "document", document_id)


def find_document(public_id: str) -> Document:
    """A document by public id, for the job that builds it. Raises :class:`NotFound`."""
    query = (
        select(Document)
        .where(Document.public_id == public_id)
        .options(joinedload(Document.round).joinedload(Round.owner))
    )
    return get_one(query, "document", public_id)


def list_documents(round_id: int) -> Sequence[Document]:
    """The documents of a round, the newest first, without their trees and editions of reports."""
    query = (
        select(Document)
        .where(Document.round_id == round_id, Document.kind != DocumentKind.REPORT)
        .options(selectinload(Document.files), joinedload(Document.snapshot))
        .order_by(Document.requested_at.desc(), Document.id.desc())
    )
    return session().scalars(query).all()


def list_unclaimed(*, since: datetime) -> Sequence[Document]:
    """The documents that have waited for a worker since some moment or longer, the oldest first."""
    query = (
        select(Document)
        .where(Document.status == BuildStatus.WAITING, Document.alive_at <= since)
        .order_by(Document.id)
    )
    return session().scalars(query).all()


def find_file(document_id: int, format_: DocumentFormat) -> DocumentFile:
    """A rendering of a document. Raises :class:`NotFound`."""
    query = select(DocumentFile).where(
        DocumentFile.document_id == document_id, DocumentFile.format == format_
    )
    return get_one(query, "document file", format_.value)
