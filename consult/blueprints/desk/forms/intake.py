"""Forms of taking answers in."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Email, Length, Optional

from consult.blueprints.shared.context import current_locale
from consult.blueprints.shared.forms import Form, member_of
from consult.domain.intake.correcting import BlockEdit
from consult.domain.intake.details import (
    REGISTERED_CHANNELS,
    AnswerDetails,
    LateChoice,
    Lateness,
    check_details,
)
from consult.domain.intake.explaining import ROUND_REFUSALS
from consult.domain.intake.queries import Place, place_refused
from consult.domain.intake.service.importing import resolve_sender
from consult.domain.intake.types import BlockRole
from consult.domain.organisations.types import (
    ACTOR_GROUP_LABELS,
    ACTOR_TYPE_LABELS,
    ActorGroup,
    ActorType,
)
from consult.domain.rounds.types import RoundStatus
from consult.domain.submissions.types import (
    CHANNEL_LABELS,
    PUBLICATION_LABELS,
    Channel,
    Publication,
    Relay,
    Signer,
)
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import LANGUAGE_NAMES, localised
from consult.kernel.text.plain import canonical, excerpt

ACCEPTED_FILES = ".docx,.odt,.pdf,.txt"
_FIELDS = {
    "actor_type": "kind",
    "name": "sender",
    "signers": "signatories",
    "reason": "late_reason",
}
"""The fields of the form by what the rules call them."""


def kind_choices(empty: str | None = None) -> dict[str, list[tuple[str, str]]]:
    """Kinds of sender in their groups, after a choice of none when ``empty`` names one."""
    choices: dict[str, list[tuple[str, str]]] = {}
    if empty is not None:
        choices[_("Not chosen")] = [("", empty)]
    for group in ActorGroup:
        kinds = [kind for kind in ActorType if kind.group is group]
        choices[_(ACTOR_GROUP_LABELS[group])] = [
            (kind.value, _(ACTOR_TYPE_LABELS[kind])) for kind in kinds
        ]
    return choices


def one_line(value: str | None) -> str | None:
    """The text on one line, without signs that no database takes."""
    return " ".join(canonical(value).split()) if value else value


class SenderForm(Form):
    """Who an answer is from."""

    sender = StringField(
        _l("Sender"),
        validators=[Optional(), Length(max=250)],
        filters=[one_line],
        description=_l("A registered organisation, or another name as it stands on the answer."),
        render_kw={"list": "organisations", "autocomplete": "off"},
    )
    kind = SelectField(_l("Kind of sender"), validators=[Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = kind_choices(_("As registered"))

    @property
    def actor_type(self) -> ActorType | None:
        """The chosen kind of sender."""
        return member_of(ActorType, self.kind.data)


class UploadForm(SenderForm):
    """A document to import."""

    file = FileField(
        _l("Document"),
        validators=[FileRequired(_l("Choose a file to import."))],
        render_kw={"accept": ACCEPTED_FILES},
    )
    redact = BooleanField(
        _l("Take identity numbers out"),
        description=_l("We keep the text without the numbers, and not the file."),
    )


class DetailsForm(SenderForm):
    """What is said of an answer besides its text."""

    is_undated = BooleanField(_l("The letter has no date"))
    document_date = DateField(_l("Date of the letter"), validators=[Optional()])
    their_ref = StringField(
        _l("The sender's reference"),
        validators=[Optional(), Length(max=100)],
        filters=[one_line],
        description=_l("The sender's own case number or reference, where the letter has one."),
    )
    signatories = TextAreaField(
        _l("Signed by"),
        validators=[Optional(), Length(max=4000)],
        description=_l("One person on each line: name, then a comma and the title."),
    )
    received_on = DateField(
        _l("Received"), validators=[DataRequired(_l("Give the day the answer arrived."))]
    )
    channel = SelectField(_l("Came as"))
    language = SelectField(_l("Language of the answer"))
    publication = SelectField(_l("Publication"), validators=[Optional()])
    has_no_comments = BooleanField(
        _l("The sender says that they have no comments"),
        description=_l("A complete answer, which supports nothing and opposes nothing."),
    )
    despite_same_file = BooleanField(_l("Register the same file once more"))
    contact_name = StringField(
        _l("Contact person"),
        validators=[Optional(), Length(max=200)],
        filters=[one_line],
        description=_l("Whom to ask about the answer. Never published."),
    )
    contact_email = EmailField(
        _l("The sender's e-mail"),
        validators=[
            Optional(),
            Email(_l("Write an e-mail address, such as kari@example.no.")),
            Length(max=254),
        ],
        filters=[one_line],
        description=_l("The receipt goes here. Never published."),
    )
    sends_receipt = BooleanField(
        _l("Mail the sender a receipt"),
        default=True,
        description=_l(
            "With every word of the answer and a personal link, where you gave an address."
        ),
    )
    posted_on = DateField(
        _l("Posted"),
        validators=[Optional()],
        description=_l("The day of the postmark, if it can be read."),
    )
    late = RadioField(_l("Shall the answer count?"), validators=[Optional()], validate_choice=False)
    late_reason = TextAreaField(
        _l("Why it counts, or does not"),
        validators=[Optional(), Length(max=500)],
        filters=[one_line],
        description=_l("Shown with the answer at the desk. Write nothing about persons."),
    )
    lateness: Lateness | None = None

    def __init__(
        self,
        details: AnswerDetails,
        *,
        channels: Sequence[Channel] = REGISTERED_CHANNELS,
    ) -> None:
        super().__init__(data=_form_data(details))
        self._before = details
        self.channel.choices = [(one.value, _(CHANNEL_LABELS[one])) for one in channels]
        self.language.choices = list(LANGUAGE_NAMES.items())
        self.late.choices = [
            ("included", _("Yes, it is included")),
            ("excluded", _("No, it came too late and is not included")),
        ]
        self.publication.choices = [
            ("", _("The sender has not said: with name for bodies, not on the web for people")),
            *((one.value, _(PUBLICATION_LABELS[one])) for one in Publication),
        ]

    @property
    def details(self) -> AnswerDetails:
        """What the form says."""
        return AnswerDetails(
            sender=self.sender.data or "",
            organisation_id=self._before.organisation_id,
            actor_type=self.actor_type,
            signatories=read_signatories(self.signatories.data or ""),
            document_date=self.document_date.data,
            is_undated=bool(self.is_undated.data),
            their_ref=self.their_ref.data or None,
            received_on=self.received_on.data,
            received_at=self._moment_before,
            channel=member_of(Channel, self.channel.data) or self._before.channel,
            language=self.language.data,
            publication=member_of(Publication, self.publication.data),
            has_no_comments=bool(self.has_no_comments.data),
            contact_name=self.contact_name.data or None,
            contact_email=self.contact_email.data or None,
            relay=self.relay,
            late=self._late_choice,
        )

    @property
    def relay(self) -> Relay:
        """How it came by another person's hand, as far as the form asks for it."""
        return Relay(posted_on=self.posted_on.data)

    @property
    def _moment_before(self) -> datetime | None:
        """The moment of arrival that was known, unless another day is given now."""
        is_same = self.received_on.data == self._before.received_on
        return self._before.received_at if is_same else None

    @property
    def _late_choice(self) -> LateChoice | None:
        if self.late.data not in {"included", "excluded"} or not self.late_reason.data:
            return None
        return LateChoice(self.late.data == "included", self.late_reason.data)

    def settle_lateness(self, lateness: Lateness | None) -> bool:
        """Whether nothing is left to decide; otherwise the question is asked in the form.

        Whatever else is missing is said with it, so that nobody is sent back twice.
        """
        self.lateness = lateness
        if lateness is None or self._late_choice is not None:
            return True
        if not self.late.data:
            self.add_error(self.late, _("It came after the deadline. Choose whether it counts."))
        if not self.late_reason.data:
            self.add_error(self.late_reason, _("Write why."))
        try:
            check_details(resolve_sender(self.details), now=utc_now())
        except InvalidInput as error:
            self.refuse_details(error, ())
        return False

    def refuse_details(self, error: InvalidInput, places: Sequence[Place]) -> None:
        """Show all that the rules of registering refuse, each at the field that must change.

        The text of a document has no field here: which of the round's ``places`` it stands at is
        said at the top of the form; so is that the round takes no answers.
        """
        for one in (error, *error.further):
            self._refuse_detail(one, places)

    def _refuse_detail(self, error: InvalidInput, places: Sequence[Place]) -> None:
        if error.field == "round":
            self.form_errors.append(_(ROUND_REFUSALS[RoundStatus(error.reason)]))
            return
        if error.field == "text":
            place = place_refused(error, places)
            self.form_errors.append(
                _(
                    "There is a national identity number (11 digits) in the text at «%(place)s». "
                    "We never store those, so nothing is registered yet. Go back to «Check the "
                    "document», take the number out of the block, and register again.",
                    place=place_title(place) if place else _("The consultation as a whole"),
                )
            )
            return
        field = _FIELDS.get(error.field, error.field)
        reason = error.reason
        if reason == "required" and field in {"kind", "sender"}:
            reason = f"{field}_required"
        self.refuse(
            InvalidInput(field, reason),
            {
                "sender_required": _("Write who the answer is from."),
                "kind_required": _("Choose what kind of sender this is."),
                "undecided": _("Give the date of the letter, or tick that it has none."),
                "both": _("Give the date of the letter or tick that it has none, not both."),
                "after_received": _("The letter cannot be dated after the day it arrived.")
                if field == "document_date"
                else _("The letter cannot have been posted after the day it arrived."),
                "future": _("The answer cannot have arrived on a day to come."),
                "required": _("Give the day the answer arrived."),
                "too_long": _("This is too long. Shorten it."),
            },
        )


def place_title(place: Place) -> str:
    """A question or proposal under its number, on one line."""
    return f"{place.label}. {excerpt(localised(place.title, current_locale()), 80)}"


def _form_data(details: AnswerDetails) -> dict[str, Any]:
    return {
        "sender": details.sender,
        "kind": details.actor_type.value if details.actor_type else "",
        "is_undated": details.is_undated,
        "document_date": details.document_date,
        "their_ref": details.their_ref,
        "signatories": write_signatories(details.signatories),
        "received_on": details.received_on,
        "channel": details.channel.value,
        "language": details.language,
        "publication": details.publication.value if details.publication else "",
        "has_no_comments": details.has_no_comments,
        "contact_name": details.contact_name,
        "contact_email": details.contact_email,
        "sends_receipt": True,
        "posted_on": details.relay.posted_on,
    }


def read_signatories(text: str) -> tuple[Signer, ...]:
    """People from lines of "name, title"; the title may be missing."""
    people = []
    for line in canonical(text).splitlines():
        name, _comma, title = (part.strip() for part in line.partition(","))
        if name:
            people.append(Signer(name[:200], title[:200] or None))
    return tuple(people)


def write_signatories(people: Sequence[Signer]) -> str:
    """Lines of "name, title"."""
    return "\n".join(f"{one.name}, {one.title}" if one.title else one.name for one in people)


class KindForm(Form):
    """Another kind for a sender."""

    kind = SelectField(_l("Kind of sender"))
    reason = TextAreaField(
        _l("Why"),
        validators=[DataRequired(_l("Write why you change it.")), Length(max=500)],
        filters=[one_line],
        description=_l("Kept in the log. Write nothing about persons."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = kind_choices()


def role_code(role: BlockRole, level: int) -> str:
    """What a block is, as the value of a choice."""
    return f"{role.value}:{level}"


def read_edits(values: Mapping[str, str]) -> dict[int, BlockEdit]:
    """How each block on the page shall be. Raises ``InvalidInput`` for what no page sends."""
    edits = {}
    for name, code in values.items():
        prefix, _dash, number = name.partition("-")
        if prefix != "role" or not number.isdigit():
            continue
        role, _colon, level = code.partition(":")
        if role not in set(BlockRole) or not level.isdigit():
            raise InvalidInput("role", "unknown")
        edits[int(number)] = BlockEdit(
            role=BlockRole(role),
            level=min(int(level), 9),
            text=values.get(f"text-{number}", ""),
            target=values.get(f"target-{number}", ""),
        )
    return edits
