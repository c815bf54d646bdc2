"""Forms of the coding page."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from consult.blueprints.shared.context import localise
from consult.blueprints.shared.forms import Form
from consult.domain.submissions.types import (
    MODIFIER_LABELS,
    STANCE_LABELS,
    Stance,
    StanceModifier,
)
from consult.kernel.text.plain import excerpt

if TYPE_CHECKING:
    from consult.domain.rounds.models import Proposal


class MemoForm(Form):
    """A note on a passage."""

    memo = TextAreaField(_l("Note"), validators=[Optional(), Length(max=4000)])


class StanceForm(Form):
    """Where an answer stands on a proposal."""

    proposal = SelectField(_l("Proposal"), validators=[InputRequired(_l("Choose a proposal"))])
    value = SelectField(_l("Stance"), validators=[InputRequired(_l("Choose a stance"))])
    modifiers = SelectMultipleField(_l("What goes with it"), validators=[Optional()])

    def offer(self, proposals: Sequence["Proposal"]) -> "StanceForm":
        """Fill in the choices, in the reader's language."""
        titles = [(p.key, excerpt(f"{p.key} {localise(p.title)}", 70)) for p in proposals]
        self.proposal.choices = [("", _("Choose a proposal")), *titles]
        self.value.choices = [
            ("", _("Choose a stance")),
            *[(stance.value, _(STANCE_LABELS[stance])) for stance in Stance],
        ]
        self.modifiers.choices = [
            (modifier.value, _(MODIFIER_LABELS[modifier])) for modifier in StanceModifier
        ]
        return self


class PartForm(Form):
    """From which sentence to which a part of a passage runs."""

    first = SelectField(_l("From"), coerce=int)
    last = SelectField(_l("To"), coerce=int)

    def offer(self, texts: Sequence[str]) -> "PartForm":
        """Fill in the sentences, numbered from 1."""
        choices = [
            (number, f"{number}. {excerpt(text, 60)}") for number, text in enumerate(texts, start=1)
        ]
        self.first.choices = choices
        self.last.choices = choices
        return self
