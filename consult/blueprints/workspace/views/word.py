"""Word out for those who want to read and change the draft there, and Word in as suggestions."""

from typing import TYPE_CHECKING, Any

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.context import format_moment
from consult.blueprints.shared.downloads import send_stored
from consult.blueprints.shared.site import base_url
from consult.blueprints.workspace.forms.word import DecideForm, WordInForm, WordOutForm
from consult.blueprints.workspace.loading import (
    DraftPlace,
    draft_of,
    draft_place,
    place_of,
    word_return_of,
)
from consult.blueprints.workspace.presenters.drafting import label_of
from consult.blueprints.workspace.presenters.rooms import room_tabs
from consult.blueprints.workspace.presenters.word import suggestions_by_part
from consult.blueprints.workspace.routes import written
from consult.domain.accounts.queries import names_by_reference
from consult.domain.composing.errors import AlreadyTakenIn, TextIsSealed
from consult.domain.composing.frozen import current_digest, unfreeze
from consult.domain.composing.lettering import make_document
from consult.domain.composing.queries import get_part, list_parts
from consult.domain.composing.returned import list_returns, rests_of
from consult.domain.composing.sealing import seal_state
from consult.domain.composing.service.deciding import accept, place, reject, settle_by_hand
from consult.domain.composing.service.freezing import freeze
from consult.domain.composing.service.returning import take_in_word
from consult.domain.composing.versions import get_version, list_versions
from consult.domain.documents.word.reading import read_identifier
from consult.domain.documents.word.writing import write_docx
from consult.domain.intake.errors import (
    EncryptedFile,
    IntakeError,
    OversizedFile,
    UnsupportedFormat,
)
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.errors import NotFound
from consult.kernel.text.rich.errors import InvalidRichText
from consult.policy import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consult.domain.composing.models import Composition, NamedVersion, Suggestion, WordReturn

_DRAFT = "/draft"
_PLACE = f"{_DRAFT}/word"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@written(_PLACE)
@requires(Permission.WRITE_RESPONSE, on=draft_place)
def word(place: DraftPlace) -> ResponseReturnValue:
    """Get the draft as a Word file, and bring one back."""
    return _page(place, WordInForm(formdata=None))


@written(f"{_PLACE}/out", methods=["POST"])
@requires(Permission.WRITE_RESPONSE, on=draft_of)
@transactional
def word_out(composition: "Composition") -> ResponseReturnValue:
    """Keep the draft as a version, so that it can be told what was changed, and give the file."""
    form = WordOutForm()
    if not form.validate_on_submit():
        return redirect(_address("word", composition))
    latest = next(iter(list_versions(composition.id)), None)
    if latest is None or latest.digest != current_digest(composition):
        name = _("Word, %(moment)s", moment=format_moment(utc_now()))
        latest = freeze(composition, name, by=current_actor())
    chosen = {name: "1" for name in ("confidential", "evidence") if form[name].data}
    return redirect(_address("word_file", composition, number=latest.number, **chosen))


@written(f"{_DRAFT}/versions/<int:number>.docx")
@requires(Permission.VIEW_WORKSPACE, on=draft_of)
def word_file(composition: "Composition", number: int) -> ResponseReturnValue:
    """A version as a Word file."""
    version, now = get_version(composition.id, number), utc_now()
    document = make_document(
        unfreeze(version.content),
        identifier=_identifier(version),
        made_at=now,
        today=to_oslo(now).date(),
        is_confidential="confidential" in request.args,
        rests=rests_of(composition.id) if "evidence" in request.args else None,
    )
    response = Response(write_docx(document), mimetype=_DOCX)
    filename = f"{composition.organisation.slug}-{composition.round.slug}-{number}.docx"
    response.headers.set("Content-Disposition", "attachment", filename=filename)
    return response


@written(f"{_PLACE}/in", methods=["POST"])
@requires(Permission.WRITE_RESPONSE, on=draft_of)
@transactional
def word_in(composition: "Composition") -> ResponseReturnValue:
    """Take in a file that came back; what differs lies beside the text as suggestions."""
    versions = list_versions(composition.id)
    form = WordInForm().offer(versions)
    here = place_of(composition)
    if not form.validate_on_submit():
        return _page(here, form), 422
    try:
        returned = _take_in(form, versions)
    except AlreadyTakenIn as error:
        flash(_("This very file has come back before. Here is what it holds."), "info")
        return redirect(_address("word_return", composition, return_id=error.public_id))
    except (IntakeError, InvalidRichText) as error:
        form.add_error(form.file, _refusal(error))
        return _page(here, form), 413 if isinstance(error, OversizedFile) else 422
    if returned is None:
        form.add_error(form.version, _("Choose the version that was changed."))
        return _page(here, form), 422
    return redirect(_address("word_return", composition, return_id=returned.public_id))


def _take_in(form: WordInForm, versions: "Sequence[NamedVersion]") -> "WordReturn | None":
    """Take the file in; ``None`` where neither the form nor the file tells its version."""
    content, filename = form.file.data.read(), form.file.data.filename
    limit_bytes = _limit_mb() * 1024 * 1024
    if len(content) > limit_bytes:
        raise OversizedFile(filename, size=len(content), limit=limit_bytes)
    chosen, told = form.version.data, read_identifier(content, filename=filename)
    for one in versions:
        if chosen == str(one.number) or (not chosen and told == _identifier(one)):
            return take_in_word(
                one,
                content,
                filename=filename,
                files=current_app.extensions["files"],
                by=current_actor(),
            )
    return None


@written(f"{_PLACE}/<pid:return_id>")
@requires(Permission.WRITE_RESPONSE, on=word_return_of)
def word_return(returned: "WordReturn") -> ResponseReturnValue:
    """What a file would change, part by part."""
    composition = returned.composition
    parts = list_parts(composition.id)
    labels = {part.key: label_of(part) for part in parts}
    return render_template(
        "workspace/review/word_return.html",
        organisation=composition.organisation,
        round=composition.round,
        composition=composition,
        returned=returned,
        returned_by=names_by_reference([returned.returned_by]).get(returned.returned_by, ""),
        groups=suggestions_by_part(returned),
        missing=[labels[key] for key in returned.missing if key in labels],
        labels=labels,
        seal=seal_state(composition),
    )


@written(f"{_PLACE}/<pid:return_id>/original.docx")
@requires(Permission.WRITE_RESPONSE, on=word_return_of)
def word_original(returned: "WordReturn") -> ResponseReturnValue:
    """The file that came back, byte for byte."""
    return send_stored(returned.digest, returned.filename, _DOCX)


@written(f"{_PLACE}/<pid:return_id>/decide", methods=["POST"])
@requires(Permission.WRITE_RESPONSE, on=word_return_of)
@transactional
def word_decide(returned: "WordReturn") -> ResponseReturnValue:
    """Take in or turn down one change, or all of a part."""
    form, composition = DecideForm(), returned.composition
    back = _address("word_return", composition, return_id=returned.public_id)
    if not form.validate_on_submit():
        return redirect(back)
    try:
        flash(*_decide(returned, form))
    except TextIsSealed:
        page = render_template(
            "workspace/review/seal.html",
            organisation=composition.organisation,
            round=composition.round,
            form=form,
            action=_address("word_decide", composition, return_id=returned.public_id),
            back=back,
            seal=seal_state(composition),
        )
        return page, 409
    anchor = f"#part-{form.part.data}" if form.part.data else ""
    return redirect(f"{back}{anchor}")


def _decide(returned: "WordReturn", form: DecideForm) -> tuple[str, str]:
    """Do what was asked; what is said about it, and how.

    Raises:
        NotFound: There is no such suggestion, part or step.
        TextIsSealed: A change would break the seal, and nobody has agreed.
    """
    chosen, by = _chosen(returned, form), current_actor()
    if form.step.data == "reject":
        reject(chosen, by=by)
        return _("Turned down. The text is as it was."), "success"
    if form.step.data == "by_hand":
        settle_by_hand(chosen, by=by)
        return _("Noted as settled by hand."), "success"
    part = get_part(returned.composition, str(form.part.data))
    means: dict[str, Any] = {
        "title": label_of(part).text,
        "breaks_seal": bool(form.breaks_seal.data),
        "base_url": base_url(),
        "by": by,
    }
    if form.step.data == "place":
        for one in chosen:
            place(one, part, **means)
        return _("It stands at the end of the part now."), "success"
    if form.step.data != "accept":
        raise NotFound("step", form.step.data)
    taken = accept(returned, part, chosen, **means)
    if taken:
        text = ngettext("%(num)d change is taken in.", "%(num)d changes are taken in.", taken)
        return text, "success"
    return _("Nothing was taken in: the words have been changed in the meantime."), "warning"


def _chosen(returned: "WordReturn", form: DecideForm) -> "list[Suggestion]":
    """The suggestion that is named, or all of the part that is. Raises ``NotFound``."""
    if form.suggestion.data:
        found = [one for one in returned.suggestions if one.public_id == form.suggestion.data]
    else:
        found = [one for one in returned.suggestions if one.part and one.part.key == form.part.data]
    if not found:
        raise NotFound("suggestion", form.suggestion.data or form.part.data)
    return found


def _identifier(version: "NamedVersion") -> str:
    return f"consult:{version.public_id}"


def _refusal(error: Exception) -> str:
    """Why a file is refused, and what to do."""
    if isinstance(error, OversizedFile):
        limit = max(1, error.limit // (1024 * 1024))
        return str(_("The file is too large. The limit is %(limit)s MB.", limit=limit))
    if isinstance(error, EncryptedFile):
        return str(_("The file is locked with a password. Save a copy without one."))
    if isinstance(error, UnsupportedFormat):
        return str(_("This is no Word file. Save it as .docx and try again."))
    if isinstance(error, InvalidRichText):
        return str(_("A part of the file is far longer than a part can be. Divide it."))
    return str(_("The file is damaged. Open it in Word, save it again and try once more."))


def _limit_mb() -> int:
    return int(current_app.config["SETTINGS"].upload_limit_mb)


def _page(here: DraftPlace, form: WordInForm) -> str:
    composition = here.composition
    versions = list_versions(composition.id) if composition else []
    return render_template(
        "workspace/review/word.html",
        organisation=here.organisation,
        round=here.round,
        rooms=room_tabs(here.organisation, here.round, here.kind),
        composition=composition,
        form=form.offer(versions),
        out=WordOutForm(formdata=None, meta={"csrf": False}),
        returns=list_returns(composition.id) if composition else [],
        has_gone_out=bool(versions),
        limit_mb=_limit_mb(),
    )


def _address(name: str, composition: "Composition", **values: Any) -> str:
    return url_for(
        f"workspace.{name}",
        organisation=composition.organisation.slug,
        round_slug=composition.round.slug,
        **values,
    )
