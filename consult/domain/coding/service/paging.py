"""Scanned pages as passages: one for each page, which keeps its themes when the page is read."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from consult.db import session
from consult.domain.coding.errors import TextCoded
from consult.domain.coding.models import Passage
from consult.domain.coding.service.dividing import passages_made
from consult.domain.coding.types import PassageKind
from consult.domain.scans.queries import submission_of
from consult.domain.scans.rules import words_for_page
from consult.domain.scans.types import place_of
from consult.domain.submissions.rules import letter_locale

if TYPE_CHECKING:
    from consult.domain.scans.models import ScannedFile, ScannedPage
    from consult.domain.submissions.models import Submission


def divide_pages(scan: "ScannedFile") -> int:
    """Make a passage of every page of a scanned file, behind those there are."""
    answer = scan.answer
    if answer is None:
        return 0
    submission = submission_of(scan)
    last = select(func.max(Passage.position)).where(Passage.version_id == answer.version_id)
    first = (session().scalar(last) or 0) + 1
    made: list[Passage] = []
    for position, page in enumerate(scan.pages, first):
        start, quote = place_of(scan.place, page.number), _words(page, submission)
        made.append(
            Passage(
                round_id=submission.round_id,
                submission_id=submission.id,
                version_id=answer.version_id,
                answer_id=answer.id,
                page_id=page.id,
                kind=PassageKind.PAGE,
                position=position,
                start=start,
                end=start + len(quote),
                quote=quote,
            )
        )
    session().add_all(made)
    session().flush()
    passages_made.send({one.id: one.quote for one in made}, are_new=True)
    return len(made)


def show_page(page: "ScannedPage") -> None:
    """Let a page's passage hold the page's words. Its themes and its note stay.

    Parts that were chosen from it go to where their words are now. Raises ``TextCoded`` when one
    has lost its words.
    """
    passage = session().scalars(select(Passage).where(Passage.page_id == page.id)).one_or_none()
    if passage is None:
        return
    passage.quote = _words(page, passage.submission)
    passage.end = passage.start + len(passage.quote)
    parts = session().scalars(
        select(Passage).where(Passage.parent_id == passage.id).order_by(Passage.start)
    )
    _move_parts(passage, parts.all())
    session().flush()
    passages_made.send({passage.id: passage.quote}, are_new=False)


def _move_parts(page: Passage, parts: Iterable[Passage]) -> None:
    for part in parts:
        here = page.quote.find(part.quote)
        if here < 0:
            raise TextCoded(page.submission.reference)
        part.start, part.end = page.start + here, page.start + here + len(part.quote)


def _words(page: "ScannedPage", submission: "Submission") -> str:
    return words_for_page(
        page.state,
        page.text,
        number=page.number,
        total=page.file.page_count or len(page.file.pages),
        locale=letter_locale(submission.language, submission.locale),
    )
