"""All passages that a list would show, as a file."""

from typing import TYPE_CHECKING

from flask.typing import ResponseReturnValue

from consult.blueprints.desk import bp
from consult.blueprints.desk.presenters.narrowing import read_filter
from consult.blueprints.desk.views.themes import kinds_asked_for, themes_asked_for
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.context import current_locale, localise
from consult.blueprints.shared.downloads import send_csv, send_workbook
from consult.domain.analysis.exporting import note_export
from consult.domain.analysis.passage_tables import COLUMNS, passage_header, passage_rows
from consult.domain.analysis.queries.exporting import passage_lines
from consult.domain.rounds.queries import get_round
from consult.kernel.office.workbook import write_table
from consult.kernel.text.spreadsheet import write_csv
from consult.policy import Permission

if TYPE_CHECKING:
    from collections.abc import Iterator

    from consult.domain.rounds.models import Round


@bp.get("/rounds/<slug:round_slug>/passages.csv")
@requires(Permission.VIEW_DESK, on=get_round)
@transactional
def passages_csv(round_: "Round") -> ResponseReturnValue:
    """The passages with sender, place, themes and stance, for a statistics program."""
    text = write_csv(passage_header(current_locale()), _rows(round_))
    note_export(round_, "csv", by=current_actor())
    return send_csv(text, f"passages-{round_.slug}.csv")


@bp.get("/rounds/<slug:round_slug>/passages.xlsx")
@requires(Permission.VIEW_DESK, on=get_round)
@transactional
def passages_xlsx(round_: "Round") -> ResponseReturnValue:
    """The same as a workbook."""
    content = write_table(
        passage_header(current_locale()),
        _rows(round_),
        sheet=localise(round_.title),
        widths=[width for _heading, width in COLUMNS],
    )
    note_export(round_, "xlsx", by=current_actor())
    return send_workbook(content, f"passages-{round_.slug}.xlsx")


def _rows(round_: "Round") -> "Iterator[list[object]]":
    _theme, theme_ids = themes_asked_for(round_)
    _kind, _group, kinds = kinds_asked_for()
    lines = passage_lines(round_.id, theme_ids=theme_ids, actor_types=kinds, chosen=read_filter())
    return passage_rows(lines, locale=current_locale())
