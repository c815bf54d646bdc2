"""The form that asks for a document."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired

from consult.blueprints.desk.presenters.documents import LANGUAGES
from consult.blueprints.shared.forms import Form


class SummaryForm(Form):
    """In which language to build the summary; each language is named in itself."""

    locale = RadioField(
        _l("Language of the summary"),
        choices=LANGUAGES,
        validators=[InputRequired(_l("Choose a language."))],
    )
