"""Forms of comments beside a draft."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from consult.blueprints.shared.forms import Form
from consult.domain.composing.service.discussing import LONGEST_COMMENT

if TYPE_CHECKING:
    from consult.domain.organisations.models import Membership


class ReplyForm(Form):
    """Something said in a discussion, and who is asked for by mail."""

    text = TextAreaField(
        _l("Comment"),
        validators=[DataRequired(_l("Write the comment.")), Length(max=LONGEST_COMMENT)],
    )
    mentions = SelectMultipleField(
        _l("Mention somebody"),
        description=_l(
            "They get an e-mail that says who mentions them and where, never what is said."
        ),
        validators=[Optional()],
    )

    def offer(self, members: "Sequence[Membership]", *, besides: int | None) -> "ReplyForm":
        """Offer the organisation's members, each once, other than whoever writes."""
        people = {one.person_id: one.person for one in members if one.person_id != besides}
        self.mentions.choices = [(person.public_id, person.name) for person in people.values()]
        return self

    def mentioned(self, members: "Sequence[Membership]") -> list[int]:
        """Ids of those who were chosen."""
        ids = {one.person.public_id: one.person_id for one in members}
        return [ids[chosen] for chosen in self.mentions.data or []]


class ThreadForm(ReplyForm):
    """The first comment of a discussion, and what it is about."""

    part = SelectField(_l("Which part is it about?"), validators=[DataRequired()])
    quote = StringField(
        _l("Words it is about"),
        description=_l("Copy them from the part, or leave this empty."),
        validators=[Optional(), Length(max=1000)],
    )
    passage = HiddenField(validators=[Optional(), Length(max=24)])


class ChangeForm(Form):
    """A comment said otherwise."""

    text = TextAreaField(
        _l("Comment"),
        validators=[DataRequired(_l("Write the comment.")), Length(max=LONGEST_COMMENT)],
    )
