"""What single cells say: dates, codes in any language, yes and no, names with titles."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from email_validator import EmailNotValidError, validate_email

from consult.domain.organisations.rules import normalise_organisation_number
from consult.domain.organisations.types import ACTOR_TYPE_LABELS, ActorType
from consult.domain.rounds.types import QuestionKind
from consult.domain.submissions.types import (
    ASKED_STANCE_LABELS,
    CHANNEL_LABELS,
    PUBLICATION_LABELS,
    STANCE_LABELS,
    Channel,
    Publication,
    Signer,
    Stance,
)
from consult.kernel.clock import OSLO, to_oslo
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import CONTENT_LANGUAGES, LANGUAGE_NAMES, LOCALES, translator

if TYPE_CHECKING:
    from consult.domain.intake.queries import Closed

C = TypeVar("C", bound=StrEnum)

_YES = frozenset({"yes", "ja", "true", "sant", "1", "x"})
_NO = frozenset({"no", "nei", "false", "usant", "0", ""})
_DAY_FIRST = re.compile(
    r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:\s+(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?)?"
)
_BETWEEN_CHOICES = re.compile(r"\s*[;|\n]\s*")


def folded(text: str) -> str:
    """A text as codes are compared: on one line, without regard to case."""
    return " ".join(text.split()).casefold()


@cache
def _actor_types() -> Mapping[str, ActorType]:
    return _by_words(ActorType, ACTOR_TYPE_LABELS)


@cache
def _channels() -> Mapping[str, Channel]:
    known = _by_words(Channel, CHANNEL_LABELS)
    return {words: one for words, one in known.items() if one is not Channel.MEETING}


@cache
def _publications() -> Mapping[str, Publication]:
    return _by_words(Publication, PUBLICATION_LABELS)


@cache
def _stances() -> Mapping[str, Stance]:
    asked = _by_words(Stance, ASKED_STANCE_LABELS)
    return {**asked, **_by_words(Stance, STANCE_LABELS)}


def _by_words(kind: type[C], labels: Mapping[C, str]) -> dict[str, C]:
    """Members by their code and by what they are called in every language of the interface."""
    known = {folded(member.value): member for member in kind}
    for locale in LOCALES:
        for member, label in labels.items():
            known.setdefault(folded(translator(locale).gettext(label)), member)
    return known


def read_kind(text: str) -> ActorType | None:
    """The kind of sender that a cell names."""
    return _actor_types().get(folded(text))


def read_channel(text: str) -> Channel | None:
    """The way an answer came that a cell names; what is said in a meeting is no row's."""
    return _channels().get(folded(text))


def read_publication(text: str) -> Publication | None:
    """What a cell says about publishing."""
    return _publications().get(folded(text))


def read_stance(text: str) -> Stance | None:
    """The stance that a cell names."""
    return _stances().get(folded(text))


def read_language(text: str) -> str | None:
    """The language that a cell names, by code or by its own name."""
    by_name = {folded(name): code for code, name in LANGUAGE_NAMES.items()}
    wanted = folded(text)
    return wanted if wanted in CONTENT_LANGUAGES else by_name.get(wanted)


def read_yes(text: str) -> bool | None:
    """Whether a cell says yes; ``None`` when it says neither yes nor no."""
    wanted = folded(text)
    return True if wanted in _YES else False if wanted in _NO else None


def read_moment(text: str) -> tuple[date, datetime | None] | None:
    """The day that a cell names, and the moment in Norway when it gives a time too."""
    text = text.strip()
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year, hour, minute = match.groups()
        clock = f"T{int(hour):02}:{minute}" if hour else ""
        text = f"{year}-{int(month):02}-{int(day):02}{clock}"
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    moment = found if found.tzinfo else found.replace(tzinfo=OSLO)
    has_time = len(text) > len("2026-11-30")
    return to_oslo(moment).date(), moment if has_time else None


def read_number(text: str) -> str | None:
    """The organisation number in a cell, as nine digits."""
    try:
        return normalise_organisation_number(text)
    except InvalidInput:
        return None


def read_email(text: str) -> str | None:
    """The address in a cell, if it can be one."""
    try:
        return validate_email(text.strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def read_signers(text: str) -> tuple[Signer, ...]:
    """The people in a cell, apart by semicolons or lines: name, then a comma and the title."""
    people = []
    for part in re.split(r"[;\n]", text):
        name, _comma, title = (piece.strip() for piece in part.partition(","))
        if name:
            people.append(Signer(name[:200], title[:200] or None))
    return tuple(people)


def read_choices(text: str, closed: "Closed") -> tuple[str, ...] | None:
    """Keys of the options that a cell names, apart by semicolons; ``None`` when one is unknown."""
    known = {folded(option.key): option.key for option in closed.options}
    for option in closed.options:
        for label in option.labels.values():
            known.setdefault(folded(label), option.key)
    if (whole := known.get(folded(text))) is not None:
        return (whole,)
    chosen = [known.get(folded(part)) for part in _BETWEEN_CHOICES.split(text) if part]
    found = tuple(key for key in chosen if key is not None)
    is_one_too_many = closed.kind is QuestionKind.SINGLE and len(found) > 1
    return None if len(found) < len(chosen) or is_one_too_many else found


def read_scale(text: str, closed: "Closed") -> int | None:
    """The number on the question's scale that a cell begins with, such as "4 – quite often"."""
    match = re.match(r"\s*(-?\d+)", text)
    scale = closed.scale
    if match is None or scale is None:
        return None
    value = int(match[1])
    return value if scale.minimum <= value <= scale.maximum else None
