"""Reading pages one by one, and correcting what was read."""

from datetime import datetime

from blinker import Signal
from sqlalchemy import func, select, update

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.scans.errors import PageChanged
from consult.domain.scans.models import ScannedFile, ScannedPage
from consult.domain.scans.queries import MOST_ATTEMPTS, next_page, pages_by_id, submission_of
from consult.domain.scans.types import (
    LONGEST_PAGE,
    PageState,
    PageToRead,
    Recognised,
    ScanState,
)
from consult.domain.submissions.rules import check_free_text
from consult.kernel.errors import InvalidInput
from consult.kernel.text.identity import has_identity_number, without_identity_numbers
from consult.kernel.text.plain import canonical

page_read = Signal()
"""Sent with a ``ScannedPage`` whose words are new, in its transaction. Who must refuse raises."""


def claim_page(*, now: datetime) -> PageToRead | None:
    """Take the next page to read; ``None`` when none waits. Two never take the same."""
    step = (
        update(ScannedPage)
        .where(
            ScannedPage.id == next_page(now),
            ScannedPage.state == PageState.WAITING,
        )
        .values(claimed_at=now, attempts=ScannedPage.attempts + 1)
        .returning(ScannedPage.id)
        .execution_options(synchronize_session=False)
    )
    page_id = session().scalars(step).one_or_none()
    if page_id is None:
        return None
    page = pages_by_id([page_id])[page_id]
    language = submission_of(page.file).language
    return PageToRead(page.id, page.file.attachment.digest, page.number, language)


def finish_page(page_id: int, found: Recognised) -> None:
    """Keep what a machine read on a page, without national identity numbers."""
    page = pages_by_id([page_id])[page_id]
    if page.state is not PageState.WAITING:
        return
    text = canonical(found.text).strip()
    page.has_number = has_identity_number(text)
    page.text = without_identity_numbers(text)[:LONGEST_PAGE]
    page.confidence = found.confidence if page.text else None
    page.state = PageState.READ if page.text else PageState.EMPTY
    session().flush()
    page_read.send(page)
    _finish_file(page.file)


def fail_page(page_id: int) -> None:
    """Try a page again later, or give it up: it stays a picture that can be coded."""
    page = pages_by_id([page_id])[page_id]
    if page.state is PageState.WAITING and page.attempts >= MOST_ATTEMPTS:
        page.state = PageState.FAILED
        session().flush()
        page_read.send(page)
        _finish_file(page.file)


def release_page(page_id: int) -> None:
    """Give a page back unread, as if nobody had taken it."""
    step = (
        update(ScannedPage)
        .where(ScannedPage.id == page_id)
        .values(claimed_at=None, attempts=ScannedPage.attempts - 1)
    )
    session().execute(step)


def correct_page(page: ScannedPage, text: str, *, revision: int, by: Actor, now: datetime) -> None:
    """Write what really stands on a page, in the place of what a machine read.

    Themes on the page stay there. Parts that were chosen from it stay where their words still are.

    Raises:
        InvalidInput: ``text`` (``required``, ``too_long``, ``identity_number``).
        PageChanged: It is not as the person saw it.
        Conflict: A part that has themes would lose its words.
    """
    words = canonical(text).strip()
    if not words:
        raise InvalidInput("text", "required")
    if len(words) > LONGEST_PAGE:
        raise InvalidInput("text", "too_long", limit=LONGEST_PAGE)
    check_free_text("text", words)
    step = (
        update(ScannedPage)
        .where(ScannedPage.id == page.id, ScannedPage.revision == revision)
        .values(revision=revision + 1)
        .returning(ScannedPage.id)
    )
    if session().execute(step).one_or_none() is None:
        raise PageChanged
    page.text, page.state = words, PageState.CORRECTED
    page.corrected_by, page.corrected_at = by.reference, now
    session().flush()
    page_read.send(page)
    _finish_file(page.file)
    submission = submission_of(page.file)
    record(
        Tag.PAGE_CORRECTED,
        subject=submission.reference,
        by=by.reference,
        stream=organisation_stream(submission.round.owner_id),
        data={"file": page.file.attachment.digest, "page": page.number},
    )


def _finish_file(file: ScannedFile) -> None:
    waiting = select(func.count(ScannedPage.id)).where(
        ScannedPage.file_id == file.id, ScannedPage.state == PageState.WAITING
    )
    if not session().scalar(waiting):
        file.state = ScanState.READ
        session().flush()
