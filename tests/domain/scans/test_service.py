"""Pages of scanned files: found, read in turn, carried over to the next version."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask import current_app
from sqlalchemy import select

from consult.db import session
from consult.domain.accounts.types import SYSTEM, VISITOR
from consult.domain.analysis.models import SearchEntry
from consult.domain.coding.models import Passage
from consult.domain.coding.service.coding import apply_theme
from consult.domain.coding.types import CodingMethod, PassageKind
from consult.domain.intake.scanning import read_upload
from consult.domain.scans.models import ScannedFile
from consult.domain.scans.queries import LOST_AFTER, MOST_ATTEMPTS
from consult.domain.scans.service.noting import begin_pages
from consult.domain.scans.service.reading import claim_page, fail_page, finish_page
from consult.domain.scans.types import Inspection, PageState, Recognised, ScanState
from consult.domain.submissions.additions import Supplement
from consult.domain.submissions.attached import FileProblem
from consult.domain.submissions.service.amending import start_amendment
from consult.domain.submissions.service.answering import save_answer
from consult.domain.submissions.service.attending import note_contents, settle_file
from consult.domain.submissions.service.filing import UploadLimits, attach_file
from consult.domain.submissions.service.supplementing import receive_supplement
from consult.domain.submissions.types import Voice, WrittenAnswer
from consult.kernel.clock import utc_now
from tests.domain.submissions.written import begin, send, write
from tests.support.coded import theme
from tests.support.scanned import scanned_pdf


@pytest.fixture
def sent(make):
    """An answer with a scanned file of three pages, whose pages are found."""
    draft = write(begin(make.round()), "Se vedlegget.")
    attach_file(
        draft,
        BytesIO(scanned_pdf(["En", "To", "Tre"], scale=1)),
        filename="brev.pdf",
        question=None,
        files=current_app.extensions["files"],
        limits=UploadLimits(1, 1),
        read=read_upload,
    )
    submission = send(draft).submission
    begin_pages(session().scalars(select(ScannedFile)).one(), Inspection(3, (1, 2, 3)))
    return submission


def _pages(version) -> list[Passage]:
    query = select(Passage).where(
        Passage.version_id == version.id, Passage.kind == PassageKind.PAGE
    )
    return list(session().scalars(query.order_by(Passage.position)))


def test_pages_are_taken_one_by_one_and_again_when_they_are_lost(sent):
    now = utc_now()
    first, second = claim_page(now=now), claim_page(now=now)
    assert (first.number, second.number, first.language) == (1, 2, "nb")
    assert claim_page(now=now).number == 3
    assert claim_page(now=now) is None
    again = claim_page(now=now + LOST_AFTER + timedelta(seconds=1))
    assert again.number == 1
    finish_page(first.id, Recognised("  Fristen er kort.  ", 88))
    fail_page(second.id)
    passages = _pages(sent.current_version)
    assert passages[0].quote == "Fristen er kort."
    stems = session().get(SearchEntry, passages[0].id).stems
    assert all(stem in stems for stem in ("frist", "kort"))
    scan = session().scalars(select(ScannedFile)).one()
    assert [page.state for page in scan.pages] == [PageState.READ, *[PageState.WAITING] * 2]


def test_a_page_that_cannot_be_read_is_given_up_and_the_file_is_done(sent):
    moment = utc_now()
    for _time in range(MOST_ATTEMPTS):
        while (page := claim_page(now=moment)) is not None:
            fail_page(page.id)
        moment += LOST_AFTER + timedelta(seconds=1)
    scan = session().scalars(select(ScannedFile)).one()
    assert {page.state for page in scan.pages} == {PageState.FAILED}
    assert scan.state is ScanState.READ


def test_identity_numbers_are_left_out_of_what_a_machine_read(sent):
    page = claim_page(now=utc_now())
    finish_page(page.id, Recognised("Født 018190 12365 i Solvik.", 90))
    scan = session().scalars(select(ScannedFile)).one()
    assert scan.pages[0].has_number
    assert "12365" not in scan.pages[0].text
    assert "12365" not in _pages(sent.current_version)[0].quote


def test_pages_and_their_codings_go_along_to_the_next_version(sent):
    page = claim_page(now=utc_now())
    finish_page(page.id, Recognised("Fristen er kort.", 88))
    first, second, _third = _pages(sent.current_version)
    deadline = theme(sent.round, "Frist")
    for passage in (first, second):
        apply_theme(passage, deadline, by=SYSTEM)
    draft = start_amendment(sent, by=VISITOR, now=utc_now())
    question = draft.round.questions[0]
    save_answer(draft, question, WrittenAnswer(text="Se brevet."), revision=1, by=VISITOR)
    send(draft)
    session().refresh(sent)
    assert sent.current_version_number == 2
    after = _pages(sent.current_version)
    assert [one.quote for one in after] == [first.quote, second.quote, _third.quote]
    methods = [[coding.method for coding in one.codings] for one in after]
    assert methods == [[CodingMethod.CARRIED], [CodingMethod.CARRIED], []]
    taken = [claim_page(now=utc_now()).number, claim_page(now=utc_now()).number]
    assert taken == [2, 3]
    assert claim_page(now=utc_now()) is None


def test_a_supplement_takes_files_along_as_they_are_and_their_pages_once(sent):
    (file,) = sent.current_version.attachments
    note_contents(file, problem=FileProblem.ENCRYPTED)
    settle_file(file, by=SYSTEM)
    receive_supplement(sent, Supplement("Også lørdager."), by=VISITOR, received_at=utc_now())
    session().refresh(sent)
    second = sent.current_version
    (again,) = second.attachments
    assert (again.problem, again.attended_by) == (FileProblem.ENCRYPTED, SYSTEM.reference)
    assert again.attended_at is not None, "nobody is asked to see to it twice"
    assert [one.voice for one in second.answers].count(Voice.SCAN) == 1
    assert len(_pages(second)) == 3
