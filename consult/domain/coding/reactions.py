"""What this area does when something happens in an area below."""

from typing import TYPE_CHECKING

from consult.domain.coding.queries.clusters import find_membership
from consult.domain.coding.queries.copies import copies_about
from consult.domain.coding.service.carrying import carry_codings
from consult.domain.coding.service.clustering import note_text
from consult.domain.coding.service.copying import link_copies
from consult.domain.coding.service.dividing import divide_added, divide_version, version_divided
from consult.domain.coding.service.holding import hold_stances
from consult.domain.coding.service.paging import divide_pages, show_page
from consult.domain.scans.queries import scans_of_version
from consult.domain.scans.service.noting import note_scans, pages_found
from consult.domain.scans.service.reading import page_read
from consult.domain.submissions.service.receiving import version_stored
from consult.domain.submissions.service.transcribing import text_added
from consult.kernel.clock import utc_now

if TYPE_CHECKING:
    from consult.domain.scans.models import ScannedFile, ScannedPage
    from consult.domain.submissions.models import Answer, SubmissionVersion


def connect_reactions() -> None:
    """Divide every text into passages as it is received or added, in the same transaction.

    A new version takes over the codings of what is unchanged. What joins the answer keeps the
    stances it had before, until a person has looked.
    """
    version_stored.connect(_divide)
    text_added.connect(_divide_added)
    pages_found.connect(_divide_pages)
    page_read.connect(_show_page)


def _divide(version: "SubmissionVersion") -> None:
    note_scans(version, now=utc_now())
    divide_version(version)
    note_text(version)
    for scan in scans_of_version(version.id) if version.attachments else ():
        divide_pages(scan)
    if version.number > 1:
        hold_stances(version)
        carry_codings(version)
        if copies_about(version.submission) or find_membership(version.submission_id):
            link_copies(version.submission.round_id)
        version_divided.send(version)


def _divide_added(answer: "Answer") -> None:
    divide_added(answer)


def _divide_pages(scan: "ScannedFile") -> None:
    divide_pages(scan)


def _show_page(page: "ScannedPage") -> None:
    show_page(page)
