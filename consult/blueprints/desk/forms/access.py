"""The form that asks for a package for an access request."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from consult.blueprints.desk.presenters.documents import LANGUAGES
from consult.blueprints.shared.forms import Form
from consult.domain.organisations.types import ACTOR_GROUP_LABELS, ActorGroup
from consult.domain.submissions.listing import AnswerFilter


class AccessForm(Form):
    """Which answers are asked for, and what is given of them."""

    group = SelectField(
        _l("From whom?"),
        choices=lambda: {
            "": _("Everybody"),
            **{group.value: _(ACTOR_GROUP_LABELS[group]) for group in ActorGroup},
        },
        validators=[Optional()],
    )
    sender = StringField(_l("Part of the sender's name"), validators=[Optional(), Length(max=200)])
    with_names = BooleanField(
        _l("Name senders who want to stand without name"),
        description=_l(
            "A wish is no ground in law. Tick this only when somebody has decided that the names "
            "shall be given. Names that are taken out of the text stay out."
        ),
    )
    locale = RadioField(
        _l("Language of headings and lists"),
        choices=LANGUAGES,
        validators=[InputRequired(_l("Choose a language."))],
    )

    @property
    def wanted(self) -> AnswerFilter:
        """Which answers."""
        group = self.group.data
        return AnswerFilter(
            text=(self.sender.data or "").strip(), group=ActorGroup(group) if group else None
        )
