"""Forms of a programme: a group's part, the review, its questions, findings side by side."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from consult.blueprints.shared.forms import Form
from consult.domain.programmes.service.reviewing import MAX_TEXT
from consult.domain.programmes.types import (
    COMPARISON_LABELS,
    QUESTION_STATUS_LABELS,
    VERDICT_LABELS,
    Comparison,
    QuestionStatus,
    Verdict,
)


class PartForm(Form):
    """Which part of the organisation a group looks into."""

    text = TextAreaField(
        _l("Its part of the organisation"),
        description=_l("What the group looks into, and what it leaves to others. It reads this."),
        validators=[Optional(), Length(max=MAX_TEXT)],
    )


class ReviewForm(Form):
    """What is said of a sub-report."""

    number = HiddenField()
    verdict = RadioField(
        _l("What do you say to the group?"),
        validators=[InputRequired(_l("Choose what you say to the group."))],
    )
    reason = TextAreaField(
        _l("Why, and what is missing"),
        description=_l("The group reads it. Needed when you ask it to supplement."),
        validators=[Optional(), Length(max=MAX_TEXT)],
    )

    def offer(self) -> "ReviewForm":
        """Fill in the choices."""
        self.verdict.choices = [(one.value, _(label)) for one, label in VERDICT_LABELS.items()]
        return self

    @property
    def chosen(self) -> Verdict:
        """What was chosen."""
        return Verdict(self.verdict.data)

    @property
    def shown(self) -> int:
        """The version that the reader was shown; 0 for none."""
        raw = self.number.data or ""
        return int(raw) if raw.isdigit() and len(raw) < 6 else 0


class QuestionForm(Form):
    """What becomes of a group's question."""

    status = RadioField(
        _l("What becomes of it?"), validators=[InputRequired(_l("Choose what becomes of it."))]
    )
    answer = TextAreaField(
        _l("Answer, or what you say to the group"),
        validators=[Optional(), Length(max=MAX_TEXT)],
    )
    handed_to = StringField(_l("Handed on to"), validators=[Optional(), Length(max=200)])

    def offer(self) -> "QuestionForm":
        """Fill in the choices."""
        self.status.choices = [
            (one.value, _(label)) for one, label in QUESTION_STATUS_LABELS.items()
        ]
        return self

    @property
    def chosen(self) -> QuestionStatus:
        """What was chosen."""
        return QuestionStatus(self.status.data)


class ComparisonForm(Form):
    """What the groups' findings on a theme are to one another."""

    seen = HiddenField()
    value = RadioField(
        _l("What are these findings to one another?"),
        validators=[InputRequired(_l("Choose what they are to one another."))],
    )
    note = TextAreaField(
        _l("In which way"),
        description=_l("Needed where they contradict one another."),
        validators=[Optional(), Length(max=MAX_TEXT)],
    )

    def offer(self) -> "ComparisonForm":
        """Fill in the choices."""
        self.value.choices = [(one.value, _(label)) for one, label in COMPARISON_LABELS.items()]
        return self

    @property
    def chosen(self) -> Comparison:
        """What was chosen."""
        return Comparison(self.value.data)
