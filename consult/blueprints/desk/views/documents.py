"""Documents of a round: asking for a summary, watching it being built, reading it."""

from typing import TYPE_CHECKING

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.documents import AS_OF_NOW, SummaryForm
from consult.blueprints.desk.presenters.documents import filename_of, present_document
from consult.blueprints.desk.presenters.snapshots import sender_notes
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.context import current_locale
from consult.blueprints.shared.downloads import send_made
from consult.domain.accounts.queries import names_by_reference
from consult.domain.composing.queries import list_reports
from consult.domain.composing.types import COMPOSITION_KIND_LABELS, REPORTS
from consult.domain.documents.errors import NoLongerPrintable
from consult.domain.documents.freezing.types import Changes
from consult.domain.documents.queries.finding import find_file, get_document, list_documents
from consult.domain.documents.queries.gathering import last_change
from consult.domain.documents.rules import MEDIA_TYPES
from consult.domain.documents.service.building import request_document, restart_document
from consult.domain.documents.snapshots import (
    changes_since,
    get_snapshot,
    list_snapshots,
    newest_snapshot,
)
from consult.domain.documents.types import (
    BUILD_ERROR_LABELS,
    BuildError,
    DocumentFormat,
    DocumentKind,
)
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
    return _list_page(round_, SummaryForm(data={"locale": current_locale()}))


@bp.post("/rounds/<slug:round_slug>/documents")
@requires(Permission.BUILD_DOCUMENT, on=get_round)
@transactional
def request_summary(round_: "Round") -> ResponseReturnValue:
    """Ask for a summary; it is built outside the request.

    The data of a round are frozen without further questions the first time alone. Afterwards it is
    a decision of its own, which has its own page.
    """
    form = SummaryForm()
    if not form.validate():
        return _list_page(round_, form), 422
    chosen, locale = form.snapshot.data, form.locale.data
    if chosen == AS_OF_NOW and newest_snapshot(round_.id) is not None:
        return redirect(url_for("desk.snapshot_new", round_slug=round_.slug, locale=locale), 303)
    snapshot = None if chosen == AS_OF_NOW else get_snapshot(round_.slug, chosen)
    try:
        request_document(
            round_, DocumentKind.SUMMARY, locale=locale, by=current_actor(), snapshot=snapshot
        )
    except NoLongerPrintable:
        form.add_error(form.snapshot, str(_(BUILD_ERROR_LABELS[BuildError.OUTDATED])))
        return _list_page(round_, form), 422
    flash(_("The summary is being built. You can leave this page meanwhile."), "success")
    return redirect(url_for("desk.documents", round_slug=round_.slug), code=303)


def _list_page(round_: "Round", form: SummaryForm) -> str:
    found = list_documents(round_.id)
    names = names_by_reference({document.requested_by for document in found})
    snapshots = list_snapshots(round_.id)
    now, as_of = utc_now(), last_change(round_)
    cards = [present_document(document, names, now=now, as_of=as_of) for document in found]
    return render_template(
        "desk/documents.html",
        round=round_,
        form=form.offer(snapshots),
        cards=cards,
        snapshots=snapshots,
        reports=_reports(round_),
    )


def _reports(round_: "Round") -> list[dict[str, object]]:
    """Each kind of report that can be written, and the one that is begun."""
    begun = {one.kind: one for one in list_reports(round_.id)}
    return [
        {"kind": kind.value, "label": label, "composition": begun.get(kind)}
        for kind, label in COMPOSITION_KIND_LABELS.items()
        if kind in REPORTS
    ]


@bp.get("/rounds/<slug:round_slug>/documents/<pid:document_id>/state")
@requires(Permission.VIEW_DESK, on=get_document)
def document_state(document: "Document") -> ResponseReturnValue:
    """How far it is: the part of the page that looks again by itself."""
    names = names_by_reference({document.requested_by})
    as_of = last_change(document.round)
    card = present_document(document, names, now=utc_now(), as_of=as_of)
    return render_template("desk/documents/state.html", round=document.round, card=card)


@bp.get("/rounds/<slug:round_slug>/documents/<pid:document_id>")
@requires(Permission.VIEW_DESK, on=get_document)
def document(document: "Document") -> ResponseReturnValue:
    """The web edition, and beside it what has changed since its data were frozen."""
    content = _read(document, DocumentFormat.HTML).decode()
    frozen = document.snapshot
    changes = changes_since(frozen, now=utc_now()) if frozen else Changes()
    return render_template(
        "desk/documents/reading.html",
        round=document.round,
        document=document,
        changes=changes,
        notes=sender_notes(document, changes),
        content=Markup(content),  # noqa: S704 -- written by our own renderer, which escapes
    )


@bp.get("/rounds/<slug:round_slug>/documents/<pid:document_id>/pdf")
@requires(Permission.VIEW_DESK, on=get_document)
def document_pdf(document: "Document") -> ResponseReturnValue:
    """The PDF, named after the round and the day."""
    return _download(document, DocumentFormat.PDF)


@bp.get("/rounds/<slug:round_slug>/documents/<pid:document_id>/docx")
@requires(Permission.VIEW_DESK, on=get_document)
def document_docx(document: "Document") -> ResponseReturnValue:
    """The same as a Word file."""
    return _download(document, DocumentFormat.DOCX)


@bp.get("/rounds/<slug:round_slug>/documents/<pid:document_id>/pptx")
@requires(Permission.VIEW_DESK, on=get_document)
def document_pptx(document: "Document") -> ResponseReturnValue:
    """Its boxes and figures as slides."""
    return _download(document, DocumentFormat.PPTX)


def _download(document: "Document", format_: DocumentFormat) -> ResponseReturnValue:
    filename = filename_of(document, format_)
    return send_made(_read(document, format_), filename, MEDIA_TYPES[format_])


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
