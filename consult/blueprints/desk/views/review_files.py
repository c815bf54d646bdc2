"""Deciding on files that came with an answer: publish, replace by a redacted edition, hold back."""

from typing import TYPE_CHECKING

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.review import EditionForm, HoldForm
from consult.blueprints.desk.presenters.review_variants import file_rows, references_of
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.downloads import send_stored
from consult.blueprints.shared.uploads import (
    file_refusals,
    keep_uploaded,
    let_in_large,
    upload_limits,
)
from consult.domain.accounts.queries import names_by_reference
from consult.domain.disclosure.errors import FileBarred, FileStillHolds
from consult.domain.disclosure.queries import get_review
from consult.domain.disclosure.service.filing import (
    hold_file,
    publish_file,
    replace_file,
    withdraw_file,
)
from consult.domain.disclosure.types import FILE_BAR_LABELS, LegalBasis
from consult.kernel.errors import InvalidInput, NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.disclosure.models import AnswerReview
    from consult.domain.submissions.models import Attachment

_FILE = "/rounds/<slug:round_slug>/review/<number:number>/files/<pid:file_id>"


@bp.post(_FILE)
@requires(Permission.REVIEW_ANSWERS, on=get_review)
@transactional
def review_file(review_: "AnswerReview", file_id: str) -> ResponseReturnValue:
    """Publish a file with its answer, or take back what was decided about it."""
    file = _find(review_, file_id)
    if request.form.get("act") == "withdraw":
        withdraw_file(review_, file, by=current_actor())
        flash(_("Nobody outside gets the file now. It stays with the answer."), "success")
        return _back(review_)
    try:
        publish_file(review_, file, by=current_actor(), files=current_app.extensions["files"])
    except (FileBarred, FileStillHolds) as error:
        flash(_refusal(error), "warning")
    else:
        flash(_("The file is published together with the answer."), "success")
    return _back(review_)


@bp.get(f"{_FILE}/edition")
@requires(Permission.REVIEW_ANSWERS, on=get_review)
def review_edition(review_: "AnswerReview", file_id: str) -> ResponseReturnValue:
    """What else can be done with a file: a redacted edition in its place, or holding it back."""
    return _page(
        review_, _find(review_, file_id), EditionForm(formdata=None), HoldForm(formdata=None)
    )


@bp.post(f"{_FILE}/edition")
@requires(Permission.REVIEW_ANSWERS, on=get_review)
@transactional
def review_replace(review_: "AnswerReview", file_id: str) -> ResponseReturnValue:
    """Put a redacted edition in the place of a file."""
    let_in_large()
    file, form = _find(review_, file_id), EditionForm()
    if not form.validate_on_submit():
        return _page(review_, file, form, HoldForm(formdata=None)), 422
    try:
        [edition] = keep_uploaded(form.file.data, question_id=None)
        replace_file(
            review_, file, edition, by=current_actor(), files=current_app.extensions["files"]
        )
    except InvalidInput as error:
        form.refuse(error, file_refusals(upload_limits()))
    except (FileBarred, FileStillHolds) as error:
        form.add_error(form.file, _refusal(error))
    else:
        flash(_("The redacted file is published in the place of the one that was sent."), "success")
        return _back(review_)
    return _page(review_, file, form, HoldForm(formdata=None)), 422


@bp.post(f"{_FILE}/hold")
@requires(Permission.REVIEW_ANSWERS, on=get_review)
@transactional
def review_hold(review_: "AnswerReview", file_id: str) -> ResponseReturnValue:
    """Hold a file back by law."""
    file, form = _find(review_, file_id), HoldForm()
    if not form.validate_on_submit():
        return _page(review_, file, EditionForm(formdata=None), form), 422
    hold_file(review_, file, LegalBasis(form.basis.data), by=current_actor())
    flash(_("The file is held back. The reason stands on the list for access requests."), "success")
    return _back(review_)


@bp.get(f"{_FILE}/redacted")
@requires(Permission.VIEW_DESK, on=get_review)
def review_redacted_file(review_: "AnswerReview", file_id: str) -> ResponseReturnValue:
    """The redacted edition of a file, as others get it."""
    for one in review_.published_files:
        if one.attachment.public_id == file_id and one.redacted_name is not None:
            return send_stored(one.digest, one.redacted_name, one.media_type)
    raise NotFound("file", file_id)


def _find(review_: "AnswerReview", file_id: str) -> "Attachment":
    for file in review_.version.attachments:
        if file.public_id == file_id:
            return file
    raise NotFound("file", file_id)


def _page(review_: "AnswerReview", file: "Attachment", edition: EditionForm, hold: HoldForm) -> str:
    rows = file_rows(review_, names_by_reference(references_of(review_)))
    return render_template(
        "desk/review/file.html",
        round=review_.round,
        submission=review_.submission,
        file=next(row for row in rows if row.public_id == file.public_id),
        edition=edition,
        hold=hold,
    )


def _refusal(error: FileBarred | FileStillHolds) -> str:
    if isinstance(error, FileBarred):
        return str(_(FILE_BAR_LABELS[error.bar]))
    words: str = ngettext(
        "%(num)d of the things that must not be seen stands in this file too: in its text, under "
        "a painted box, or in its properties. The file was not published. Take it out of the file "
        "itself.",
        "%(num)d of the things that must not be seen stand in this file too: in its text, under "
        "a painted box, or in its properties. The file was not published. Take them out of the "
        "file itself.",
        error.number,
    )
    return words


def _back(review_: "AnswerReview") -> ResponseReturnValue:
    return redirect(
        url_for(
            "desk.review_answer",
            round_slug=review_.round.slug,
            number=review_.submission.number,
            _anchor="files",
        )
    )
