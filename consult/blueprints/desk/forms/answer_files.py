"""Forms about files that came with answers."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from consult.blueprints.shared.forms import Form
from consult.domain.scans.types import LONGEST_PAGE
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


class PageTextForm(Form):
    """What stands on a scanned page."""

    text = TextAreaField(
        _l("What stands on the page"),
        validators=[
            DataRequired(_l("Write what stands on the page.")),
            Length(max=LONGEST_PAGE),
        ],
        filters=[lambda value: value.replace("\r\n", "\n") if value else value],
    )
