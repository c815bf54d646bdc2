"""Documents of a round: asking for a summary, watching it being built, reading it."""

from typing import TYPE_CHECKING

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.documents import SummaryForm
from consult.blueprints.desk.presenters.documents import pdf_filename, present_document
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.context import current_locale
from consult.domain.accounts.queries import names_by_reference
from consult.domain.documents.queries import find_file, get_document, list_documents
from consult.domain.documents.service.building import request_document, restart_document
from consult.domain.documents.types import DocumentFormat, DocumentKind
from consult.domain.rounds.queries import get_round
from consult.kernel.clock import utc_now
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.documents.models import Document
    from consult.domain.rounds.models import Round


@bp.get("/rounds/<slug:round_slug>/documents")
@requires(Permission.VIEW_DESK, on=get_round)
def documents(round_: "Round") -> ResponseReturnValue:
    """Every document of the round, and a form that asks for another."""
    return _list_page(round_, SummaryForm(locale=current_locale()))


@bp.post("/rounds/<slug:round_slug>/documents")
@requires(Permission.BUILD_DOCUMENT, on=get_round)
@transactional
def request_summary(round_: "Round") -> ResponseReturnValue:
    """Ask for a summary; it is built outside the request."""
    form = SummaryForm()
    if not form.validate():
        return _list_page(round_, form), 422
    request_document(round_, DocumentKind.SUMMARY, locale=form.locale.data, by=current_actor())
    flash(_("The summary is being built. You can leave this page meanwhile."), "success")
    return redirect(url_for("desk.documents", round_slug=round_.slug), code=303)


def _list_page(round_: "Round", form: SummaryForm) -> str:
    found = list_documents(round_.id)
    names = names_by_reference({document.requested_by for document in found})
    now = utc_now()
    cards = [present_document(document, names, now=now) for document in found]
    return render_template("desk/documents.html", round=round_, form=form, cards=cards)


@bp.get("/rounds/<slug:round_slug>/documents/<pid:document_id>/state")
@requires(Permission.VIEW_DESK, on=get_document)
def document_state(document: "Document") -> ResponseReturnValue:
    """How far it is: the part of the page that looks again by itself."""
    names = names_by_reference({document.requested_by})
    card = present_document(document, names, now=utc_now())
    return render_template("desk/documents/state.html", round=document.round, card=card)


@bp.get("/rounds/<slug:round_slug>/documents/<pid:document_id>")
@requires(Permission.VIEW_DESK, on=get_document)
def document(document: "Document") -> ResponseReturnValue:
    """The web edition."""
    content = _read(document, DocumentFormat.HTML).decode()
    return render_template(
        "desk/documents/reading.html",
        round=document.round,
        document=document,
        content=Markup(content),  # noqa: S704 -- written by our own renderer, which escapes
    )


@bp.get("/rounds/<slug:round_slug>/documents/<pid:document_id>/pdf")
@requires(Permission.VIEW_DESK, on=get_document)
def document_pdf(document: "Document") -> ResponseReturnValue:
    """The PDF, named after the round and the day."""
    response = current_app.response_class(
        _read(document, DocumentFormat.PDF), mimetype="application/pdf"
    )
    response.headers.set("Content-Disposition", "attachment", filename=pdf_filename(document))
    return response


def _read(document: "Document", format_: DocumentFormat) -> bytes:
    content: bytes = current_app.extensions["files"].read(find_file(document.id, format_).digest)
    return content


@bp.post("/rounds/<slug:round_slug>/documents/<pid:document_id>/restart")
@requires(Permission.BUILD_DOCUMENT, on=get_document)
@transactional
def restart(document: "Document") -> ResponseReturnValue:
    """Build again what has failed or stopped."""
    restart_document(document, by=current_actor(), now=utc_now())
    flash(_("The document is being built again."), "success")
    return redirect(url_for("desk.documents", round_slug=document.round.slug), code=303)
