"""The form of a file that shows how far a measure has come."""

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField

from consult.blueprints.shared.forms import Form
from consult.blueprints.shared.uploads import file_refusals
from consult.domain.followup.service.evidencing import MOST_FILES
from consult.domain.submissions.uploads import ACCEPTED_EXTENSIONS

if TYPE_CHECKING:
    from consult.domain.submissions.service.filing import UploadLimits
    from consult.kernel.errors import InvalidInput


class StepForm(Form):
    """One button that changes something."""


class EvidenceForm(Form):
    """A file, and who may have it."""

    file = FileField(
        _l("File"),
        validators=[FileRequired(_l("Choose a file."))],
        render_kw={"accept": ",".join(ACCEPTED_EXTENSIONS)},
    )
    is_public = BooleanField(
        _l("Everybody may have the file"),
        description=_l("It stands on the public page once the measures are published."),
    )

    def refuse_file(self, error: "InvalidInput", limits: "UploadLimits") -> None:
        """Say at the field why the file was not taken."""
        known = {
            **file_refusals(limits),
            "no_status": _("Tell how far the measure has come first. Then add what shows it."),
            "too_many": _("There can be %(number)s files at most.", number=MOST_FILES),
        }
        self.refuse(error, known)
