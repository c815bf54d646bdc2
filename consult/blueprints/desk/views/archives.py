"""Many documents at once: a ZIP, and what became of each file in it."""

from typing import TYPE_CHECKING

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.archives import ArchiveForm
from consult.blueprints.desk.presenters.archives import entry_problem
from consult.blueprints.desk.taking_in import take_in
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.settings import upload_limit_bytes, upload_limit_mb
from consult.domain.accounts.queries import names_by_reference
from consult.domain.intake.archive_queries import count_entries, get_archive, list_archives
from consult.domain.intake.archives import MAX_FILES
from consult.domain.intake.explaining import ROUND_REFUSALS, explain_archive
from consult.domain.intake.service.unpacking import begin_archive
from consult.domain.intake.types import EntryState
from consult.domain.rounds.queries import get_round
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.intake.models import ArchiveImport
    from consult.domain.rounds.models import Round


@bp.route("/rounds/<slug:round_slug>/intake/archives", methods=["GET", "POST"])
@requires(Permission.REGISTER_ANSWER, on=get_round)
@transactional
def archives(round_: "Round") -> ResponseReturnValue:
    """ZIPs that were taken in, and taking in another."""
    form = ArchiveForm()
    if not form.validate_on_submit():
        return _archives_page(round_, form), 422 if form.is_submitted() else 200
    archive, status = take_in(
        form,
        lambda content, filename: begin_archive(
            round_,
            content,
            filename=filename,
            by=current_actor(),
            files=current_app.extensions["files"],
            limit_bytes=upload_limit_bytes(),
        ),
        explain_archive,
    )
    if archive is None:
        return _archives_page(round_, form), status
    return redirect(url_for("desk.archive", round_slug=round_.slug, archive_id=archive.public_id))


def _archives_page(round_: "Round", form: ArchiveForm) -> str:
    known = list_archives(round_.id)
    return render_template(
        "desk/archives/list.html",
        round=round_,
        form=form,
        archives=known,
        counts=count_entries([archive.id for archive in known]),
        states=EntryState,
        names=names_by_reference([archive.created_by for archive in known]),
        takes_none=ROUND_REFUSALS.get(round_.status),
        limit_mb=upload_limit_mb(),
        most_files=MAX_FILES,
    )


@bp.get("/rounds/<slug:round_slug>/intake/archives/<pid:archive_id>")
@requires(Permission.REGISTER_ANSWER, on=get_archive)
def archive(found: "ArchiveImport") -> ResponseReturnValue:
    """What became of each file of a ZIP."""
    entries = found.entries
    return render_template(
        "desk/archives/archive.html",
        round=found.round,
        archive=found,
        waiting=sum(entry.state is EntryState.WAITING for entry in entries),
        refused=[entry for entry in entries if entry.state is EntryState.REFUSED],
        taken=[entry for entry in entries if entry.state is EntryState.TAKEN_IN],
        problem_text=entry_problem,
    )
