"""Taking answers in: documents, and what came on paper, by phone or by mail."""

from typing import TYPE_CHECKING

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.addresses import answer_address
from consult.blueprints.desk.forms.intake import (
    DetailsForm,
    UploadForm,
    read_edits,
)
from consult.blueprints.desk.presenters.channels import other_ways
from consult.blueprints.desk.presenters.intake import (
    BLOCKS_PER_PAGE,
    WARNING_LABELS,
    block_rows,
    place_choice,
    place_choices,
    summary_words,
)
from consult.blueprints.desk.presenters.waiting import waiting_rows
from consult.blueprints.desk.suggestions import suggested_organisations
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.downloads import send_stored
from consult.blueprints.shared.lists import page_of
from consult.blueprints.shared.pieces import begin_pieces, put_in_place, take_piece
from consult.blueprints.shared.screening import screen_upload
from consult.blueprints.shared.settings import site_address, upload_limit_bytes, upload_limit_mb
from consult.domain.accounts.queries import names_by_reference
from consult.domain.documents.building.form import form_code
from consult.domain.files.queries import unfinished_uploads
from consult.domain.intake.archive_queries import list_unread_archives
from consult.domain.intake.errors import AlreadyRegistered, IntakeError, OversizedFile
from consult.domain.intake.explaining import INFECTED, ROUND_REFUSALS, Explanation, explain
from consult.domain.intake.mail_queries import count_waiting
from consult.domain.intake.queries import (
    answers_with_file,
    get_import,
    imports_with_file,
    list_places,
    list_uploads,
)
from consult.domain.intake.service.importing import (
    INCOMING,
    begin_import,
    change_details,
    correct_import,
    details_of,
    discard_import,
    mapped_of,
)
from consult.domain.intake.service.registering import (
    confirm_import,
    find_lateness,
    is_scan,
    summarise_import,
)
from consult.domain.intake.table_queries import list_open_tables
from consult.domain.rounds.queries import get_round
from consult.domain.submissions.errors import NothingAnswered
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.intake.models import ImportDraft, TakenIn
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import Submission


@bp.get("/rounds/<slug:round_slug>/intake")
@requires(Permission.VIEW_DESK, on=get_round)
def intake(round_: "Round") -> ResponseReturnValue:
    """Documents on their way in, and the ways to take in another."""
    return _intake_page(round_, UploadForm())


def _intake_page(round_: "Round", form: UploadForm, *, refusal: Explanation | None = None) -> str:
    drafts, tables = list_uploads(round_.id), list_open_tables(round_.id)
    archives = list_unread_archives(round_.id)
    taken_in: list[TakenIn] = [*drafts, *tables, *archives]
    names = names_by_reference([one.created_by for one in taken_in])
    return render_template(
        "desk/intake.html",
        round=round_,
        form=form,
        refusal=refusal,
        ways=other_ways(round_.slug),
        waiting=count_waiting(round_.id),
        imports=waiting_rows(round_.slug, drafts, tables, archives, names),
        takes_none=ROUND_REFUSALS.get(round_.status),
        organisations=suggested_organisations(),
        limit_mb=upload_limit_mb(),
        form_code=form_code(round_),
        unfinished=unfinished_uploads(_uploader(round_)),
    )


@bp.post("/rounds/<slug:round_slug>/intake")
@requires(Permission.REGISTER_ANSWER, on=get_round)
@transactional
def intake_upload(round_: "Round") -> ResponseReturnValue:
    """Recognise an uploaded document and show what was found."""
    put_in_place(_uploader(round_))
    form = UploadForm()
    if not form.validate_on_submit():
        return _intake_page(round_, form), 422
    try:
        screen_upload(form.file.data.stream)
        draft = begin_import(
            round_,
            form.file.data.read(),
            filename=form.file.data.filename,
            by=current_actor(),
            files=current_app.extensions["files"],
            limit_bytes=upload_limit_bytes(),
            sender=form.sender.data or "",
            actor_type=form.actor_type,
            redact=bool(form.redact.data),
        )
    except IntakeError as error:
        refusal = explain(error)
        form.add_error(form.file, _(refusal.problem, **refusal.data))
        status = 413 if isinstance(error, OversizedFile) else 422
        return _intake_page(round_, form, refusal=refusal), status
    except InvalidInput as error:
        if error.field == "file":
            form.add_error(form.file, _(INFECTED))
        # otherwise the round takes no answers; the page says so where the form would be
        return _intake_page(round_, form), 422
    return redirect(_address("desk.intake_import", draft))


@bp.post("/rounds/<slug:round_slug>/uploads")
@requires(Permission.REGISTER_ANSWER, on=get_round)
@transactional
def begin_file(round_: "Round") -> ResponseReturnValue:
    """Begin to send a document in pieces, or go on with it."""
    return begin_pieces(_uploader(round_), limit_mb=upload_limit_mb())


@bp.post("/rounds/<slug:round_slug>/uploads/<pid:upload_id>")
@requires(Permission.REGISTER_ANSWER, on=get_round)
@transactional
def file_piece(round_: "Round", upload_id: str) -> ResponseReturnValue:
    """Take in the next piece of a document."""
    return take_piece(_uploader(round_), upload_id)


def _uploader(round_: "Round") -> str:
    """Whose uploads these are: what one of the staff has begun is not for the others."""
    return f"{round_.reference} {current_actor().reference}"


@bp.get("/rounds/<slug:round_slug>/intake/<pid:import_id>")
@requires(Permission.REGISTER_ANSWER, on=get_import)
def intake_import(draft: "ImportDraft") -> ResponseReturnValue:
    """What was recognised in a document and where it goes; everything can be corrected."""
    if draft.submission is not None:
        return redirect(answer_address(draft.submission))
    mapped = mapped_of(draft)
    places = list_places(draft.round_id)
    summary = summarise_import(draft, places)
    details = details_of(draft)
    paging = page_of(len(mapped.document.blocks), size=BLOCKS_PER_PAGE)
    return render_template(
        "desk/import.html",
        round=draft.round,
        draft=draft,
        blocks=block_rows(mapped, offset=paging.offset, limit=paging.size),
        paging=paging,
        choices=place_choices(places),
        unanswered=[place_choice(place) for place in summary.unanswered],
        summary=summary_words(summary, is_undated=details.is_undated),
        is_scan=is_scan(draft),
        page_count=mapped.document.page_count,
        details=details,
        warnings=[WARNING_LABELS[one] for one in mapped.document.warnings],
        same_file=answers_with_file(draft.round_id, draft.digest),
        same_imports=imports_with_file(draft.round_id, draft.digest, besides=draft.id),
    )


@bp.post("/rounds/<slug:round_slug>/intake/<pid:import_id>")
@requires(Permission.REGISTER_ANSWER, on=get_import)
@transactional
def intake_correct(draft: "ImportDraft") -> ResponseReturnValue:
    """Keep corrections of what was recognised."""
    page = request.form.get("page", 1, type=int)
    try:
        correct_import(
            draft,
            read_edits(request.form),
            revision=request.form.get("revision", 0, type=int),
            by=current_actor(),
            merge=request.form.get("merge", type=int),
        )
    except InvalidInput:
        flash(_("Your corrections could not be read. Nothing was changed."), "danger")
        return redirect(_address("desk.intake_import", draft, page=page))
    if "next" in request.form:
        return redirect(_address("desk.intake_confirm", draft))
    flash(_("Your corrections are saved."), "success")
    return redirect(_address("desk.intake_import", draft, page=page))


@bp.get("/rounds/<slug:round_slug>/intake/<pid:import_id>/original")
@requires(Permission.REGISTER_ANSWER, on=get_import)
def intake_original(draft: "ImportDraft") -> ResponseReturnValue:
    """The uploaded file as it came."""
    part = None if draft.submission_id else INCOMING
    return send_stored(draft.digest, draft.filename, draft.media_type, part=part)


@bp.route("/rounds/<slug:round_slug>/intake/<pid:import_id>/confirm", methods=["GET", "POST"])
@requires(Permission.REGISTER_ANSWER, on=get_import)
@transactional
def intake_confirm(draft: "ImportDraft") -> ResponseReturnValue:
    """Say what the document does not say of itself, and register the answer."""
    if draft.submission is not None:
        return redirect(answer_address(draft.submission))
    form = DetailsForm(details_of(draft))
    if not form.validate_on_submit():
        return _confirm_page(draft, form), 422 if form.is_submitted() else 200
    if "later" in request.form:
        change_details(draft, form.details, by=current_actor())
        flash(_("What you have filled in is saved. The answer is not registered yet."), "success")
        return redirect(_address("desk.intake_import", draft))
    if not form.settle_lateness(find_lateness(draft.round, form.details)):
        return _confirm_page(draft, form), 422
    submission = _confirm(draft, form)
    if submission is None:
        return _confirm_page(draft, form), 422
    flash(_("The answer is registered as number %(number)s.", number=submission.number), "success")
    return redirect(answer_address(submission))


def _confirm(draft: "ImportDraft", form: DetailsForm) -> "Submission | None":
    """The registered answer, or ``None`` with the reasons put into the form."""
    try:
        return confirm_import(
            draft,
            form.details,
            by=current_actor(),
            files=current_app.extensions["files"],
            despite_same_file=bool(form.despite_same_file.data),
            base_url=site_address() if form.sends_receipt.data else None,
        )
    except InvalidInput as error:
        form.refuse_details(error, list_places(draft.round_id))
    except AlreadyRegistered:
        form.add_error(
            form.despite_same_file,
            _("This file is registered already. Tick the box if it shall be once more."),
        )
    except NothingAnswered:
        form.form_errors.append(
            _("All of the text is left out, so there is no answer. Go back and place some of it.")
        )
    return None


def _confirm_page(draft: "ImportDraft", form: DetailsForm) -> str:
    summary = summarise_import(draft, list_places(draft.round_id))
    details = details_of(draft)
    form.lateness = form.lateness or find_lateness(draft.round, details)
    return render_template(
        "desk/import_confirm.html",
        round=draft.round,
        draft=draft,
        form=form,
        summary=summary_words(summary, is_undated=details.is_undated),
        unanswered=[place_choice(place) for place in summary.unanswered],
        same_file=answers_with_file(draft.round_id, draft.digest),
        organisations=suggested_organisations(),
    )


@bp.post("/rounds/<slug:round_slug>/intake/<pid:import_id>/discard")
@requires(Permission.REGISTER_ANSWER, on=get_import)
@transactional
def intake_discard(draft: "ImportDraft") -> ResponseReturnValue:
    """Give an import up; nothing of it stays."""
    round_slug = draft.round.slug
    discard_import(draft, by=current_actor(), files=current_app.extensions["files"])
    flash(_("The import is deleted, with its file. No answer was registered."), "success")
    return redirect(url_for("desk.intake", round_slug=round_slug))


def _address(endpoint: str, draft: "ImportDraft", *, page: int = 1) -> str:
    """The address of a page of an import."""
    return url_for(
        endpoint,
        round_slug=draft.round.slug,
        import_id=draft.public_id,
        page=page if page > 1 else None,
    )
