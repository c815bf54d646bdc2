"""Forms for what senders ask after sending."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from consult.blueprints.shared.forms import Form
from consult.domain.submissions.service.erasing import MAX_ERASURE_TEXT


class ErasureDecisionForm(Form):
    """What is decided about a request for deletion, and why."""

    decision = RadioField(
        _l("What do you decide?"),
        choices=lambda: {"grant": _("Grant the request"), "decline": _("Decline the request")},
        validators=[InputRequired(_l("Choose what you decide."))],
    )
    reason = TextAreaField(_l("Reason"), validators=[Optional(), Length(max=MAX_ERASURE_TEXT)])
