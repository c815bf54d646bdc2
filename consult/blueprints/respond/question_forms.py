"""The form of one question: its fields follow the kind of question."""

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import Length, Optional

from consult.blueprints.respond.forms import AnswerForm, identity_number_message
from consult.domain.rounds.types import QuestionKind
from consult.domain.submissions.types import (
    ASKED_STANCE_LABELS,
    MAX_ANSWER_LENGTH,
    Stance,
    WrittenAnswer,
)
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import localised
from consult.kernel.ids import new_public_id

if TYPE_CHECKING:
    from consult.domain.rounds.models import Question


class QuestionForm(AnswerForm):
    """What every question has: a text, the revision it builds on, and the open page's name."""

    revision = HiddenField(default="0")
    window = HiddenField(default=new_public_id)
    wording = HiddenField()
    text = TextAreaField(
        _l("Your answer"),
        validators=[
            Optional(),
            Length(
                max=MAX_ANSWER_LENGTH,
                message=_l("The answer is longer than %(max)d characters. Shorten it."),
            ),
        ],
        filters=[lambda value: value.replace("\r\n", "\n") if value else value],
    )

    @property
    def written(self) -> WrittenAnswer:
        """All that the form holds, as a value."""
        stance = self["stance"].data if "stance" in self else None
        choice = self["choice"].data if "choice" in self else None
        choices = self["choices"].data if "choices" in self else None
        scale = self["scale_value"].data if "scale_value" in self else None
        return WrittenAnswer(
            text=self.text.data or "",
            stance=Stance(stance) if stance in set(Stance) else None,
            choices=tuple(choices or ([choice] if choice else [])),
            scale_value=int(scale) if scale and str(scale).lstrip("-").isdigit() else None,
        )

    @property
    def has_choices(self) -> bool:
        """Whether something is chosen besides the text."""
        return any(name in self for name in ("stance", "choice", "choices", "scale_value"))

    @property
    def base_revision(self) -> int:
        """The revision that the page was opened with."""
        raw = self.revision.data or "0"
        return int(raw) if raw.isdigit() and len(raw) < 10 else 0

    @property
    def shown_wording(self) -> int | None:
        """The wording of the question that the page showed."""
        raw = self.wording.data or ""
        return int(raw) if raw.isdigit() and len(raw) < 6 and int(raw) else None

    @property
    def window_name(self) -> str | None:
        """The open page's name, if it looks like one of ours."""
        raw = self.window.data or ""
        return raw if raw.isalnum() and len(raw) <= 24 else None

    def refuse_answer(self, error: InvalidInput) -> None:
        """Show at its field why the answer was not saved."""
        named = {"choices": "choice"} if "choice" in self else {}
        moved = InvalidInput(named.get(error.field, error.field), error.reason)
        self.refuse(
            moved,
            {
                "identity_number": identity_number_message(),
                "too_long": _("The answer is too long. Shorten it."),
                "no_comments_with_text": _(
                    "You chose «No comments», but have written something. Choose something else, "
                    "or take the text out."
                ),
                "has_text": _(
                    "You have written something here. Take it out first, or save it as your answer."
                ),
            },
        )


def question_form(
    question: "Question",
    *,
    locale: str,
    written: WrittenAnswer | None = None,
    revision: int = 0,
    is_fresh: bool = False,
) -> QuestionForm:
    """The form of a question, filled with what was posted, else with what is stored.

    Args:
        question: What is asked.
        locale: The language of the interface; labels of choices come in it.
        written: The answer so far.
        revision: The revision of the answer so far; 0 when there is none.
        is_fresh: Leave aside what was posted.
    """
    bound: type[QuestionForm] = type(
        "BoundQuestionForm", (QuestionForm,), _choice_fields(question, locale)
    )
    posted: dict[str, Any] = {"formdata": None} if is_fresh else {}
    form = bound(data=_data(question, written or WrittenAnswer(), revision), **posted)
    if question.kind is not QuestionKind.OPEN:
        form.text.label.text = _("Do you want to say why, or add something?")
    return form


def _data(question: "Question", written: WrittenAnswer, revision: int) -> dict[str, object]:
    return {
        "wording": str(question.wording),
        "text": written.text,
        "stance": written.stance.value if written.stance else None,
        "choice": written.choices[0] if written.choices else None,
        "choices": list(written.choices),
        "scale_value": None if written.scale_value is None else str(written.scale_value),
        "revision": str(revision),
        "window": new_public_id(),
    }


def _choice_fields(question: "Question", locale: str) -> dict[str, Any]:
    """The fields that the kind of question adds. What was chosen is checked by the service."""
    options = {option.key: localised(option.labels, locale) for option in question.options}
    if question.kind is QuestionKind.STANCE:
        stances = {stance.value: _(label) for stance, label in ASKED_STANCE_LABELS.items()}
        return {"stance": _radio(_("What do you think?"), stances)}
    if question.kind is QuestionKind.SINGLE:
        return {"choice": _radio(_("Choose one"), options)}
    if question.kind is QuestionKind.MULTIPLE:
        field = SelectMultipleField(
            _("Choose as many as you like"),
            choices=options,
            validators=[Optional()],
            validate_choice=False,
        )
        return {"choices": field}
    if question.kind is QuestionKind.SCALE and (scale := question.scale) is not None:
        steps = {str(step): str(step) for step in range(scale.minimum, scale.maximum + 1)}
        for step, words in ((scale.minimum, scale.low), (scale.maximum, scale.high)):
            steps[str(step)] = f"{step} – {localised(words, locale)}"
        return {"scale_value": _radio(_("Choose a number"), steps)}
    return {}


def _radio(label: str, choices: dict[str, str]) -> RadioField:
    return RadioField(label, choices=choices, validators=[Optional()], validate_choice=False)
