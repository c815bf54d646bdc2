"""The questions of a round: which there are, and the editor for every kind."""

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.languages import stored_texts
from consult.blueprints.desk.forms.parts import (
    SPARE_OPTIONS,
    KindForm,
    QuestionForm,
    placed,
    question_form,
    scale_fits,
)
from consult.blueprints.desk.presenters.kinds import question_kind_hints
from consult.blueprints.desk.presenters.setup import question_rows
from consult.blueprints.desk.views.setup.pages import (
    condition_choices,
    hold_if_saving,
    last_save,
    proposal_choices,
    section_choices,
    show,
    status_of,
)
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.domain.analysis.queries.wordings import answers_by_wording
from consult.domain.rounds.queries import get_question, get_round, list_questions
from consult.domain.rounds.service import add_question as add_to_round
from consult.domain.rounds.service import change_question
from consult.domain.rounds.service.withholding import stop_withholding
from consult.domain.rounds.service.withholding import withhold_answers as withhold
from consult.domain.rounds.types import QUESTION_KIND_LABELS, QuestionKind
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Question, Round

FIRST_OPTIONS = 4
MOST_OPTIONS = 60


@bp.get("/rounds/<slug:round_slug>/setup/questions")
@requires(Permission.MANAGE_ROUND, on=get_round)
def setup_questions(round_: "Round") -> ResponseReturnValue:
    """The questions in order."""
    labels = {kind.value: label for kind, label in QUESTION_KIND_LABELS.items()}
    rows = question_rows(list_questions(round_.id), round_.languages, labels=labels)
    return show("questions.html", round_, rows=rows)


@bp.get("/rounds/<slug:round_slug>/setup/add-question")
@requires(Permission.MANAGE_ROUND, on=get_round)
def choose_question_kind(round_: "Round") -> ResponseReturnValue:
    """Ask first how the question is answered: the editor depends on it."""
    form = KindForm(data={"kind": QuestionKind.OPEN.value})
    return show("question_kind.html", round_, form=form, hints=question_kind_hints())


@bp.post("/rounds/<slug:round_slug>/setup/add-question")
@requires(Permission.MANAGE_ROUND, on=get_round)
def go_to_question_editor(round_: "Round") -> ResponseReturnValue:
    """Open the editor of the chosen kind."""
    form = KindForm()
    if not form.validate():
        return show("question_kind.html", round_, form=form, hints=question_kind_hints()), 422
    return redirect(url_for("desk.add_question", round_slug=round_.slug, kind=form.kind.data))


@bp.route(
    "/rounds/<slug:round_slug>/setup/add-question/"
    "<any(open, stance, single, multiple, scale):kind>",
    methods=["GET", "POST"],
)
@requires(Permission.MANAGE_ROUND, on=get_round)
@transactional
def add_question(round_: "Round", kind: str) -> ResponseReturnValue:
    """Write a new question."""
    form = _form(round_, QuestionKind(kind), {})
    if not _is_finished(form):
        return _editor(round_, form, None)
    try:
        add_to_round(round_, form.spec, by=current_actor())
    except InvalidInput as error:
        _explain(form, error)
        return _editor(round_, form, None)
    flash(_("The question is added."), "success")
    return redirect(url_for("desk.setup_questions", round_slug=round_.slug))


@bp.route("/rounds/<slug:round_slug>/setup/questions/<key:key>", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUND, on=get_question)
@transactional
def edit_question(question: "Question") -> ResponseReturnValue:
    """Change a question; its kind and key stay."""
    round_ = question.round
    hold_if_saving(question)
    stored = _stored(question)
    form = _form(round_, question.kind, stored, question=question)
    if form.meet(stored) or not _is_finished(form):
        return _editor(round_, form, question)
    try:
        change_question(question, form.spec, by=current_actor())
    except InvalidInput as error:
        _explain(form, error)
        return _editor(round_, form, question)
    flash(_("Saved."), "success")
    return redirect(url_for("desk.setup_questions", round_slug=round_.slug))


def _form(
    round_: "Round",
    kind: QuestionKind,
    stored: dict[str, Any],
    *,
    question: "Question | None" = None,
) -> QuestionForm:
    """The editor, with the rows for options that were sent, more when asked for, and their new."""
    known = [option.key for option in question.options] if question else []
    sent = [text for name, text in request.form.items() if name.startswith("option_key_")]
    more = SPARE_OPTIONS if "more_options" in request.form else 0
    shown = len(known) + SPARE_OPTIONS if question else FIRST_OPTIONS
    rows = min(MOST_OPTIONS, (len(sent) or shown) + more)
    if sent:
        rows += len({*known} - {*sent})
    made = question_form(kind, tuple(round_.languages), option_rows=rows, option_keys=known)
    return placed(
        made(data=stored),
        sections=section_choices(round_),
        proposals=proposal_choices(round_),
        values=condition_choices(round_, question),
    )


@bp.post("/rounds/<slug:round_slug>/setup/questions/<key:key>/withholding")
@requires(Permission.MANAGE_ROUND, on=get_question)
@transactional
def withhold_answers(question: "Question") -> ResponseReturnValue:
    """Let no answer to a question be published any more, or take that back."""
    if request.form.get("act") == "stop":
        stop_withholding(question, by=current_actor())
        flash(_("Answers to the question can be published again."), "success")
    else:
        withhold(question, by=current_actor())
        flash(_("The answers to the question are withheld."), "success")
    return redirect(url_for("desk.edit_question", round_slug=question.round.slug, key=question.key))


def _is_finished(form: QuestionForm) -> bool:
    """Whether the question can be stored; asking for more rows is not finishing."""
    if "more_options" in request.form:
        return False
    return bool(form.validate_on_submit()) and scale_fits(form) and form.has_one_deciding_question


def _editor(
    round_: "Round", form: QuestionForm, question: "Question | None"
) -> ResponseReturnValue:
    page = show(
        "question.html",
        round_,
        form=form,
        question=question,
        answered=answers_by_wording(question) if question else {},
        kind_label=QUESTION_KIND_LABELS[form.kind],
        last_save=last_save(round_, form, "question", question.key) if question else None,
    )
    return page, status_of(form)


def _stored(question: "Question") -> dict[str, Any]:
    """A question as the data of its editor."""
    texts = {"text": question.text, "help": question.help}
    data: dict[str, Any] = {
        "section": question.section.key if question.section else "",
        "proposal": question.proposal.key if question.proposal else "",
        "is_required": question.is_required,
        "is_private": question.is_private,
        "audience": question.audience,
    }
    if (condition := question.shown_if) is not None:
        data["shown_if"] = [f"{condition.question}:{value}" for value in condition.values]
    for row, option in enumerate(question.options):
        texts[f"option_{row}"] = option.labels
        data[f"option_key_{row}"] = option.key
    if (scale := question.scale) is not None:
        texts |= {"low": scale.low, "high": scale.high}
        data |= {"minimum": scale.minimum, "maximum": scale.maximum}
    return {**data, **stored_texts(**texts)}


def _explain(form: QuestionForm, error: InvalidInput) -> None:
    """Put what the service refused at the field it is about."""
    language = form.languages[0]
    field = {
        "options": f"option_0_{language}",
        "scale": "maximum",
        "proposal": "proposal",
    }.get(error.field.split("[")[0].split(".")[0], f"text_{language}")
    if error.reason == "open":
        message = _(
            "The round is open, and answers may have been given to this. Add to it, or change the "
            "words, but do not take it away."
        )
    elif error.reason == "condition":
        message = _(
            "Another question is asked only of those who gave an answer that would be gone. Change "
            "that question first."
        )
    elif field.startswith("option"):
        message = _("Write at least two options.")
    else:
        message = _("This value cannot be used. Nothing was saved.")
    form.add_error(form[field], message)
