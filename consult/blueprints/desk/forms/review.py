"""Forms of review: what is taken out and why, what is not published, when answers are."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from consult.blueprints.shared.forms import Form
from consult.domain.disclosure.types import (
    BASIS_LABELS,
    REFUSAL_LABELS,
    LegalBasis,
    RefusalReason,
)
from consult.domain.rounds.types import ANSWER_PUBLISHING_LABELS, AnswerPublishing
from consult.kernel.errors import InvalidInput


class WordsForm(Form):
    """Words to take out of the published text, and by which law."""

    words = StringField(
        _l("Words to take out"),
        validators=[InputRequired(_l("Write the words to take out.")), Length(max=500)],
    )
    basis = SelectField(
        _l("Legal basis"),
        choices=lambda: {item.value: _(BASIS_LABELS[item]) for item in LegalBasis},
    )

    def refuse_words(self, error: InvalidInput) -> None:
        """Show why nothing was taken out."""
        messages = {
            "not_found": _("These words do not stand in the answer. Copy them as they stand."),
            "required": _("Write the words to take out."),
        }
        self.refuse(error, messages)


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
