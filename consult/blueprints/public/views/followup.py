"""What has become of a round: its measures, the reasons, and what each rests on."""

from typing import TYPE_CHECKING

from flask import abort, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue

from consult.blueprints.public import bp
from consult.blueprints.public.followup import follow_up_page, measure_page
from consult.blueprints.shared.access import requires
from consult.blueprints.shared.downloads import send_csv, send_stored
from consult.domain.followup.evidence import PART, get_published_evidence
from consult.domain.followup.exporting import COLUMNS, history_of, measure_records, measure_rows
from consult.domain.followup.queries import (
    follow_up_of,
    get_published_measure,
    measures_with_history,
)
from consult.domain.rounds.queries import get_round
from consult.kernel.clock import utc_now
from consult.kernel.text.spreadsheet import write_csv
from consult.policy import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consult.domain.followup.models import EvidenceFile, Measure
    from consult.domain.rounds.models import Round


@bp.get("/rounds/<slug:round_slug>/follow-up")
@requires(Permission.VIEW_ROUND, on=get_round)
def follow_up(round_: "Round") -> ResponseReturnValue:
    """The measures with status and reasons, or how long it takes until there are any."""
    page = follow_up_page(round_, now=utc_now())
    return render_template("public/follow_up.html", round=round_, page=page)


@bp.get("/rounds/<slug:round_slug>/follow-up/<number:number>")
@requires(Permission.VIEW_ROUND, on=get_published_measure)
def measure(measure: "Measure") -> ResponseReturnValue:
    """One measure from proposal to passages, answers and the questions they answered."""
    page = measure_page(measure)
    return render_template("public/measure.html", round=measure.round, measure=measure, page=page)


@bp.get("/rounds/<slug:round_slug>/follow-up/<number:number>/files/<pid:file_id>")
@requires(Permission.VIEW_ROUND, on=get_published_evidence)
def measure_file(kept: "EvidenceFile") -> ResponseReturnValue:
    """A file that shows how far a measure has come, where its owner lets everybody have it."""
    return send_stored(kept.digest, kept.filename, kept.media_type, part=PART)


@bp.get("/rounds/<slug:round_slug>/follow-up.csv")
@requires(Permission.VIEW_ROUND, on=get_round)
def follow_up_csv(round_: "Round") -> ResponseReturnValue:
    """The measures as a table for other programs."""
    rows = measure_rows(_published(round_))
    return send_csv(write_csv(COLUMNS, rows), f"follow-up-{round_.slug}.csv")


@bp.get("/rounds/<slug:round_slug>/follow-up.json")
@requires(Permission.VIEW_ROUND, on=get_round)
def follow_up_json(round_: "Round") -> ResponseReturnValue:
    """The measures with their history, for other programs."""
    measures = _published(round_)
    page = url_for("public.follow_up", round_slug=round_.slug, _external=True)
    records = measure_records(measures)
    return jsonify(
        round=round_.slug,
        title=round_.title,
        owner=round_.owner.name,
        page=page,
        measures=[
            {**record, "history": history_of(one)}
            for record, one in zip(records, measures, strict=True)
        ],
    )


def _published(round_: "Round") -> "Sequence[Measure]":
    """The measures, where everybody may see them; else the same as for a page that is not there."""
    told = follow_up_of(round_.id)
    if told is None or told.published_at is None:
        abort(404)
    return measures_with_history(round_.id)
