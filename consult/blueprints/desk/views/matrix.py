"""The matrix of themes and actors, as a page and as a file."""

from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from flask import render_template, request
from flask.typing import ResponseReturnValue

from consult.blueprints.desk import bp
from consult.blueprints.desk.presenters.analysis import shade_rows
from consult.blueprints.shared.access import requires
from consult.blueprints.shared.context import current_locale
from consult.blueprints.shared.downloads import send_csv
from consult.blueprints.shared.forms import member_of
from consult.domain.analysis.queries import counting
from consult.domain.analysis.queries.meetings import themes_in_meetings
from consult.domain.analysis.tables import matrix_csv
from consult.domain.analysis.types import UNIT_LABELS, ColumnsBy, CountUnit
from consult.domain.meetings.queries import count_meetings
from consult.domain.rounds.queries import get_round
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.analysis.types import Matrix
    from consult.domain.rounds.models import Round

E = TypeVar("E", bound=StrEnum)


@bp.get("/rounds/<slug:round_slug>/matrix")
@requires(Permission.VIEW_DESK, on=get_round)
def matrix(round_: "Round") -> ResponseReturnValue:
    """Themes by kind of actor; each number leads to its passages."""
    found = _asked(round_)
    return render_template(
        "desk/analysis/matrix.html",
        round=round_,
        matrix=found,
        rows=shade_rows(found),
        units=UNIT_LABELS,
        columns_by=ColumnsBy,
        in_meetings=themes_in_meetings(round_.id),
        held=count_meetings(round_.id, validated_only=True),
    )


@bp.get("/rounds/<slug:round_slug>/matrix.csv")
@requires(Permission.VIEW_DESK, on=get_round)
def matrix_file(round_: "Round") -> ResponseReturnValue:
    """The same as a table for a spreadsheet; the mark at its head says that it is UTF-8."""
    found = _asked(round_)
    text = matrix_csv(found, locale=current_locale())
    return send_csv(text, f"matrix-{round_.slug}-{found.unit}-{found.by}.csv")


def _asked(round_: "Round") -> "Matrix":
    return counting.matrix(
        round_.id,
        unit=chosen(CountUnit, "unit", CountUnit.SUBMISSIONS),
        by=chosen(ColumnsBy, "by", ColumnsBy.TYPE),
    )


def chosen(kind: type[E], name: str, default: E) -> E:
    """The value that the address asks for, or the default when it is none of the kind."""
    return member_of(kind, request.args.get(name)) or default
