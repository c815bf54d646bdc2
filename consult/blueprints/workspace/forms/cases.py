"""Forms of a case: who does it, handing it on, not answering."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length

from consult.blueprints.shared.context import current_locale
from consult.blueprints.shared.forms import Form

if TYPE_CHECKING:
    from consult.domain.organisations.models import Membership
    from consult.domain.organisations.queries import TreeNode


class StepForm(Form):
    """One button that changes something."""


class GiveForm(Form):
    """Who has the ball."""

    member = SelectField(_l("Who does it?"), validators=[DataRequired(_l("Choose a person."))])

    def offer(self, members: "Sequence[Membership]") -> None:
        """Offer those who may write for the organisation, each once."""
        people = {member.person_id: member for member in reversed(members)}
        self.member.choices = [
            (member.public_id, member.person.name) for member in reversed(people.values())
        ]


class HandOnForm(Form):
    """Which body below answers instead, and why."""

    body = SelectField(
        _l("Who shall answer?"), validators=[DataRequired(_l("Choose a body below you."))]
    )
    reason = TextAreaField(
        _l("Why do you hand it on?"),
        description=_l("The body reads this. The one who asks does not."),
        validators=[DataRequired(_l("Write why.")), Length(max=2000)],
    )

    def offer(self, nodes: "Sequence[TreeNode]") -> None:
        """Offer the bodies below, deeper ones moved in."""
        self.body.choices = [
            ("", _("Choose")),
            *(
                (
                    node.organisation.slug,
                    "\u2003" * (node.depth - 1) + node.organisation.name_in(current_locale()),
                )
                for node in nodes
            ),
        ]


class DeclineForm(Form):
    """Why we do not answer, and whether the one who asks is told that no answer comes."""

    reason = TextAreaField(
        _l("Why do you not answer?"),
        description=_l("Only people with a role in your organisation can read this."),
        validators=[DataRequired(_l("Write why.")), Length(max=2000)],
    )
    tells_owner = BooleanField(
        _l("Let them know that no answer comes from us"),
        description=_l(
            "They see only that you do not answer, never why, and stop reminding you. If you leave "
            "this out, they are told nothing."
        ),
    )
