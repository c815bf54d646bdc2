"""Coding many passages at once: choosing what, the report of what was done, undoing it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.coding_many import ON, CodeManyForm
from consult.blueprints.desk.presenters.narrowing import address_of, page_address, read_filter
from consult.blueprints.desk.presenters.search import address_values, read_asked
from consult.blueprints.desk.views.themes import LABELS, kinds_asked_for, themes_asked_for
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.domain.accounts.queries import names_by_reference
from consult.domain.analysis.queries.passages import list_passage_ids, load_passages
from consult.domain.analysis.queries.searching import find_passage_ids
from consult.domain.coding.queries.passages import get_passage
from consult.domain.coding.queries.steps import find_codable, get_together, steps_on
from consult.domain.coding.queries.themes import get_theme, list_themes, offered_themes
from consult.domain.coding.service.many import MOST_PASSAGES, code_together, undo_together
from consult.domain.coding.types import METHOD_LABELS
from consult.domain.rounds.queries import get_round
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.coding.models import Passage
    from consult.domain.coding.queries.steps import StepsTogether
    from consult.domain.rounds.models import Round

SEARCH = "search"
"""In the address: the passages were chosen among what a search found."""


@bp.route("/rounds/<slug:round_slug>/passages/code", methods=["GET", "POST"])
@requires(Permission.CODE_ANSWERS, on=get_round)
@transactional
def passages_code(round_: "Round") -> ResponseReturnValue:
    """Say which theme the chosen passages get or lose, and do it."""
    form = CodeManyForm().offer(offered_themes(round_.id))
    asked = form.chosen if form.is_submitted() else _asked_for(round_)
    passages = find_codable(round_.id, asked[:MOST_PASSAGES])
    if not passages:
        flash(_("Choose at least one passage of an answer that counts."), "warning")
        return redirect(_back(round_))
    if form.validate_on_submit():
        try:
            return _code(round_, form, passages, len(asked))
        except InvalidInput:
            form.theme.errors = [_("This theme was split. Choose one of the new themes.")]
    return _page(round_, form, passages, len(asked)), 422 if form.is_submitted() else 200


def _page(round_: "Round", form: CodeManyForm, passages: "Sequence[Passage]", asked: int) -> str:
    form.passages.data = ",".join(one.public_id for one in passages)
    rows = load_passages([one.id for one in passages])
    return render_template(
        "desk/coding/many.html",
        round=round_,
        form=form,
        rows=[rows[one.id] for one in passages],
        is_cut=asked > MOST_PASSAGES,
        left_out=min(asked, MOST_PASSAGES) - len(passages),
        limit=MOST_PASSAGES,
        action=page_address("desk.passages_code", round_, _values(round_)),
        back=_back(round_),
    )


def _code(
    round_: "Round", form: CodeManyForm, passages: "Sequence[Passage]", asked: int
) -> ResponseReturnValue:
    """Do what the form says; tell of those that were so already, and those left out."""
    theme = get_theme(round_.slug, form.theme.data).standing
    done = code_together(passages, theme, on=form.act.data == ON, by=current_actor())
    if done.same:
        flash(
            ngettext(
                "%(num)d passage was so already.", "%(num)d passages were so already.", done.same
            ),
            "info",
        )
    if gone := asked - len(passages):
        flash(
            ngettext(
                "%(num)d passage does not count any more and was left alone.",
                "%(num)d passages do not count any more and were left alone.",
                gone,
            ),
            "warning",
        )
    if not done.changed:
        return redirect(_back(round_))
    return redirect(
        url_for("desk.passages_coded", round_slug=round_.slug, together_id=done.public_id)
    )


def _asked_for(round_: "Round") -> list[str]:
    """The passages that are chosen: those ticked, or all of the list; one too many at most."""
    if request.args.get("all") != "1":
        return list(dict.fromkeys(request.args.getlist("n")))[: MOST_PASSAGES + 1]
    limit = MOST_PASSAGES + 1
    if request.args.get("found") == SEARCH:
        asked = read_asked(round_id=round_.id, themes=list_themes(round_.id))
        if asked.search.is_empty:
            return []
        return find_passage_ids(asked.search, owner_ids=[round_.owner_id], limit=limit)
    _theme, theme_ids = themes_asked_for(round_)
    _kind, _group, kinds = kinds_asked_for()
    return list_passage_ids(
        round_.id, theme_ids=theme_ids, actor_types=kinds, chosen=read_filter(), limit=limit
    )


def _values(round_: "Round") -> dict[str, object]:
    """The address of the list that one came from, as values."""
    if request.args.get("found") == SEARCH:
        return {"found": SEARCH, **address_values(read_asked(themes=list_themes(round_.id)))}
    theme, _theme_ids = themes_asked_for(round_)
    kind, group, _kinds = kinds_asked_for()
    return {"theme": theme and theme.key, "type": kind, "group": group, **address_of(read_filter())}


def _back(round_: "Round") -> str:
    """The list that one came from."""
    values = _values(round_)
    return page_address(
        "desk.search" if values.pop("found", None) else "desk.passages", round_, values
    )


@bp.get("/rounds/<slug:round_slug>/passages/coded/<pid:together_id>")
@requires(Permission.VIEW_DESK, on=get_together)
def passages_coded(done: "StepsTogether") -> ResponseReturnValue:
    """Exactly what was done with which passages."""
    rows = load_passages(done.passage_ids)
    return render_template(
        "desk/coding/many_done.html",
        round=done.round,
        done=done,
        who=names_by_reference([done.done_by]).get(done.done_by, ""),
        rows=[rows[one] for one in done.passage_ids if one in rows],
        is_mine=done.done_by == current_actor().reference,
        labels=LABELS,
    )


@bp.post("/rounds/<slug:round_slug>/passages/coded/<pid:together_id>/undo")
@requires(Permission.CODE_ANSWERS, on=get_together)
@transactional
def passages_uncode(done: "StepsTogether") -> ResponseReturnValue:
    """Undo it, for every passage that is still as it was left."""
    back = undo_together(done, by=current_actor())
    text = ngettext(
        "Undone for %(back)s of %(num)d passage.", "Undone for %(back)s of %(num)d passages.",
        done.left, back=back,
    )  # fmt: skip
    flash(text, "success" if back == done.left else "warning")
    return redirect(
        url_for("desk.passages_coded", round_slug=done.round.slug, together_id=done.public_id)
    )


@bp.get("/rounds/<slug:round_slug>/passages/<pid:passage_id>/history")
@requires(Permission.VIEW_DESK, on=get_passage)
def passage_history(passage: "Passage") -> ResponseReturnValue:
    """Who has put which theme on the passage, and who has taken which off, and when."""
    steps, codings = steps_on(passage), passage.coded_at.codings
    people = {step.done_by for step in steps} | {coding.coded_by for coding in codings}
    return render_template(
        "desk/coding/history.html",
        round=passage.round,
        passage=passage,
        steps=steps,
        codings=codings,
        names=names_by_reference(sorted(people)),
        methods=METHOD_LABELS,
    )
