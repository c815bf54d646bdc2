"""Scanned documents page by page: the picture, what was read on it, and correcting that."""

from io import BytesIO
from typing import TYPE_CHECKING

from flask import current_app, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.answer_files import PageTextForm
from consult.blueprints.desk.presenters.scans import page_view, page_views
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.lists import asked_text, page_of
from consult.blueprints.shared.screening import refuse_unscreened
from consult.domain.coding.queries.passages import passages_of_pages
from consult.domain.scans.errors import DamagedDocument, LockedDocument
from consult.domain.scans.pages import draw_for_people
from consult.domain.scans.queries import find_page, find_scan, list_pages, page_numbers
from consult.domain.scans.service.reading import correct_page
from consult.domain.scans.tesseract import can_read
from consult.domain.submissions.companions import find_attachment
from consult.domain.submissions.listing import get_answer
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput, NotFound
from consult.kernel.ids import content_digest
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.scans.models import ScannedPage
    from consult.domain.submissions.models import Attachment, Submission

_PAGES = "/rounds/<slug:round_slug>/answers/<number:number>/files/<pid:file_id>/pages"
_ON_ONE = 30


@bp.get(_PAGES)
@requires(Permission.VIEW_DESK, on=get_answer)
def scan_pages(submission: "Submission", file_id: str) -> ResponseReturnValue:
    """The pages of a scanned document, with how far each is read."""
    file = find_attachment(submission, file_id)
    scan = find_scan(file.id)
    words = asked_text("words")
    numbers = page_numbers(scan, words)
    paging = page_of(len(numbers), size=_ON_ONE)
    shown = list_pages(scan, numbers[paging.offset : paging.offset + paging.size])
    passages = passages_of_pages([page.id for page in shown])
    every = page_views(scan.pages, total=scan.page_count or 0)
    return render_template(
        "desk/scans/pages.html",
        round=submission.round,
        submission=submission,
        file=file,
        total=scan.page_count,
        every=len(every),
        done=sum(not one.is_waiting for one in every),
        pages=page_views(shown, total=scan.page_count or 0),
        passages={page.number: passages.get(page.id) for page in shown},
        paging=paging,
        words=words,
        can_read=can_read(),
    )


@bp.get(f"{_PAGES}/<number:page>")
@requires(Permission.VIEW_DESK, on=get_answer)
def scan_page(submission: "Submission", file_id: str, page: int) -> ResponseReturnValue:
    """One page: its picture, and the words on it."""
    file, found = _page(submission, file_id, page)
    return _show(submission, file, found, PageTextForm(data={"text": found.text}))


@bp.post(f"{_PAGES}/<number:page>")
@requires(Permission.CODE_ANSWERS, on=get_answer)
@transactional
def correct_scan_page(submission: "Submission", file_id: str, page: int) -> ResponseReturnValue:
    """Write what really stands on a page."""
    file, found = _page(submission, file_id, page)
    form = PageTextForm()
    if form.validate_on_submit():
        try:
            correct_page(
                found,
                form.text.data or "",
                revision=request.form.get("revision", 0, type=int),
                by=current_actor(),
                now=utc_now(),
            )
        except InvalidInput as error:
            form.refuse(error, {})
        else:
            flash(_("The text of page %(number)s is saved.", number=page), "success")
            return redirect(_address(submission, file, page))
    return _show(submission, file, found, form), 422


@bp.get(f"{_PAGES}/<number:page>/picture")
@requires(Permission.VIEW_DESK, on=get_answer)
def scan_picture(submission: "Submission", file_id: str, page: int) -> ResponseReturnValue:
    """A page as a picture for the screen; drawn once, and kept as long as there is room."""
    file, _found = _page(submission, file_id, page)
    refuse_unscreened(file.digest)

    def draw() -> bytes:
        with current_app.extensions["files"].open(file.digest) as stream:
            return draw_for_people(stream, page)

    key = content_digest(f"page {file.digest} {page}".encode())
    try:
        content = current_app.extensions["derived"].fetch(key, draw)
    except (DamagedDocument, LockedDocument, FileNotFoundError) as error:
        raise NotFound("page", page) from error
    return send_file(BytesIO(content), mimetype="image/jpeg", max_age=3600)


def _page(
    submission: "Submission", file_id: str, number: int
) -> tuple["Attachment", "ScannedPage"]:
    file = find_attachment(submission, file_id)
    return file, find_page(find_scan(file.id), number)


def _show(
    submission: "Submission", file: "Attachment", page: "ScannedPage", form: PageTextForm
) -> str:
    numbers = list(page_numbers(page.file))
    at = numbers.index(page.number)
    return render_template(
        "desk/scans/page.html",
        round=submission.round,
        submission=submission,
        file=file,
        view=page_view(page, total=page.file.page_count or 0),
        revision=page.revision,
        form=form,
        previous=numbers[at - 1] if at else None,
        next=numbers[at + 1] if at + 1 < len(numbers) else None,
        passage=passages_of_pages([page.id]).get(page.id),
        can_read=can_read(),
    )


def _address(submission: "Submission", file: "Attachment", page: int) -> str:
    return url_for(
        "desk.scan_page",
        round_slug=submission.round.slug,
        number=submission.number,
        file_id=file.public_id,
        page=page,
    )
