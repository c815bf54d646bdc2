"""Forms of review: what is taken out and why, what is not published, when answers are."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from consult.blueprints.shared.forms import Form
from consult.domain.disclosure.types import (
    BASIS_LABELS,
    CHOSEN_BASES,
    REFUSAL_LABELS,
    RefusalReason,
)
from consult.domain.rounds.types import ANSWER_PUBLISHING_LABELS, AnswerPublishing
from consult.kernel.errors import InvalidInput


def _whole(value: object) -> int | None:
    """A whole number that the page has filled in; ``None`` for anything else."""
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


class WordsForm(Form):
    """Words to take out of the published text, and by which law.

    Attributes:
        start: Where the words begin that were marked in the text, in characters; the page fills in.
        end: Where they end.
    """

    words = StringField(
        _l("Words to take out"),
        validators=[InputRequired(_l("Write the words to take out.")), Length(max=500)],
    )
    last = StringField(
        _l("Last words, if it is a longer stretch"), validators=[Optional(), Length(max=500)]
    )
    only_here = BooleanField(_l("Only at the place I have marked"))
    start = HiddenField()
    end = HiddenField()
    basis = SelectField(
        _l("Legal basis"),
        choices=lambda: {item.value: _(BASIS_LABELS[item]) for item in CHOSEN_BASES},
    )

    @property
    def place(self) -> tuple[int, int] | None:
        """What was marked in the text, where that and nothing else shall be taken out."""
        start, end = _whole(self.start.data), _whole(self.end.data)
        if not self.only_here.data or start is None or end is None:
            return None
        return start, end

    def refuse_words(self, error: InvalidInput) -> None:
        """Show why nothing was taken out."""
        messages = {
            "not_found": _("These words do not stand in the answer. Copy them as they stand."),
            "required": _("Write the words to take out."),
            "changed": _(
                "Something else stands at that place now. Nothing was taken out. Mark the words "
                "again."
            ),
            "ambiguous": _(
                "There are several such stretches. Write more of the first words, so that only one "
                "is meant."
            ),
        }
        self.refuse(error, messages)


class EditionForm(Form):
    """A redacted edition of a file."""

    file = FileField(_l("The redacted file"), validators=[InputRequired(_l("Choose a file."))])


class HoldForm(Form):
    """By which law a file is held back."""

    basis = SelectField(
        _l("Legal basis"),
        choices=lambda: {item.value: _(BASIS_LABELS[item]) for item in CHOSEN_BASES},
    )


class RefusalForm(Form):
    """Why an answer is not published."""

    reason = RadioField(
        _l("Why is it not published?"),
        choices=lambda: {item.value: _(REFUSAL_LABELS[item]) for item in RefusalReason},
        validators=[InputRequired(_l("Choose a reason."))],
    )
    explanation = TextAreaField(
        _l("Explanation to the sender"), validators=[Optional(), Length(max=2000)]
    )


class PublishingForm(Form):
    """When answers may stand on the web."""

    publishing = RadioField(
        _l("When are answers published?"),
        choices=lambda: {
            item.value: _(ANSWER_PUBLISHING_LABELS[item]) for item in AnswerPublishing
        },
        validators=[InputRequired(_l("Choose when answers are published."))],
    )
