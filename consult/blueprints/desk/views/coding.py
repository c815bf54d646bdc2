"""Coding: passages in their text left to right, themes and stances by mouse or by single keys."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.coding import MemoForm, PartForm, StanceForm
from consult.blueprints.desk.presenters.coding import (
    Sentence,
    find_place,
    group_passages,
    most_used,
    recent,
    sentences_from,
)
from consult.blueprints.desk.presenters.scans import page_view
from consult.blueprints.desk.presenters.suggesting import show_stance, show_themes
from consult.blueprints.desk.views.work import hold_on
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.domain.accounts.queries import names_by_reference
from consult.domain.coding.errors import PassageExists
from consult.domain.coding.queries.clusters import shared_words
from consult.domain.coding.queries.examples import exemplified_by
from consult.domain.coding.queries.passages import (
    get_passage,
    passage_after,
    themes_of_passages,
)
from consult.domain.coding.queries.suggesting import (
    codings_with_models,
    suggest_stance_of,
    suggest_themes,
)
from consult.domain.coding.queries.themes import get_theme, offered_themes, recent_theme_ids
from consult.domain.coding.queries.worklist import (
    answers_of_version,
    coded_stances,
    first_passage,
    next_uncoded,
    passage_in_neighbour,
    passages_between,
    reading_order,
    work_list,
)
from consult.domain.coding.service.coding import apply_theme, remove_theme, set_memo, undo_last
from consult.domain.coding.service.dividing import add_passage
from consult.domain.coding.service.stances import code_stance, remove_stance
from consult.domain.coding.service.suggesting import note_outcome
from consult.domain.coding.types import CodedStanceRow, PassageKind, ThemeRow
from consult.domain.meetings.queries import struck_answer_ids
from consult.domain.organisations.types import ACTOR_TYPE_LABELS
from consult.domain.rounds.queries import get_round, list_proposals
from consult.domain.scans.queries import pages_by_id
from consult.domain.submissions.types import (
    DEADLINE_STATUS_LABELS,
    MODIFIER_LABELS,
    STANCE_LABELS,
    VOICE_LABELS,
    Stance,
    StanceModifier,
)
from consult.kernel.errors import InvalidInput, NotFound
from consult.policy import Permission, can

if TYPE_CHECKING:
    from consult.domain.coding.models import Passage
    from consult.domain.rounds.models import Proposal, Round

LABELS = {
    "actor_type": ACTOR_TYPE_LABELS,
    "deadline": DEADLINE_STATUS_LABELS,
    "stance": STANCE_LABELS,
    "modifier": MODIFIER_LABELS,
    "voice": VOICE_LABELS,
}
"""The code lists that the page spells out."""

WINDOW = 40
"""Passages shown before and after the current one; longer texts are shown in part."""


@bp.get("/rounds/<slug:round_slug>/coding")
@requires(Permission.VIEW_DESK, on=get_round)
def coding(round_: "Round") -> ResponseReturnValue:
    """One passage in its text, and what can be put on it."""
    if wanted := request.args.get("passage"):
        return _show(get_passage(round_.slug, wanted))
    found = next_uncoded(round_.id) or passage_in_neighbour(round_.id, number=0, forward=True)
    if found is None:
        return render_template("desk/coding/empty.html", round=round_)
    return redirect(_place(round_, found))


@bp.get("/rounds/<slug:round_slug>/coding/answers/<number:number>")
@requires(Permission.VIEW_DESK, on=get_round)
def coding_answer(round_: "Round", number: int) -> ResponseReturnValue:
    """Begin with one answer: at its first passage without a theme."""
    found = first_passage(round_.id, number=number)
    if found is None:
        raise NotFound("answer with passages", number)
    return redirect(_place(round_, found))


@bp.get("/rounds/<slug:round_slug>/passages/<pid:passage_id>/uncoded")
@requires(Permission.VIEW_DESK, on=get_passage)
def coding_uncoded(passage: "Passage") -> ResponseReturnValue:
    """Go on to the next passage without a theme."""
    after = (passage.submission.number, passage.position)
    found = next_uncoded(passage.round_id, after=after)
    if found is None:
        flash(_("Every passage has a theme."), "success")
    return redirect(_place(passage.round, found or passage.public_id))


@bp.get("/rounds/<slug:round_slug>/passages/<pid:passage_id>/<any(next, previous):step>")
@requires(Permission.VIEW_DESK, on=get_passage)
def coding_step(passage: "Passage", step: str) -> ResponseReturnValue:
    """Go on into the next answer, or back into the one before."""
    found = passage_in_neighbour(
        passage.round_id, number=passage.submission.number, forward=step == "next"
    )
    if found is None:
        flash(
            _("This is the last passage.") if step == "next" else _("This is the first passage."),
            "info",
        )
    return redirect(_place(passage.round, found or passage.public_id))


@bp.post("/rounds/<slug:round_slug>/passages/<pid:passage_id>/themes")
@requires(Permission.CODE_ANSWERS, on=get_passage)
@transactional
def coding_apply(passage: "Passage") -> ResponseReturnValue:
    """Put a theme on the passage."""
    theme = get_theme(passage.round.slug, request.form.get("theme", "")).standing
    suggestions = suggest_themes(passage, models=current_app.extensions["models"])
    if theme.retired_at is not None:
        flash(_("%(theme)s was split. Choose one of the new themes.", theme=theme.name), "warning")
    elif apply_theme(passage, theme, by=current_actor()):
        note_outcome(passage, theme, suggestions)
        flash(_("%(theme)s is on the passage. Saved.", theme=theme.name), "success")
    else:
        flash(_("%(theme)s is on the passage already.", theme=theme.name), "info")
    return redirect(_place(passage.round, passage.public_id))


@bp.post("/rounds/<slug:round_slug>/passages/<pid:passage_id>/themes/<key:theme_key>/remove")
@requires(Permission.CODE_ANSWERS, on=get_passage)
@transactional
def coding_remove(passage: "Passage", theme_key: str) -> ResponseReturnValue:
    """Take a theme off the passage."""
    theme = get_theme(passage.round.slug, theme_key)
    remove_theme(passage, theme, by=current_actor())
    flash(_("%(theme)s is taken off the passage. Saved.", theme=theme.name), "success")
    return redirect(_place(passage.round, passage.public_id))


@bp.post("/rounds/<slug:round_slug>/passages/<pid:passage_id>/undo")
@requires(Permission.CODE_ANSWERS, on=get_passage)
@transactional
def coding_undo(passage: "Passage") -> ResponseReturnValue:
    """Undo my latest step in the round, and go to where it was."""
    undone = undo_last(passage.round, by=current_actor())
    if undone is None:
        flash(_("There is nothing of yours to undo in this round."), "info")
        return redirect(_place(passage.round, passage.public_id))
    if undone.passages > 1:
        flash(
            ngettext(
                "Undone: %(theme)s, on %(num)d passage at once.",
                "Undone: %(theme)s, on %(num)d passages at once.",
                undone.passages,
                theme=undone.theme_name,
            ),
            "success",
        )
    elif undone.was_applied:
        flash(_("Undone: %(theme)s is off again.", theme=undone.theme_name), "success")
    else:
        flash(_("Undone: %(theme)s is on again.", theme=undone.theme_name), "success")
    return redirect(_place(passage.round, undone.passage_public_id))


@bp.post("/rounds/<slug:round_slug>/passages/<pid:passage_id>/memo")
@requires(Permission.CODE_ANSWERS, on=get_passage)
@transactional
def coding_memo(passage: "Passage") -> ResponseReturnValue:
    """Write the note on the passage."""
    form = MemoForm()
    if not form.validate_on_submit():
        return _show(passage, memo=form), 422
    try:
        if set_memo(passage, form.memo.data or "", by=current_actor()):
            flash(_("The note is saved."), "success")
    except InvalidInput as error:
        form.refuse(error, {})
        return _show(passage, memo=form), 422
    return redirect(_place(passage.round, passage.public_id))


@bp.post("/rounds/<slug:round_slug>/passages/<pid:passage_id>/stance")
@requires(Permission.CODE_ANSWERS, on=get_passage)
@transactional
def coding_stance(passage: "Passage") -> ResponseReturnValue:
    """Write down where the answer stands on a proposal."""
    proposals = list_proposals(passage.round_id)
    form = StanceForm().offer(proposals)
    if not form.validate_on_submit():
        return _show(passage, stance=form), 422
    code_stance(
        passage.submission,
        next(proposal for proposal in proposals if proposal.key == form.proposal.data),
        value=Stance(form.value.data),
        modifiers=[StanceModifier(value) for value in form.modifiers.data or ()],
        passage=passage,
        by=current_actor(),
    )
    flash(_("The stance on proposal %(key)s is saved.", key=form.proposal.data), "success")
    return redirect(_place(passage.round, passage.public_id))


@bp.post("/rounds/<slug:round_slug>/passages/<pid:passage_id>/stance/<key:proposal_key>/remove")
@requires(Permission.CODE_ANSWERS, on=get_passage)
@transactional
def coding_stance_remove(passage: "Passage", proposal_key: str) -> ResponseReturnValue:
    """Take a coded stance back."""
    proposals = {proposal.key: proposal for proposal in list_proposals(passage.round_id)}
    if proposal_key not in proposals:
        raise NotFound("proposal", proposal_key)
    remove_stance(passage.submission, proposals[proposal_key], by=current_actor())
    flash(_("The stance on proposal %(key)s is taken back.", key=proposal_key), "success")
    return redirect(_place(passage.round, passage.public_id))


@bp.post("/rounds/<slug:round_slug>/passages/<pid:passage_id>/parts")
@requires(Permission.CODE_ANSWERS, on=get_passage)
@transactional
def coding_part(passage: "Passage") -> ResponseReturnValue:
    """Choose a part of the passage, from one sentence to another, as a passage of its own.

    It may reach into the passage that follows: so two are made one.
    """
    choices = _sentences(passage)
    form = PartForm().offer([one.text for one in choices])
    if not form.validate_on_submit():
        return _show(passage, part=form), 422
    first, last = sorted((form.first.data, form.last.data))
    start, end = choices[first - 1].start, choices[last - 1].end
    try:
        made = add_passage(passage.version, start=start, end=end, by=current_actor()).public_id
        flash(_("The part is a passage of its own now."), "success")
    except PassageExists as same:
        made = same.public_id
        flash(_("This part is a passage already."), "info")
    return redirect(_place(passage.round, made))


def _place(round_: "Round", passage_id: str) -> str:
    return url_for("desk.coding", round_slug=round_.slug, passage=passage_id)


def _sentences(passage: "Passage") -> tuple[Sentence, ...]:
    """The sentences that a part can run between, from those of the passage on.

    If the passage is a part itself, they are those of the one it was chosen from. A scanned page
    has none before it is read, and is not joined with the next.
    """
    whole = _whole(passage)
    if whole.page_id is None:
        return sentences_from(whole, passage_after(whole))
    is_read = pages_by_id([whole.page_id])[whole.page_id].is_read
    return sentences_from(whole, None) if is_read else ()


def _whole(passage: "Passage") -> "Passage":
    """The passage itself, or the one that it was chosen from."""
    is_part = passage.kind is PassageKind.CHOSEN and passage.parent is not None
    return passage.parent if is_part and passage.parent is not None else passage


def _show(
    passage: "Passage",
    *,
    memo: MemoForm | None = None,
    stance: StanceForm | None = None,
    part: PartForm | None = None,
) -> str:
    """The page of a passage; a form with errors in place of a fresh one."""
    round_ = passage.round
    choices, stances = _sentences(passage), coded_stances(passage.submission_id)
    if part is None and "part" in request.args:
        own = sum(one.is_own for one in choices)
        part = PartForm(formdata=None, first=1, last=own).offer([one.text for one in choices])
    return render_template(
        "desk/coding/passage.html",
        round=round_,
        passage=passage,
        submission=passage.submission,
        labels=LABELS,
        work=work_list(
            round_.id,
            submission_id=passage.submission_id,
            page=request.args.get("page", type=int),
        ),
        memo=memo or MemoForm(formdata=None, memo=passage.memo),
        stance=stance or _stance_form(passage, stances),
        stances=stances,
        part=part,
        sentences=choices,
        hold=hold_on(passage.submission),
        **_text(passage),
        **_codes(passage),
    )


def _text(passage: "Passage") -> dict[str, Any]:
    """What the middle of the page shows."""
    near = passages_between(
        passage.version_id, passage.position - WINDOW, passage.position + WINDOW
    )
    themes = themes_of_passages([one.id for one in near])
    order = reading_order(passage.version_id)
    return {
        "place": find_place(order, passage),
        "answers": group_passages(
            answers_of_version(passage.version_id), near, current=passage, themes=themes
        ),
        "shared": shared_words(passage.submission_id, near),
        "struck": struck_answer_ids(passage.version_id),
        "scanned": _scanned(passage),
        "is_cut_before": order[0][1] < near[0].position,
        "is_cut_after": order[-1][1] > near[-1].position,
    }


def _scanned(passage: "Passage") -> dict[str, Any] | None:
    """The picture of the scanned page that the passage is, or is a part of."""
    whole = _whole(passage)
    if whole.page_id is None:
        return None
    page = pages_by_id([whole.page_id])[whole.page_id]
    return {
        "file_id": page.file.attachment.public_id,
        "view": page_view(page, total=page.file.page_count or 0),
    }


def _codes(passage: "Passage") -> dict[str, Any]:
    """What the right of the page offers."""
    themes, applied = offered_themes(passage.round_id), codings_with_models(passage)
    names = names_by_reference([coding.coded_by for coding in applied])
    used = most_used(themes)
    last = recent_theme_ids(passage.round_id, by=current_actor().reference)
    return {
        "themes": themes,
        "exemplified": exemplified_by(passage.id, among=[coding.theme_id for coding in applied]),
        "applied": [
            (coding.theme, names.get(coding.coded_by), coding.model and coding.model.number)
            for coding in applied
        ],
        "picker_options": [
            {"value": theme.key, "text": theme.full_name, "color": theme.colour.value}
            for theme in themes
        ],
        "most_used": used,
        "recent": recent(themes, last, without=used)[:5],
        **_suggested(passage, themes),
    }


def _suggested(passage: "Passage", themes: Sequence[ThemeRow]) -> dict[str, Any]:
    """What the round's model and the passage's words suggest, for those who may code."""
    if not can(current_actor(), Permission.CODE_ANSWERS, passage.round):
        return {"suggested": (), "model_number": None, "suggested_stance": None}
    found = suggest_themes(passage, models=current_app.extensions["models"])
    return {
        "suggested": show_themes(found, themes, passage.quote),
        "model_number": found.model.number if found else None,
        "suggested_stance": show_stance(suggest_stance_of(passage), passage.quote),
    }


def _stance_form(passage: "Passage", stances: Sequence[CodedStanceRow]) -> StanceForm:
    """A fresh form: on the proposal that the passage's answer is about, where there is one."""
    answer = passage.answer
    asked = answer.question.proposal if answer.question else None
    about: Proposal | None = answer.proposal or asked
    coded = {stance.proposal_key: stance for stance in stances}
    known = coded.get(about.key) if about else None
    return StanceForm(
        formdata=None,
        proposal=about.key if about else "",
        value=known.value.value if known else "",
        modifiers=[modifier.value for modifier in known.modifiers] if known else [],
    ).offer(list_proposals(passage.round_id))
