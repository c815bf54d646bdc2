"""Forms of the drafting table."""

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, Optional

from consult.blueprints.shared.forms import Form
from consult.domain.composing.types import PartContent, PartKind
from consult.domain.submissions.types import (
    ASKED_STANCE_LABELS,
    ASKED_STANCES,
    MODIFIER_LABELS,
    Stance,
    StanceModifier,
)
from consult.kernel.ids import new_public_id
from consult.kernel.text.rich.codec import from_json
from consult.kernel.text.rich.errors import InvalidRichText, RichTextTooLarge
from consult.kernel.text.rich.markdown import from_markdown, to_markdown
from consult.kernel.text.rich.types import EMPTY, RichText

if TYPE_CHECKING:
    from consult.domain.composing.models import Part


class PartForm(Form):
    """What a part holds, the revision it goes on from, and the open page's name.

    ``text`` is Markdown; ``document`` the same text as JSON, which the page's editor fills in and
    which counts where it is there. Without scripts it is empty.
    """

    part = HiddenField()
    revision = HiddenField(default="0")
    window = HiddenField(default=new_public_id)
    document = HiddenField()
    heading = StringField(_l("Heading"), validators=[Optional(), Length(max=400)])
    stance = RadioField(_l("Our stance"), validators=[Optional()])
    modifiers = SelectMultipleField(_l("What goes with it"), validators=[Optional()])
    text = TextAreaField(_l("Our text"), validators=[Optional()])
    no_comments = BooleanField(_l("No comments here"))

    body: RichText = EMPTY

    def offer(self) -> "PartForm":
        """Fill in the choices, in the reader's language."""
        self.stance.choices = [
            ("", _("Not decided yet")),
            *[(one.value, _(ASKED_STANCE_LABELS[one])) for one in ASKED_STANCES],
        ]
        self.modifiers.choices = [(one.value, _(MODIFIER_LABELS[one])) for one in StanceModifier]
        return self

    def fill(self, content: PartContent, *, part_key: str, revision: int) -> "PartForm":
        """Show what a part says."""
        self.part.data, self.revision.data = part_key, str(revision)
        self.heading.data = content.heading
        self.stance.data = content.stance.value if content.stance else ""
        self.modifiers.data = [one.value for one in content.modifiers]
        self.text.data = to_markdown(content.body)
        self.document.data = ""
        self.no_comments.data = content.no_comments
        self.body = content.body
        return self

    def validate_on_submit(self, extra_validators: object = None) -> bool:
        """Whether it was sent and holds a text that can be kept."""
        if not super().validate_on_submit(extra_validators):
            return False
        try:
            document = self.document.data or ""
            self.body = from_json(document) if document else from_markdown(self.text.data or "")
        except RichTextTooLarge:
            self.add_error(self.text, _("The text is too long for one part. Divide it."))
        except InvalidRichText:
            self.add_error(
                self.text, _("The text holds something that cannot be kept. Nothing was saved.")
            )
        else:
            return True
        return False

    @property
    def base_revision(self) -> int:
        """The revision that the page goes on from."""
        raw = self.revision.data or "0"
        return int(raw) if raw.isdigit() and len(raw) < 10 else 0

    @property
    def window_name(self) -> str | None:
        """The open page's name, if it looks like one of ours."""
        raw = self.window.data or ""
        return raw if raw.isalnum() and len(raw) <= 24 else None

    @property
    def token_is_old(self) -> bool:
        """Whether the page's token is of an older session: it may be tried once more."""
        return "csrf_token" in self.errors

    def content_for(self, part: "Part") -> PartContent:
        """All that the form holds, as a value; what is not asked of the part stays as it is."""
        asks_stance = part.proposal_id is not None
        stance = self.stance.data
        return PartContent(
            heading=(self.heading.data or "") if part.kind is PartKind.OWN else part.heading,
            body=self.body,
            stance=Stance(stance) if asks_stance and stance in set(Stance) else None,
            modifiers=tuple(
                StanceModifier(one) for one in (self.modifiers.data or ()) if asks_stance
            ),
            no_comments=bool(self.no_comments.data),
        )


class LeaveOutForm(Form):
    """Which passages are left out, and why. The choice of passages stands beside each of them."""

    reason = StringField(_l("Why they are not used"), validators=[Optional(), Length(max=1000)])


class HeadingForm(Form):
    """A heading of our own."""

    new_heading = StringField(_l("New heading"), validators=[Optional(), Length(max=400)])
