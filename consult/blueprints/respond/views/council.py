"""A council's answer: who took part, what a minority says, and members who confirm by a link."""

from typing import TYPE_CHECKING

from flask import flash, jsonify, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.respond import bp
from consult.blueprints.respond.council_forms import (
    ConfirmationForm,
    RemarkForm,
    participants_form,
)
from consult.blueprints.respond.details import show_unsaved, tell_saved
from consult.blueprints.respond.forms import ConfirmForm
from consult.blueprints.respond.keeping import is_autosave, while_unsent
from consult.blueprints.respond.presenters import (
    answer_rows,
    meeting_facts,
    participants_in_words,
    receipt_rows,
    sender_kind,
)
from consult.blueprints.respond.views.drafts import standing_for
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.confirmations import confirmations_in_words
from consult.blueprints.shared.context import current_locale, localise
from consult.blueprints.shared.secret_links import exchange_secret, held_secret
from consult.blueprints.shared.settings import site_address
from consult.domain.submissions.companions import (
    confirmations_about,
    confirming_ends,
    find_draft_to_confirm,
    find_remark,
    get_sent_files,
    list_confirmations,
    list_remarks,
    version_numbers,
)
from consult.domain.submissions.queries import get_draft, get_sent_answers
from consult.domain.submissions.service.council import (
    add_remark,
    change_remark,
    confirm_answer,
    digest_now,
    end_confirmation_link,
    note_participants,
    remove_remark,
    renew_confirmation_link,
)
from consult.domain.submissions.service.statement import statement_of
from consult.domain.submissions.types import SenderKind, SubmissionStatus
from consult.extensions import limiter
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput, NotFound
from consult.kernel.text.plain import excerpt
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Question
    from consult.domain.submissions.models import Draft, DraftRemark

_CONFIRMED = "confirmed"
_CONFIRM_LINKS = "confirm_links"
_MOST_KEPT = 8  # a cookie holds 4 kB; the oldest give way


def get_remarked_draft(public_id: str) -> "Draft":
    """A draft that may hold a minority's remarks: a council's, or one inside an organisation.

    Raises ``NotFound`` for any other.
    """
    draft = get_draft(public_id)
    if not (draft.is_internal or sender_kind(draft.actor_type) is SenderKind.COUNCIL):
        raise NotFound("council draft", public_id)
    return draft


def get_council_draft(public_id: str) -> "Draft":
    """The draft of a council. Raises ``NotFound`` for any other."""
    draft = get_draft(public_id)
    if sender_kind(draft.actor_type) is not SenderKind.COUNCIL:
        raise NotFound("council draft", public_id)
    return draft


@bp.route("/drafts/<pid:public_id>/participants", methods=["GET", "POST"])
@requires(Permission.EDIT_DRAFT, on=get_council_draft)
@while_unsent
@transactional
def participants(draft: "Draft") -> ResponseReturnValue:
    """Ask who took part in the meeting: roles and numbers, no names."""
    form = participants_form(draft.participants, posted=request.form)
    stored = participants_form(draft.participants)
    form.show(stored)
    if form.validate_on_submit() and form.is_based_on(stored):
        try:
            note_participants(draft, form.participants)
        except InvalidInput as error:
            form.refuse_row(error)
        else:
            stored = participants_form(draft.participants)
            return tell_saved(stored, then=url_for("respond.tasks", public_id=draft.public_id))
    page = _page("participants.html", draft, form, words=participants_in_words(draft.participants))
    return show_unsaved(form, page)


@bp.route("/drafts/<pid:public_id>/remarks", methods=["GET", "POST"])
@requires(Permission.EDIT_DRAFT, on=get_remarked_draft)
@while_unsent
@transactional
def remarks(draft: "Draft") -> ResponseReturnValue:
    """The minority remarks there are, and one more."""
    statement = statement_of(draft)
    form = RemarkForm().offer(_places(statement.asked))
    if form.validate_on_submit():
        try:
            about = _chosen(form, statement.asked)
            add_remark(draft, form.remark, question=about, client_id=form.client_id)
        except InvalidInput as error:
            form.refuse_remark(error)
        else:
            if is_autosave():
                return jsonify(saved_at=utc_now().isoformat())
            flash(_("The remark is saved. It is sent with the answer."), "success")
            return redirect(url_for("respond.remarks", public_id=draft.public_id))
    page = _page("remarks.html", draft, form, remarks=list_remarks(draft.id), remark=None)
    return show_unsaved(form, page)


@bp.route("/drafts/<pid:public_id>/remarks/<pid:remark_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_DRAFT, on=get_remarked_draft)
@while_unsent
@transactional
def remark(draft: "Draft", remark_id: str) -> ResponseReturnValue:
    """Change or remove one remark."""
    stored, statement = find_remark(draft, remark_id), statement_of(draft)
    form = RemarkForm(data=_remark_data(stored)).offer(_places(statement.asked))
    if "remove" in request.form and ConfirmForm().validate_on_submit():
        remove_remark(draft, stored)
        flash(_("The remark is removed."), "success")
        return redirect(url_for("respond.remarks", public_id=draft.public_id))
    if form.validate_on_submit():
        try:
            change_remark(draft, stored, form.remark, question=_chosen(form, statement.asked))
        except InvalidInput as error:
            form.refuse_remark(error)
        else:
            return redirect(url_for("respond.remarks", public_id=draft.public_id))
    page = _page("remarks.html", draft, form, remarks=(), remark=stored)
    return page, 422 if form.errors else 200


def _remark_data(stored: "DraftRemark") -> dict[str, str]:
    place = stored.question.key if stored.question else ""
    return {"place": place, "label": stored.label, "text": stored.text}


def _places(asked: "tuple[Question, ...]") -> dict[str, str]:
    return {
        question.key: f"{number}. {excerpt(localise(question.text), 80)}"
        for number, question in enumerate(asked, 1)
    }


def _chosen(form: RemarkForm, asked: "tuple[Question, ...]") -> "Question | None":
    return next((question for question in asked if question.key == form.place.data), None)


@bp.route("/drafts/<pid:public_id>/confirmations", methods=["GET", "POST"])
@requires(Permission.EDIT_DRAFT, on=get_council_draft)
@transactional
def confirmations(draft: "Draft") -> ResponseReturnValue:
    """The link for members, and what they have said; also after sending."""
    form = ConfirmForm()
    if form.validate_on_submit():
        kept = [pair for pair in session.get(_CONFIRM_LINKS, []) if pair[0] != draft.public_id]
        if "end" in request.form:
            end_confirmation_link(draft)
            flash(_("The link does not work any more. What members have said stays."), "success")
        else:
            kept.append([draft.public_id, renew_confirmation_link(draft)])
        session[_CONFIRM_LINKS] = kept[-_MOST_KEPT:]
        return redirect(url_for("respond.confirmations", public_id=draft.public_id))
    page = _page(
        "confirmations.html",
        draft,
        form,
        link=_kept_link(draft),
        works_until=confirming_ends(draft),
        rows=_rows(draft),
    )
    return page, 422 if form.errors else 200


def _kept_link(draft: "Draft") -> str | None:
    """The members' link, where this browser made it and it works still."""
    token = dict(session.get(_CONFIRM_LINKS, [])).get(draft.public_id)
    known = find_draft_to_confirm(token, now=utc_now()) if token else None
    return f"{site_address()}/answer/confirm/{token}" if known is draft else None


def _rows(draft: "Draft") -> list[object]:
    versions = version_numbers(draft.submission_id) if draft.submission_id else {}
    said = confirmations_about(draft)
    return [*confirmations_in_words(said, digest=digest_now(draft), versions=versions)]


@bp.get("/confirm/<token>")
@requires(Permission.VIEW_SITE)
@limiter.limit("60 per minute")
def confirm_link(token: str) -> ResponseReturnValue:
    """Lead a member to the council's answer, at an address without the secret."""
    return exchange_secret(token, "respond.confirm")


@bp.route("/confirm/held/<pid:held>", methods=["GET", "POST"])
@requires(Permission.VIEW_SITE)
@limiter.limit("60 per minute")
@transactional
def confirm(held: str) -> ResponseReturnValue:
    """Show a member the council's answer as it stands, and note what they say of it.

    An answer that has been withdrawn is not shown.
    """
    draft = find_draft_to_confirm(held_secret(held), now=utc_now())
    if draft is None:
        return render_template("respond/link_unknown.html"), 404
    if draft.submission is not None and draft.submission.status is SubmissionStatus.WITHDRAWN:
        return _page("confirm_withdrawn.html", draft, None), 410
    form = ConfirmationForm()
    mine = dict(session.get(_CONFIRMED, []))
    if form.validate_on_submit():
        try:
            stored = confirm_answer(draft, form.confirmation, earlier_id=mine.get(draft.public_id))
        except InvalidInput as error:
            form.refuse_confirmation(error)
        else:
            others = [pair for pair in mine.items() if pair[0] != draft.public_id]
            session[_CONFIRMED] = [*others, (draft.public_id, stored.public_id)][-_MOST_KEPT:]
            flash(_("Thank you. What you said is noted on the answer."), "success")
            return redirect(url_for("respond.confirm", held=held))
    return _member_page(draft, form, held), 422 if form.errors else 200


def _member_page(draft: "Draft", form: ConfirmationForm, held: str) -> str:
    said = [item for item in list_confirmations(draft.id) if item.public_id in _mine(draft)]
    submission, locale = draft.submission, current_locale()
    rows = (
        answer_rows(draft, statement_of(draft), locale)
        if submission is None
        else receipt_rows(
            get_sent_answers(submission),
            get_sent_files(submission),
            language=submission.language,
            locale=locale,
        )
    )
    return _page(
        "confirm.html",
        draft,
        form,
        held=held,
        rows=[{**row, "href": None} for row in rows if _says_anything(row)],
        facts=meeting_facts(submission or draft),
        mine=confirmations_in_words(said, digest=digest_now(draft), versions={}),
    )


def _mine(draft: "Draft") -> set[str]:
    return {key for about, key in session.get(_CONFIRMED, []) if about == draft.public_id}


def _says_anything(row: dict[str, object]) -> bool:
    return bool(row["words"] or row["text"] or row["files"])


def _page(template: str, draft: "Draft", form: object, **values: object) -> str:
    return render_template(
        f"respond/{template}",
        draft=draft,
        round=draft.round,
        standing=standing_for(draft),
        form=form,
        **values,
    )
