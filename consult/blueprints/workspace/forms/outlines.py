"""Forms of an organisation's own templates for reports."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from consult.blueprints.shared.forms import Form
from consult.domain.composing.service.arranging import LONGEST_HEADING
from consult.domain.composing.service.outlining import LONGEST_GUIDANCE, LONGEST_NAME

if TYPE_CHECKING:
    from typing import Self

    from consult.domain.composing.models import ReportOutline
    from consult.kernel.errors import InvalidInput


class BeginForm(Form):
    """By which template a report begins."""

    outline = RadioField(_l("Which template shall it begin with?"), default="")

    def offer(self, outlines: "Sequence[ReportOutline]") -> "Self":
        """Offer the common template and the organisation's own."""
        self._known = {one.public_id: one for one in outlines}
        self.outline.choices = [
            ("", _("The common template")),
            *((one.public_id, one.name) for one in outlines),
        ]
        return self

    @property
    def chosen(self) -> "ReportOutline | None":
        """The template that was chosen; nothing for the common one."""
        return self._known.get(self.outline.data or "")


class NameForm(Form):
    """What a template is called."""

    name = StringField(
        _l("What shall the template be called?"),
        validators=[DataRequired(_l("Give it a name.")), Length(max=LONGEST_NAME)],
    )

    def refuse_name(self, error: "InvalidInput") -> None:
        """Say why the name cannot be used."""
        self.refuse(error, {"taken": _("You have a template with this name. Choose another one.")})


class OutlinePartForm(Form):
    """The heading of a template's part, and what its writer is told."""

    heading = StringField(_l("Heading"), validators=[Optional(), Length(max=LONGEST_HEADING)])
    guidance = TextAreaField(
        _l("What do you want to say to the one who writes it?"),
        description=_l("It stands beside the text while it is written. It is never printed."),
        validators=[Optional(), Length(max=LONGEST_GUIDANCE)],
    )
