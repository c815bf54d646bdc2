"""The synoptic table of a report: passage, theme, assessment, decision; on a page and as files."""

from typing import TYPE_CHECKING

from flask import render_template
from flask.typing import ResponseReturnValue

from consult.blueprints.shared.access import requires
from consult.blueprints.shared.context import localise
from consult.blueprints.shared.downloads import send_csv, send_workbook
from consult.blueprints.workspace.loading import draft_of
from consult.blueprints.workspace.presenters.drafting import label_of
from consult.blueprints.workspace.presenters.synoptic import (
    SynopticRow,
    cells,
    synoptic_header,
    synoptic_rows,
)
from consult.blueprints.workspace.routes import report
from consult.domain.composing.queries import list_parts
from consult.domain.composing.sources import find_hearings
from consult.domain.composing.synoptic import synoptic_lines
from consult.kernel.office.workbook import write_table
from consult.kernel.text.spreadsheet import write_csv
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition

_PLACE = "/synoptic"
_WIDTHS = (8, 28, 60, 28, 50, 50)
"""Of the columns of the workbook, in characters."""


@report(_PLACE)
@requires(Permission.VIEW_WORKSPACE, on=draft_of)
def synoptic(composition: "Composition") -> ResponseReturnValue:
    """What came of each passage."""
    return render_template(
        "workspace/reports/synoptic.html",
        organisation=composition.organisation,
        round=composition.round,
        rooms=(),
        composition=composition,
        header=synoptic_header(),
        rows=_rows(composition),
    )


@report(f"{_PLACE}.csv")
@requires(Permission.VIEW_WORKSPACE, on=draft_of)
def synoptic_csv(composition: "Composition") -> ResponseReturnValue:
    """The same for a statistics program."""
    rows = map(cells, _rows(composition))
    return send_csv(write_csv(synoptic_header(), rows), f"synoptic-{composition.round.slug}.csv")


@report(f"{_PLACE}.xlsx")
@requires(Permission.VIEW_WORKSPACE, on=draft_of)
def synoptic_xlsx(composition: "Composition") -> ResponseReturnValue:
    """The same as a workbook."""
    content = write_table(
        synoptic_header(),
        map(cells, _rows(composition)),
        sheet=localise(composition.round.title),
        widths=_WIDTHS,
    )
    return send_workbook(content, f"synoptic-{composition.round.slug}.xlsx")


def _rows(composition: "Composition") -> list[SynopticRow]:
    parts = list_parts(composition.id)
    lines = synoptic_lines(find_hearings(composition, parts), composition.round_id)
    return synoptic_rows(lines, {part.key: label_of(part).text for part in parts})
