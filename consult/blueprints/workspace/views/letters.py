"""The letter: what stands at its head, and the letter as PDF and Word."""

from pathlib import Path
from typing import TYPE_CHECKING

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.site import base_url
from consult.blueprints.workspace import bp
from consult.blueprints.workspace.forms.send import HeadForm
from consult.blueprints.workspace.loading import concern_of, draft_of
from consult.domain.composing.errors import TextIsSealed
from consult.domain.composing.frozen import current_digest
from consult.domain.composing.sealing import seal_state
from consult.domain.composing.service.heading import change_head
from consult.domain.responses.enclosures import enclosure_title, list_enclosures
from consult.domain.responses.letters import Printing, letter_docx, letter_pdf
from consult.domain.responses.queries import hearing_turnout
from consult.domain.responses.readiness import basis_in_words, list_joint_parties
from consult.domain.responses.service.preparing import behind_in_words
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import choose_locale
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition
    from consult.domain.responses.listing import Concern

_PLACE = "/<slug:organisation>/cases/<slug:round_slug>/letter"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def printing() -> Printing:
    """What PDFs are made with in this installation."""
    assets = Path(str(current_app.static_folder)) / "build"
    return Printing(assets, current_app.extensions["derived"])


@bp.route(_PLACE, methods=["GET", "POST"])
@requires(Permission.WRITE_RESPONSE, on=draft_of)
@transactional
def letter_head(composition: "Composition") -> ResponseReturnValue:
    """Recipient, references, date, subject, and how the answer came about."""
    form = HeadForm(obj=composition)
    if not form.validate_on_submit() or not _change(composition, form):
        status = 422 if form.is_submitted() else 200
        return _head_page(composition, form), status
    flash(_("The head of the letter is changed."), "success")
    return redirect(_send_address(composition))


@bp.get(f"{_PLACE}.pdf")
@requires(Permission.VIEW_WORKSPACE, on=draft_of)
def letter_as_pdf(composition: "Composition") -> ResponseReturnValue:
    """The letter as it will be sent; a draft says that it is one."""
    behind, attachments = _around(composition)
    content = letter_pdf(
        composition, printing(), behind=behind, attachments=attachments, now=utc_now()
    )
    return _download(content, "application/pdf", f"{composition.organisation.slug}.pdf")


@bp.get(f"{_PLACE}.docx")
@requires(Permission.VIEW_WORKSPACE, on=draft_of)
def letter_as_word(composition: "Composition") -> ResponseReturnValue:
    """The same letter for Word."""
    behind, attachments = _around(composition)
    content = letter_docx(composition, behind=behind, attachments=attachments, now=utc_now())
    return _download(content, _WORD, f"{composition.organisation.slug}.docx")


def _around(composition: "Composition") -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands below the text: who stands behind it, and the files of our own."""
    joint = list_joint_parties(_concern(composition).case)
    digest = current_digest(composition)
    return (
        behind_in_words(joint, composition.language, digest=digest),
        tuple(enclosure_title(one) for one in list_enclosures(composition.id)),
    )


def _change(composition: "Composition", form: HeadForm) -> bool:
    """Change the head; says whether it was done."""
    names = ("title", "recipient", "their_ref", "our_ref", "basis")
    try:
        change_head(
            composition,
            texts={name: str(form[name].data or "") for name in names},
            document_date=form.document_date.data,
            part=_("The head of the letter"),
            breaks_seal=bool(form.breaks_seal.data),
            base_url=base_url(),
            by=current_actor(),
        )
    except TextIsSealed:
        return False
    except InvalidInput as error:
        form.refuse(error, {})
        return False
    return True


def _head_page(composition: "Composition", form: HeadForm) -> str:
    concern = _concern(composition)
    suggestion = ""
    if concern.hearing is not None and not (form.basis.data or "").strip():
        turnout = hearing_turnout(concern.hearing, choose_locale(composition.language))
        suggestion = basis_in_words(turnout, composition.language)
    seal = seal_state(composition)
    if suggestion and not form.is_submitted() and not seal.is_sealed:
        form.basis.data = suggestion
    return render_template(
        "workspace/send/head.html",
        organisation=concern.organisation,
        round=concern.round,
        composition=composition,
        form=form,
        seal=seal,
        suggestion=suggestion,
    )


def _concern(composition: "Composition") -> "Concern":
    return concern_of(composition.organisation.slug, composition.round.slug)


def _send_address(composition: "Composition") -> str:
    return url_for(
        "workspace.send",
        organisation=composition.organisation.slug,
        round_slug=composition.round.slug,
    )


def _download(content: bytes, media_type: str, filename: str) -> ResponseReturnValue:
    return content, {
        "Content-Type": media_type,
        "Content-Disposition": f'attachment; filename="{filename}"',
    }
