"""A machine's translation of an answer, for reading beside the original. It is never stored."""

from typing import TYPE_CHECKING

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.presenters.machine import Pair, pair_asked_for, pairs_from
from consult.blueprints.shared.access import requires
from consult.domain.submissions.listing import get_answer
from consult.kernel.apertium import NotTranslated, TextTooLong, translate
from consult.kernel.errors import NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.submissions.models import Submission


@bp.get("/rounds/<slug:round_slug>/answers/<number:number>/machine")
@requires(Permission.VIEW_DESK, on=get_answer)
def machine_translation(submission: "Submission") -> ResponseReturnValue:
    """The answer paragraph by paragraph, with what a program makes of each."""
    pairs = pairs_from(submission.language)
    pair = pair_asked_for(pairs, request.args.get("from"), request.args.get("to"))
    if pair is None:
        raise NotFound("pair of languages", submission.number)
    given = [
        line
        for answer in submission.current_version.answers
        for line in (answer.text or "").splitlines()
        if line.strip()
    ]
    rows, problem = _beside(given, pair)
    return render_template(
        "desk/machine.html",
        round=submission.round,
        submission=submission,
        pair=pair,
        pairs=pairs,
        rows=rows,
        problem=problem,
    )


def _beside(given: list[str], pair: Pair) -> tuple[list[tuple[str, str]], str | None]:
    """Each paragraph with its translation; or nothing, and why."""
    try:
        made = translate(given, source=pair.source, target=pair.target)
    except TextTooLong:
        return [], _("The answer is too long to be translated here. The original is whole.")
    except NotTranslated:
        return [], _("The translation did not work this time. The original is whole. Try again.")
    return list(zip(given, made, strict=True)), None
