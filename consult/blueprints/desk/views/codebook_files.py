"""The codebook as a file, codebooks to begin with, and the examples of themes."""

from pathlib import PurePath
from typing import TYPE_CHECKING

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.codebook import CodebookFileForm, LineForm, StarterForm
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.downloads import send_made
from consult.db import savepoint
from consult.domain.analysis.exporting import note_export
from consult.domain.coding.codebook_entries import Fault
from consult.domain.coding.errors import FileRefused
from consult.domain.coding.queries.examples import get_example
from consult.domain.coding.queries.passages import get_passage
from consult.domain.coding.queries.revisions import get_offered_theme
from consult.domain.coding.queries.themes import list_themes
from consult.domain.coding.service.codebook_file import (
    CodebookFormat,
    export_codebook,
    import_codebook,
)
from consult.domain.coding.service.examples import add_line, remove_example, toggle_example
from consult.domain.coding.service.project_file import export_project
from consult.domain.coding.starters import LANGUAGES, STARTERS, starter_text, starter_themes
from consult.domain.rounds.queries import get_round
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.coding.models import Passage, Theme, ThemeExample
    from consult.domain.coding.types import ImportedCodebook
    from consult.domain.rounds.models import Round

_MIME_TYPES = {
    CodebookFormat.TOML: "application/toml",
    CodebookFormat.CSV: "text/csv",
    CodebookFormat.QDC: "application/xml",
}


@bp.get("/rounds/<slug:round_slug>/codebook.<any(toml, csv, qdc):kind>")
@requires(Permission.VIEW_DESK, on=get_round)
def codebook_file(round_: "Round", kind: str) -> ResponseReturnValue:
    """The codebook as a file that the desk and "consult codebook import" read.

    A mark at the head of CSV tells spreadsheets that it is UTF-8.
    """
    wanted = CodebookFormat(kind)
    mark = "\ufeff" if wanted is CodebookFormat.CSV else ""
    response = Response(mark + export_codebook(round_, wanted), mimetype=_MIME_TYPES[wanted])
    name = f"codebook-{round_.slug}.{wanted}"
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response


@bp.get("/rounds/<slug:round_slug>/project.qdpx")
@requires(Permission.VIEW_DESK, on=get_round)
@transactional
def project_file(round_: "Round") -> ResponseReturnValue:
    """What may be handed out of the answers, with codebook and codings, for other programs."""
    note_export(round_, "qdpx", by=current_actor())
    return send_made(export_project(round_), f"{round_.slug}.qdpx", "application/zip")


@bp.route("/rounds/<slug:round_slug>/codebook/import", methods=["GET", "POST"])
@requires(Permission.EDIT_CODEBOOK, on=get_round)
@transactional
def codebook_import(round_: "Round") -> ResponseReturnValue:
    """Read a codebook from a file: all of it, or nothing."""
    form, problems = CodebookFileForm(), list[str]()
    if form.validate_on_submit():
        try:
            done = _read_upload(round_, form)
        except FileRefused as refused:
            problems = [_told(problem) for problem in refused.problems]
            form.add_error(form.file, _("Nothing was kept: the file has errors. See the list."))
        else:
            flash(_told_import(done), "success")
            return redirect(url_for("desk.codebook", round_slug=round_.slug))
    page = render_template("desk/codebook/import.html", round=round_, form=form, problems=problems)
    return page, 422 if form.errors else 200


@bp.route("/rounds/<slug:round_slug>/codebook/start", methods=["GET", "POST"])
@requires(Permission.EDIT_CODEBOOK, on=get_round)
@transactional
def codebook_start(round_: "Round") -> ResponseReturnValue:
    """Begin with a codebook that somebody has written; only while there is none."""
    if list_themes(round_.id):
        flash(_("The codebook has themes already. Nothing was added."), "info")
        return redirect(url_for("desk.codebook", round_slug=round_.slug))
    own = round_.owner.language
    form = StarterForm(data={"language": own if own in LANGUAGES else LANGUAGES[0]}).offer()
    if form.validate_on_submit():
        text = starter_text(form.starter.data, form.language.data)
        flash(_told_import(import_codebook(round_, text, by=current_actor())), "success")
        return redirect(url_for("desk.codebook", round_slug=round_.slug))
    shown = form.language.data if form.language.data in LANGUAGES else LANGUAGES[0]
    hints = {name: ", ".join(starter_themes(name, shown)) for name in STARTERS}
    page = render_template("desk/codebook/start.html", round=round_, form=form, hints=hints)
    return page, 422 if form.errors else 200


@bp.post("/rounds/<slug:round_slug>/themes/<key:theme_key>/examples")
@requires(Permission.EDIT_CODEBOOK, on=get_offered_theme)
@transactional
def codebook_example_add(theme: "Theme") -> ResponseReturnValue:
    """Write an example of a theme."""
    form = LineForm()
    if form.validate_on_submit():
        try:
            add_line(theme, form.line.data or "", by=current_actor())
        except InvalidInput as error:
            form.refuse(error, {"empty": _("Write an example.")})
        else:
            flash(_("The example is kept."), "success")
            return redirect(_change(theme))
    page = render_template("desk/codebook/example.html", round=theme.round, theme=theme, line=form)
    return page, 422


@bp.post("/rounds/<slug:round_slug>/codebook/examples/<pid:example_id>/remove")
@requires(Permission.EDIT_CODEBOOK, on=get_example)
@transactional
def codebook_example_remove(example: "ThemeExample") -> ResponseReturnValue:
    """Take an example away."""
    theme = example.theme
    remove_example(example, by=current_actor())
    flash(_("The example is gone."), "success")
    return redirect(_change(theme))


@bp.post("/rounds/<slug:round_slug>/passages/<pid:passage_id>/themes/<key:theme_key>/example")
@requires(Permission.EDIT_CODEBOOK, on=get_passage)
@transactional
def coding_example(passage: "Passage", theme_key: str) -> ResponseReturnValue:
    """Make the passage an example of one of its themes, or end that."""
    theme = get_offered_theme(passage.round.slug, theme_key)
    if toggle_example(theme, passage, by=current_actor()):
        flash(_("The passage is an example of %(theme)s.", theme=theme.name), "success")
    else:
        flash(_("The passage is no example of %(theme)s any more.", theme=theme.name), "success")
    return redirect(
        url_for("desk.coding", round_slug=passage.round.slug, passage=passage.public_id)
    )


def _read_upload(round_: "Round", form: CodebookFileForm) -> "ImportedCodebook":
    """Read an uploaded file by what its name ends with. Raises ``FileRefused``."""
    upload = form.file.data
    name = PurePath(upload.filename or "").name
    suffix = PurePath(name).suffix.lower().removeprefix(".")
    if suffix not in set(CodebookFormat):
        raise FileRefused((_("The name of the file must end with .qdc, .csv or .toml."),))
    with savepoint():
        return import_codebook(
            round_,
            upload.read(),
            by=current_actor(),
            kind=CodebookFormat(suffix),
            why=name,
        )


def _told(problem: str) -> str:
    return problem.tell(_) if isinstance(problem, Fault) else problem


def _told_import(done: "ImportedCodebook") -> str:
    sentences = [ngettext("%(num)d theme added.", "%(num)d themes added.", done.added)]
    if done.changed:
        sentences.append(ngettext("%(num)d changed.", "%(num)d changed.", done.changed))
    if done.unchanged:
        sentences.append(ngettext("%(num)d as it was.", "%(num)d as they were.", done.unchanged))
    return " ".join(sentences)


def _change(theme: "Theme") -> str:
    return url_for(
        "desk.codebook_change",
        round_slug=theme.round.slug,
        theme_key=theme.key,
        _anchor="examples",
    )
