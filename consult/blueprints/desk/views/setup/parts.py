"""Moving and removing sections, proposals and questions: one press each."""

from typing import TYPE_CHECKING, Literal, cast

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.views.setup.pages import show
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.domain.rounds.errors import PartInUse
from consult.domain.rounds.queries import get_proposal, get_question, get_section
from consult.domain.rounds.service import move_part as move_in_round
from consult.domain.rounds.service import remove_part as remove_from_round
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Proposal, Question, Section


def get_part(round_slug: str, kind: str, key: str) -> "Section | Proposal | Question":
    """A part of a round by its kind and key. Raises ``NotFound``."""
    if kind == "sections":
        return get_section(round_slug, key)
    if kind == "proposals":
        return get_proposal(round_slug, key)
    return get_question(round_slug, key)


@bp.post(
    "/rounds/<slug:round_slug>/setup/<any(sections, proposals, questions):kind>/<key:key>/move"
)
@requires(Permission.MANAGE_ROUND, on=get_part)
@transactional
def move_part(part: "Section | Proposal | Question") -> ResponseReturnValue:
    """Swap a part with the one before or after it."""
    direction = "up" if request.form.get("direction") == "up" else "down"
    try:
        move_in_round(part, cast("Literal['up', 'down']", direction), by=current_actor())
    except InvalidInput:
        flash(_("A question must stand after the one that decides whether it is asked."), "warning")
    return _back_to_list(part)


@bp.route(
    "/rounds/<slug:round_slug>/setup/<any(sections, proposals, questions):kind>/<key:key>/remove",
    methods=["GET", "POST"],
)
@requires(Permission.MANAGE_ROUND, on=get_part)
@transactional
def remove_part(part: "Section | Proposal | Question") -> ResponseReturnValue:
    """Ask once, for what was written cannot be brought back; then take the part out."""
    kind = type(part).__name__.lower()
    if request.method == "GET":
        texts = getattr(part, "title", None) or cast("Question", part).text
        return show("remove.html", part.round, part=part, kind=kind, texts=texts)
    response = _back_to_list(part)
    try:
        remove_from_round(part, by=current_actor())
    except PartInUse as error:
        flash(_refusal(error), "warning")
    else:
        flash(_("Removed."), "success")
    return response


def _back_to_list(part: "Section | Proposal | Question") -> ResponseReturnValue:
    kind = type(part).__name__.lower()
    anchor = f"{kind}-{part.key}"
    return redirect(url_for(f"desk.setup_{kind}s", round_slug=part.round.slug, _anchor=anchor))


def _refusal(error: PartInUse) -> str:
    if error.asked_in and error.kind == "question":
        return str(
            _(
                "Question %(key)s is still there: it decides whether %(questions)s is asked. "
                "Change that first.",
                key=error.key,
                questions=", ".join(error.asked_in),
            )
        )
    if error.asked_in:
        return str(
            _(
                "Proposal %(key)s is still there: question %(questions)s asks about it. Remove or "
                "change the question first.",
                key=error.key,
                questions=", ".join(error.asked_in),
            )
        )
    return str(
        _(
            "%(key)s is still there: somebody has answered it or begun to. You can change the "
            "words instead.",
            key=error.key,
        )
    )
