"""The form for adding a file to an answer."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField
from wtforms.validators import Optional

from consult.blueprints.respond.forms import AnswerForm
from consult.blueprints.shared.uploads import file_refusals
from consult.domain.submissions.uploads import ACCEPTED_EXTENSIONS
from consult.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from consult.domain.submissions.service.filing import UploadLimits


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
