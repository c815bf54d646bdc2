"""Forms for a round as a whole: making it, its texts, its dates, its states."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, Email, Length, Optional

from consult.blueprints.desk.forms.languages import (
    LanguageForm,
    Makers,
    line,
    own_words,
    prose,
)
from consult.blueprints.shared.forms import Form
from consult.domain.rounds.rules import closing_moment, opening_moment
from consult.domain.rounds.types import ROUND_RULES, MailPlace, RoundSpec, RoundType
from consult.kernel.i18n import LANGUAGE_NAMES

_LANGUAGE_MESSAGE = _l("Choose at least one language.")
_REASON_MESSAGE = _l("Write why. The reason is shown to everybody.")


class DayField(DateField):
    """A date, whose own complaint is in the reader's language."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the date as the browser's picker sends it."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Write a date, such as 2026-10-31.")) from None

    @property
    def day(self) -> date:
        """The date of a field that must be filled in, once the form has been validated."""
        if self.data is None:
            raise ValueError(self.name)
        return self.data


class NewRoundForm(Form):
    """What a round needs to exist; everything else is set up afterwards."""

    owner = SelectField(_l("Who asks?"))
    type = RadioField(
        _l("What kind of round is it?"),
        validators=[DataRequired(_l("Choose the kind of round."))],
    )
    title = StringField(
        _l("Title"),
        description=_l("What the round is about, in a few words. You can change it later."),
        validators=[DataRequired(_l("Write a title.")), Length(max=300)],
    )
    languages = SelectMultipleField(
        _l("In which languages do you ask?"),
        description=_l("State bodies ask in bokmål and nynorsk at the same time."),
        choices=dict(LANGUAGE_NAMES),
        validators=[DataRequired(_LANGUAGE_MESSAGE)],
    )
    opens = DayField(
        _l("Opens on"),
        description=_l("From the start of that day. You can change it until you announce."),
        validators=[DataRequired(_l("Say when the round opens."))],
    )
    closes = DayField(
        _l("Deadline"),
        description=_l("Answers are in time until the end of that day, 23:59."),
        validators=[DataRequired(_l("Say until when one can answer."))],
    )

    def __init__(self, *, owners: Mapping[str, str], **values: Any) -> None:
        """Offer the organisations that the actor coordinates, by short name."""
        super().__init__(**values)
        self.owner.choices = dict(owners)
        self.type.choices = {kind.value: _(rules.label) for kind, rules in ROUND_RULES.items()}

    def validate_closes(self, field: DateField) -> None:
        """The deadline lies after the opening."""
        check_order(self.opens.data, field.data)

    def spec(self, *, locale: str) -> RoundSpec:
        """The round as it was asked for, its title in the interface language where it has that."""
        languages = tuple(self.languages.data or ())
        written_in = locale if locale in languages else languages[0]
        return RoundSpec(
            type=RoundType(self.type.data),
            languages=languages,
            title={written_in: str(self.title.data).strip()},
            opens_at=opening_moment(self.opens.day),
            closes_at=closing_moment(self.closes.day),
        )


class TextsForm(LanguageForm):
    """What the round says of itself."""

    by_language: ClassVar[Makers] = {
        "title": line,
        "introduction": prose,
        "influence": prose,
        "settled": prose,
        "plain": prose,
    }
    required_texts = ("title",)


class MailTextsForm(LanguageForm):
    """What the owner adds to each kind of mail."""

    by_language: ClassVar[Makers] = {place.value: own_words for place in MailPlace}


class FrameForm(Form):
    """Languages, case number and whom to ask."""

    languages = SelectMultipleField(
        _l("Languages"),
        choices=dict(LANGUAGE_NAMES),
        description=_l("Texts in a language that you take away are kept."),
        validators=[DataRequired(_LANGUAGE_MESSAGE)],
    )
    contact_name = StringField(
        _l("Contact: name"),
        description=_l("A person or an office that answers questions about the round."),
        validators=[Optional(), Length(max=200)],
        render_kw={"autocomplete": "off"},
    )
    contact_email = EmailField(
        _l("Contact: e-mail"),
        validators=[
            Optional(),
            Email(_l("Write an e-mail address, such as post@example.no.")),
            Length(max=254),
        ],
        render_kw={"autocomplete": "off"},
    )
    contact_phone = TelField(
        _l("Contact: telephone"),
        validators=[Optional(), Length(max=40)],
        render_kw={"autocomplete": "off"},
    )
    contact_address = StringField(
        _l("Contact: postal address"),
        description=_l("Where letters and printed forms are sent, on one line."),
        validators=[Optional(), Length(max=200)],
        render_kw={"autocomplete": "off"},
    )
    case_number = StringField(
        _l("Case number"),
        description=_l("Your own reference in the archive."),
        validators=[Optional(), Length(max=60)],
    )

    @property
    def contact(self) -> dict[str, str]:
        """Whom to ask, as a round keeps it."""
        names = ("name", "email", "phone", "address")
        return {name: self[f"contact_{name}"].data or "" for name in names}


def outlasting_field() -> BooleanField:
    """That an internal deadline may lie behind the one above; only internal rounds show it."""
    return BooleanField(
        _l("Yes, answers may come in after the deadline above"),
        description=_l("Then some answers can come too late to be used."),
    )


def after_parent_message() -> str:
    """What is said of an internal deadline behind the one above, until it is confirmed."""
    text: str = _("This is after the deadline above. Choose an earlier day, or confirm it below.")
    return text


class DatesForm(Form):
    """When a round opens and closes, while it is being prepared."""

    opens = DayField(
        _l("Opens on"),
        description=_l("From the start of that day."),
        validators=[DataRequired(_l("Say when the round opens."))],
    )
    closes = DayField(
        _l("Deadline"),
        description=_l("Answers are in time until the end of that day, 23:59."),
        validators=[DataRequired(_l("Say until when one can answer."))],
    )
    short_deadline_reason = TextAreaField(
        _l("Why is the time to answer short?"),
        description=_l(
            "Needed when a public consultation gives less than six weeks. The reason is shown on "
            "the round's page and in the report."
        ),
        validators=[Optional(), Length(max=2000)],
    )

    may_outlast_parent = outlasting_field()

    def validate_closes(self, field: DateField) -> None:
        """The deadline lies after the opening."""
        check_order(self.opens.data, field.data)


class ExtendForm(Form):
    """A later deadline for everybody."""

    closes = DayField(
        _l("New deadline"),
        description=_l("Answers are in time until the end of that day, 23:59."),
        validators=[DataRequired(_l("Say until when one can answer."))],
    )
    reason = TextAreaField(
        _l("Why do you extend the deadline?"),
        description=_l("Both dates and the reason are shown on the round's page."),
        validators=[DataRequired(_REASON_MESSAGE), Length(max=2000)],
    )
    may_outlast_parent = outlasting_field()


class ReasonForm(Form):
    """A step that needs a written reason."""

    reason = TextAreaField(_l("Why?"), validators=[DataRequired(_REASON_MESSAGE), Length(max=2000)])


def check_order(opens: date | None, closes: date | None) -> None:
    """Refuse a deadline before the opening; on the same day there is a day to answer."""
    if opens and closes and closes < opens:
        raise ValidationError(_("The deadline must come after the opening."))
