"""What goes along with a response: files of its own, other bodies' statements; and supplements."""

from typing import TYPE_CHECKING, Any

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge

from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.arrival import request_arrived_at
from consult.blueprints.shared.context import localise
from consult.blueprints.shared.downloads import send_stored
from consult.blueprints.shared.screening import screen_upload
from consult.blueprints.shared.site import base_url
from consult.blueprints.shared.uploads import keep_uploaded, let_in_large, upload_limits
from consult.blueprints.workspace import bp
from consult.blueprints.workspace.forms.along import EnclosureForm, SupplementForm
from consult.blueprints.workspace.loading import concern_of, draft_of, enclosure_at
from consult.domain.organisations.queries import branches_for, get_organisation
from consult.domain.responses.enclosures import list_enclosures
from consult.domain.responses.errors import NotBelow, NotReady
from consult.domain.responses.service.enclosing import (
    WAITING,
    NewFile,
    enclose_file,
    remove_enclosure,
)
from consult.domain.responses.service.supplementing import send_supplement
from consult.domain.rounds.queries import list_questions
from consult.domain.submissions.additions import Supplement
from consult.domain.submissions.errors import NotAmendable, NothingAnswered
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.text.plain import canonical, excerpt
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition
    from consult.domain.responses.listing import Concern
    from consult.domain.responses.models import Enclosure

_PLACE = "/<slug:organisation>/cases/<slug:round_slug>/send"


@bp.route(f"{_PLACE}/files", methods=["GET", "POST"])
@requires(Permission.DECIDE_CASE, on=draft_of)
@transactional
def enclosures(composition: "Composition") -> ResponseReturnValue:
    """The files that go along, and one more."""
    let_in_large()
    below = branches_for(composition.organisation, on=to_oslo(utc_now()).date())
    try:
        form = EnclosureForm().offer(below)
    except RequestEntityTooLarge:
        form = EnclosureForm(formdata=None).offer(below)
        form.refuse_file(InvalidInput("file", "too_large"), upload_limits())
        return _files_page(composition, form), 413
    if not form.validate_on_submit() or not _enclosed(composition, form):
        return _files_page(composition, form), 422 if form.is_submitted() else 200
    flash(_("The file is added. It is sent with the answer."), "success")
    return redirect(_address("enclosures", composition))


@bp.get(f"{_PLACE}/files/<pid:file_id>")
@requires(Permission.VIEW_WORKSPACE, on=enclosure_at)
def enclosure_file(enclosure: "Enclosure") -> ResponseReturnValue:
    """A file that goes along, as a download."""
    return send_stored(enclosure.digest, enclosure.filename, enclosure.media_type, part=WAITING)


@bp.post(f"{_PLACE}/files/<pid:file_id>/remove")
@requires(Permission.DECIDE_CASE, on=enclosure_at)
@transactional
def remove_enclosed(enclosure: "Enclosure") -> ResponseReturnValue:
    """Let a file not go along."""
    composition = enclosure.composition
    remove_enclosure(enclosure, files=current_app.extensions["files"], by=current_actor())
    flash(_("The file is removed."), "success")
    return redirect(_address("enclosures", composition))


@bp.route(f"{_PLACE}/supplement", methods=["GET", "POST"])
@requires(Permission.DECIDE_CASE, on=concern_of)
@transactional
def supplement(concern: "Concern") -> ResponseReturnValue:
    """Add something to an answer that is sent; what was sent stays as it is."""
    sent = concern.case.submission if concern.case else None
    if sent is None or sent.withdrawn_at is not None:
        return redirect(_send_page(concern))
    let_in_large()
    places = _places(concern)
    try:
        form = SupplementForm().offer(places)
    except RequestEntityTooLarge:
        form = SupplementForm(formdata=None).offer(places)
        form.refuse_file(InvalidInput("file", "too_large"), upload_limits())
        return _supplement_page(concern, form), 413
    if not form.validate_on_submit() or not _supplemented(concern, form):
        return _supplement_page(concern, form), 422 if form.is_submitted() else 200
    flash(_("Your supplement is sent. It stands beside your answer."), "success")
    return redirect(_send_page(concern))


def _enclosed(composition: "Composition", form: EnclosureForm) -> bool:
    """Whether the file goes along now; if not, the reason stands in the form."""
    upload: Any = form.file.data
    try:
        screen_upload(upload.stream)
        enclose_file(
            composition,
            NewFile(
                upload.stream,
                upload.filename or "",
                get_organisation(form.body.data) if form.body.data else None,
            ),
            files=current_app.extensions["files"],
            limits=upload_limits(),
            by=current_actor(),
        )
    except NotBelow:
        form.add_error(form.body, _("The body does not stand under your organisation."))
        return False
    except InvalidInput as error:
        form.refuse_file(error, upload_limits())
        return False
    return True


def _supplemented(concern: "Concern", form: SupplementForm) -> bool:
    """Whether the supplement is sent now; if not, the reason stands in the form."""
    asked = {one.key: one.id for one in list_questions(concern.round.id)}
    question_id = asked.get(form.question.data or "")
    try:
        send_supplement(
            concern,
            Supplement(canonical(form.text.data or ""), question_id),
            files=keep_uploaded(form.file.data, question_id=question_id),
            base_url=base_url(),
            by=current_actor(),
            received_at=request_arrived_at(),
        )
    except NothingAnswered:
        form.add_error(form.text, _("Write something, or choose a file."))
    except (NotReady, NotAmendable):
        form.form_errors.append(_("The round takes no answers any more"))
    except InvalidInput as error:
        form.refuse_file(error, upload_limits())
    else:
        return True
    return False


def _places(concern: "Concern") -> dict[str, str]:
    return {
        one.key: f"{number}. {excerpt(localise(one.text), 80)}"
        for number, one in enumerate(list_questions(concern.round.id), 1)
    }


def _files_page(composition: "Composition", form: EnclosureForm) -> str:
    return render_template(
        "workspace/send/files.html",
        organisation=composition.organisation,
        round=composition.round,
        form=form,
        enclosures=list_enclosures(composition.id),
        limits=upload_limits(),
    )


def _supplement_page(concern: "Concern", form: SupplementForm) -> str:
    return render_template(
        "workspace/send/supplement.html",
        organisation=concern.organisation,
        round=concern.round,
        form=form,
        limits=upload_limits(),
    )


def _address(endpoint: str, composition: "Composition") -> str:
    return url_for(
        f"workspace.{endpoint}",
        organisation=composition.organisation.slug,
        round_slug=composition.round.slug,
    )


def _send_page(concern: "Concern") -> str:
    return url_for(
        "workspace.send", organisation=concern.organisation.slug, round_slug=concern.round.slug
    )
