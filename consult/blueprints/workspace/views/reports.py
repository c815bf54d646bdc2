"""What a report rests on and how it looks: the rooms that a response does not have."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consult.blueprints.shared.access import requires
from consult.blueprints.shared.downloads import send_made
from consult.blueprints.workspace.loading import DraftPlace, draft_place
from consult.blueprints.workspace.presenters.rooms import room_tabs
from consult.blueprints.workspace.routes import report
from consult.domain.composing.types import COMPOSITION_KIND_LABELS
from consult.domain.documents.render.html import render_html
from consult.domain.documents.rules import MEDIA_TYPES
from consult.domain.documents.slides.writing import render_pptx
from consult.domain.documents.types import Document, DocumentFormat
from consult.domain.documents.word.rendering.document import render_docx
from consult.domain.reports.queries import preview
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.i18n import choose_locale, translator
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition


@report("/preview")
@requires(Permission.VIEW_WORKSPACE, on=draft_place)
def report_preview(place: DraftPlace) -> ResponseReturnValue:
    """The report as it would look now, figures and all."""
    content = _rendered(place.composition) if place.composition else None
    return render_template(
        "workspace/reports/preview.html",
        organisation=place.organisation,
        round=place.round,
        rooms=room_tabs(place.organisation, place.round, place.kind),
        composition=place.composition,
        kind_label=COMPOSITION_KIND_LABELS[place.kind],
        content=content,
    )


@report("/preview.docx")
@requires(Permission.VIEW_WORKSPACE, on=draft_place)
def report_preview_docx(place: DraftPlace) -> ResponseReturnValue:
    """The same as a Word file, marked as a draft; the page says what is missing for it."""
    assets = Path(str(current_app.static_folder)) / "build"
    return _made(place, DocumentFormat.DOCX, lambda tree: render_docx(tree, assets=assets))


@report("/preview.pptx")
@requires(Permission.VIEW_WORKSPACE, on=draft_place)
def report_preview_pptx(place: DraftPlace) -> ResponseReturnValue:
    """Its boxes and figures as slides, as they stand now."""
    return _made(place, DocumentFormat.PPTX, render_pptx)


def _made(
    place: DraftPlace, format_: DocumentFormat, render: Callable[[Document], bytes]
) -> ResponseReturnValue:
    document = _previewed(place.composition) if place.composition else None
    if document is None:
        preview_page = url_for(
            "workspace.report_preview",
            organisation=place.organisation.slug,
            round_slug=place.round.slug,
            kind=place.kind,
        )
        return redirect(preview_page)
    filename = f"{place.round.slug}-{place.kind}-{document.date.isoformat()}.{format_.value}"
    return send_made(render(document), filename, MEDIA_TYPES[format_])


def _rendered(composition: "Composition") -> str | None:
    document = _previewed(composition)
    return render_html(document) if document else None


def _previewed(composition: "Composition") -> Document | None:
    status = translator(choose_locale(composition.language)).gettext("Draft")
    return preview(composition, day=to_oslo(utc_now()).date(), status=status)
