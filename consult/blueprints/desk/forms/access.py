"""The form that asks for a package for an access request."""

from collections.abc import Collection

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, SelectMultipleField, StringField
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
    named = SelectMultipleField(
        _l("Give these names all the same"),
        description=_l(
            "These senders want to stand without name. That is a wish and no ground in law: assess "
            "each, and tick those whose name shall be given. Names taken out of the text stay out."
        ),
        validators=[Optional()],
    )
    locale = RadioField(
        _l("Language of headings and lists"),
        choices=LANGUAGES,
        validators=[InputRequired(_l("Choose a language."))],
    )

    def offer(self, unnamed: Collection[tuple[int, str]]) -> "AccessForm":
        """Fill in the senders who want to stand without name, by the number of the answer."""
        self.named.choices = {
            str(number): f"{number} {name or _('Private person')}" for number, name in unnamed
        }
        return self

    @property
    def wanted(self) -> AnswerFilter:
        """Which answers."""
        group = self.group.data
        return AnswerFilter(
            text=(self.sender.data or "").strip(), group=ActorGroup(group) if group else None
        )
