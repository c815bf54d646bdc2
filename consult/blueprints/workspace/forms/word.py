"""Forms of Word out and Word in."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import DataRequired, Length, Optional

from consult.blueprints.shared.forms import Form
from consult.blueprints.workspace.forms.versions import BreakingForm

if TYPE_CHECKING:
    from consult.domain.composing.models import NamedVersion


class WordOutForm(Form):
    """What goes into the file."""

    confidential = BooleanField(
        _l("Mark it as a confidential draft"), description=_l("It stands above the sender.")
    )
    evidence = BooleanField(
        _l("With a list of what the text rests on"),
        description=_l("An annex with the branches' words. Only for people who may read them."),
    )


class WordInForm(Form):
    """A file that came back, and which version it was made from."""

    file = FileField(
        _l("Word file"),
        validators=[FileRequired(_l("Choose the file that came back."))],
        render_kw={"accept": ".docx"},
    )
    version = SelectField(
        _l("Which version was changed?"),
        description=_l("The file tells it itself, unless another program has saved it."),
        validators=[Optional()],
    )

    def offer(self, versions: "Sequence[NamedVersion]") -> "WordInForm":
        """Offer the versions, and first that the file tells."""
        self.version.choices = [
            ("", _("The file tells")),
            *((str(one.number), f"{one.number}. {one.name}") for one in versions),
        ]
        return self


class DecideForm(BreakingForm):
    """What is decided about one suggestion, or all of a part."""

    step = HiddenField(validators=[DataRequired(), Length(max=20)])
    suggestion = HiddenField(validators=[Optional(), Length(max=24)])
    part = HiddenField(validators=[Optional(), Length(max=30)])
