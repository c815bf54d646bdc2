"""Numbers and names in a report's prose that come from the data, and references to its parts.

The words in the text are what the value was when they were written; what is printed is what it is
in the data (ADR 54). All pure.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from consult.domain.analysis.rules import AGAINST
from consult.domain.documents.building.counted import Position
from consult.domain.documents.building.figures import Figures
from consult.domain.documents.building.senders import is_listed, names_of
from consult.domain.documents.building.wording import Wording
from consult.domain.documents.types import Column, Row, Table, Text
from consult.domain.organisations.types import ACTOR_GROUP_LABELS, ActorGroup
from consult.domain.reports.language.names import short_form_of
from consult.kernel.i18n import N_, localised
from consult.kernel.text.rich import types as rich

REFERENCE = "at."
"""Begins the ids of references: what follows is an anchor of the document."""

_BODY = "body."


class BoundGroup(StrEnum):
    """Where a value stands in the list that one chooses from."""

    ANSWERS = "answers"
    THEMES = "themes"
    PROPOSALS = "proposals"
    DATES = "dates"
    NAMES = "names"


BOUND_GROUP_LABELS: dict[BoundGroup, str] = {
    BoundGroup.ANSWERS: N_("Answers and senders"),
    BoundGroup.THEMES: N_("Who speaks of a theme"),
    BoundGroup.PROPOSALS: N_("For and against a proposal"),
    BoundGroup.DATES: N_("Dates"),
    BoundGroup.NAMES: N_("Names"),
}


@dataclass(frozen=True, slots=True)
class BoundValue:
    """Something that a text can say, as the data have it.

    Attributes:
        id: What the mark in the text names.
        label: What it is, in the report's language.
        words: How it is printed.
        short: How it is printed from the second time on, where that is shorter.
    """

    id: str
    group: BoundGroup
    label: str
    words: str
    short: str = ""


@dataclass(frozen=True, slots=True)
class BoundPlace:
    """Words in a text that are a value, with the paragraph around them."""

    id: str
    words: str
    paragraph: str


Values = Mapping[str, BoundValue]


def values_of(figures: Figures, say: Wording, *, proposed: int) -> Values:
    """All that can be said, by id. What the rule for small groups hides is not among it.

    Args:
        figures: Of the data that the report rests on.
        say: The report's language.
        proposed: How many proposals the report has.
    """
    found = [
        *_answers(figures, say, proposed),
        *_themes(figures, say),
        *_proposals(figures, say),
        *_dates(figures, say),
        *_bodies(figures),
    ]
    return {one.id: one for one in found}


def _answers(figures: Figures, say: Wording, proposed: int) -> Iterator[BoundValue]:
    organisations = {
        body.sender
        for one in figures.analysed
        for body in one.bodies
        if body.actor_type.is_organisation
    }
    counts = (
        ("received", N_("Answers received"), len(figures.data.answers)),
        ("answers", N_("Answers analysed"), len(figures.analysed)),
        ("organisations", N_("Organisations that have answered"), len(organisations)),
        ("invited", N_("Bodies that were asked"), len(figures.data.invited)),
        ("invited.answered", N_("Bodies that were asked and answered"), figures.invited_answered),
        ("proposed", N_("Proposals in this report"), proposed),
    )
    for name, label, number in counts:
        yield BoundValue(name, BoundGroup.ANSWERS, say.gettext(label), say.number(number))
    by_group = figures.count_by(lambda one: one.group)
    persons_are_few = figures.small.hides(by_group[ActorGroup.PEOPLE])
    for group in figures.groups_told:
        if group is ActorGroup.PEOPLE and persons_are_few:
            continue
        told = say.gettext(ACTOR_GROUP_LABELS[group])
        label = say.gettext(N_("Answers from: %(group)s"), group=told)
        yield BoundValue(f"group.{group}", BoundGroup.ANSWERS, label, say.number(by_group[group]))


def _themes(figures: Figures, say: Wording) -> Iterator[BoundValue]:
    for theme in figures.data.themes:
        if not figures.is_told_of(theme.key):
            continue
        tally = figures.tally(figures.passages_on(theme.key))
        counts = [
            ("organisations", N_("Organisations that speak of “%(theme)s”"), tally.organisations)
        ]
        if not figures.hides_persons(theme.key):
            counts += [
                ("senders", N_("Senders who speak of “%(theme)s”"), tally.senders),
                ("answers", N_("Answers that speak of “%(theme)s”"), tally.answers),
            ]
        for name, label, number in counts:
            yield BoundValue(
                f"theme.{theme.key}.{name}",
                BoundGroup.THEMES,
                say.gettext(label, theme=theme.name),
                say.number(number),
            )


def _proposals(figures: Figures, say: Wording) -> Iterator[BoundValue]:
    for proposal in figures.data.proposals:
        found = figures.proposal(proposal.key)
        title = localised(proposal.title, say.locale)
        counts: tuple[tuple[str, str, tuple[Position, ...]], ...] = (
            ("addressing", N_("Those who address “%(proposal)s”"), found.addressing),
            ("for", N_("Those who support “%(proposal)s”"), found.supporting),
            ("against", N_("Those who are against “%(proposal)s”"), found.with_value(*AGAINST)),
        )
        for name, label, positions in counts:
            told = say.gettext(label, proposal=title)
            stem = f"proposal.{proposal.key}.{name}"
            yield BoundValue(stem, BoundGroup.PROPOSALS, told, say.number(len(positions)))
            names = names_of([one.answer for one in positions], say)
            if names:
                label_of_names = say.gettext(N_("%(whom)s: the names"), whom=told)
                words = say.join_names(names)
                yield BoundValue(f"{stem}.names", BoundGroup.PROPOSALS, label_of_names, words)


def _dates(figures: Figures, say: Wording) -> Iterator[BoundValue]:
    about = figures.data.round
    for name, label, moment in (
        ("opened", N_("The day the round opened"), about.opens_at),
        ("closed", N_("The last day for answers"), about.closes_at),
    ):
        yield BoundValue(name, BoundGroup.DATES, say.gettext(label), say.day(moment))


def _bodies(figures: Figures) -> Iterator[BoundValue]:
    """Those who may be named: in full the first time, by their short form after that."""
    for answer in sorted(figures.analysed, key=lambda one: one.name.casefold()):
        if answer.actor_type.is_organisation and is_listed(answer):
            yield BoundValue(
                f"{_BODY}{answer.number}",
                BoundGroup.NAMES,
                answer.name,
                answer.name,
                short=short_form_of(answer.name),
            )


def places_of(text: rich.RichText) -> Iterator[BoundPlace]:
    """Every place in a text that says a value or refers to something."""
    for block in text.blocks:
        for bound, parts in groupby(block.content, key=_bound):
            if bound:
                yield BoundPlace(bound, _words(parts), block.words)


def resolve(text: rich.RichText, values: Values, named: set[str]) -> rich.RichText:
    """The text as it is printed: every value as the data have it, references left as they are.

    What the data do not have keeps the words that were written.

    Args:
        text: What was written.
        values: By id.
        named: Ids of the bodies that the reader has met; those in this text are added.
    """

    def printed(place: str, words: str, _paragraph: str) -> str:
        value = values.get(place)
        if value is None:
            return words
        is_known = place in named
        named.add(place)
        return value.short if value.short and is_known else value.words

    return _changed(text, printed)


def restate(text: rich.RichText, place: BoundPlace, words: str) -> rich.RichText:
    """The text with other words for a value in one paragraph."""

    def said(bound: str, old: str, paragraph: str) -> str:
        return words if (bound, paragraph) == (place.id, place.paragraph) else old

    return _changed(text, said)


def has_changed(place: BoundPlace, value: BoundValue) -> bool:
    """Whether a value is another than the one that the sentence was written for."""
    return value.group is not BoundGroup.NAMES and place.words != value.words


def origin_table(
    texts: Iterable[rich.RichText], values: Values, say: Wording, *, name: str
) -> Table | None:
    """Where the numbers in the text come from: each value that it says, and what it counts."""
    used = dict.fromkeys(place.id for text in texts for place in places_of(text))
    rows = tuple(
        Row(((Text(one.label),), (Text(one.words),)))
        for bound in used
        if (one := values.get(bound)) and one.group is not BoundGroup.NAMES
    )
    if not rows:
        return None
    columns = (
        Column(say.gettext(N_("What it is")), weight=3),
        Column(say.gettext(N_("In the text")), weight=2),
    )
    caption = say.gettext(N_("Numbers in the text that come from the frozen data"))
    return Table(name, caption, columns, rows)


def _changed(text: rich.RichText, words: Callable[[str, str, str], str]) -> rich.RichText:
    """The text with the words at each place changed; they keep the marks of the first of them."""
    blocks = []
    for block in text.blocks:
        content: list[rich.Inline] = []
        for bound, group in groupby(block.content, key=_bound):
            parts = list(group)
            first = next((one for one in parts if isinstance(one, rich.Text)), None)
            if bound and first is not None and not bound.startswith(REFERENCE):
                parts = [replace(first, text=words(bound, _words(parts), block.words))]
            content += parts
        blocks.append(replace(block, content=tuple(content)))
    return rich.RichText(tuple(blocks))


def _bound(part: rich.Inline) -> str | None:
    return part.marks.bound if isinstance(part, rich.Text) else None


def _words(parts: Iterable[rich.Inline]) -> str:
    return "".join(part.text for part in parts if isinstance(part, rich.Text))
