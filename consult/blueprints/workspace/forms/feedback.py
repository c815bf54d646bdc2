"""Forms of the feedback to branches."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, TextAreaField
from wtforms.validators import Length, Optional

from consult.blueprints.shared.forms import Form
from consult.domain.responses.feedback import LONGEST_TEXT

SEND = "send"
"""What the button that sends says of itself; the other only saves."""


class FeedbackForm(Form):
    """Our own words to one branch."""

    text = TextAreaField(
        _l("Your own words to the branch"),
        description=_l("They stand first. The branch reads them when you send."),
        validators=[Optional(), Length(max=LONGEST_TEXT)],
    )
    with_open = BooleanField(
        _l("Send it although some points have not been looked at"),
        description=_l("The branch reads that about them. You can send again when you are done."),
    )


class FeedbackToAllForm(Form):
    """Our own words to all branches that have none of their own yet."""

    text = TextAreaField(
        _l("Your own words to the branches"),
        description=_l("Branches that you have written to on their own page get those words."),
        validators=[Optional(), Length(max=LONGEST_TEXT)],
    )
    with_open = BooleanField(
        _l("Send it although some points have not been looked at"),
        description=_l(
            "Each branch reads that about its own. You can send again when you are done."
        ),
    )
