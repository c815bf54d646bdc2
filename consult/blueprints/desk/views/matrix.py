"""The matrix of themes and actors, as a page and as a file."""

from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from flask import render_template, request
from flask.typing import ResponseReturnValue

from consult.blueprints.desk import bp
from consult.blueprints.desk.presenters.analysis import count_words, shade_rows
from consult.blueprints.desk.presenters.figures import matrix_figure
from consult.blueprints.desk.presenters.narrowing import narrowing_of, read_filter
from consult.blueprints.desk.presenters.views import matrix_choices, view_tabs
from consult.blueprints.shared.access import requires
from consult.blueprints.shared.context import current_locale
from consult.blueprints.shared.downloads import send_csv, send_svg
from consult.blueprints.shared.forms import member_of
from consult.domain.analysis.queries import counting
from consult.domain.analysis.queries.meetings import themes_in_meetings
from consult.domain.analysis.shown_matrix import show_matrix
from consult.domain.analysis.small_groups import UNPROTECTED
from consult.domain.analysis.tables import explain_hidden, matrix_csv
from consult.domain.analysis.types import UNIT_LABELS, ColumnsBy, CountUnit
from consult.domain.meetings.queries import count_meetings
from consult.domain.rounds.queries import get_round
from consult.kernel.errors import NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from markupsafe import Markup

    from consult.domain.analysis.shown_matrix import ShownMatrix
    from consult.domain.rounds.models import Round

E = TypeVar("E", bound=StrEnum)


ALL_NUMBERS = "all"
"""In the address: show also what is hidden from everybody but the desk."""


@bp.get("/rounds/<slug:round_slug>/matrix")
@requires(Permission.VIEW_DESK, on=get_round)
def matrix(round_: "Round") -> ResponseReturnValue:
    """Themes by kind of actor; each number leads to its passages."""
    found = _asked(round_, threshold=threshold_asked(round_))
    kept = {"unit": found.unit.value, "by": found.by.value, "numbers": request.args.get("numbers")}
    narrowing = narrowing_of(round_, read_filter(), "desk.matrix", kept)
    return render_template(
        "desk/analysis/matrix.html",
        round=round_,
        matrix=found,
        rows=shade_rows(found),
        units=UNIT_LABELS,
        columns_by=ColumnsBy,
        narrowing=narrowing,
        choices=matrix_choices(round_, narrowing),
        count_words=count_words,
        hidden_words=explain_hidden(round_.small_groups, locale=current_locale()),
        tabs=view_tabs(round_, None),
        in_meetings=themes_in_meetings(round_.id),
        held=count_meetings(round_.id, validated_only=True),
    )


@bp.get("/rounds/<slug:round_slug>/matrix.csv")
@requires(Permission.VIEW_DESK, on=get_round)
def matrix_file(round_: "Round") -> ResponseReturnValue:
    """The same as a table for a spreadsheet: it leaves the desk, so small groups are hidden."""
    found = _asked(round_, threshold=round_.small_groups)
    text = matrix_csv(found, locale=current_locale())
    return send_csv(text, f"matrix-{round_.slug}-{found.unit}-{found.by}.csv")


@bp.get("/rounds/<slug:round_slug>/matrix.svg")
@requires(Permission.VIEW_DESK, on=get_round)
def matrix_drawing(round_: "Round") -> ResponseReturnValue:
    """The same as a figure, under the same rule."""
    found = _asked(round_, threshold=round_.small_groups)
    return svg_response(matrix_figure(found), f"matrix-{round_.slug}-{found.unit}-{found.by}.svg")


def svg_response(figure: "Markup | None", name: str) -> ResponseReturnValue:
    """A figure as a file. Raises ``NotFound`` where there is nothing to draw."""
    if figure is None:
        raise NotFound("figure", name)
    return send_svg(str(figure), name)


def threshold_asked(round_: "Round") -> int:
    """The smallest number of persons that a page of the desk shows."""
    if request.args.get("numbers") == ALL_NUMBERS:
        return UNPROTECTED
    return round_.small_groups


def _asked(round_: "Round", *, threshold: int) -> "ShownMatrix":
    found = counting.matrix(
        round_.id,
        unit=chosen(CountUnit, "unit", CountUnit.SUBMISSIONS),
        by=chosen(ColumnsBy, "by", ColumnsBy.TYPE),
        chosen=read_filter(),
    )
    return show_matrix(found, threshold)


def chosen(kind: type[E], name: str, default: E) -> E:
    """The value that the address asks for, or the default when it is none of the kind."""
    return member_of(kind, request.args.get(name)) or default
