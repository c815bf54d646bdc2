"""Published reports: a permanent page, every edition, its chapters and its files."""

from typing import TYPE_CHECKING

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from consult.blueprints.public import bp
from consult.blueprints.shared.access import requires
from consult.blueprints.shared.downloads import send_stored
from consult.blueprints.shared.editions import EditionPage, edition_page, files_of, show_edition
from consult.domain.composing.types import COMPOSITION_KIND_LABELS, REPORTS
from consult.domain.reports.editions import (
    editions_on_web,
    get_current_edition,
    get_published_edition,
)
from consult.domain.reports.types import EDITION_STATUS_LABELS, EditionStatus
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.documents.render.chapters import Chapter
    from consult.domain.reports.models import Edition

_REPORT = "/rounds/<slug:round_slug>/reports/<any({kinds}):kind>".format(
    kinds=", ".join(sorted(REPORTS))
)
_EDITION = f"{_REPORT}/editions/<number:number>"
_MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


@bp.get(_REPORT)
@requires(Permission.VIEW_ROUND, on=get_current_edition)
def report(edition: "Edition") -> ResponseReturnValue:
    """The edition that holds now, at the address that never changes."""
    return _page(edition)


@bp.get(_EDITION)
@requires(Permission.VIEW_ROUND, on=get_published_edition)
def report_edition(edition: "Edition") -> ResponseReturnValue:
    """One edition; one that is replaced says so."""
    return _page(edition)


@bp.get(f"{_EDITION}/whole")
@requires(Permission.VIEW_ROUND, on=get_published_edition)
def report_whole(edition: "Edition") -> ResponseReturnValue:
    """All of a long report on one page, to search in and to print."""
    return _page(edition, is_whole=True)


@bp.get(f"{_EDITION}/<key:chapter>")
@requires(Permission.VIEW_ROUND, on=get_published_edition)
def report_chapter(edition: "Edition", chapter: str) -> ResponseReturnValue:
    """One chapter of a long report; in a short one its place on the page."""
    if edition.status is EditionStatus.WITHDRAWN:
        return _page(edition)
    chapters = show_edition(edition).web.chapters
    place = next((at for at, one in enumerate(chapters) if one.anchor == chapter), None)
    if not chapters:
        page = url_for(
            "public.report_edition",
            round_slug=edition.round.slug,
            kind=edition.composition.kind.value,
            number=edition.number,
            _anchor=chapter,
        )
        return redirect(page)
    if place is None:
        abort(404)
    return _page(edition, chapter=chapters[place])


@bp.get(f"{_EDITION}/files/<key:format_name>")
@requires(Permission.VIEW_ROUND, on=get_published_edition)
def report_file(edition: "Edition", format_name: str) -> ResponseReturnValue:
    """A file of an edition, as long as every word in it may be given out."""
    file = files_of(edition).get(format_name)
    is_on_web = edition.status is not EditionStatus.WITHDRAWN
    if file is None or not is_on_web or not show_edition(edition).is_whole:
        abort(404)
    name = f"{edition.round.slug}-{edition.composition.kind.value}-{edition.number}.{format_name}"
    media_type = _MEDIA_TYPES.get(format_name, "application/octet-stream")
    return send_stored(file.digest, name, media_type)


def _page(
    edition: "Edition", *, chapter: "Chapter | None" = None, is_whole: bool = False
) -> ResponseReturnValue:
    page: EditionPage = edition_page(edition, chapter=chapter, is_whole=is_whole)
    return render_template(
        "public/report.html",
        round=edition.round,
        edition=edition,
        composition=edition.composition,
        editions=editions_on_web(edition.round.slug, edition.composition.kind.value),
        page=page,
        content=Markup(page.html),  # noqa: S704 -- written by our own renderer, which escapes
        kind_label=COMPOSITION_KIND_LABELS[edition.composition.kind],
        statuses=EDITION_STATUS_LABELS,
    )
