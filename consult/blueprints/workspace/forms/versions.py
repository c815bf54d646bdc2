"""Forms of versions: keeping one under a name, bringing back what a part said."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, SubmitField
from wtforms.validators import DataRequired, Length, Optional

from consult.blueprints.shared.forms import Form


class VersionForm(Form):
    """The name of a version."""

    name = StringField(
        _l("What shall it be called?"),
        description=_l("For example “To the board” or “After the meeting with the section”."),
        validators=[DataRequired(_l("Give the version a name.")), Length(max=200)],
    )


class BreakingForm(Form):
    """A change of the text that may break the seal."""

    breaks_seal = SubmitField()


class RestoreForm(BreakingForm):
    """Which text a part gets back: of a version or of a revision."""

    part = HiddenField(validators=[DataRequired(), Length(max=30)])
    version = HiddenField(validators=[Optional(), Length(max=9)])
    revision = HiddenField(validators=[Optional(), Length(max=9)])
