"""Attachments and sign-language videos on a draft."""

from typing import TYPE_CHECKING, Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge

from consult.blueprints.respond import bp
from consult.blueprints.respond.file_forms import FileForm, SummaryForm
from consult.blueprints.respond.forms import ConfirmForm, identity_number_message
from consult.blueprints.respond.keeping import while_unsent
from consult.blueprints.respond.views.drafts import standing_for
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.context import localise
from consult.blueprints.shared.downloads import send_stored
from consult.blueprints.shared.pieces import begin_pieces, put_in_place, take_piece
from consult.blueprints.shared.screening import screen_upload
from consult.blueprints.shared.uploads import let_in_large, upload_limits
from consult.domain.files.queries import unfinished_uploads
from consult.domain.intake.scanning import read_upload
from consult.domain.submissions.companions import find_draft_file, list_draft_files
from consult.domain.submissions.queries import get_draft
from consult.domain.submissions.service.filing import (
    attach_file,
    part_holding,
    remove_file,
    write_summary,
)
from consult.domain.submissions.service.statement import statement_of
from consult.extensions import limiter
from consult.kernel.errors import InvalidInput
from consult.kernel.text.plain import excerpt
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Question
    from consult.domain.submissions.models import Draft


@bp.route("/drafts/<pid:public_id>/files", methods=["GET", "POST"])
@requires(Permission.EDIT_DRAFT, on=get_draft)
@limiter.limit("30 per minute", methods=["POST"])
@while_unsent
@transactional
def files(draft: "Draft") -> ResponseReturnValue:
    """The files there are, and one more."""
    let_in_large()
    asked = statement_of(draft).asked
    try:
        put_in_place(draft.reference)
        form = FileForm(data={"place": request.args.get("at", "")}).offer(_places(asked))
    except RequestEntityTooLarge:
        form = FileForm(formdata=None).offer(_places(asked))
        form.refuse_file(InvalidInput("file", "too_large"), upload_limits())
        return _page(draft, form), 413
    if form.validate_on_submit():
        try:
            _attach(draft, form, asked)
        except InvalidInput as error:
            form.refuse_file(error, upload_limits())
        else:
            flash(_("The file is added. It is sent with the answer."), "success")
            return redirect(url_for("respond.files", public_id=draft.public_id))
    return _page(draft, form), 422 if form.errors else 200


@bp.post("/drafts/<pid:public_id>/uploads")
@requires(Permission.EDIT_DRAFT, on=get_draft)
@limiter.limit("60 per minute")
@while_unsent
@transactional
def begin_file(draft: "Draft") -> ResponseReturnValue:
    """Begin to send a file in pieces, or go on with it."""
    limits = upload_limits()
    return begin_pieces(draft.reference, limit_mb=max(limits.file_mb, limits.video_mb))


@bp.post("/drafts/<pid:public_id>/uploads/<pid:upload_id>")
@requires(Permission.EDIT_DRAFT, on=get_draft)
@limiter.limit("1200 per minute")
@while_unsent
@transactional
def file_piece(draft: "Draft", upload_id: str) -> ResponseReturnValue:
    """Take in the next piece of a file."""
    return take_piece(draft.reference, upload_id)


def _attach(draft: "Draft", form: FileForm, asked: "tuple[Question, ...]") -> None:
    upload: Any = form.file.data
    screen_upload(upload.stream)
    attach_file(
        draft,
        upload.stream,
        filename=upload.filename or "",
        question=next((q for q in asked if q.key == form.place.data), None),
        files=current_app.extensions["files"],
        limits=upload_limits(),
        read=read_upload,
    )


@bp.get("/drafts/<pid:public_id>/files/<pid:file_id>")
@requires(Permission.EDIT_DRAFT, on=get_draft)
@while_unsent
def draft_file(draft: "Draft", file_id: str) -> ResponseReturnValue:
    """A file of the draft, as a download."""
    file = find_draft_file(draft, file_id)
    part = part_holding(file, files=current_app.extensions["files"])
    return send_stored(file.digest, file.filename, file.media_type, part=part)


@bp.post("/drafts/<pid:public_id>/files/<pid:file_id>/remove")
@requires(Permission.EDIT_DRAFT, on=get_draft)
@while_unsent
@transactional
def remove_draft_file(draft: "Draft", file_id: str) -> ResponseReturnValue:
    """Take a file off the draft."""
    if ConfirmForm().validate_on_submit():
        file = find_draft_file(draft, file_id)
        remove_file(draft, file, files=current_app.extensions["files"])
        flash(_("The file is removed."), "success")
    return redirect(url_for("respond.files", public_id=draft.public_id))


@bp.route("/drafts/<pid:public_id>/files/<pid:file_id>/summary", methods=["GET", "POST"])
@requires(Permission.EDIT_DRAFT, on=get_draft)
@while_unsent
@transactional
def summarise_file(draft: "Draft", file_id: str) -> ResponseReturnValue:
    """Write what a long document says, in the sender's own words."""
    file = find_draft_file(draft, file_id)
    form = SummaryForm(data={"summary": file.summary})
    if form.validate_on_submit():
        try:
            write_summary(draft, file, form.summary.data or "")
        except InvalidInput as error:
            form.refuse(error, {"identity_number": identity_number_message()})
        else:
            flash(_("The summary is saved. It is sent with the answer."), "success")
            return redirect(url_for("respond.files", public_id=draft.public_id))
    page = render_template(
        "respond/summary.html",
        draft=draft,
        round=draft.round,
        standing=standing_for(draft),
        form=form,
        file=file,
    )
    return page, 422 if form.errors else 200


def _places(asked: "tuple[Question, ...]") -> dict[str, str]:
    return {
        question.key: f"{number}. {excerpt(localise(question.text), 80)}"
        for number, question in enumerate(asked, 1)
    }


def _page(draft: "Draft", form: FileForm) -> str:
    return render_template(
        "respond/files.html",
        draft=draft,
        round=draft.round,
        standing=standing_for(draft),
        form=form,
        files=list_draft_files(draft.id),
        limits=upload_limits(),
        unfinished=unfinished_uploads(draft.reference),
    )
