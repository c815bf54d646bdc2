"""Comments on the paper: on a section, on a paragraph, or on words that were marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.respond import bp
from consult.blueprints.respond.comment_forms import MARKED, CommentForm
from consult.blueprints.respond.details import show_unsaved
from consult.blueprints.respond.forms import ConfirmForm
from consult.blueprints.respond.keeping import give_text_back, is_autosave, while_unsent
from consult.blueprints.respond.places import let_comment_wait
from consult.blueprints.respond.presenters import section_words
from consult.blueprints.respond.views.drafts import standing_for
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.context import current_locale, localise
from consult.domain.rounds.queries import get_round, get_section
from consult.domain.submissions.companions import find_comment
from consult.domain.submissions.queries import get_draft, list_drafts_of
from consult.domain.submissions.service.commenting import (
    add_comment,
    change_comment,
    remove_comment,
)
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.text.markdown import find_words, plain_blocks
from consult.policy import Permission
from consult.policy.scope import drafting_organisation_ids

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round, Section
    from consult.domain.submissions.models import Draft


@bp.get("/<slug:round_slug>/comment")
@requires(Permission.START_ANSWER, on=get_round)
def start_comment(round_: "Round") -> ResponseReturnValue:
    """Lead from a place in the paper to a comment in a draft, which may have to be begun first."""
    mine = drafting_organisation_ids(current_actor())
    drafts = list_drafts_of(current_actor(), mine, round_id=round_.id)
    place: dict[str, Any] = {
        name: request.args.get(name, "")[:1000] for name in ("section", "quote")
    }
    get_section(round_.slug, place["section"])
    if not drafts:
        let_comment_wait(place)
        return redirect(url_for("respond.start", round_slug=round_.slug))
    return redirect(url_for("respond.new_comment", public_id=drafts[0].public_id, **place))


@bp.route("/drafts/<pid:public_id>/comments/new", methods=["GET", "POST"])
@requires(Permission.EDIT_DRAFT, on=get_draft, refused=give_text_back)
@while_unsent
@transactional
def new_comment(draft: "Draft") -> ResponseReturnValue:
    """Write a comment on a section: the one in the address, or one that is chosen here."""
    place = _place(draft)
    form = _new_form(draft, place)
    if form.validate_on_submit() and place.section is not None:
        try:
            quote = form.quote_of(place.blocks, place.marked)
            add_comment(draft, place.section, form.words, quote=quote, client_id=form.client_id)
        except InvalidInput as error:
            form.refuse_comment(error)
        else:
            if is_autosave():
                return jsonify(saved_at=utc_now().isoformat())
            flash(_("The comment is saved in your draft. It is sent with the answer."), "success")
            return redirect(_back_to_paper(place.section))
    shown = None if place.is_chosen_here else place.section
    page = _page(draft, shown, form, comment=None, quote=place.marked)
    return show_unsaved(form, page)


@dataclass(frozen=True, slots=True)
class Place:
    """What in the paper a comment is to be about.

    Attributes:
        section: ``None`` while none is chosen.
        blocks: The section's paragraphs as plain text.
        marked: Words of it that somebody marked.
        is_chosen_here: Whether the page asks for the section.
    """

    section: "Section | None"
    blocks: Sequence[str]
    marked: str | None
    is_chosen_here: bool


def _place(draft: "Draft") -> Place:
    key, is_chosen_here = request.values.get("section", ""), "section" not in request.args
    section = get_section(draft.round.slug, key) if key or not is_chosen_here else None
    blocks = plain_blocks(localise(section.body)) if section else []
    marked = find_words(request.values.get("quote", ""), blocks)
    return Place(section, blocks, marked, is_chosen_here)


def _new_form(draft: "Draft", place: Place) -> CommentForm:
    form = CommentForm(data={"about": MARKED if place.marked else ""})
    if not place.is_chosen_here:
        return form.offer(place.blocks, place.marked)
    locale = current_locale()
    return form.offer_sections(
        {one.key: section_words(one, locale) for one in draft.round.sections}
    )


@bp.route("/drafts/<pid:public_id>/comments/<pid:comment_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_DRAFT, on=get_draft, refused=give_text_back)
@while_unsent
@transactional
def comment(draft: "Draft", comment_id: str) -> ResponseReturnValue:
    """Change or remove a comment; what it is about stays."""
    stored = find_comment(draft, comment_id)
    tasks = url_for("respond.tasks", public_id=draft.public_id)
    data = {"text": stored.text, "revision": stored.revision}
    form = CommentForm(data=data).keep_to_text()
    if "remove" in request.form and ConfirmForm().validate_on_submit():
        remove_comment(draft, stored)
        flash(_("The comment is removed."), "success")
        return redirect(tasks)
    if form.validate_on_submit():
        try:
            is_mine = change_comment(draft, stored, form.words, revision=form.base_revision)
        except InvalidInput as error:
            form.refuse_comment(error)
        else:
            if is_autosave():
                return jsonify(saved_at=utc_now().isoformat())
            if not is_mine:
                flash(_("Somebody else had changed this comment. Both texts are kept."), "warning")
            return redirect(tasks)
    return show_unsaved(form, _page(draft, stored.section, form, comment=stored, quote=None))


def _page(draft: "Draft", section: "Section | None", form: CommentForm, **context: object) -> str:
    return render_template(
        "respond/comment.html",
        draft=draft,
        round=draft.round,
        standing=standing_for(draft),
        section=section,
        form=form,
        **context,
    )


def _back_to_paper(section: "Section") -> str:
    return url_for("public.paper", round_slug=section.round.slug, _anchor=f"section-{section.key}")
