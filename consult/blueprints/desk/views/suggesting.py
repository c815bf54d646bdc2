"""Suggestions: accepted by a person one by one, turned on and off, and how they fared."""

from typing import TYPE_CHECKING

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.presenters.suggesting import fared_rows, total
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.domain.coding.errors import SuggestionGone
from consult.domain.coding.queries.passages import get_passage
from consult.domain.coding.queries.suggesting import (
    fared_by_model,
    fared_by_theme,
    has_suggestions,
    suggest_themes,
)
from consult.domain.coding.queries.themes import get_theme, list_themes
from consult.domain.coding.service.suggesting import (
    accept_stance,
    accept_suggestion,
    switch_suggestions,
)
from consult.domain.rounds.queries import get_round
from consult.domain.submissions.types import Stance
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.coding.models import Passage
    from consult.domain.rounds.models import Round


@bp.get("/rounds/<slug:round_slug>/suggestions")
@requires(Permission.VIEW_DESK, on=get_round)
def suggestions(round_: "Round") -> ResponseReturnValue:
    """How the suggestions fared beside what people decided, by model and by theme."""
    by_model = fared_by_model(round_.id)
    return render_template(
        "desk/suggestions.html",
        round=round_,
        is_on=has_suggestions(round_.id),
        by_model=by_model,
        current=by_model[0][0] if by_model else None,
        overall=total(fared for _model, fared in by_model),
        by_theme=fared_rows(list_themes(round_.id), fared_by_theme(round_.id)),
    )


@bp.post("/rounds/<slug:round_slug>/suggestions/<any(on, off):state>")
@requires(Permission.EDIT_CODEBOOK, on=get_round)
@transactional
def suggestions_switch(round_: "Round", state: str) -> ResponseReturnValue:
    """Turn suggestions on or off for everybody who codes the round."""
    if switch_suggestions(round_, is_on=state == "on", by=current_actor()):
        flash(
            _("Suggestions are on.") if state == "on" else _("Suggestions are off."),
            "success",
        )
    return redirect(url_for("desk.suggestions", round_slug=round_.slug))


@bp.post("/rounds/<slug:round_slug>/passages/<pid:passage_id>/suggestions")
@requires(Permission.CODE_ANSWERS, on=get_passage)
@transactional
def suggestion_accept(passage: "Passage") -> ResponseReturnValue:
    """Put a suggested theme on the passage."""
    theme = get_theme(passage.round.slug, request.form.get("theme", ""))
    try:
        is_new = accept_suggestion(
            passage,
            theme,
            suggest_themes(passage, models=current_app.extensions["models"]),
            number=request.form.get("model", 0, type=int),
            by=current_actor(),
        )
    except SuggestionGone:
        return _gone(passage)
    if is_new:
        flash(_("%(theme)s is on the passage. Saved.", theme=theme.name), "success")
    else:
        flash(_("%(theme)s is on the passage already.", theme=theme.name), "info")
    return _back(passage)


@bp.post("/rounds/<slug:round_slug>/passages/<pid:passage_id>/suggestions/stance")
@requires(Permission.CODE_ANSWERS, on=get_passage)
@transactional
def suggestion_stance(passage: "Passage") -> ResponseReturnValue:
    """Write down the stance that the passage's words suggest."""
    wanted = request.form.get("value", "")
    if wanted not in list(Stance):
        return _gone(passage)
    try:
        key = accept_stance(passage, value=Stance(wanted), by=current_actor())
    except SuggestionGone:
        return _gone(passage)
    flash(_("The stance on proposal %(key)s is saved.", key=key), "success")
    return _back(passage)


def _gone(passage: "Passage") -> ResponseReturnValue:
    flash(
        _("The suggestions have just changed. Nothing was put on the passage. Look at them again."),
        "warning",
    )
    return _back(passage)


def _back(passage: "Passage") -> ResponseReturnValue:
    return redirect(
        url_for("desk.coding", round_slug=passage.round.slug, passage=passage.public_id)
    )
