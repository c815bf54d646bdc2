"""Views across all answers of a round, each as a page, a table for a spreadsheet and a figure."""

from typing import TYPE_CHECKING

from flask import render_template
from flask.typing import ResponseReturnValue

from consult.blueprints.desk import bp
from consult.blueprints.desk.presenters.quotes import quote_rows, quotes_csv
from consult.blueprints.desk.presenters.sheets import make_view
from consult.blueprints.desk.presenters.views import QUOTES, theme_options, view_tabs
from consult.blueprints.desk.views.matrix import svg_response
from consult.blueprints.shared.access import requires
from consult.blueprints.shared.downloads import send_csv
from consult.blueprints.shared.forms import member_of
from consult.blueprints.shared.lists import page_of
from consult.domain.analysis.views import ViewName
from consult.domain.rounds.queries import get_round
from consult.kernel.errors import NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


@bp.get("/rounds/<slug:round_slug>/views/<key:view>")
@requires(Permission.VIEW_DESK, on=get_round)
def view(round_: "Round", view: str) -> ResponseReturnValue:
    """Themes that go together, who is silent, when answers came, and from which counties."""
    name = _named(view)
    return render_template(
        "desk/analysis/view.html",
        round=round_,
        view=make_view(round_, name),
        tabs=view_tabs(round_, name),
        choices=theme_options(round_) if name is ViewName.COUNTIES else None,
    )


@bp.get("/rounds/<slug:round_slug>/views/<key:view>.csv")
@requires(Permission.VIEW_DESK, on=get_round)
def view_table(round_: "Round", view: str) -> ResponseReturnValue:
    """The tables of a view as a file."""
    made = make_view(round_, _named(view))
    return send_csv(made.csv(), f"{made.name}-{round_.slug}.csv")


@bp.get("/rounds/<slug:round_slug>/views/<key:view>.svg")
@requires(Permission.VIEW_DESK, on=get_round)
def view_figure(round_: "Round", view: str) -> ResponseReturnValue:
    """The figure of a view as a file. Raises ``NotFound`` where there is nothing to draw yet."""
    made = make_view(round_, _named(view))
    return svg_response(made.figure, f"{made.name}-{round_.slug}.svg")


@bp.get("/rounds/<slug:round_slug>/quotes")
@requires(Permission.VIEW_DESK, on=get_round)
def quotes(round_: "Round") -> ResponseReturnValue:
    """Where passages are quoted, with a warning where one is used again."""
    rows = quote_rows(round_)
    paging = page_of(len(rows))
    return render_template(
        "desk/analysis/quotes.html",
        round=round_,
        tabs=view_tabs(round_, QUOTES),
        total=len(rows),
        reused=sum(row.is_reused for row in rows),
        rows=rows[paging.offset : paging.offset + paging.size],
        paging=paging,
    )


@bp.get("/rounds/<slug:round_slug>/quotes.csv")
@requires(Permission.VIEW_DESK, on=get_round)
def quotes_file(round_: "Round") -> ResponseReturnValue:
    """The register of quotations as a file."""
    return send_csv(quotes_csv(quote_rows(round_)), f"quotes-{round_.slug}.csv")


def _named(value: str) -> ViewName:
    name = member_of(ViewName, value)
    if name is None:
        raise NotFound("view", value)
    return name
