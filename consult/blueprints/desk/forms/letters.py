"""Forms of writing to those who answered."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Email, Length

from consult.blueprints.desk.forms.intake import one_line
from consult.blueprints.shared.forms import Form
from consult.domain.submissions.letters import (
    LONGEST_LETTER,
    LONGEST_SUBJECT,
    MERGED_FIELDS,
    LetterWords,
)
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import LANGUAGE_NAMES, LOCALES


class QuestionForm(Form):
    """What to ask a sender."""

    body = TextAreaField(
        _l("Your question"),
        validators=[DataRequired(_l("Write the question.")), Length(max=LONGEST_LETTER)],
        description=_l("In the sender's language. The mail greets, names the answer and thanks."),
    )


class ForwardForm(Form):
    """Where an answer belongs, and why."""

    recipient = StringField(
        _l("Where it belongs"),
        validators=[DataRequired(_l("Write whom it goes to.")), Length(max=250)],
        filters=[one_line],
        render_kw={"autocomplete": "off"},
    )
    email = EmailField(
        _l("Their e-mail address"),
        validators=[
            DataRequired(_l("Write an e-mail address, such as kari@example.no.")),
            Email(_l("Write an e-mail address, such as kari@example.no.")),
            Length(max=254),
        ],
        filters=[one_line],
        description=_l("The address for mail of the body, not of a person."),
        render_kw={"autocomplete": "off"},
    )
    body = TextAreaField(
        _l("Why it is sent on"),
        validators=[DataRequired(_l("Write why.")), Length(max=LONGEST_LETTER)],
        description=_l("Read by the recipient and by the sender."),
    )
    tells_sender = BooleanField(_l("Tell the sender by mail"), default=True)


class ReplyForm(Form):
    """What a sender replied."""

    reply = TextAreaField(
        _l("What the sender replied"),
        validators=[DataRequired(_l("Write what the sender replied.")), Length(max=LONGEST_LETTER)],
        description=_l(
            "It stands with the letter, and is no part of the answer. What shall count as part of "
            "it is registered as a supplement."
        ),
    )


class LetterForm(Form):
    """A letter to all in a filter."""

    subject = StringField(
        _l("Subject"),
        validators=[DataRequired(_l("Write a subject.")), Length(max=LONGEST_SUBJECT)],
        filters=[one_line],
    )
    body = TextAreaField(
        _l("The letter"),
        validators=[DataRequired(_l("Write the letter.")), Length(max=LONGEST_LETTER)],
    )
    language = SelectField(_l("Language of the letter"))

    def __init__(self) -> None:
        super().__init__()
        self.language.choices = [(code, LANGUAGE_NAMES[code]) for code in LOCALES]
        self.body.description = " ".join(
            _("%(field)s stands for %(meaning)s.", field=field, meaning=_(meaning))
            for field, meaning in MERGED_FIELDS.items()
        )

    @property
    def words(self) -> LetterWords:
        """What the letter says."""
        return LetterWords(
            self.subject.data or "", self.body.data or "", self.language.data or LOCALES[0]
        )

    def refuse_words(self, error: InvalidInput) -> None:
        """Show what the rules of letters refuse."""
        unknown = _(
            "There is no such place for a recipient's own value: %(field)s.",
            field=error.data.get("value", ""),
        )
        self.refuse(error, {"unknown_field": unknown})
