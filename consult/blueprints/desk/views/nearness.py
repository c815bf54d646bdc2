"""Passages like one: the nearest in meaning, and its themes put on those that one chooses."""

from typing import TYPE_CHECKING

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.presenters.nearness import near_passage
from consult.blueprints.desk.presenters.search import LABELS
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.domain.analysis.search.asking import Search
from consult.domain.coding.queries.nearness import find_near
from consult.domain.coding.queries.passages import get_passage
from consult.domain.coding.queries.steps import find_codable
from consult.domain.coding.queries.themes import get_theme
from consult.domain.coding.service.many import MOST_PASSAGES, code_together
from consult.domain.submissions.types import SubmissionStatus
from consult.policy import Permission
from consult.policy.scope import desk_owner_ids

if TYPE_CHECKING:
    from consult.domain.coding.models import Passage

_READ = frozenset({SubmissionStatus.RECEIVED, SubmissionStatus.MINUTES})


@bp.get("/rounds/<slug:round_slug>/passages/<pid:passage_id>/near")
@requires(Permission.VIEW_DESK, on=get_passage)
def passages_near(passage: "Passage") -> ResponseReturnValue:
    """The passages of the round that are most like this one."""
    models = current_app.extensions["models"]
    return render_template(
        "desk/coding/near.html",
        round=passage.round,
        passage=passage,
        themes=[one.theme for one in passage.coded_at.codings if one.theme.retired_at is None],
        labels=LABELS,
        near=near_passage(
            find_near(passage.round_id, passage.quote, models=models),
            passage.id,
            passage.quote,
            search=Search(round_id=passage.round_id, statuses=_READ),
            owners=desk_owner_ids(current_actor()),
        ),
    )


@bp.post("/rounds/<slug:round_slug>/passages/<pid:passage_id>/near")
@requires(Permission.CODE_ANSWERS, on=get_passage)
@transactional
def passages_near_code(passage: "Passage") -> ResponseReturnValue:
    """Put one of the passage's themes on those of the others that were chosen."""
    round_ = passage.round
    theme = get_theme(round_.slug, request.form.get("theme", "")).standing
    chosen = find_codable(round_.id, request.form.getlist("n")[:MOST_PASSAGES])
    back = url_for("desk.passages_near", round_slug=round_.slug, passage_id=passage.public_id)
    if not chosen:
        flash(_("Choose at least one passage of an answer that counts."), "warning")
        return redirect(back)
    if theme.retired_at is not None:
        flash(_("%(theme)s was split. Choose one of the new themes.", theme=theme.name), "warning")
        return redirect(back)
    done = code_together(chosen, theme, on=True, by=current_actor())
    if not done.changed:
        flash(_("%(theme)s is on those passages already.", theme=theme.name), "info")
        return redirect(back)
    return redirect(
        url_for("desk.passages_coded", round_slug=round_.slug, together_id=done.public_id)
    )
