"""Finding scanned documents and their pages."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, ScalarSelect, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from consult.db import get_one, session
from consult.domain.scans.models import ScannedFile, ScannedPage
from consult.domain.scans.types import PageState, ScanProgress, ScanState
from consult.domain.submissions.models import Attachment, Submission, SubmissionVersion

LOST_AFTER = timedelta(minutes=10)
"""After so long a page that somebody has taken to read is free for others again."""

MOST_ATTEMPTS = 3
"""How often a page is tried before it counts as one that cannot be read."""


def waiting_files(limit: int) -> Sequence[ScannedFile]:
    """Files that nobody has looked into yet, the oldest first."""
    query = (
        select(ScannedFile)
        .where(ScannedFile.state == ScanState.WAITING)
        .options(joinedload(ScannedFile.attachment))
        .order_by(ScannedFile.id)
        .limit(limit)
    )
    return session().scalars(query).all()


def next_page(now: datetime) -> ScalarSelect[int]:
    """The page to read next, as a query: those tried least first, then as the files came.

    Pages of answers that were replaced or taken back are not read any more.
    """
    return (
        select(ScannedPage.id)
        .join(ScannedPage.file)
        .join(ScannedFile.attachment)
        .join(SubmissionVersion, Attachment.version_id == SubmissionVersion.id)
        .join(Submission, SubmissionVersion.submission_id == Submission.id)
        .where(
            ScannedPage.state == PageState.WAITING,
            _is_free(now),
            SubmissionVersion.number == Submission.current_version_number,
            Submission.withdrawn_at.is_(None),
        )
        .order_by(ScannedPage.attempts, ScannedPage.file_id, ScannedPage.number)
        .limit(1)
        .scalar_subquery()
    )


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(ScannedPage.claimed_at.is_(None), ScannedPage.claimed_at < now - LOST_AFTER)


def scans_of_version(version_id: int) -> Sequence[ScannedFile]:
    """The scanned files of a version with their pages, as the files came."""
    query = (
        select(ScannedFile)
        .join(Attachment, ScannedFile.attachment_id == Attachment.id)
        .where(Attachment.version_id == version_id)
        .options(
            joinedload(ScannedFile.attachment),
            joinedload(ScannedFile.answer),
            selectinload(ScannedFile.pages),
        )
        .order_by(ScannedFile.id)
    )
    return session().scalars(query).all()


def find_scan(attachment_id: int) -> ScannedFile:
    """The scanned file of an attachment. Raises :class:`NotFound`."""
    query = select(ScannedFile).where(
        ScannedFile.attachment_id == attachment_id,
        ScannedFile.state.in_((ScanState.READING, ScanState.READ)),
    )
    return get_one(query, "scan", attachment_id)


def find_page(scan: ScannedFile, number: int) -> ScannedPage:
    """A page that is a picture, by its number. Raises :class:`NotFound`."""
    query = select(ScannedPage).where(ScannedPage.file_id == scan.id, ScannedPage.number == number)
    return get_one(query, "page", number)


def page_numbers(scan: ScannedFile, words: str = "") -> Sequence[int]:
    """The numbers of pages that are pictures, or of those that hold some words."""
    query = select(ScannedPage.number).where(ScannedPage.file_id == scan.id)
    if words.strip():
        query = query.where(ScannedPage.text.icontains(words.strip(), autoescape=True))
    return session().scalars(query.order_by(ScannedPage.number)).all()


def list_pages(scan: ScannedFile, numbers: Collection[int]) -> Sequence[ScannedPage]:
    """Pages by their numbers, in order."""
    query = (
        select(ScannedPage)
        .where(ScannedPage.file_id == scan.id, ScannedPage.number.in_(numbers))
        .order_by(ScannedPage.number)
    )
    return session().scalars(query).all()


def pages_by_id(page_ids: Collection[int]) -> dict[int, ScannedPage]:
    """Pages with their files, by id."""
    query = (
        select(ScannedPage)
        .where(ScannedPage.id.in_(page_ids))
        .options(joinedload(ScannedPage.file).joinedload(ScannedFile.attachment))
        .execution_options(populate_existing=True)
    )
    return {page.id: page for page in session().scalars(query)}


def progress_by_attachment(version_id: int) -> dict[int, ScanProgress]:
    """How far the scanned files of a version are read, by attachment."""
    done = func.sum(case((ScannedPage.state != PageState.WAITING, 1), else_=0))
    query = (
        select(ScannedFile.attachment_id, func.count(), done)
        .join(ScannedPage, ScannedPage.file_id == ScannedFile.id)
        .join(Attachment, ScannedFile.attachment_id == Attachment.id)
        .where(Attachment.version_id == version_id)
        .group_by(ScannedFile.attachment_id)
    )
    return {row[0]: ScanProgress(row[1], int(row[2] or 0)) for row in session().execute(query)}


def submission_of(scan: ScannedFile) -> Submission:
    """The answer that a scanned file came with."""
    query = (
        select(Submission)
        .join(SubmissionVersion, SubmissionVersion.submission_id == Submission.id)
        .join(Attachment, Attachment.version_id == SubmissionVersion.id)
        .where(Attachment.id == scan.attachment_id)
    )
    return get_one(query, "submission", scan.id)
