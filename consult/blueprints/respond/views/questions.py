"""One question per page: saving, autosaving, and two writers at once."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from consult.blueprints.respond import bp
from consult.blueprints.respond.caring import care_address, notices_in
from consult.blueprints.respond.keeping import give_text_back, is_autosave, while_unsent
from consult.blueprints.respond.places import address_from_card, shown_card
from consult.blueprints.respond.presenters import named_files, reading_minutes
from consult.blueprints.respond.question_forms import QuestionForm, question_form
from consult.blueprints.respond.views.drafts import standing_for
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.context import current_locale
from consult.blueprints.shared.limits import ONE_WRITER, by_public_id
from consult.domain.accounts.queries import names_by_reference
from consult.domain.rounds.queries import list_questions
from consult.domain.rounds.rules import in_walking_order
from consult.domain.submissions.errors import AnswerChanged
from consult.domain.submissions.queries import get_draft, list_draft_answers
from consult.domain.submissions.rules import chosen_words
from consult.domain.submissions.service.answering import (
    clear_no_comments,
    mark_no_comments,
    save_answer,
)
from consult.domain.submissions.service.statement import Statement, statement_of
from consult.domain.submissions.types import SavedAnswer, WrittenAnswer
from consult.extensions import limiter
from consult.kernel.errors import InvalidInput, NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Question
    from consult.domain.submissions.models import Draft, DraftAnswer


@dataclass(frozen=True, slots=True)
class Place:
    """A question among the others that are asked.

    Attributes:
        number: Counted from 1; 0 when it is not asked, by what is answered to others.
        before: The question that somebody is led back to.
        after: The question that somebody is led on to.
        marks: A state for each question that is asked: done, current or ahead.
        files: Kind and name of the files that stand at it.
    """

    question: "Question"
    number: int
    before: "Question | None"
    after: "Question | None"
    files: tuple[tuple[str, str], ...] = ()
    marks: tuple[str, ...] = ()

    @property
    def is_asked(self) -> bool:
        """Whether the answer will be sent."""
        return self.number > 0


@bp.route("/drafts/<pid:public_id>/questions/<key:question_key>", methods=["GET", "POST"])
@limiter.limit(ONE_WRITER, key_func=by_public_id, methods=["POST"])
@requires(Permission.EDIT_DRAFT, on=get_draft, refused=give_text_back)
@while_unsent
@transactional
def question(draft: "Draft", question_key: str) -> ResponseReturnValue:
    """Show a question, save its answer, and go where the pressed button leads."""
    place = _place(draft, question_key)
    stored = list_draft_answers(draft.id).get(place.question.id)
    form = question_form(
        place.question,
        locale=current_locale(),
        written=stored.written if stored else None,
        revision=stored.revision if stored else 0,
    )
    if not form.is_submitted():
        return _page(draft, place, form, stored)
    if not form.validate():
        return _refusal(draft, place, form, stored)
    try:
        saved = _save(draft, place, form)
    except InvalidInput as error:
        form.refuse_answer(error)
        return _refusal(draft, place, form, stored)
    except AnswerChanged as changed:
        return _both_texts(draft, place, changed)
    if is_autosave():
        return jsonify(revision=saved.revision, saved_at=saved.saved_at.isoformat())
    step = request.form.get("step", "next")
    if step == "clear":
        flash(_("«No comments» is taken back."), "success")
    # What was just answered decides which question comes next.
    then = _address_after(draft, _place(draft, question_key), step)
    return redirect(care_address(draft, place.question) or then)


def _save(draft: "Draft", place: Place, form: QuestionForm) -> SavedAnswer:
    """Save what the form holds, or note "no comments" where that was pressed."""
    step = request.form.get("step")
    if step == "no_comments" and not form.written.says_something:
        return mark_no_comments(draft, place.question, by=current_actor())
    if step == "no_comments":
        raise InvalidInput("text", "has_text")
    if step == "clear":
        clear_no_comments(draft, place.question, by=current_actor())
        return SavedAnswer(0, draft.updated_at)
    return save_answer(
        draft,
        place.question,
        form.written,
        revision=form.base_revision,
        by=current_actor(),
        window=form.window_name,
        is_autosave=is_autosave(),
        wording=form.shown_wording,
    )


def _place(draft: "Draft", question_key: str) -> Place:
    statement = statement_of(draft)
    asked = statement.asked
    way = in_walking_order(asked, draft.actor_type.group)
    for index, found in enumerate(way):
        if found.key == question_key:
            return Place(
                question=found,
                number=asked.index(found) + 1,
                before=way[index - 1] if index else None,
                after=way[index + 1] if index + 1 < len(way) else None,
                files=tuple(named_files(statement.files).get(found.id, ())),
                marks=_marks(statement, found),
            )
    for found in list_questions(draft.round_id):
        if found.key == question_key:
            following = [item for item in asked if item.position > found.position]
            before = [item for item in asked if item.position < found.position]
            return Place(
                question=found,
                number=0,
                before=before[-1] if before else None,
                after=following[0] if following else None,
            )
    raise NotFound("question", question_key)


def _marks(statement: Statement, current: "Question") -> tuple[str, ...]:
    answered = statement.own_answers
    return tuple(
        "current" if question is current else "ahead" if answered[question.id].is_blank else "done"
        for question in statement.asked
    )


def _page(
    draft: "Draft",
    place: Place,
    form: QuestionForm,
    stored: "DraftAnswer | None",
    status: int = 200,
) -> ResponseReturnValue:
    page = render_template(
        "respond/question.html",
        draft=draft,
        round=draft.round,
        standing=standing_for(draft),
        place=place,
        question=place.question,
        minutes=reading_minutes(place.question, current_locale()),
        stored=stored,
        form=form,
        then=_addresses(draft, place),
        notices=notices_in(draft, form.text.data or "", stored),
        card=shown_card(),
    )
    return page, status


def _refusal(
    draft: "Draft", place: Place, form: QuestionForm, stored: "DraftAnswer | None"
) -> ResponseReturnValue:
    """The same page with what is wrong; what was written stands in it, and nowhere else."""
    if is_autosave() and form.token_is_old:
        return jsonify(error="token", csrf_token=generate_csrf()), 422
    if is_autosave():
        reason = next((str(one) for errors in form.errors.values() for one in errors), None)
        return jsonify(error="invalid", reason=reason), 422
    return _page(draft, place, form, stored, 422)


def _both_texts(draft: "Draft", place: Place, changed: AnswerChanged) -> ResponseReturnValue:
    """Show the two versions side by side, to keep one or put them together."""
    if is_autosave():
        answer = jsonify(revision=changed.revision, saved_at=changed.changed_at.isoformat())
        return answer, 409
    locale = current_locale()

    def form_with(content: WrittenAnswer) -> QuestionForm:
        return question_form(
            place.question, locale=locale, written=content, revision=changed.revision, is_fresh=True
        )

    texts = [text for text in (changed.theirs.text, changed.mine.text) if text]
    joined = WrittenAnswer(
        text="\n\n".join(dict.fromkeys(texts)),
        stance=changed.mine.stance,
        choices=changed.mine.choices,
        scale_value=changed.mine.scale_value,
    )
    page = render_template(
        "respond/conflict.html",
        draft=draft,
        round=draft.round,
        standing=standing_for(draft),
        place=place,
        question=place.question,
        changed=changed,
        changed_by=names_by_reference([changed.changed_by]).get(changed.changed_by),
        mine_words=chosen_words(place.question, changed.mine, locale=locale),
        their_words=chosen_words(place.question, changed.theirs, locale=locale),
        mine_form=form_with(changed.mine),
        joined_form=form_with(joined),
        then=_addresses(draft, place),
    )
    return page, 409


def _address_after(draft: "Draft", place: Place, step: str) -> str:
    """Where a button leads, once all is saved."""
    if (card := shown_card()) and step in {"next", "no_comments", "back"}:
        return address_from_card(draft, card, step=step)
    if step == "clear":
        target = place.question
    elif step == "files":
        return url_for("respond.files", public_id=draft.public_id, at=place.question.key)
    elif step == "back" and place.before is not None:
        target = place.before
    elif step in {"next", "no_comments"} and place.after is not None:
        target = place.after
    elif step in {"back", "tasks"}:
        return url_for("respond.tasks", public_id=draft.public_id)
    else:
        page = "respond.check" if draft.publication else "respond.publication"
        return url_for(page, public_id=draft.public_id)
    return url_for("respond.question", public_id=draft.public_id, question_key=target.key)


def _addresses(draft: "Draft", place: Place) -> dict[str, str]:
    """Where the buttons lead, for a page that goes on by itself."""
    return {step: _address_after(draft, place, step) for step in ("next", "back", "no_comments")}
