"""The form for writing down an answer that came on paper, by phone or in person."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    Field,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, Optional

from consult.blueprints.desk.forms.intake import DetailsForm, one_line, place_title
from consult.blueprints.shared.context import current_locale
from consult.blueprints.shared.forms import member_of
from consult.domain.intake.details import HAND_CHANNELS, AnswerDetails
from consult.domain.intake.queries import Closed, Place, place_refused
from consult.domain.intake.types import GENERAL
from consult.domain.rounds.types import QuestionKind
from consult.domain.submissions.types import (
    ASSISTANT_LABELS,
    STANCE_LABELS,
    AssistantRole,
    Channel,
    Relay,
    Stance,
    WrittenAnswer,
)
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import localised


class HandForm(DetailsForm):
    """An answer written down by hand; :func:`hand_form` adds the fields of the round's places."""

    is_undated = BooleanField(_l("It has no date"))
    file = FileField(_l("Scan or document"))
    is_read_back = BooleanField(
        _l("I have read it aloud, and the caller has confirmed it"),
        description=_l(
            "Until then the answer waits under «To be checked», and does not count as received."
        ),
    )
    with_interpreter = BooleanField(_l("An interpreter took part"))
    spoken_language = StringField(
        _l("Language of the conversation"),
        validators=[Optional(), Length(max=60)],
        filters=[one_line],
        description=_l("Where it is another one than the language you write the answer down in."),
    )
    assistant = SelectField(_l("Who helped"), validators=[Optional()])
    assistance = StringField(
        _l("How"),
        validators=[Optional(), Length(max=300)],
        filters=[one_line],
        description=_l("For example: wrote down what was said. No names."),
    )
    places: Sequence[Place] = ()

    def __init__(self, details: AnswerDetails) -> None:
        super().__init__(details, channels=HAND_CHANNELS)
        self.channel.data = details.channel.value  # no field of the page: each way has its own
        self.assistant.choices = [
            ("", _("Nobody")),
            *((role.value, _(label)) for role, label in ASSISTANT_LABELS.items()),
        ]

    @property
    def came_as(self) -> Channel:
        """The channel that the page is about."""
        return Channel(self.channel.data)

    @property
    def is_spoken(self) -> bool:
        """Whether it was said and not written, so that it has no date of its own."""
        return self.came_as is Channel.PHONE

    @property
    def details(self) -> AnswerDetails:
        """What the form says; what was spoken has no date."""
        if self.is_spoken:
            self.is_undated.data, self.document_date.data = True, None
        return super().details

    @property
    def relay(self) -> Relay:
        """How it came by another person's hand."""
        assistant = member_of(AssistantRole, self.assistant.data)
        return Relay(
            posted_on=None if self.is_spoken else self.posted_on.data,
            is_read_back=self.is_spoken and bool(self.is_read_back.data),
            spoken_language=self.spoken_language.data or None,
            with_interpreter=bool(self.with_interpreter.data),
            assistant=assistant,
            assistance=(self.assistance.data or None) if assistant else None,
        )

    def written(self) -> dict[str, WrittenAnswer]:
        """What was written and chosen at each place, by its key."""
        found = {GENERAL: WrittenAnswer(self["text_general"].data or "")}
        for index, place in enumerate(self.places):
            stance, scale = self._value("stance", index), self._value("scale", index)
            choice = self._value("choice", index)
            chosen = tuple(self._value("choices", index) or ([choice] if choice else ()))
            found[place.key] = WrittenAnswer(
                text=self._value("text", index) or "",
                stance=member_of(Stance, stance),
                choices=chosen,
                scale_value=int(scale) if scale else None,
            )
        return found

    def _value(self, name: str, index: int) -> Any:
        """What a field of a place holds, if the place has such a field."""
        field = f"{name}_{index}"
        return self[field].data if field in self else None

    def refuse_details(self, error: InvalidInput, places: Sequence[Place]) -> None:
        """Show what the rules of registering refuse; a place's text has its own field here."""
        if error.field != "text":
            super().refuse_details(error, places)
            return
        place = place_refused(error, self.places)
        name = f"text_{self.places.index(place)}" if place else "text_general"
        self.refuse(InvalidInput(name, error.reason), {})

    def fields_of(self, index: int) -> list[Field]:
        """The fields of one place: what there is to choose, and text."""
        names = [f"{name}_{index}" for name in ("stance", "choice", "choices", "scale", "text")]
        return [self[name] for name in names if name in self]


def hand_form(details: AnswerDetails, places: Sequence[Place]) -> HandForm:
    """The form for writing down an answer to the round's questions and proposals."""
    fields: dict[str, Any] = {
        "places": tuple(places),
        "text_general": TextAreaField(_("About the consultation as a whole")),
    }
    stances = {"": _("No stance"), **{one.value: _(STANCE_LABELS[one]) for one in Stance}}
    for index, place in enumerate(places):
        title = f"{place.label}. {localised(place.title, current_locale())}"
        if place.takes_stance:
            label = _("Stance on %(place)s", place=place_title(place))
            fields[f"stance_{index}"] = SelectField(label, choices=stances)
        if place.closed is not None:
            name, field = _choosing(place.closed, title)
            fields[f"{name}_{index}"] = field
            title = _("What was said besides, at %(place)s", place=place_title(place))
        fields[f"text_{index}"] = TextAreaField(title)
    form: HandForm = type("RoundHandForm", (HandForm,), fields)(details)
    return form


def _choosing(closed: Closed, title: str) -> tuple[str, Field]:
    """The field for choosing at a question, and what its name begins with."""
    options = {one.key: localised(one.labels, current_locale()) for one in closed.options}
    if closed.kind is QuestionKind.MULTIPLE:
        return "choices", SelectMultipleField(title, choices=options, validators=[Optional()])
    name, nothing = "choice", {"": _("Not answered")}
    if closed.kind is QuestionKind.SCALE and (scale := closed.scale) is not None:
        words = {scale.minimum: scale.low, scale.maximum: scale.high}
        steps = range(scale.minimum, scale.maximum + 1)
        name, options = "scale", {str(step): _step(step, words.get(step)) for step in steps}
    return name, SelectField(title, choices={**nothing, **options})


def _step(step: int, words: dict[str, str] | None) -> str:
    return f"{step} – {localised(words, current_locale())}" if words else str(step)
