"""Passages for and against a proposal: found, put to it with a reason, taken away."""

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.forms import member_of
from consult.blueprints.shared.lists import asked_text
from consult.blueprints.workspace.forms.recommendations import GroundForm
from consult.blueprints.workspace.loading import draft_of, recommendation_at
from consult.blueprints.workspace.presenters.recommendations import candidates
from consult.blueprints.workspace.routes import report
from consult.blueprints.workspace.views.draft_steps import after_saving, give_text_back
from consult.blueprints.workspace.views.drafting import Table
from consult.blueprints.workspace.views.drafting import address as address_of_part
from consult.blueprints.workspace.views.recommendations import ONE, ROOM, address, place_of_report
from consult.blueprints.workspace.views.unsealing import asks_about_seal, changing
from consult.domain.coding.queries.passages import themes_of_passages
from consult.domain.coding.queries.themes import list_themes
from consult.domain.composing.contrary import SIDES, Subject, subject_of, weighed
from consult.domain.composing.queries import list_parts
from consult.domain.composing.recommended import (
    get_ground,
    get_recommendation,
    list_recommendations,
)
from consult.domain.composing.service.recommending import ground, take_ground
from consult.domain.composing.sources import (
    Hearings,
    SourceFilter,
    find_hearings,
    get_sources,
    list_sources,
    stances_of_senders,
)
from consult.domain.composing.types import Side
from consult.domain.disclosure.quoting import quotable_in_round
from consult.domain.submissions.types import STANCE_LABELS, Stance
from consult.extensions import csrf
from consult.kernel.errors import InvalidInput
from consult.kernel.text.plain import excerpt
from consult.policy import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consult.domain.coding.models import Passage
    from consult.domain.coding.types import ThemeRow
    from consult.domain.composing.models import Composition, Recommendation


@report(f"{ONE}/passages")
@requires(Permission.WRITE_RESPONSE, on=recommendation_at)
def recommendation_passages(one: "Recommendation") -> ResponseReturnValue:
    """Passages of the round to put to a proposal, those that most likely concern it first."""
    composition = one.composition
    parts = list_parts(composition.id)
    hearings = find_hearings(composition, parts)
    subject = subject_of(one, parts, hearings)
    themes = list_themes(composition.round_id)
    found = list_sources(hearings, _wanted(one, subject, themes))
    senders = {passage.submission_id for passage in found.passages}
    asked = {name: request.args.get(name, "") for name in ("scope", "theme", "stance")}
    return render_template(
        "workspace/reports/passages.html",
        organisation=composition.organisation,
        round=composition.round,
        rooms=(),
        one=one,
        subject=subject,
        found=found,
        cards=candidates(
            found.passages,
            quotable=quotable_in_round(composition.round_id),
            themes=themes_of_passages([passage.id for passage in found.passages]),
            stances=stances_of_senders(hearings, senders, subject.proposal_id),
        ),
        themes=themes,
        asked={**asked, "q": asked_text("q")},
        stance_labels=STANCE_LABELS,
    )


def _wanted(one: "Recommendation", subject: Subject, themes: "Sequence[ThemeRow]") -> SourceFilter:
    """The passages that the address asks for; without a wish, those on the proposal's subject."""
    theme = next((row for row in themes if row.public_id == request.args.get("theme")), None)
    if theme is not None:
        below = [row.id for row in themes if row.path[: theme.depth] == theme.path]
        base = SourceFilter(theme_ids=tuple(below), stance_on=subject.proposal_id)
    elif request.args.get("scope") == "all" or not subject.is_known:
        base = SourceFilter()
    else:
        base = subject.filter()
    return replace(
        base,
        stance=member_of(Stance, request.args.get("stance")),
        stances=SIDES[Side.FOR] + SIDES[Side.AGAINST],
        stances_first=True,
        without=weighed(one),
        words=asked_text("q"),
        page=min(max(request.args.get("page", 1, type=int), 1), 10_000),
    )


@report(f"{ROOM}/grounds/new", methods=["GET", "POST"])
@requires(Permission.WRITE_RESPONSE, on=draft_of)
@transactional
@asks_about_seal
def ground_new(composition: "Composition") -> ResponseReturnValue:
    """Put a passage to a proposal, for it or against it; or say anew why it stands there."""
    hearings = find_hearings(composition, list_parts(composition.id))
    form = GroundForm(formdata=request.form if request.method == "POST" else request.args)
    if not form.passage.data:
        flash(_("Choose a passage first: on the page of the proposal."), "info")
        return redirect(
            url_for("workspace.recommendations", **place_of_report(composition)),
        )
    proposals = list_recommendations(composition.id)
    passage = get_sources(hearings, [form.passage.data or ""])[0]
    form.offer(_nearest_first(proposals, request.args.get("part")))
    _fill_from_standing(form, proposals, passage)
    if request.method == "POST" and form.validate():
        one = get_recommendation(composition.id, str(form.recommendation.data))
        try:
            return _put(one, passage, form)
        except InvalidInput as error:
            form.refuse(error, {"too_long": _("This is too long. Shorten it.")})
    page = render_template(
        "workspace/reports/ground_form.html",
        organisation=composition.organisation,
        round=composition.round,
        composition=composition,
        rooms=(),
        form=form,
        proposals=proposals,
        passage=passage,
        words=_publishable(hearings, passage),
    )
    return page, 422 if request.method == "POST" else 200


def _put(one: "Recommendation", passage: "Passage", form: GroundForm) -> ResponseReturnValue:
    with changing(one.composition, what=excerpt(one.text, 70)):
        ground(one, passage, form.chosen_side, form.reason.data or "", by=current_actor())
    if one.is_unassessed:
        flash(_("The passage speaks against the proposal. Write what you think of it."), "warning")
    else:
        flash(_("The passage stands with the proposal."), "success")
    return redirect(address(one, anchor=form.chosen_side.value))


def _nearest_first(
    proposals: "Sequence[Recommendation]", part_key: str | None
) -> "list[Recommendation]":
    """The proposals of the part that one comes from before the others."""
    return sorted(proposals, key=lambda one: one.part.key != part_key)


def _fill_from_standing(
    form: GroundForm, proposals: "Sequence[Recommendation]", passage: "Passage"
) -> None:
    """Show why the passage stands with the proposal already, to change that."""
    if request.method == "POST":
        return
    chosen = next((one for one in proposals if one.public_id == form.recommendation.data), None)
    for standing in chosen.grounds if chosen else ():
        if standing.passage_id == passage.id:
            form.side.data, form.reason.data = standing.side.value, standing.reason


def _publishable(hearings: Hearings, passage: "Passage") -> str:
    return quotable_in_round(hearings.round_ids[0]).words(
        passage.quote, version_id=passage.version_id, start=passage.start, end=passage.end
    )


@report(f"{ONE}/grounds/<pid:ground_id>/take", methods=["POST"])
@requires(Permission.WRITE_RESPONSE, on=recommendation_at)
@transactional
@asks_about_seal
def ground_take(one: "Recommendation", ground_id: str) -> ResponseReturnValue:
    """Take a passage from a proposal."""
    standing = get_ground(one, ground_id)
    with changing(one.composition, what=excerpt(one.text, 70)):
        take_ground(standing, by=current_actor())
    flash(_("The passage does not stand with the proposal any more."), "success")
    return redirect(address(one, anchor=standing.side.value))


@report("/draft/grounds", methods=["POST"])
@requires(Permission.WRITE_RESPONSE, on=draft_of, refused=give_text_back)
@transactional
@after_saving
def draft_ground(table: Table) -> ResponseReturnValue:
    """From the drafting table: save the text, then choose the proposal that a passage concerns."""
    side, _sign, public_id = request.form.get("ground", "").partition(":")
    if not public_id:
        return redirect(address_of_part(table.composition, table.part.key))
    passage = get_sources(table.hearings, [public_id])[0]
    return redirect(
        url_for(
            "workspace.ground_new",
            **place_of_report(table.composition),
            passage=passage.public_id,
            side=member_of(Side, side),
            part=table.part.key,
        )
    )


csrf.exempt(draft_ground)  # as the other steps of the drafting table: its form checks the token
