"""The reader's choice of answers: out of the address, into it, and as chips that take it back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import request, url_for
from flask_babel import gettext as _

from consult.blueprints.shared.context import format_day
from consult.blueprints.shared.forms import member_of
from consult.domain.accounts.queries import names_by_reference
from consult.domain.analysis.filters import AnswerFilter, StanceOn
from consult.domain.analysis.queries.choosing import coders_of, counties_of, languages_of
from consult.domain.rounds.queries import list_proposals
from consult.domain.submissions.types import CHANNEL_LABELS, STANCE_LABELS, Channel, Stance
from consult.kernel.i18n import LANGUAGE_NAMES

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round

Address = Mapping[str, Sequence[str]]
"""The values of a page's address, by name."""

_OPEN = "narrow"
"""In the address: show the form."""
_DAYS = frozenset({"since", "until"})
_BETWEEN = ":"
"""Between a proposal's key and the stance on it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that may be chosen; ``language``: of its text, where it is the name of one."""

    value: str
    text: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class ChoiceField:
    """A property to narrow by, with its values."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    chosen: frozenset[str]


@dataclass(frozen=True, slots=True)
class Chip:
    """Something chosen, in words, and the address without it."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a page shows of the reader's choice.

    Attributes:
        address: The choice as values of an address.
        kept: What else stands in the address, and stays there.
        fields: What to choose from; nothing while nobody asks, as finding it takes time.
        opener: The same page with the form.
    """

    chosen: AnswerFilter
    fields: tuple[ChoiceField, ...]
    chips: tuple[Chip, ...]
    address: Address
    kept: Address
    action: str
    clear: str
    opener: str

    @property
    def hidden(self) -> list[tuple[str, Sequence[str]]]:
        """What the form carries along: all but what its own fields hold."""
        chosen = ((name, found) for name, found in self.address.items() if name not in _DAYS)
        return [*self.kept.items(), *chosen]


def read_filter() -> AnswerFilter:
    """The choice that the address holds; what is none is passed over."""
    values = request.args
    channels = (member_of(Channel, value) for value in values.getlist("channel"))
    stances = (_read_stance(value) for value in values.getlist("stance"))
    return AnswerFilter(
        languages=_texts("language"),
        channels=tuple(channel for channel in channels if channel),
        counties=_texts("county"),
        stances=tuple(stance for stance in stances if stance),
        coders=_texts("coder"),
        since=_read_day(values.get("since")),
        until=_read_day(values.get("until")),
    )


def _texts(name: str) -> tuple[str, ...]:
    """The values of a name, each once; a field that was left alone has none."""
    return tuple(dict.fromkeys(value for value in request.args.getlist(name) if value))


def _read_stance(value: str) -> StanceOn | None:
    proposal, _mark, name = value.rpartition(_BETWEEN)
    stance = member_of(Stance, name)
    return StanceOn(proposal, stance) if stance and proposal else None


def _read_day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value or "")
    except ValueError:
        return None


def address_of(chosen: AnswerFilter) -> dict[str, list[str]]:
    """The choice as values of an address."""
    found = {
        "language": list(chosen.languages),
        "channel": [channel.value for channel in chosen.channels],
        "county": list(chosen.counties),
        "stance": [f"{one.proposal}{_BETWEEN}{one.stance.value}" for one in chosen.stances],
        "coder": list(chosen.coders),
        "since": [chosen.since.isoformat()] if chosen.since else [],
        "until": [chosen.until.isoformat()] if chosen.until else [],
    }
    return {name: values for name, values in found.items() if values}


def narrowing_of(
    round_: "Round", chosen: AnswerFilter, endpoint: str, kept: Mapping[str, str | None]
) -> Narrowing:
    """The form and the chips of a page that can be narrowed.

    Args:
        round_: The round.
        chosen: What is chosen now.
        endpoint: The page, which takes the round's short name.
        kept: What else stands in its address.
    """
    address = address_of(chosen)
    is_open = bool(address) or _OPEN in request.args
    fields = tuple(_fields(round_, address)) if is_open else ()
    stays: dict[str, list[str]] = {name: [value] for name, value in kept.items() if value}
    return Narrowing(
        chosen=chosen,
        fields=fields,
        chips=tuple(
            Chip(text, page_address(endpoint, round_, stays | _without(address, name, value)))
            for name, value, text in _in_words(address, fields)
        ),
        address=address,
        kept=stays,
        action=url_for(endpoint, round_slug=round_.slug),
        clear=page_address(endpoint, round_, stays),
        opener=page_address(endpoint, round_, {**stays, _OPEN: "1"}),
    )


def page_address(endpoint: str, round_: "Round", values: Mapping[str, object]) -> str:
    """A page of a round with values in its address; the empty ones are left out."""
    wanted: dict[str, Any] = {name: value for name, value in values.items() if value}
    return url_for(endpoint, round_slug=round_.slug, **wanted)


def _fields(round_: "Round", address: Address) -> Iterator[ChoiceField]:
    coders = coders_of(round_.id)
    names = names_by_reference(coders)
    stances = [
        Choice(f"{proposal.key}{_BETWEEN}{stance.value}", f"{proposal.key}: {_(label)}")
        for proposal in list_proposals(round_.id)
        for stance, label in STANCE_LABELS.items()
    ]
    choices: dict[str, tuple[str, list[Choice]]] = {
        "language": (
            _("Written in"),
            [Choice(one, LANGUAGE_NAMES.get(one, one), one) for one in languages_of(round_.id)],
        ),
        "channel": (
            _("Came as"),
            [Choice(one.value, _(label)) for one, label in CHANNEL_LABELS.items()],
        ),
        "county": (_("County"), [Choice(one, one) for one in counties_of(round_.id)]),
        "stance": (_("Stance on a proposal"), stances),
        "coder": (
            _("Coded by"),
            [Choice(one, names.get(one, _("Nobody by name"))) for one in coders],
        ),
    }
    for name, (label, found) in choices.items():
        if found:
            yield ChoiceField(name, label, tuple(found), frozenset(address.get(name, ())))


def _in_words(address: Address, fields: Sequence[ChoiceField]) -> Iterator[tuple[str, str, str]]:
    """Name, value and words of everything chosen."""
    texts = {(f.name, choice.value): choice.text for f in fields for choice in f.choices}
    labels = {f.name: f.label for f in fields}
    for name, values in address.items():
        for value in values:
            if name == "since":
                yield name, value, _("From %(day)s", day=format_day(date.fromisoformat(value)))
            elif name == "until":
                yield name, value, _("Until %(day)s", day=format_day(date.fromisoformat(value)))
            else:
                text = texts.get((name, value), value)
                yield name, value, f"{labels.get(name, name)}: {text}"


def _without(address: Address, name: str, value: str) -> dict[str, list[str]]:
    """The address without one value."""
    rest = {
        key: [one for one in found if (key, one) != (name, value)] for key, found in address.items()
    }
    return {key: found for key, found in rest.items() if found}
