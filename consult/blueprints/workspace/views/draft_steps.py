"""What is done at the drafting table. Each step first saves the text that comes with it.

Every button of the page sends the form of the text along (``form="part-form"``), so that nothing
one has typed is lost by pressing it, with scripts or without.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf.csrf import generate_csrf

from consult.blueprints.shared.access import refuse_access, requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.sessions import is_background
from consult.blueprints.shared.site import base_url
from consult.blueprints.workspace.forms.drafting import HeadingForm, LeaveOutForm, PartForm
from consult.blueprints.workspace.loading import draft_of
from consult.blueprints.workspace.presenters.drafting import barrier_told, label_of
from consult.blueprints.workspace.routes import written
from consult.blueprints.workspace.views.drafting import (
    Table,
    address,
    form_of,
    offer_heading,
    open_table,
    show,
    show_both_texts,
)
from consult.domain.coding.queries.themes import list_themes
from consult.domain.composing.errors import PartChanged, TextIsSealed
from consult.domain.composing.evidence import get_evidence
from consult.domain.composing.inserting import append_words, choose_words, words_of
from consult.domain.composing.merging import settle
from consult.domain.composing.printable import Printable, find_printable
from consult.domain.composing.sealing import seal_state
from consult.domain.composing.service.arranging import (
    NewPart,
    add_part,
    move_part,
    nest_part,
    remove_part,
    restore_part,
)
from consult.domain.composing.service.leaving_out import leave_out, take_back
from consult.domain.composing.service.resting import put_back, rest_on, take_away
from consult.domain.composing.service.saving import content_of, save_part
from consult.domain.composing.service.signing import break_seal, guard_seal
from consult.domain.composing.sources import get_sources
from consult.domain.composing.types import BlockKind, EvidenceUse, PartKind, SavedPart
from consult.domain.documents.types import Numbered
from consult.domain.rounds.queries import list_proposals
from consult.extensions import csrf
from consult.kernel.errors import InvalidInput, NotFound
from consult.kernel.text.rich.codec import to_tree
from consult.kernel.text.rich.markdown import to_markdown
from consult.kernel.text.rich.types import Evidence as EvidenceMark
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.coding.models import Passage
    from consult.domain.composing.models import Composition, Evidence

Step = Callable[..., ResponseReturnValue]

_SEALED_STEP = _l(
    "The text is being signed, or signed. Nothing was changed. Change the text and agree that "
    "signing starts over, or stop the signing first."
)

_NUMBERED = {"front": Numbered.NO, "appendix": Numbered.APPENDIX}

STEP_PATH = "/draft"
_PART_PATH = f"{STEP_PATH}/parts/<key:part_key>"
_EVIDENCE_PATH = f"{_PART_PATH}/evidence/<pid:evidence_id>"


def after_saving(step: Step) -> Step:
    """Save the text that a step carries, then take the step with the table it was taken at.

    Where the text cannot be saved, the step is not taken, and the page shows why.
    """

    @wraps(step)
    def saved_first(composition: "Composition", **arguments: str) -> ResponseReturnValue:
        key = arguments.pop("part_key", None) or request.form.get("part")
        table = open_table(composition, key)
        form = PartForm().offer()
        try:
            if "revision" in request.form or _is_forged(form):
                if not form.validate_on_submit():
                    return show(table, form), 422
                _save(table, form)
        except PartChanged as changed:
            return show_both_texts(table, changed)
        except TextIsSealed:
            return show(table, form, asks_seal=True), 409
        try:
            return step(table, **arguments)
        except TextIsSealed:
            flash(_SEALED_STEP, "warning")
            return redirect(address(composition, table.part.key))

    return saved_first


def give_text_back() -> ResponseReturnValue:
    """Refuse a step, and show the text that came with it, so that it can be copied.

    The same page for a draft that is not there and for one that is not (any more) the asker's: it
    holds nothing but what came with the request.
    """
    form = PartForm()
    if is_background() or form.text.data.is_empty:
        return refuse_access()
    place = request.view_args or {}
    page = render_template(
        "workspace/draft/kept.html",
        text=to_markdown(form.text.data),
        draft_href=url_for(
            "workspace.draft",
            organisation=place["organisation"],
            kind=place.get("kind"),
            round_slug=place["round_slug"],
            part=request.form.get("part"),
        ),
    )
    return page, 404


@written(f"{_PART_PATH}", methods=["POST"])
@requires(Permission.WRITE_RESPONSE, on=draft_of, refused=give_text_back)
@transactional
def draft_part(composition: "Composition", part_key: str) -> ResponseReturnValue:
    """Save a part: by its button, or behind the page while one writes."""
    table = open_table(composition, part_key)
    form = PartForm().offer()
    if not form.validate_on_submit():
        return _refusal(table, form)
    try:
        saved = _save(table, form)
    except PartChanged as changed:
        if is_background():
            return jsonify(saved_at=changed.changed_at.isoformat()), 409
        return show_both_texts(table, changed)
    except TextIsSealed:
        if is_background():
            return jsonify(sealed=True), 409
        return show(table, form, asks_seal=True), 409
    if is_background():
        return _told(saved)
    if saved.merged is not None:
        flash(_("Saved. What somebody else wrote meanwhile is put together with yours."), "success")
    else:
        flash(_("Saved."), "success")
    return redirect(address(composition, part_key, anchor="work-right"))


@written(f"{_PART_PATH}/insert", methods=["POST"])
@requires(Permission.WRITE_RESPONSE, on=draft_of, refused=give_text_back)
@transactional
def draft_insert(composition: "Composition", part_key: str) -> ResponseReturnValue:
    """Take a passage into the text: as a quote, as a reference, or as what it rests on."""
    if is_background():
        table = open_table(composition, part_key)
        if _is_forged(PartForm().offer()):
            return _asked_again()
        if seal_state(composition).is_sealed:
            return jsonify(sealed=True), 409
        passage, use = _asked_passage(table)
        printable = find_printable(composition, [passage])[passage.id]
        if use is EvidenceUse.QUOTED and printable.barrier:
            return jsonify(refused=barrier_told(printable)), 409
        evidence = rest_on(table.part, passage, use, by=current_actor())
        return jsonify(_insertion(table, evidence, printable))
    return _insert_at_end(composition, part_key=part_key)


@after_saving
def _insert_at_end(table: Table) -> ResponseReturnValue:
    part, actor = table.part, current_actor()
    guard_seal(table.composition, is_confirmed=False)
    passage, use = _asked_passage(table)
    back = address(table.composition, part.key, anchor=f"passage-{passage.public_id}")
    printable = find_printable(table.composition, [passage])[passage.id]
    if use is EvidenceUse.QUOTED and printable.barrier:
        flash(barrier_told(printable), "warning")
        return redirect(back)
    evidence = rest_on(part, passage, use, by=actor)
    content = content_of(part)
    words = words_of(use, evidence.quote, name=printable.sender)
    body = append_words(content.body, use, words, _mark(table, evidence))
    save_part(part, replace(content, body=body), revision=part.revision, by=actor)
    flash(_inserted(use, passage.submission.name), "success")
    return redirect(back)


@written(
    f"{_EVIDENCE_PATH}/<any(remove, restore):step>",
    methods=["POST"],
)
@requires(Permission.WRITE_RESPONSE, on=draft_of, refused=give_text_back)
@transactional
@after_saving
def draft_evidence(table: Table, evidence_id: str, step: str) -> ResponseReturnValue:
    """Take the link between the text and a passage away, or put it back."""
    evidence = get_evidence(table.composition.id, table.part.key, evidence_id)
    if step == "remove":
        take_away(evidence, by=current_actor())
        flash(_("The text does not rest on this passage any more. You can undo it."), "success")
    else:
        put_back(evidence, by=current_actor())
        flash(_("The text rests on this passage again."), "success")
    return redirect(address(table.composition, table.part.key, anchor="evidence"))


@written(f"{STEP_PATH}/left-out", methods=["POST"])
@requires(Permission.WRITE_RESPONSE, on=draft_of, refused=give_text_back)
@transactional
@after_saving
def draft_leave_out(table: Table) -> ResponseReturnValue:
    """Leave the ticked passages out, with one reason for all of them."""
    form, ticked = LeaveOutForm(), request.form.getlist("passages")
    passages = get_sources(table.hearings, ticked)
    try:
        number = leave_out(
            table.composition,
            table.hearings,
            passages,
            form.reason.data or "",
            by=current_actor(),
        )
    except InvalidInput as error:
        message = {
            "passages missing": _("Tick the passages that you leave out."),
            "passages used": _("One of these stands in the text already. Take the tick off it."),
        }.get(f"{error.field} {error.reason}", _("Say in a few words why they are not used."))
        form.add_error(form.reason, message)
        return show(table, form_of(table.part), leaving=form, ticked=ticked), 422
    flash(
        ngettext(
            "%(num)d passage is left out, with the reason. The branch is told.",
            "%(num)d passages are left out, with the reason. The branches are told.",
            number,
        ),
        "success",
    )
    return redirect(address(table.composition, table.part.key, anchor="main"))


@written(f"{STEP_PATH}/left-out/back", methods=["POST"])
@requires(Permission.WRITE_RESPONSE, on=draft_of, refused=give_text_back)
@transactional
@after_saving
def draft_take_back(table: Table) -> ResponseReturnValue:
    """Undo leaving a passage out."""
    passages = get_sources(table.hearings, request.form.getlist("passage"))
    take_back(table.composition, passages, by=current_actor())
    flash(_("The passage is not left out any more."), "success")
    anchor = f"passage-{passages[0].public_id}" if passages else "main"
    return redirect(address(table.composition, table.part.key, anchor=anchor))


@written(f"{STEP_PATH}/parts", methods=["POST"])
@requires(Permission.WRITE_RESPONSE, on=draft_of, refused=give_text_back)
@transactional
@after_saving
def draft_parts(table: Table) -> ResponseReturnValue:
    """Add a heading of our own after the present part."""
    form = offer_heading(table, HeadingForm())
    guard_seal(table.composition, is_confirmed=False)
    try:
        part = add_part(
            table.composition,
            _asked_part(table, form),
            after=table.part,
            by=current_actor(),
        )
    except InvalidInput as error:
        message = {
            "missing": _("Write what the heading says."),
            "too_many": _("The document has as many parts as it can have."),
        }.get(error.reason, _("The heading is too long. Shorten it."))
        form.add_error(form.new_heading, message)
        return show(table, form_of(table.part), heading=form), 422
    flash(_("The heading is added."), "success")
    return redirect(address(table.composition, part.key))


@written(f"{_PART_PATH}/<any(up, down, remove, in, out):step>", methods=["POST"])
@requires(Permission.WRITE_RESPONSE, on=draft_of, refused=give_text_back)
@transactional
@after_saving
def draft_arrange(table: Table, step: str) -> ResponseReturnValue:
    """Move a part up or down, or take a heading of our own out."""
    part, actor = table.part, current_actor()
    guard_seal(table.composition, is_confirmed=False)
    if step in ("in", "out"):
        nested = table.composition.is_report and nest_part(part, 2 if step == "in" else 1, by=actor)
        flash(_("Moved.") if nested else _("It stands like that already."), "success")
        return redirect(address(table.composition, part.key, anchor="work-left"))
    if step != "remove":
        moved = move_part(part, -1 if step == "up" else 1, by=actor)
        flash(_("Moved.") if moved else _("It stands at the end already."), "success")
        return redirect(address(table.composition, part.key, anchor="work-left"))
    try:
        remove_part(part, is_confirmed="confirm" in request.form, by=actor)
    except InvalidInput:
        flash(_("Only headings of your own can be taken out. Say that you mean it."), "warning")
        return redirect(address(table.composition, part.key))
    flash(_("The heading is taken out. You can put it back."), "success")
    return redirect(address(table.composition))


@written(f"{STEP_PATH}/removed/<key:removed_key>", methods=["POST"])
@requires(Permission.WRITE_RESPONSE, on=draft_of, refused=give_text_back)
@transactional
@after_saving
def draft_restore(table: Table, removed_key: str) -> ResponseReturnValue:
    """Put a heading that was taken out back at the end."""
    guard_seal(table.composition, is_confirmed=False)
    part = restore_part(table.composition, removed_key, by=current_actor())
    flash(_("The heading is back, at the end."), "success")
    return redirect(address(table.composition, part.key))


def _asked_part(table: Table, form: HeadingForm) -> NewPart:
    """What the form asks for; a part of a response is a heading with text."""
    heading = form.new_heading.data or ""
    if not table.composition.is_report:
        return NewPart(heading)
    role = form.role
    block = BlockKind(role.removeprefix("block:")) if role.startswith("block:") else None
    round_id = table.composition.round_id
    what, _sign, name = (form.new_about.data or "").partition(":")
    theme = next((one for one in list_themes(round_id) if one.public_id == name), None)
    proposal = next((one for one in list_proposals(round_id) if one.key == name), None)
    return NewPart(
        heading,
        PartKind.BLOCK if block else PartKind(role),
        depth=2 if form.new_depth.data == "2" else 1,
        block=block,
        numbered=_NUMBERED.get(form.new_depth.data or "", Numbered.YES),
        theme_id=theme.id if theme and what == "theme" else None,
        proposal_id=proposal.id if proposal and what == "proposal" else None,
    )


def _is_forged(form: PartForm) -> bool:
    """Whether a step that carries no text comes without this session's token."""
    form.validate_on_submit()
    return form.token_is_old


def _save(table: Table, form: PartForm) -> SavedPart:
    """Save the text of the form; where it is sealed, only if its writer has agreed to break that.

    Raises:
        TextIsSealed: It is being signed, or signed, and nobody has agreed.
    """
    part, actor = table.part, current_actor()
    content = form.content_for(part)
    if settle(content) != content_of(part):
        guard_seal(table.composition, is_confirmed="breaks_seal" in request.form)
    saved = save_part(
        part,
        content,
        revision=form.base_revision,
        by=actor,
        window=form.window_name,
        is_autosave=is_background(),
    )
    break_seal(table.composition, part=label_of(part).text, base_url=base_url(), by=actor)
    return saved


def _told(saved: SavedPart) -> ResponseReturnValue:
    """What the page learns of its autosave: the text too, where another's words are in it."""
    told: dict[str, object] = {
        "revision": saved.revision,
        "base": saved.base,
        "saved_at": saved.saved_at.isoformat(),
    }
    if saved.merged is not None:
        told["merged"] = {
            "document": to_tree(saved.merged.body),
            "heading": saved.merged.heading,
            "stance": saved.merged.stance or "",
            "modifiers": [one.value for one in saved.merged.modifiers],
            "no_comments": saved.merged.no_comments,
        }
    return jsonify(told)


def _refusal(table: Table, form: PartForm) -> ResponseReturnValue:
    """The page with what is wrong; what was written stands in it, and nowhere else."""
    if not is_background():
        return show(table, form), 422
    return _asked_again() if form.token_is_old else (jsonify(error="invalid"), 422)


def _asked_again() -> ResponseReturnValue:
    """What a page whose token is of an older session needs to try once more."""
    return jsonify(error="token", csrf_token=generate_csrf()), 422


def _asked_passage(table: Table) -> tuple["Passage", EvidenceUse]:
    """The passage that a button names, and what it shall do in the text.

    Raises:
        NotFound: It is none of the document's own.
    """
    name, _sign, public_id = request.form.get("take", "").partition(":")
    if name not in set(EvidenceUse):
        raise NotFound("use", name)
    return get_sources(table.hearings, [public_id])[0], EvidenceUse(name)


def _insertion(table: Table, evidence: "Evidence", printable: Printable) -> dict[str, object]:
    """What the page's editor puts in at the cursor."""
    mark = _mark(table, evidence)
    chosen = choose_words(evidence.quote, request.form.get("words", ""))
    return {
        "id": mark.id,
        "language": mark.language,
        "use": evidence.use,
        "text": words_of(evidence.use, chosen, name=printable.sender),
        "told": _inserted(evidence.use, evidence.passage.submission.name),
    }


def _mark(table: Table, evidence: "Evidence") -> EvidenceMark:
    language = evidence.passage.submission.language
    is_foreign = language != table.composition.language
    return EvidenceMark(evidence.public_id, language if is_foreign else None)


def _inserted(use: EvidenceUse, name: str) -> str:
    if use is EvidenceUse.QUOTED:
        return str(_("The quote from %(name)s stands in the text.", name=name))
    if use is EvidenceUse.REFERRED:
        return str(_("The reference to %(name)s stands in the text.", name=name))
    return str(_("It is noted that the text rests on what %(name)s says.", name=name))


# A page that was open for too long gets its text back, instead of being refused before its view
# has seen it. Each of these validates a form with a token.
for _view in (
    draft_part,
    draft_insert,
    draft_evidence,
    draft_leave_out,
    draft_take_back,
    draft_parts,
    draft_arrange,
    draft_restore,
):
    csrf.exempt(_view)
