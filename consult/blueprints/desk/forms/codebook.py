"""Forms of the codebook."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    Field,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from consult.blueprints.shared.forms import Form
from consult.domain.coding.codebook_entries import MAX_LINE_LENGTH
from consult.domain.coding.revisions import MAX_PARTS, MAX_REASON_LENGTH
from consult.domain.coding.starters import LANGUAGES as STARTER_LANGUAGES
from consult.domain.coding.starters import STARTERS
from consult.domain.coding.types import COLOUR_LABELS, Colour, ThemeContent, ThemeRow
from consult.kernel.i18n import LANGUAGE_NAMES


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


class ChangeForm(ThemeForm):
    """The same of a theme that is there already."""

    why = StringField(
        _l("Why"),
        description=_l(
            "Needed when the theme moves. With a reason, new words begin a new version of the "
            "codebook; without one they count as a correction."
        ),
        validators=[Optional(), Length(max=MAX_REASON_LENGTH)],
    )


class LineForm(Form):
    """An example of a theme, as one line."""

    line = StringField(
        _l("Another example"),
        description=_l("A sentence as people write it, with nothing that tells who said it."),
        validators=[InputRequired(_l("Write an example.")), Length(max=MAX_LINE_LENGTH)],
    )


class CodebookFileForm(Form):
    """A codebook as a file."""

    file = FileField(
        _l("File"),
        description=_l("REFI-QDA (.qdc) from another program, CSV from a spreadsheet, or TOML."),
        validators=[FileRequired(_l("Choose a file."))],
    )


class StarterForm(Form):
    """A codebook to begin with."""

    starter = RadioField(
        _l("Which codebook?"), validators=[InputRequired(_l("Choose a codebook."))]
    )
    language = RadioField(
        _l("In which language?"), validators=[InputRequired(_l("Choose a language."))]
    )

    def offer(self) -> "StarterForm":
        """Offer all there are."""
        self.starter.choices = [(name, _(label)) for name, label in STARTERS.items()]
        self.language.choices = [(code, LANGUAGE_NAMES[code]) for code in STARTER_LANGUAGES]
        return self


class MergeForm(Form):
    """Which theme another goes up in, and why."""

    target = SelectField(_l("Into which theme?"), validators=[InputRequired(_l("Choose a theme."))])
    why = StringField(
        _l("Why"),
        description=_l("Kept in the codebook’s history."),
        validators=[InputRequired(_l("Write why.")), Length(max=MAX_REASON_LENGTH)],
    )

    def offer(self, themes: Sequence[ThemeRow], *, without: str) -> "MergeForm":
        """Offer every other theme."""
        self.target.choices = [
            ("", _("Choose a theme")),
            *((theme.key, theme.full_name) for theme in themes if theme.key != without),
        ]
        return self


class SplitForm(Form):
    """The themes that one is split into, and why."""

    name_1 = StringField(
        _l("Name of the first"), validators=[InputRequired(_l("Write a name")), Length(max=200)]
    )
    definition_1 = TextAreaField(_l("Definition"), validators=[Optional(), Length(max=4000)])
    name_2 = StringField(
        _l("Name of the second"), validators=[InputRequired(_l("Write a name")), Length(max=200)]
    )
    definition_2 = TextAreaField(_l("Definition"), validators=[Optional(), Length(max=4000)])
    name_3 = StringField(_l("Name of the third"), validators=[Optional(), Length(max=200)])
    definition_3 = TextAreaField(_l("Definition"), validators=[Optional(), Length(max=4000)])
    name_4 = StringField(_l("Name of the fourth"), validators=[Optional(), Length(max=200)])
    definition_4 = TextAreaField(_l("Definition"), validators=[Optional(), Length(max=4000)])
    heir = SelectField(
        _l("Which of them do the themes under it go to?"), coerce=int, validators=[Optional()]
    )
    why = StringField(
        _l("Why"),
        description=_l("Kept in the codebook’s history."),
        validators=[InputRequired(_l("Write why.")), Length(max=MAX_REASON_LENGTH)],
    )

    def offer(self) -> "SplitForm":
        """Offer the new themes as places for what stands under the old one."""
        names = (_("The first"), _("The second"), _("The third"), _("The fourth"))
        self.heir.choices = list(enumerate(names))
        return self

    @property
    def parts(self) -> "list[tuple[Field, Field]]":
        """Name and definition of each, in order."""
        return [(self[f"name_{n}"], self[f"definition_{n}"]) for n in range(1, MAX_PARTS + 1)]

    def contents(self, colours: Sequence[Colour]) -> list[ThemeContent]:
        """What was written, with a colour for each."""
        written = [(name.data, text.data or "") for name, text in self.parts if name.data]
        return [
            ThemeContent(name=name, colour=colour, definition=text)
            for (name, text), colour in zip(written, colours, strict=False)
        ]


class UndoForm(Form):
    """Why a change of the codebook is taken back."""

    why = StringField(
        _l("Why"),
        description=_l("Kept in the codebook’s history."),
        validators=[Optional(), Length(max=MAX_REASON_LENGTH)],
    )


class SortForm(Form):
    """The themes that a passage belongs to after a split."""

    themes = SelectMultipleField(_l("Which themes does it belong to?"), validators=[Optional()])

    def offer(self, themes: Sequence[ThemeRow]) -> "SortForm":
        """Offer the codebook."""
        self.themes.choices = [(theme.key, theme.full_name) for theme in themes]
        return self
