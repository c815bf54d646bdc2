"""Finding out which files are scanned, and making their pages ready."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from blinker import Signal
from sqlalchemy import select

from consult.db import on_commit, session
from consult.domain.scans.models import ScannedFile, ScannedPage
from consult.domain.scans.queries import scans_of_version
from consult.domain.scans.rules import may_be_scan
from consult.domain.scans.types import Inspection, PageState, ScanState
from consult.domain.submissions.attached import FileProblem
from consult.domain.submissions.service.attending import note_contents
from consult.domain.submissions.service.transcribing import begin_added_part
from consult.domain.submissions.types import Voice

if TYPE_CHECKING:
    from consult.domain.submissions.models import Attachment, SubmissionVersion

scans_waiting = Signal()
"""Sent after the commit when files wait to be looked into, so that somebody does."""

pages_found = Signal()
"""Sent with a ``ScannedFile`` whose pages are new, in its transaction, so that areas above can make
passages of them."""


def note_scans(version: "SubmissionVersion", *, now: datetime) -> None:
    """Put the files of a new version that may be scanned in the queue.

    A file that came with the version before is not read again: its pages go along, with what was
    corrected on them.
    """
    if not version.attachments:
        return
    before = _scans_before(version)
    is_new = False
    for file in version.attachments:
        if not may_be_scan(file.kind, file.media_type, pages=file.pages):
            continue
        same = next((one for one in before if one.attachment.digest == file.digest), None)
        scan = ScannedFile(attachment=file, state=ScanState.WAITING, noted_at=now)
        session().add(scan)
        if same is not None and same.state in {ScanState.READING, ScanState.READ}:
            before.remove(same)
            _copy(same, scan)
        else:
            is_new = True
    session().flush()
    if is_new:
        on_commit(_announce)


def _announce() -> None:
    scans_waiting.send(None)


def begin_pages(scan: ScannedFile, found: Inspection) -> None:
    """Make a page of every picture that was found in a file."""
    if scan.state is not ScanState.WAITING:
        return
    note_contents(scan.attachment, pages=found.page_count)
    scan.page_count = found.page_count
    if not found.pictures:
        scan.state = ScanState.NO_SCAN
        session().flush()
        return
    scan.state = ScanState.READING
    scan.answer = begin_added_part(scan.attachment, voice=Voice.SCAN)
    scan.place = _next_place(scan.attachment)
    scan.pages = [
        ScannedPage(number=number, state=PageState.WAITING, text="", revision=1, attempts=0)
        for number in found.pictures
    ]
    session().flush()
    pages_found.send(scan)


def give_up_file(scan: ScannedFile, problem: FileProblem) -> None:
    """Note that nobody can open a file; it becomes a task for the staff."""
    scan.state = ScanState.UNREADABLE
    note_contents(scan.attachment, problem=problem)
    session().flush()


def _scans_before(version: "SubmissionVersion") -> list[ScannedFile]:
    earlier = [one for one in version.submission.versions if one.number == version.number - 1]
    return list(scans_of_version(earlier[0].id)) if earlier else []


def _copy(origin: ScannedFile, scan: ScannedFile) -> None:
    scan.state, scan.page_count, scan.place = origin.state, origin.page_count, origin.place
    scan.answer = begin_added_part(scan.attachment, voice=Voice.SCAN)
    scan.pages = [
        ScannedPage(
            number=page.number,
            state=page.state,
            text=page.text,
            confidence=page.confidence,
            has_number=page.has_number,
            attempts=page.attempts,
            revision=page.revision,
            corrected_by=page.corrected_by,
            corrected_at=page.corrected_at,
        )
        for page in origin.pages
    ]


def _next_place(file: "Attachment") -> int:
    taken: Sequence[int] = [
        one.place for one in scans_of_version(file.version_id) if one.answer_id is not None
    ]
    return max(taken, default=-1) + 1


def lock_scan(scan_id: int) -> ScannedFile:
    """A file, kept from others until this transaction ends."""
    query = select(ScannedFile).where(ScannedFile.id == scan_id).with_for_update()
    return session().scalars(query.execution_options(populate_existing=True)).one()
