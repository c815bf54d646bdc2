"""Forms of meetings."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    DateField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from consult.blueprints.desk.forms.intake import kind_choices
from consult.blueprints.shared.context import localise
from consult.blueprints.shared.forms import Form
from consult.domain.meetings.types import (
    MAX_PARTICIPANTS,
    MEETING_KIND_LABELS,
    Area,
    MeetingDetails,
    MeetingKind,
    PromptSpec,
)
from consult.kernel.clock import OSLO, to_oslo
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import LANGUAGE_NAMES
from consult.kernel.text.plain import excerpt

if TYPE_CHECKING:
    from consult.domain.meetings.models import Meeting
    from consult.domain.rounds.models import Question

_REQUIRED = _l("Fill in this field.")
_AREAS = 5


class DetailsForm(Form):
    """What is said of a meeting."""

    kind = SelectField(_l("Kind of meeting"))
    title = StringField(
        _l("Name of the meeting"), validators=[DataRequired(_REQUIRED), Length(max=200)]
    )
    place = StringField(_l("Place"), validators=[DataRequired(_REQUIRED), Length(max=200)])
    organiser = StringField(
        _l("Who held it"), validators=[DataRequired(_REQUIRED), Length(max=200)]
    )
    day = DateField(_l("Day"), validators=[DataRequired(_l("Give the day."))])
    starts = TimeField(_l("From"), validators=[InputRequired(_l("Give the time it began."))])
    ends = TimeField(_l("To"), validators=[InputRequired(_l("Give the time it ended."))])
    language = SelectField(_l("Language of the notes"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [(one.value, _(MEETING_KIND_LABELS[one])) for one in MeetingKind]
        self.language.choices = list(LANGUAGE_NAMES.items())

    @property
    def details(self) -> MeetingDetails:
        """What the form says; times are those of a clock in Norway."""
        day, starts, ends = self.day.data, self.starts.data, self.ends.data
        if day is None or starts is None or ends is None:
            raise InvalidInput("day", "required")
        return MeetingDetails(
            kind=MeetingKind(self.kind.data),
            title=self.title.data or "",
            place=self.place.data or "",
            organiser=self.organiser.data or "",
            starts_at=datetime.combine(day, starts, tzinfo=OSLO),
            ends_at=datetime.combine(day, ends, tzinfo=OSLO),
            language=self.language.data,
        )


def details_data(meeting: "Meeting") -> dict[str, object]:
    """What stands in the form of a meeting that there is."""
    starts, ends = to_oslo(meeting.starts_at), to_oslo(meeting.ends_at)
    return {
        "kind": meeting.kind.value,
        "title": meeting.title,
        "place": meeting.place,
        "organiser": meeting.organiser,
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "language": meeting.language,
    }


class NewMeetingForm(DetailsForm):
    """A meeting with its tables and what they talk about."""

    hosts = TextAreaField(
        _l("Groups"),
        validators=[DataRequired(_l("There must be at least one group.")), Length(max=4000)],
        description=_l(
            "One group on each line: the name or role of its table host, or just a number."
        ),
    )
    questions = SelectMultipleField(
        _l("Questions of the round that the groups talk about"), validators=[Optional()]
    )
    own_prompts = TextAreaField(
        _l("Other things to talk about"),
        validators=[Optional(), Length(max=4000)],
        description=_l("One on each line."),
    )

    def offer(self, questions: "list[Question]") -> "NewMeetingForm":
        """Fill in the questions of the round, all of them ticked at first."""
        self.questions.choices = [
            (question.key, excerpt(localise(question.text), 140)) for question in questions
        ]
        if not self.is_submitted():
            self.questions.data = [question.key for question in questions]
        return self

    @property
    def prompts(self) -> list[PromptSpec]:
        """What the groups talk about, the round's questions first."""
        own = (line.strip() for line in (self.own_prompts.data or "").splitlines())
        return [
            *(PromptSpec(question=key) for key in self.questions.data or ()),
            *(PromptSpec(text=line) for line in own if line),
        ]

    @property
    def host_names(self) -> list[str]:
        """One entry for each group."""
        return [line.strip() for line in (self.hosts.data or "").splitlines() if line.strip()]


class ParticipantsForm(Form):
    """How many of one kind took part."""

    kind = SelectField(_l("Kind of participant"), validators=[DataRequired(_l("Choose one."))])
    number = IntegerField(
        _l("How many"),
        validators=[
            InputRequired(_l("Write a whole number.")),
            NumberRange(0, MAX_PARTICIPANTS, _l("Write a whole number.")),
        ],
        description=_l("No names. Write 0 to take a kind off the list."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = kind_choices()
        self.kind.choices = {group: choices[group] for group in reversed(choices)}


class OrganisationForm(Form):
    """An organisation that took part."""

    name = StringField(
        _l("Organisation"),
        validators=[DataRequired(_l("Write the name of a registered organisation."))],
        render_kw={"list": "organisations", "autocomplete": "off"},
    )


class GroupForm(Form):
    """One more table."""

    host = StringField(_l("Table host"), validators=[Optional(), Length(max=200)])


class PictureForm(Form):
    """A photo of a flip chart."""

    file = FileField(
        _l("Photo"),
        validators=[FileRequired(_l("Choose a photo."))],
        render_kw={"accept": "image/jpeg,image/png,image/webp"},
    )


class ReviewForm(Form):
    """What must be blurred in a photo, and the words that say what it shows.

    Each row of four numbers is a rectangle in per cent of the picture.
    """

    text = TextAreaField(
        _l("What the picture says, in words"),
        validators=[Optional(), Length(max=4000)],
        description=_l(
            "For those who cannot see it. Write out what stands on the flip chart, without names. "
            "Needed before the picture can be published."
        ),
    )

    @property
    def areas(self) -> tuple[Area, ...]:
        """The rectangles; rows left empty are left out."""
        rows = [[self[name].data for name in row_names(row)] for row in range(_AREAS)]
        return tuple(Area(*row) for row in rows if all(value is not None for value in row))

    @property
    def half_filled(self) -> list[int]:
        """Rows in which some numbers are missing."""
        rows = [[self[name].data for name in row_names(row)] for row in range(_AREAS)]
        return [i for i, row in enumerate(rows) if 0 < sum(v is not None for v in row) < 4]


def row_names(row: int) -> tuple[str, str, str, str]:
    """The names of the fields of a rectangle."""
    left, top, width, height = (f"area_{row}_{side}" for side in _SIDES)
    return left, top, width, height


_SIDES = ("left", "top", "width", "height")
AREA_ROWS = range(_AREAS)


def review_data(areas: tuple[Area, ...], text: str) -> dict[str, object]:
    """What stands in the form of a picture that was reviewed before."""
    data: dict[str, object] = {"text": text}
    for row, area in zip(AREA_ROWS, areas, strict=False):
        values = (area.left, area.top, area.width, area.height)
        data.update(zip(row_names(row), values, strict=True))
    return data


def _add_area_fields() -> None:
    labels = (_l("From the left"), _l("From the top"), _l("Width"), _l("Height"))
    per_cent = NumberRange(0, 100, _l("Write a number from 0 to 100."))
    for row in AREA_ROWS:
        for name, label in zip(row_names(row), labels, strict=True):
            setattr(ReviewForm, name, IntegerField(label, validators=[Optional(), per_cent]))


_add_area_fields()
