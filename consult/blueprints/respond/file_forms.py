"""The form for adding a file to an answer."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, TextAreaField
from wtforms.validators import Length, Optional

from consult.blueprints.respond.forms import AnswerForm
from consult.domain.submissions.attached import MOST_FILES
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
        too_large = _(
            "The file is too large. A document or picture can be up to %(file)s MB, a video up to "
            "%(video)s MB.",
            file=limits.file_mb,
            video=limits.video_mb,
        )
        messages = {
            "empty": _("The file is empty. Choose another."),
            "file_type": _(
                "We cannot take this kind of file. Send a PDF, Word, ODT or text document, a JPEG "
                "or PNG picture, or a video as MP4, MOV or WebM."
            ),
            "file_mismatch": _("The file is not what its name says. Save it once more, or as PDF."),
            "file_large": too_large,
            "video_large": too_large,
            "too_large": too_large,
            "too_many": _("There are %(most)s files already. Remove one first.", most=MOST_FILES),
            "infected": _(
                "The virus scanner found something in the file, so we did not keep it. Your answer "
                "is safe and can be sent without it. Send us another copy if you can."
            ),
            "identity_number": _(
                "There is a national identity number (11 digits) in the file or its name. We never "
                "store those. Take it out of the file and choose the file again."
            ),
        }
        self.refuse(InvalidInput("file", error.reason), messages)
