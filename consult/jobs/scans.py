"""Looking into files that may be scanned, and reading their pages a few at a time."""

import logging

from flask import current_app

from consult.db import transaction
from consult.domain.files.queries import verdict_of
from consult.domain.files.types import Verdict
from consult.domain.scans.errors import (
    DamagedDocument,
    LockedDocument,
    PageNotRead,
    ReaderMissing,
)
from consult.domain.scans.pages import draw_for_reading, inspect_document
from consult.domain.scans.queries import waiting_files
from consult.domain.scans.service.noting import (
    begin_pages,
    give_up_file,
    lock_scan,
    scans_waiting,
)
from consult.domain.scans.service.reading import claim_page, fail_page, finish_page, release_page
from consult.domain.scans.tesseract import can_read, read_picture
from consult.domain.scans.types import PageToRead, Recognised
from consult.domain.submissions.attached import FileProblem
from consult.kernel.clock import utc_now

_LOG = logging.getLogger(__name__)

_FILES_AT_ONCE = 20
_PAGES_AT_ONCE = 4  # some ten seconds: what else waits for the worker comes in between


def read_scans() -> None:
    """Make the pages of new files ready for coding, then read some of the pages that wait.

    As long as there are more, the job puts itself at the end of the queue, so that mails and
    documents do not wait for three hundred pages.
    """
    for scan in [(one.id, one.attachment.digest) for one in waiting_files(_FILES_AT_ONCE)]:
        _look_into(*scan)
    if not can_read():
        return
    for _page in range(_PAGES_AT_ONCE):
        with transaction():
            page = claim_page(now=utc_now())
        if page is None:
            return
        if not _read(page):
            return
    current_app.extensions["jobs"].enqueue("read_scans")


def _look_into(scan_id: int, digest: str) -> None:
    """Find out which pages of a file are pictures. One that may hold a virus is not opened."""
    scanner = current_app.extensions["scanner"]
    if scanner is not None and verdict_of(digest) is not Verdict.CLEAN:
        return
    problem = found = None
    try:
        with current_app.extensions["files"].open(digest) as stream:
            found = inspect_document(stream)
    except LockedDocument:
        problem = FileProblem.ENCRYPTED
    except (DamagedDocument, FileNotFoundError):
        problem = FileProblem.DAMAGED
    with transaction():
        scan = lock_scan(scan_id)
        if found is not None:
            begin_pages(scan, found)
        elif problem is not None:
            give_up_file(scan, problem)


def _read(page: PageToRead) -> bool:
    """Read one page; ``False`` when there is nothing to read with."""
    found: Recognised | None = None
    try:
        with current_app.extensions["files"].open(page.digest) as stream:
            picture = draw_for_reading(stream, page.number)
        found = read_picture(picture, language=page.language)
    except ReaderMissing:
        with transaction():
            release_page(page.id)
        return False
    except (PageNotRead, LockedDocument, DamagedDocument, FileNotFoundError) as problem:
        _LOG.warning("page %d of a scanned file was not read: %r", page.number, problem)
    with transaction():
        if found is None:
            fail_page(page.id)
        else:
            finish_page(page.id, found)
    return True


def _request_reading(_sender: object) -> None:
    current_app.extensions["jobs"].enqueue("read_scans")


scans_waiting.connect(_request_reading)
