"""Proposals and where everybody stands on them."""

from typing import TYPE_CHECKING

from flask import render_template
from flask.typing import ResponseReturnValue

from consult.blueprints.desk import bp
from consult.blueprints.desk.presenters.analysis import bar, segments
from consult.blueprints.desk.presenters.figures import stances_csv, stances_figure
from consult.blueprints.desk.views.matrix import svg_response
from consult.blueprints.shared.access import requires
from consult.blueprints.shared.downloads import send_csv
from consult.domain.analysis.queries.stances import proposal_stances, stance_table
from consult.domain.analysis.shown_stances import show_stances
from consult.domain.organisations.types import ACTOR_GROUP_LABELS, ACTOR_TYPE_LABELS
from consult.domain.rounds.queries import get_round
from consult.domain.submissions.behind import bodies_behind
from consult.domain.submissions.types import MODIFIER_LABELS, STANCE_LABELS
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


@bp.get("/rounds/<slug:round_slug>/proposals")
@requires(Permission.VIEW_DESK, on=get_round)
def proposals(round_: "Round") -> ResponseReturnValue:
    """Every proposal with how many take which stance."""
    table = stance_table(round_.id)
    return render_template(
        "desk/analysis/proposals.html",
        round=round_,
        stance_labels=STANCE_LABELS,
        proposals=[(one, parts := segments(one), bar(parts)) for one in table],
    )


@bp.get("/rounds/<slug:round_slug>/proposals/<key:proposal_key>")
@requires(Permission.VIEW_DESK, on=get_round)
def proposal(round_: "Round", proposal_key: str) -> ResponseReturnValue:
    """One proposal: who takes which stance, by group and by name."""
    found = proposal_stances(round_.id, proposal_key)
    parts, shown = segments(found), show_stances(found, round_.small_groups)
    return render_template(
        "desk/analysis/proposal.html",
        round=round_,
        proposal=found,
        segments=parts,
        has_figure=stances_figure(proposal_key, shown) is not None,
        bar=bar(parts),
        derived=sum(entry.derived is not None for entry in found.entries),
        behind=bodies_behind(round_.id),
        groups=[(group, segments(group)) for group in found.groups],
        group_labels=ACTOR_GROUP_LABELS,
        type_labels=ACTOR_TYPE_LABELS,
        modifier_labels=MODIFIER_LABELS,
        stance_labels=STANCE_LABELS,
    )


@bp.get("/rounds/<slug:round_slug>/proposals/<key:proposal_key>.csv")
@requires(Permission.VIEW_DESK, on=get_round)
def proposal_file(round_: "Round", proposal_key: str) -> ResponseReturnValue:
    """The stances by group as a table; it leaves the desk, so small groups are hidden."""
    found = show_stances(proposal_stances(round_.id, proposal_key), round_.small_groups)
    text = stances_csv(found, round_.small_groups)
    return send_csv(text, f"proposal-{proposal_key}-{round_.slug}.csv")


@bp.get("/rounds/<slug:round_slug>/proposals/<key:proposal_key>.svg")
@requires(Permission.VIEW_DESK, on=get_round)
def proposal_drawing(round_: "Round", proposal_key: str) -> ResponseReturnValue:
    """The same as a figure."""
    found = show_stances(proposal_stances(round_.id, proposal_key), round_.small_groups)
    figure = stances_figure(proposal_key, found)
    return svg_response(figure, f"proposal-{proposal_key}-{round_.slug}.svg")
