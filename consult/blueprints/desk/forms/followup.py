"""Forms of following up."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from consult.blueprints.shared.forms import Form
from consult.domain.followup.rules import LONGEST_LINE, LONGEST_LINK, LONGEST_TEXT
from consult.domain.followup.types import (
    MEASURE_STATUS_LABELS,
    REHEARING_LABELS,
    REPLY_LABELS,
    Answered,
    MeasurePlan,
    MeasureStatus,
    Rehearing,
    Reply,
    StatusReport,
)
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import CONTENT_LANGUAGES, LANGUAGE_NAMES, LOCALES


class FollowForm(Form):
    """A form whose refusals have words of their own."""

    def refuse_because(self, error: InvalidInput) -> None:
        """Show at its field why nothing was saved."""
        self.refuse(
            error,
            {
                "required": _("Write why. Everybody who reads of it will ask."),
                "future": _("This day is not here yet. Write today or an earlier day."),
                "not_a_link": _("Write an address that starts with https://."),
                "not_an_address": _("Write an e-mail address, such as name@example.no."),
                "before_start": _("The end is before the start. Change one of them."),
                "too_long": _("This is too long. Shorten it; it is kept here meanwhile."),
            },
        )


def _language() -> SelectField:
    return SelectField(_l("Language of the text"))


def _day(field: DateField) -> date:
    """The day that was written; today where the form was not asked for one."""
    return field.data or to_oslo(utc_now()).date()


def _offer(form: Form) -> None:
    form.language.choices = [(code, LANGUAGE_NAMES[code]) for code in CONTENT_LANGUAGES]


class PlanForm(FollowForm):
    """Who carries a measure out, and when."""

    owner = StringField(
        _l("Who carries it out"),
        validators=[Length(max=LONGEST_LINE)],
        description=_l("The body or the person responsible. Everybody can read it."),
    )
    owner_email = StringField(
        _l("E-mail address for reminders"),
        validators=[Length(max=254)],
        description=_l("Only your team sees it."),
    )
    owner_locale = SelectField(_l("Language of the reminders"))
    starts_on = DateField(_l("Begins"), validators=[Optional()])
    ends_on = DateField(_l("Shall be done"), validators=[Optional()])

    def offer(self) -> "PlanForm":
        """Fill in the choices."""
        self.owner_locale.choices = [(code, LANGUAGE_NAMES[code]) for code in LOCALES]
        return self

    @property
    def plan(self) -> MeasurePlan:
        """What was written."""
        return MeasurePlan(
            self.owner.data or "",
            self.owner_email.data or "",
            self.owner_locale.data,
            self.starts_on.data,
            self.ends_on.data,
        )


class ReplyForm(FollowForm):
    """What the addressee says to a proposal."""

    reply = RadioField(
        _l("What is the answer?"), validators=[InputRequired(_l("Choose what the answer is."))]
    )
    reason = TextAreaField(
        _l("Why"),
        validators=[Length(max=LONGEST_TEXT)],
        description=_l("Needed when something is declined. Everybody can read it."),
    )
    on = DateField(_l("When it was decided"), validators=[DataRequired(_l("Write the day."))])
    language = _language()

    def offer(self) -> "ReplyForm":
        """Fill in the choices."""
        self.reply.choices = [(one.value, _(label)) for one, label in REPLY_LABELS.items()]
        _offer(self)
        return self

    @property
    def answered(self) -> Answered:
        """What was chosen and written."""
        return Answered(
            Reply(self.reply.data), _day(self.on), self.reason.data or "", self.language.data
        )


class StatusForm(FollowForm):
    """How far a measure has come."""

    status = RadioField(
        _l("How far has it come?"), validators=[InputRequired(_l("Choose how far it has come."))]
    )
    reason = TextAreaField(
        _l("Why, and what remains"),
        validators=[Length(max=LONGEST_TEXT)],
        description=_l(
            "Needed when it is not done, done only in part, or outside what you can decide. "
            "Everybody can read it."
        ),
    )
    on = DateField(_l("From which day"), validators=[DataRequired(_l("Write the day."))])
    evidence = TextAreaField(
        _l("What shows it"),
        validators=[Length(max=LONGEST_TEXT)],
        description=_l("A decision, a circular, a figure."),
    )
    evidence_link = StringField(
        _l("Where that can be read"),
        validators=[Length(max=LONGEST_LINK)],
        description=_l("An address on the web, starting with https://."),
    )
    language = _language()

    def offer(self) -> "StatusForm":
        """Fill in the choices."""
        self.status.choices = [
            (one.value, _(label)) for one, label in MEASURE_STATUS_LABELS.items()
        ]
        _offer(self)
        return self

    @property
    def report(self) -> StatusReport:
        """What was chosen and written."""
        return StatusReport(
            MeasureStatus(self.status.data),
            _day(self.on),
            self.reason.data or "",
            self.evidence.data or "",
            (self.evidence_link.data or "").strip(),
            self.language.data,
        )


class DelayForm(FollowForm):
    """Why there is no response yet."""

    reason = TextAreaField(
        _l("Why the response takes longer"),
        validators=[Length(max=LONGEST_TEXT)],
        description=_l("Stands on the round’s page. Leave it empty to take it away."),
    )
    expected_on = DateField(_l("When it is expected"), validators=[Optional()])
    language = _language()

    def offer(self) -> "DelayForm":
        """Fill in the choices."""
        _offer(self)
        return self


class ChangeForm(FollowForm):
    """What has changed since the hearing."""

    text = TextAreaField(
        _l("What has changed since people were heard"),
        validators=[DataRequired(_l("Write what has changed.")), Length(max=LONGEST_TEXT)],
        description=_l("What was proposed then, and what is proposed now. Everybody can read it."),
    )
    language = _language()

    def offer(self) -> "ChangeForm":
        """Fill in the choices."""
        _offer(self)
        return self


class RehearingForm(FollowForm):
    """Whether people are heard once more."""

    decision = RadioField(
        _l("Will people be heard once more?"),
        validators=[InputRequired(_l("Choose what is decided."))],
    )
    reason = TextAreaField(
        _l("Why"),
        validators=[DataRequired(_l("Write why.")), Length(max=LONGEST_TEXT)],
        description=_l(
            "Say how much the change matters to those concerned, and whether they could foresee "
            "it. Everybody can read it."
        ),
    )

    def offer(self) -> "RehearingForm":
        """Fill in the choices."""
        self.decision.choices = [(one.value, _(text)) for one, text in REHEARING_LABELS.items()]
        return self

    @property
    def chosen(self) -> Rehearing:
        """What was chosen."""
        return Rehearing(self.decision.data)
