"""Forms of the codebook."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from consult.blueprints.shared.forms import Form
from consult.domain.coding.types import COLOUR_LABELS, Colour, ThemeContent, ThemeRow


class ThemeForm(Form):
    """What a theme says, and where it stands."""

    name = StringField(_l("Name"), validators=[InputRequired(_l("Write a name")), Length(max=200)])
    parent = SelectField(_l("Stands under"), description=_l("A codebook has at most three levels."))
    definition = TextAreaField(
        _l("Definition"),
        description=_l("What the theme is about, in a sentence or two."),
        validators=[Optional(), Length(max=4000)],
    )
    include = TextAreaField(
        _l("Include"),
        description=_l("What belongs here, also when it is not obvious."),
        validators=[Optional(), Length(max=4000)],
    )
    exclude = TextAreaField(
        _l("Exclude"),
        description=_l("What does not belong here, and which theme to use instead."),
        validators=[Optional(), Length(max=4000)],
    )
    colour = SelectField(_l("Colour"))

    def offer(self, themes: Sequence[ThemeRow], *, without: str | None = None) -> "ThemeForm":
        """Fill in the choices; a theme cannot stand under itself."""
        self.parent.choices = [
            ("", _("Outermost")),
            *[
                (theme.key, theme.full_name)
                for theme in themes
                if theme.key != without and theme.depth < 3
            ],
        ]
        self.colour.choices = [(colour.value, _(COLOUR_LABELS[colour])) for colour in Colour]
        return self

    @property
    def content(self) -> ThemeContent:
        """What was written."""
        return ThemeContent(
            name=self.name.data or "",
            colour=Colour(self.colour.data),
            definition=self.definition.data or "",
            include=self.include.data or "",
            exclude=self.exclude.data or "",
        )
