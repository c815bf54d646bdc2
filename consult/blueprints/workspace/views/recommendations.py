"""The room of what a report proposes: each proposal exists once, and box and tables read it."""

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.workspace.forms.recommendations import MoveForm, RecommendationForm
from consult.blueprints.workspace.loading import (
    DraftPlace,
    any_recommendation_at,
    draft_of,
    draft_place,
    recommendation_at,
)
from consult.blueprints.workspace.presenters.recommendations import (
    candidates,
    chapter_choices,
    chapters,
    details_of,
    differing,
    sides_of,
    silent_lines,
)
from consult.blueprints.workspace.presenters.rooms import room_tabs
from consult.blueprints.workspace.routes import report
from consult.blueprints.workspace.views.unsealing import asks_about_seal, changing
from consult.domain.accounts.queries import names_by_reference
from consult.domain.coding.queries.passages import themes_of_passages
from consult.domain.composing.contrary import (
    count_unweighed,
    list_contrary,
    silence_on,
    subject_of,
)
from consult.domain.composing.errors import RecommendationChanged
from consult.domain.composing.queries import get_part, list_parts
from consult.domain.composing.recommended import (
    list_recommendations,
    list_removed_recommendations,
)
from consult.domain.composing.service.recommending import (
    change,
    content_of,
    move,
    move_to,
    propose,
    remove,
    restore,
)
from consult.domain.composing.sources import find_hearings, stances_of_senders
from consult.domain.disclosure.quoting import quotable_in_round
from consult.domain.submissions.types import STANCE_LABELS
from consult.kernel.errors import InvalidInput
from consult.kernel.text.plain import excerpt
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition, Recommendation

ROOM = "/recommendations"
ONE = f"{ROOM}/<pid:recommendation_id>"

_SHOWN = 5
"""Passages that speak against a proposal and are shown on its page; the rest are searched for."""

_NAME = 70
"""Characters of a proposal where it is only named."""


@report(ROOM)
@requires(Permission.VIEW_WORKSPACE, on=draft_place)
def recommendations(place: DraftPlace) -> ResponseReturnValue:
    """What the report proposes, chapter by chapter."""
    composition = place.composition
    parts = list_parts(composition.id) if composition else []
    ones = list_recommendations(composition.id) if composition else []
    return render_template(
        "workspace/reports/recommendations.html",
        organisation=place.organisation,
        round=place.round,
        rooms=room_tabs(place.organisation, place.round, place.kind),
        composition=composition,
        chapters=chapters(parts, ones),
        proposed=sum(one.is_proposed for one in ones),
        considered=sum(not one.is_proposed for one in ones),
        unassessed=[one for one in ones if one.is_unassessed],
        removed=list_removed_recommendations(composition.id) if composition else [],
    )


@report(f"{ROOM}/new", methods=["GET", "POST"])
@requires(Permission.WRITE_RESPONSE, on=draft_of)
@transactional
@asks_about_seal
def recommendation_new(composition: "Composition") -> ResponseReturnValue:
    """Add a proposal to a chapter."""
    form = RecommendationForm(data={"part": request.args.get("part")})
    form.offer(chapter_choices(list_parts(composition.id)))
    if form.validate_on_submit():
        try:
            with changing(composition, what=_called(form.content.text)):
                part = get_part(composition, str(form.part.data))
                made = propose(part, form.content, by=current_actor())
        except InvalidInput as error:
            form.show_refusal(error)
        else:
            flash(_("The proposal is added. Put the passages for and against it to it."), "success")
            return redirect(address(made))
    page = render_template(
        "workspace/reports/recommendation_form.html", **_frame(composition), form=form, one=None
    )
    return page, 422 if form.is_submitted() else 200


@report(ONE)
@requires(Permission.VIEW_WORKSPACE, on=recommendation_at)
def recommendation(one: "Recommendation") -> ResponseReturnValue:
    """One proposal: what it rests on, what speaks against it, and who says nothing of its theme."""
    composition = one.composition
    parts = list_parts(composition.id)
    move_form = MoveForm(formdata=None, data={"part": one.part.key})
    move_form.part.choices = chapter_choices(parts)
    return render_template(
        "workspace/reports/recommendation.html",
        **_frame(composition),
        one=one,
        details=details_of(one),
        sides=sides_of(one, themes_of_passages([ground.passage_id for ground in one.grounds])),
        move_form=move_form,
        stance_labels=STANCE_LABELS,
        **_beside(one),
    )


def _beside(one: "Recommendation") -> dict[str, Any]:
    """What speaks against a proposal without being weighed, and who is silent."""
    composition = one.composition
    parts = list_parts(composition.id)
    hearings = find_hearings(composition, parts)
    subject = subject_of(one, parts, hearings)
    found = list_contrary(one, subject, hearings)
    passages = found.passages[:_SHOWN] if found else ()
    senders = {passage.submission_id for passage in passages}
    round_ = composition.round
    return {
        "subject": subject,
        "contrary_in_all": found.total if found else 0,
        "contrary": candidates(
            passages,
            quotable=quotable_in_round(round_.id),
            themes=themes_of_passages([passage.id for passage in passages]),
            stances=stances_of_senders(hearings, senders, subject.proposal_id),
        ),
        "unweighed": count_unweighed(one, subject, hearings),
        "silent": silent_lines(
            silence_on(subject, round_id=round_.id, threshold=round_.small_groups)
        ),
    }


@report(f"{ONE}/change", methods=["GET", "POST"])
@requires(Permission.WRITE_RESPONSE, on=recommendation_at)
@transactional
@asks_about_seal
def recommendation_change(one: "Recommendation") -> ResponseReturnValue:
    """Change what a proposal says."""
    form = RecommendationForm().offer([])
    del form.part  # it is moved on its own page
    if not form.is_submitted():
        form.fill(content_of(one), revision=one.revision)
    elif form.validate():
        try:
            with changing(one.composition, what=_called(one.text)):
                saved = change(one, form.content, revision=form.base_revision, by=current_actor())
        except RecommendationChanged as changed:
            return _both(one, form, changed), 409
        except InvalidInput as error:
            form.show_refusal(error)
        else:
            flash(_("Saved.") if saved else _("Nothing was changed."), "success")
            return redirect(address(one))
    page = render_template(
        "workspace/reports/recommendation_form.html", **_frame(one.composition), form=form, one=one
    )
    return page, 422 if form.is_submitted() else 200


def _both(one: "Recommendation", form: RecommendationForm, changed: RecommendationChanged) -> str:
    """The form with what was to be saved, beside what somebody else has saved meanwhile."""
    form.revision.data = str(changed.revision)
    theirs = RecommendationForm(formdata=None).offer([])
    return render_template(
        "workspace/reports/recommendation_form.html",
        **_frame(one.composition),
        form=form,
        one=one,
        theirs=theirs.fill(changed.theirs, revision=changed.revision).in_words(),
        differing=differing(changed.mine, changed.theirs),
        changed_at=changed.changed_at,
        changed_by=names_by_reference([changed.changed_by]).get(changed.changed_by),
    )


@report(f"{ONE}/<any(up, down, remove, restore):step>", methods=["POST"])
@requires(Permission.WRITE_RESPONSE, on=any_recommendation_at)
@transactional
@asks_about_seal
def recommendation_arrange(one: "Recommendation", step: str) -> ResponseReturnValue:
    """Move a proposal in its chapter, take it out, or put it back."""
    actor = current_actor()
    is_out = one.removed_at is not None
    if is_out is not (step == "restore"):
        flash(_("Somebody else has done this already. Nothing was changed."), "info")
        return redirect(_room(one.composition))
    with changing(one.composition, what=_called(one.text)):
        if step == "remove":
            remove(one, by=actor)
            flash(_("The proposal is taken out. You can put it back."), "success")
        elif step == "restore":
            restore(one, by=actor)
            flash(_("The proposal is back, at the end of its chapter."), "success")
        else:
            moved = move(one, -1 if step == "up" else 1, by=actor)
            flash(_("Moved.") if moved else _("It stands at the end already."), "success")
    return redirect(_room(one.composition, anchor="" if step == "remove" else one.key))


@report(f"{ONE}/move", methods=["POST"])
@requires(Permission.WRITE_RESPONSE, on=recommendation_at)
@transactional
@asks_about_seal
def recommendation_move(one: "Recommendation") -> ResponseReturnValue:
    """Move a proposal to another chapter."""
    form = MoveForm()
    form.part.choices = chapter_choices(list_parts(one.composition_id))
    if not form.validate_on_submit():
        flash(_("Choose the chapter that it shall stand in. Nothing was changed."), "warning")
        return redirect(address(one))
    with changing(one.composition, what=_called(one.text)):
        part = get_part(one.composition, str(form.part.data))
        moved = move_to(one, part, by=current_actor())
    flash(_("Moved.") if moved else _("It stands in this chapter already."), "success")
    return redirect(address(one))


def address(one: "Recommendation", *, anchor: str | None = None) -> str:
    """The page of a proposal."""
    return url_for(
        "workspace.recommendation",
        **place_of_report(one.composition),
        recommendation_id=one.public_id,
        _anchor=anchor,
    )


def place_of_report(composition: "Composition") -> dict[str, Any]:
    """What the addresses of a report's rooms are made of."""
    return {
        "organisation": composition.organisation.slug,
        "round_slug": composition.round.slug,
        "kind": composition.kind.value,
    }


def _room(composition: "Composition", *, anchor: str = "") -> str:
    place = place_of_report(composition)
    return url_for("workspace.recommendations", **place, _anchor=anchor or None)


def _frame(composition: "Composition") -> dict[str, Any]:
    """What stands around every page of the room."""
    return {
        "organisation": composition.organisation,
        "round": composition.round,
        "composition": composition,
        "rooms": (),
    }


def _called(text: str) -> str:
    return str(_("Proposal: %(text)s", text=excerpt(text, _NAME)))
