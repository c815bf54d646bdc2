"""Forms of what goes along with a response, and of what comes after it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from consult.blueprints.shared.forms import Form
from consult.blueprints.shared.uploads import file_refusals
from consult.domain.submissions.types import MAX_ANSWER_LENGTH
from consult.domain.submissions.uploads import ACCEPTED_EXTENSIONS
from consult.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from consult.domain.organisations.queries import TreeNode
    from consult.domain.submissions.service.filing import UploadLimits

_ACCEPT = {"accept": ",".join(ACCEPTED_EXTENSIONS)}


class EnclosureForm(Form):
    """A file that goes along, and whose words stand in it."""

    file = FileField(_l("File"), validators=[FileRequired(_l("Choose a file."))], render_kw=_ACCEPT)
    body = SelectField(
        _l("Whose is it?"),
        description=_l(
            "A statement of a council, an office or a branch becomes an answer of its own beside "
            "yours, under its own name. It is not counted as a part of yours."
        ),
        validators=[Optional()],
    )

    def offer(self, below: "Sequence[TreeNode]") -> "EnclosureForm":
        """Offer the bodies below as those whose statement it is."""
        self.body.choices = [
            ("", _("Ours: an attachment to our answer")),
            *((node.organisation.slug, node.organisation.name) for node in below),
        ]
        return self

    def refuse_file(self, error: InvalidInput, limits: "UploadLimits") -> None:
        """Say at the field why the file was not taken."""
        known = {
            **file_refusals(limits),
            "has_one": _("A statement of this body goes along already. Remove it first."),
        }
        self.refuse(error, known)


class SupplementForm(Form):
    """What is added to an answer that is sent."""

    text = TextAreaField(_l("What you add"), validators=[Optional(), Length(max=MAX_ANSWER_LENGTH)])
    question = SelectField(_l("What is it about?"), validators=[Optional()])
    file = FileField(_l("File"), validators=[Optional()], render_kw=_ACCEPT)
    is_checked = BooleanField(
        _l("This is what our organisation adds"),
        validators=[InputRequired(_l("Confirm that it is your organisation's."))],
    )

    def offer(self, places: Mapping[str, str]) -> "SupplementForm":
        """Fill in the questions: their words by key."""
        self.question.choices = {"": _("The answer as a whole"), **places}
        return self

    def refuse_file(self, error: InvalidInput, limits: "UploadLimits") -> None:
        """Say at the field why it was not taken."""
        texts = file_refusals(limits) if error.field == "file" else {}
        self.refuse(error, texts)
