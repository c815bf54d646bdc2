"""Files that show how far a measure has come: added, shown to everybody or not, removed."""

from typing import TYPE_CHECKING, Any

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.evidence import EvidenceForm, StepForm
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.downloads import send_stored
from consult.blueprints.shared.screening import screen_upload
from consult.blueprints.shared.uploads import let_in_large, upload_limits
from consult.domain.followup.evidence import PART, get_evidence, latest_status
from consult.domain.followup.queries import get_measure
from consult.domain.followup.service.evidencing import (
    add_evidence,
    remove_evidence,
    show_evidence,
)
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.followup.models import EvidenceFile, Measure

_PLACE = "/rounds/<slug:round_slug>/follow-up/<number:number>/evidence"


@bp.route(_PLACE, methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUND, on=get_measure)
@transactional
def measure_evidence(measure: "Measure") -> ResponseReturnValue:
    """The files of what was told last, and one more."""
    let_in_large()
    try:
        form = EvidenceForm()
    except RequestEntityTooLarge:
        form = EvidenceForm(formdata=None)
        form.refuse_file(InvalidInput("file", "too_large"), upload_limits())
        return _page(measure, form), 413
    if not form.validate_on_submit() or not _added(measure, form):
        return _page(measure, form), 422 if form.is_submitted() else 200
    flash(_("The file is added."), "success")
    return redirect(_address(measure), code=303)


@bp.get(f"{_PLACE}/<pid:file_id>")
@requires(Permission.VIEW_DESK, on=get_evidence)
def evidence_file(kept: "EvidenceFile") -> ResponseReturnValue:
    """A file, as a download."""
    return send_stored(kept.digest, kept.filename, kept.media_type, part=PART)


@bp.post(f"{_PLACE}/<pid:file_id>/<any(show, hide, remove):act>")
@requires(Permission.MANAGE_ROUND, on=get_evidence)
@transactional
def evidence_change(kept: "EvidenceFile", act: str) -> ResponseReturnValue:
    """Let everybody have a file, or only the desk, or nobody."""
    measure = kept.event.measure
    if StepForm().validate_on_submit():
        if act == "remove":
            remove_evidence(kept, files=current_app.extensions["files"], by=current_actor())
            flash(_("The file is removed."), "success")
        else:
            show_evidence(kept, is_public=act == "show", by=current_actor())
            flash(_("Saved."), "success")
    return redirect(_address(measure), code=303)


def _added(measure: "Measure", form: EvidenceForm) -> bool:
    """Whether the file is kept now; if not, the reason stands in the form."""
    upload: Any = form.file.data
    try:
        screen_upload(upload.stream)
        add_evidence(
            measure,
            upload.stream,
            upload.filename or "",
            is_public=bool(form.is_public.data),
            files=current_app.extensions["files"],
            limits=upload_limits(),
            by=current_actor(),
            at=utc_now(),
        )
    except InvalidInput as error:
        form.refuse_file(error, upload_limits())
        return False
    return True


def _page(measure: "Measure", form: EvidenceForm) -> str:
    return render_template(
        "desk/followup/evidence.html",
        round=measure.round,
        measure=measure,
        event=latest_status(measure),
        limits=upload_limits(),
        form=form,
    )


def _address(measure: "Measure") -> str:
    return url_for("desk.measure_evidence", round_slug=measure.round.slug, number=measure.number)
