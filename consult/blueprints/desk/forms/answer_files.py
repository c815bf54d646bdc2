"""Forms about files that came with answers."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired

from consult.blueprints.shared.forms import Form
from consult.domain.submissions.attached import FileQuestion


class FileQuestionForm(Form):
    """What to ask the sender about a file."""

    question = RadioField(
        _l("What do you ask for?"),
        choices=lambda: {
            FileQuestion.COPY.value: _("A copy that can be opened and read"),
            FileQuestion.SUMMARY.value: _("A summary of one or two pages"),
        },
        validators=[InputRequired(_l("Choose what you ask for."))],
    )
