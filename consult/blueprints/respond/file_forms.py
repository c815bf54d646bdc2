"""The form for adding a file to an answer."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, TextAreaField
from wtforms.validators import Length, Optional

from consult.blueprints.respond.forms import AnswerForm
from consult.blueprints.shared.uploads import file_refusals
from consult.domain.submissions.service.filing import MAX_SUMMARY_LENGTH
from consult.domain.submissions.uploads import ACCEPTED_EXTENSIONS
from consult.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from consult.domain.submissions.service.filing import UploadLimits


class SummaryForm(AnswerForm):
    """The main points of a long document, in the sender's own words."""

    summary = TextAreaField(
        _l("Summary"),
        validators=[Optional(), Length(max=MAX_SUMMARY_LENGTH)],
        filters=[lambda value: value.replace("\r\n", "\n") if value else value],
    )


class FileForm(AnswerForm):
    """A file and where it belongs."""

    file = FileField(
        _l("File"),
        validators=[FileRequired(_l("Choose a file."))],
        render_kw={"accept": ",".join(ACCEPTED_EXTENSIONS)},
    )
    place = SelectField(_l("What does the file belong to?"), validators=[Optional()])

    def offer(self, places: Mapping[str, str]) -> "FileForm":
        """Fill in the questions: their words by key."""
        self.place.choices = {"": _("The answer as a whole"), **places}
        return self

    def refuse_file(self, error: InvalidInput, limits: "UploadLimits") -> None:
        """Say at the field why the file was not taken."""
        self.refuse(InvalidInput("file", error.reason), file_refusals(limits))
