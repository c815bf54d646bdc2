"""Answers that stand aside as a possible flood: look into them, let them in or mark them."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.desk import bp
from consult.blueprints.desk.presenters.review import state_tabs
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.lists import page_of
from consult.domain.disclosure.queries import (
    count_burst_answers,
    count_reviews,
    count_set_aside,
    get_burst,
    get_set_aside,
    list_burst_answers,
    list_bursts,
)
from consult.domain.disclosure.service.flooding import (
    mark_burst,
    release_answer,
    release_burst,
    reopen_burst,
)
from consult.domain.disclosure.types import BURST_LABELS, BURST_STATE_LABELS, BurstState
from consult.domain.rounds.queries import get_round
from consult.kernel.errors import NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.disclosure.models import Burst
    from consult.domain.rounds.models import Round

_TONES = {
    BurstState.WAITING: "warning",
    BurstState.RELEASED: "success",
    BurstState.MARKED: "neutral",
}
_ACTS = {"release": release_burst, "mark": mark_burst, "reopen": reopen_burst}


@bp.get("/rounds/<slug:round_slug>/review/set-aside")
@requires(Permission.VIEW_DESK, on=get_round)
def review_bursts(round_: "Round") -> ResponseReturnValue:
    """Every burst as one card."""
    return render_template(
        "desk/review/bursts.html",
        round=round_,
        bursts=list_bursts(round_.id),
        labels=BURST_LABELS,
        states=BURST_STATE_LABELS,
        tones=_TONES,
        tabs=state_tabs(round_.slug, count_reviews(round_.id), None, count_set_aside(round_.id)),
    )


@bp.get("/rounds/<slug:round_slug>/review/set-aside/<pid:burst_id>")
@requires(Permission.VIEW_DESK, on=get_burst)
def review_burst(burst: "Burst") -> ResponseReturnValue:
    """The answers of a burst."""
    paging = page_of(count_burst_answers(burst), size=20)
    return render_template(
        "desk/review/burst.html",
        round=burst.round,
        burst=burst,
        answers=list_burst_answers(burst, offset=paging.offset, limit=paging.size),
        paging=paging,
        labels=BURST_LABELS,
        state=(_(BURST_STATE_LABELS[burst.state]), _TONES[burst.state]),
    )


@bp.post("/rounds/<slug:round_slug>/review/set-aside/<pid:burst_id>")
@requires(Permission.REVIEW_ANSWERS, on=get_burst)
@transactional
def review_burst_decide(burst: "Burst") -> ResponseReturnValue:
    """Let a burst in, keep it out of the figures, or take that back."""
    act = _ACTS.get(request.form.get("act", ""))
    if act is not None:
        number = act(burst, by=current_actor())
        flash(ngettext("%(num)d answer is moved.", "%(num)d answers are moved.", number), "success")
    return redirect(url_for("desk.review_bursts", round_slug=burst.round.slug))


@bp.post("/rounds/<slug:round_slug>/review/set-aside/<pid:burst_id>/<number:number>")
@requires(Permission.REVIEW_ANSWERS, on=get_burst)
@transactional
def review_burst_answer(burst: "Burst", number: int) -> ResponseReturnValue:
    """Let one answer of a burst in."""
    try:
        release_answer(get_set_aside(burst, number), by=current_actor())
    except NotFound:
        flash(_("The answer has been let in already."), "info")
    else:
        flash(_("Answer %(number)s is let in.", number=number), "success")
    return redirect(
        url_for("desk.review_burst", round_slug=burst.round.slug, burst_id=burst.public_id)
    )
