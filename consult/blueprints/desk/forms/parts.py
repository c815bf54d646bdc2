"""Forms for the parts of a round: sections, proposals and questions."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, ClassVar, TypeVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from consult.blueprints.desk.forms.languages import (
    LanguageForm,
    Makers,
    derive,
    in_languages,
    line,
    prose,
)
from consult.blueprints.shared.forms import Form
from consult.domain.organisations.types import ACTOR_GROUP_LABELS, ActorGroup
from consult.domain.rounds.checking import CHOICE_KINDS, MAXIMUM_SCALE_STEPS
from consult.domain.rounds.types import (
    QUESTION_KIND_LABELS,
    Condition,
    Option,
    ProposalSpec,
    QuestionKind,
    QuestionSpec,
    Scale,
    SectionSpec,
)

SPARE_OPTIONS = 3
"""Empty rows offered after the options there are."""

Choices = Mapping[str, str]
P = TypeVar("P", bound="PlacedForm")


class SectionForm(LanguageForm):
    """A section of the paper."""

    by_language: ClassVar[Makers] = {"title": line, "body": prose, "plain": prose}
    required_texts = ("title",)

    @property
    def spec(self) -> SectionSpec:
        """The section as it was written."""
        return SectionSpec(
            title=self.texts("title"), body=self.texts("body"), plain=self.texts("plain")
        )


class PlacedForm(LanguageForm):
    """A part that may stand in a section of the paper."""

    section = SelectField(_l("Section of the paper it belongs to"), validators=[Optional()])

    def offer(self, *, sections: Choices, proposals: Choices) -> None:  # noqa: ARG002 -- for those who ask
        """Fill in what can be chosen: keys with their titles."""
        self.section.choices = {"": _("No section"), **sections}


class ProposalForm(PlacedForm):
    """A proposal."""

    by_language: ClassVar[Makers] = {"title": line, "text": prose}
    required_texts = ("title",)

    @property
    def spec(self) -> ProposalSpec:
        """The proposal as it was written."""
        return ProposalSpec(
            title=self.texts("title"), text=self.texts("text"), section=self.section.data or None
        )


class KindForm(Form):
    """How a question is answered."""

    kind = RadioField(
        _l("How is the question answered?"), validators=[DataRequired(_l("Choose one."))]
    )

    def __init__(self, **values: Any) -> None:
        """Offer every kind of question."""
        super().__init__(**values)
        self.kind.choices = {kind.value: _(QUESTION_KIND_LABELS[kind]) for kind in QuestionKind}


class QuestionForm(PlacedForm):
    """A question of a given kind; ``proposal``, options and scale stand where the kind needs them.

    Attributes:
        kind: How it is answered.
        option_rows: How many rows for options there are.
        option_keys: Keys of the options that the question has.
    """

    kind: QuestionKind
    option_rows: int = 0
    option_keys: frozenset[str] = frozenset()
    required_texts = ("text",)

    is_required = BooleanField(
        _l("The question must be answered"),
        description=_l('Use this rarely: "no comments" is always an answer.'),
    )

    is_private = BooleanField(
        _l("Answers are not for publication"),
        description=_l(
            "Those who answer are told so. You read, code and count the answers. They come into no "
            "page, document or file for others. Access on request is decided by law."
        ),
    )

    audience = SelectMultipleField(
        _l("Whom does it concern most?"),
        description=_l(
            "They see the question first. Everybody can answer it. "
            "Choose nobody if it concerns all alike."
        ),
    )

    shown_if = SelectMultipleField(
        _l("Ask only those who have answered"),
        description=_l(
            "Tick one or more answers to one earlier question. Without a tick everybody is asked."
        ),
        validators=[Optional()],
    )

    def offer(
        self, *, sections: Choices, proposals: Choices, values: Choices | None = None
    ) -> None:
        """Fill in what can be chosen: keys with their titles; values as ``question:value``."""
        super().offer(sections=sections, proposals=proposals)
        self.audience.choices = {
            group.value: _(label) for group, label in ACTOR_GROUP_LABELS.items()
        }
        if values:
            self.shown_if.choices = dict(values)
        else:
            del self.shown_if
        if "proposal" in self:
            self.proposal.choices = {"": _("Choose"), **proposals}

    @property
    def spec(self) -> QuestionSpec:
        """The question as it was written."""
        return QuestionSpec(
            kind=self.kind,
            text=self.texts("text"),
            help=self.texts("help"),
            is_required=bool(self.is_required.data),
            is_private=bool(self.is_private.data),
            audience=tuple(ActorGroup(group) for group in self.audience.data or ()),
            section=self.section.data or None,
            proposal=(self.proposal.data or None) if "proposal" in self else None,
            options=self._options(),
            scale=self._scale(),
            shown_if=self._condition(),
        )

    def meet(self, stored: Mapping[str, Any]) -> bool:
        """Compare options by key, not by row; an option that somebody added gets a row here."""
        if not self.is_submitted():
            named = {n: value for n, value in stored.items() if not n.startswith("option_key_")}
            return super().meet(named)
        rows = {self[f"option_key_{row}"].data: row for row in range(self.option_rows)}
        aligned = {name: value for name, value in stored.items() if "option_" not in name}
        for there in range(self.option_rows):
            key = stored.get(f"option_key_{there}")
            if not key:
                continue
            here = rows[key] if key in rows else self._first_empty_row()
            aligned |= {
                f"option_{here}_{language}": stored.get(f"option_{there}_{language}", "")
                for language in self.languages
            }
            if key not in rows:
                self._fill_row(here, key, aligned)
        return super().meet(aligned)

    def _first_empty_row(self) -> int:
        """The form has a row more for each option that it has not met."""
        return next(
            row
            for row in range(self.option_rows)
            if not self[f"option_key_{row}"].data
            and not any(text.strip() for text in self.texts(f"option_{row}").values())
        )

    def _fill_row(self, row: int, key: str, stored: Mapping[str, Any]) -> None:
        self[f"option_key_{row}"].data = key
        for language in self.languages:
            self[f"option_{row}_{language}"].data = stored[f"option_{row}_{language}"]

    @property
    def has_one_deciding_question(self) -> bool:
        """Whether all ticked values belong to the same question; puts a message there if not."""
        ticked = self.shown_if.data or [] if "shown_if" in self else []
        if len({value.partition(":")[0] for value in ticked}) <= 1:
            return True
        self.add_error(self.shown_if, _("Tick answers to one question only."))
        return False

    def _condition(self) -> Condition | None:
        pairs = (
            [value.partition(":") for value in self.shown_if.data or []]
            if "shown_if" in self
            else []
        )
        if not pairs:
            return None
        return Condition(pairs[0][0], tuple(value for _key, _colon, value in pairs))

    def _options(self) -> tuple[Option, ...]:
        """The rows that hold anything; a new row gets the first free key.

        A key that the question has not, or that came twice, is none: pages send them, not people.
        """
        found: list[Option] = []
        taken = set(self.option_keys)
        unmet = set(self.option_keys)
        for row in range(self.option_rows):
            labels = self.texts(f"option_{row}")
            if not any(text.strip() for text in labels.values()):
                continue
            key = self[f"option_key_{row}"].data
            if key not in unmet:
                key = _free_key(taken)
            unmet.discard(key)
            taken.add(key)
            found.append(Option(key, labels))
        return tuple(found)

    def _scale(self) -> Scale | None:
        if self.kind is not QuestionKind.SCALE:
            return None
        return Scale(self.minimum.data, self.maximum.data, self.texts("low"), self.texts("high"))


def question_form(
    kind: QuestionKind,
    languages: tuple[str, ...],
    *,
    option_rows: int,
    option_keys: Collection[str] = (),
) -> type[QuestionForm]:
    """The form of a kind of question, in the round's languages."""
    base = _question_base(kind, option_rows)
    return derive(in_languages(base, languages), {"option_keys": frozenset(option_keys)})


def placed(form: P, *, sections: Choices, proposals: Choices, **more: Choices) -> P:
    """The form with its lists filled in."""
    form.offer(sections=sections, proposals=proposals, **more)
    return form


def _question_base(kind: QuestionKind, option_rows: int) -> type[QuestionForm]:
    by_language: dict[str, Callable[[], Field]] = {"text": prose, "help": prose}
    attributes: dict[str, Any] = {"kind": kind, "option_rows": 0}
    if kind is QuestionKind.STANCE:
        attributes["proposal"] = SelectField(
            _l("Proposal it asks about"),
            validators=[DataRequired(_l("Choose the proposal that the stance is on."))],
        )
    if kind in CHOICE_KINDS:
        attributes["option_rows"] = option_rows
        for row in range(option_rows):
            by_language[f"option_{row}"] = line
            attributes[f"option_key_{row}"] = HiddenField()
    if kind is QuestionKind.SCALE:
        attributes |= _scale_fields()
        by_language |= {"low": line, "high": line}
        attributes["required_texts"] = ("text", "low", "high")
    attributes["by_language"] = by_language
    return derive(QuestionForm, attributes)


def _scale_fields() -> Mapping[str, IntegerField]:
    steps = NumberRange(-10, 100, _l("Write a whole number."))
    required = InputRequired(_l("Write a whole number."))
    return {
        "minimum": IntegerField(_l("From"), default=1, validators=[required, steps]),
        "maximum": IntegerField(
            _l("To"),
            default=5,
            validators=[required, steps],
            description=_l("A scale has at most 11 steps."),
        ),
    }


def scale_fits(form: QuestionForm) -> bool:
    """Whether the ends of a scale make 2 to 11 steps; puts the message at the field if not."""
    if form.kind is not QuestionKind.SCALE:
        return True
    steps = form.maximum.data - form.minimum.data + 1
    if 2 <= steps <= MAXIMUM_SCALE_STEPS:
        return True
    form.add_error(form.maximum, _("The end must be above the start, with at most 11 steps."))
    return False


def _free_key(taken: set[str]) -> str:
    number = 1
    while f"a{number}" in taken:
        number += 1
    return f"a{number}"
