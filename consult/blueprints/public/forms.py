"""Forms of the public pages."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Email, Length

from consult.blueprints.shared.forms import Form
from consult.domain.composing.service.discussing import LONGEST_COMMENT
from consult.domain.following.types import RHYTHM_LABELS, Rhythm

_EMAIL_MESSAGE = _l("Write an e-mail address, such as kari@example.no.")


class RhythmForm(Form):
    """How often somebody wants mail."""

    rhythm = RadioField(_l("How often do you want mail?"), default=Rhythm.SINGLE.value)

    def __init__(self, **values: Any) -> None:
        """Offer each rhythm in the reader's language."""
        super().__init__(**values)
        self.rhythm.choices = {one.value: _(label) for one, label in RHYTHM_LABELS.items()}

    @property
    def chosen(self) -> Rhythm:
        """The rhythm, once the form has been validated."""
        return Rhythm(self.rhythm.data)


class FollowForm(RhythmForm):
    """Following a round without an account."""

    email = EmailField(
        _l("E-mail"),
        description=_l("We send one mail for you to confirm, and nothing before you have."),
        validators=[
            DataRequired(_l("Write your e-mail address.")),
            Email(_l("Write an e-mail address, such as kari@example.no.")),
            Length(max=254),
        ],
    )


class DraftCommentForm(Form):
    """What a reader outside says of a chapter of a draft."""

    part = SelectField(_l("Which chapter is it about?"))
    text = TextAreaField(
        _l("Your comment"),
        validators=[DataRequired(_l("Write a comment.")), Length(max=LONGEST_COMMENT)],
    )

    def offer(self, parts: Sequence[tuple[str, str]]) -> "DraftCommentForm":
        """Offer the chapters of the draft."""
        self.part.choices = list(parts)
        return self


class SupportForm(Form):
    """Where to send the link that confirms a support."""

    email = EmailField(
        _l("E-mail"),
        validators=[DataRequired(_EMAIL_MESSAGE), Email(_EMAIL_MESSAGE), Length(max=254)],
        filters=[lambda value: value.strip() if value else value],
        render_kw={"autocomplete": "email"},
    )


class ConfirmForm(Form):
    """One button."""
