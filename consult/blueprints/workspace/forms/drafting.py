"""Forms of the drafting table."""

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import Length, Optional

from consult.blueprints.shared.forms import Form
from consult.blueprints.shared.rich_fields import RichTextField
from consult.domain.composing.types import (
    ANSWERED,
    BLOCK_LABELS,
    PART_KIND_LABELS,
    BlockKind,
    PartContent,
    PartKind,
)
from consult.domain.submissions.types import (
    ASKED_STANCE_LABELS,
    ASKED_STANCES,
    MODIFIER_LABELS,
    Stance,
    StanceModifier,
)
from consult.kernel.i18n import localised
from consult.kernel.ids import new_public_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consult.domain.coding.types import ThemeRow
    from consult.domain.composing.models import Part
    from consult.domain.rounds.models import Proposal


class PartForm(Form):
    """What a part holds, the revision it goes on from, and the open page's name.

    A page that was open for too long gets its text back, to be sent once more.
    """

    token_is_old = False

    part = HiddenField()
    revision = HiddenField(default="0")
    window = HiddenField(default=new_public_id)
    heading = StringField(_l("Heading"), validators=[Optional(), Length(max=400)])
    stance = RadioField(_l("Our stance"), validators=[Optional()])
    modifiers = SelectMultipleField(_l("What goes with it"), validators=[Optional()])
    text = RichTextField(_l("Our text"))
    no_comments = BooleanField(_l("No comments here"))

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
        self.text.data = content.body
        self.no_comments.data = content.no_comments
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields; an old or missing token becomes a sentence that says what to do."""
        is_valid: bool = super().validate(extra_validators)
        token = self["csrf_token"]
        if token.errors:
            self.token_is_old = True
            token.errors = []
            message = _("The page had been open for too long. Nothing is lost: send it once more.")
            self.form_errors.append(message)
        return is_valid

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

    def content_for(self, part: "Part") -> PartContent:
        """All that the form holds, as a value; what is not asked of the part stays as it is."""
        asks_stance = part.kind is PartKind.PROPOSAL
        stance = self.stance.data
        return PartContent(
            heading=part.heading if part.kind in ANSWERED else (self.heading.data or ""),
            body=self.text.data,
            stance=Stance(stance) if asks_stance and stance in set(Stance) else None,
            modifiers=tuple(
                StanceModifier(one) for one in (self.modifiers.data or ()) if asks_stance
            ),
            no_comments=bool(self.no_comments.data),
        )


_ROLES = {PartKind.OWN: _l("Text of our own")}
"""What a part of a report is called where it is chosen, where that is not its usual label."""


class LeaveOutForm(Form):
    """Which passages are left out, and why. The choice of passages stands beside each of them."""

    reason = StringField(_l("Why they are not used"), validators=[Optional(), Length(max=1000)])


class HeadingForm(Form):
    """A heading of our own; in a report also what stands under it, and what that is about."""

    roles: frozenset[str] = frozenset()

    new_heading = StringField(_l("New heading"), validators=[Optional(), Length(max=400)])
    new_role = SelectField(_l("What stands there"), validators=[Optional()])
    new_about = SelectField(_l("What it is about"), validators=[Optional()])
    new_depth = SelectField(_l("Place"), validators=[Optional()])

    def offer(
        self, themes: "Sequence[ThemeRow]", proposals: "Sequence[Proposal]", *, language: str
    ) -> "HeadingForm":
        """Fill in what a part of a report can be, and be about."""
        written = (
            PartKind.OWN,
            PartKind.FINDING,
            PartKind.VIEWS,
            PartKind.ASSESSMENT,
            PartKind.QUESTIONS_BACK,
        )
        self.new_role.choices = [
            *((one.value, _(_ROLES.get(one, PART_KIND_LABELS[one]))) for one in written),
            *((f"block:{one.value}", _(BLOCK_LABELS[one])) for one in BlockKind),
        ]
        self.new_about.choices = [
            ("", _("Nothing in particular")),
            *((f"theme:{one.public_id}", one.full_name) for one in themes),
            *((f"proposal:{one.key}", localised(one.title, language)) for one in proposals),
        ]
        self.new_depth.choices = [
            ("1", _("A chapter")),
            ("2", _("Part of the chapter")),
            ("front", _("A chapter without a number")),
            ("appendix", _("An appendix")),
        ]
        self.roles = frozenset(choice[0] for choice in self.new_role.choices)
        return self

    @property
    def role(self) -> str:
        """What was chosen, or text of our own."""
        return self.new_role.data if self.new_role.data in self.roles else PartKind.OWN.value
