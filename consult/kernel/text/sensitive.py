"""Finding what people should perhaps not write about themselves or others: a hint, never a verdict.

Everything here is a guess by pattern, made for few false alarms: health and the like only where
somebody speaks of themselves or their nearest ("jeg har angst", "sønnen min er sykmeldt"), not
where they speak of a subject ("mange unge har angst"). Nothing is logged and nothing leaves the
machine.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from consult.kernel.text.letters import CAPITALS
from consult.kernel.text.sensitive_words import (
    GIVEN_NAMES,
    HEALTH_NOUNS,
    HEALTH_STATES,
    NOT_SURNAMES,
    OTHER_STATES,
    ROLES,
)


class Sensitive(StrEnum):
    """What kind of protected information a text seems to hold."""

    HEALTH = "health"
    OTHER_CATEGORY = "other_category"
    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a text, in characters: ``text[start:end]``."""

    kind: Sensitive
    start: int
    end: int


_ENDING = r"(?:e[nrt]?|a|ar|ane|ene|s|et)?"
_NO_MORE = r"(?![\w-])"


def _any_of(words: Iterable[str]) -> str:
    """One expression for all the stems, the longest first."""
    ordered = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(word.replace("~", _ENDING) for word in ordered) + ")" + _NO_MORE


_NOUN = _any_of(HEALTH_NOUNS)
_STATE = _any_of(f"{word}{_ENDING}" for word in HEALTH_STATES)
_OTHER = _any_of(f"{word}{_ENDING}" if " " not in word else word for word in OTHER_STATES)
_KIN = (
    r"(?:barn(?:et|a)?|sønn(?:en)?|son(?:en)?|datter(?:a|en)?|dotter(?:a)?|mann(?:en)?|kon[ea]|far(?:en)?"
    r"|mor(?:a|en)?|bror(?:en)?|søster(?:en|a)?|syster(?:a)?|samboer(?:en)?|sambuar(?:en)?|ektefelle[n]?"
    r"|foreldre(?:ne)?|ungdom(?:men)?|bestemor(?:a)?|bestefar(?:en)?|jente|gutt|gut)"
)
_MINE = r"(?:min|mi|mitt|mine|vår|vårt)"
_SOMEONE = rf"(?:jeg|eg|{_MINE}\s+(?:\w+\s+)?{_KIN}|{_KIN}\s+{_MINE})"
_OF_ONESELF = re.compile(rf"\b(?:jeg|eg|{_MINE})\b", re.IGNORECASE)
"""What stands in whatever is found of the writer or theirs: most texts have none, and one look
tells."""
_NOT_THESE = r"(?!(?:for|at|om|som|ikke|ikkje|aldri|når|hvis|dersom|med|av|til|på|blant|hos|mot)\b)"
_GAP = rf"(?:\s+{_NOT_THESE}[\w-]+){{0,3}}?\s+"
_HAS = (
    r"(?:har|hadde|fikk|får|fekk|tar|tek|bruker|brukar|mottar|mottek|tok|søkte|lider\s+av|lid\s+av"
    r"|sliter\s+med|slit\s+med|slet\s+med|sleit\s+med|lever\s+med|lev\s+med|levd\s+med"
    r"|går\s+(?:på|til|hos)|gikk\s+(?:på|til)|gjekk\s+(?:på|til)|går\s+i\s+behandling\s+for"
    r"|er\s+under\s+utredning\s+for|er\s+diagnostisert\s+med|har\s+(?:slitt|slite)\s+med|har\s+levd\s+med"
    r"|har\s+gått\s+(?:på|til)|har\s+vært\s+på|har\s+vore\s+på|er\s+på|var\s+på)"
)
_IS = (
    r"(?:er|var|ble|blei|vart|blir|har\s+(?:vært|vore|blitt|blitt|vorte)"
    r"|føler\s+meg|kjenner\s+meg|kjenner\s+eg\s+meg)"
)
_PHRASE = rf"(?:{_HAS}{_GAP}{_NOUN}|{_IS}{_GAP}{_STATE})"
_FIRST_PERSON = re.compile(rf"\b(?:som\s+)?{_SOMEONE}\s+{_PHRASE}", re.IGNORECASE)
_INVERTED = re.compile(
    rf"\b(?:{_HAS}|{_IS})\s+{_SOMEONE}(?:\s+{_NOT_THESE}[\w-]+){{0,2}}?\s+(?:{_NOUN}|{_STATE})",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    rf"\s*(?:,|og|samt|men|,\s*og)\s+(?:jeg\s+|eg\s+)?({_PHRASE}|{_NOUN})", re.IGNORECASE
)
_OWNED = re.compile(
    rf"\b(?:(?:min|mi|mitt|mine)\s+(?:\w+\s+)?{_NOUN}|{_NOUN}\s+(?:min|mi|mitt|mine)\b)",
    re.IGNORECASE,
)
_OF_OTHER_CATEGORY = re.compile(
    rf"\b{_SOMEONE}\s+{_IS}{_GAP}{_OTHER}|\bsom\s+{_OTHER}\s+(?:har|er|vil|kan|opplever)\s+(?:jeg|eg)\b"
    rf"|\b(?:jeg|eg)\s+(?:er|var)\s+medlem\s+(?:av|i)\s+\w+",
    re.IGNORECASE,
)  # fmt: skip

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_PHONE = re.compile(
    r"(?<![\w/-])(?<!\d[ .,])(?:(?:\+|00)47[ ]?)?"
    r"(?:[2-9]\d(?:[ ]\d\d){3}|[2-9]\d{7}|[489]\d\d[ ]\d\d[ ]\d\d\d)(?![\w-])(?![ .,]\d)"
)
_PHONE_BEFORE = re.compile(r"(?:kr|kroner|nok|saksn\w*|ref|lov|nr|org\w*)[.:]?\s*$", re.IGNORECASE)
_PHONE_AFTER = re.compile(r"\s*(?:kr\b|kroner|mill)", re.IGNORECASE)

_CAPITAL = rf"[{CAPITALS}]\w+"
_NAME_WORD = rf"{_CAPITAL}(?:-{_CAPITAL})?"
_MORE_NAMES = rf"(?:\s+(?:{_NAME_WORD}|[{CAPITALS}]\.))"
_GIVEN = rf"(?=[{CAPITALS}])(?:" + "|".join(GIVEN_NAMES) + ")"
_FULL_NAME = re.compile(rf"\b({_GIVEN}(?:-{_CAPITAL})?{_MORE_NAMES}{{1,3}})(?:\s+(\w+))?")
_ROLE = "(?:" + "|".join(word.replace("~", _ENDING) for word in ROLES) + ")"
_NAME = rf"({_NAME_WORD}{_MORE_NAMES}{{0,2}})"
_ROLE_NAME = re.compile(rf"\b(?i:{_MINE}\s+{_ROLE}|{_ROLE}\s+{_MINE}),?\s+{_NAME}")
_HEADED_NAME = re.compile(rf"\b(?i:saksbehandler|sakshandsamar)\s+{_NAME}")


def find_sensitive(text: str, *, own_names: Iterable[str] = ()) -> tuple[Found, ...]:
    """What a text seems to hold that its writer may not want to publish, in order of place.

    National identity numbers are another matter: they are refused (:mod:`.identity`).

    Args:
        text: Canonical text.
        own_names: Names that are the writer's own, such as the sender's and the signatories'.
    """
    found = [
        *(_of_oneself(text) if _OF_ONESELF.search(text) else ()),
        *(_place(Sensitive.EMAIL, match) for match in _EMAIL.finditer(text)),
        *_phones(text),
        *_names(text, own_names),
    ]
    return _without_overlap(found)


def _place(kind: Sensitive, match: re.Match[str], group: int = 0) -> Found:
    return Found(kind, match.start(group), match.end(group))


def _of_oneself(text: str) -> list[Found]:
    return [
        *_health(text),
        *(_place(Sensitive.OTHER_CATEGORY, match) for match in _OF_OTHER_CATEGORY.finditer(text)),
    ]


def _health(text: str) -> list[Found]:
    found: list[Found] = []
    for pattern in (_FIRST_PERSON, _INVERTED, _OWNED):
        for match in pattern.finditer(text):
            found.append(_place(Sensitive.HEALTH, match))
            end = match.end()
            while more := _GOES_ON.match(text, end):
                found.append(_place(Sensitive.HEALTH, more, 1))
                end = more.end()
    return found


def _phones(text: str) -> list[Found]:
    return [
        _place(Sensitive.PHONE, match)
        for match in _PHONE.finditer(text)
        if not _PHONE_BEFORE.search(text[: match.start()])
        and not _PHONE_AFTER.match(text, match.end())
    ]


def _names(text: str, own_names: Iterable[str]) -> list[Found]:
    own = {word.casefold() for name in own_names for word in name.split()}
    found = [
        *(
            _place(Sensitive.NAME, match, 1)
            for match in (_ROLE_NAME.finditer(text) if _OF_ONESELF.search(text) else ())
        ),
        *(_place(Sensitive.NAME, match, 1) for match in _HEADED_NAME.finditer(text)),
        *(
            _place(Sensitive.NAME, match, 1)
            for match in _FULL_NAME.finditer(text)
            if not {word.casefold() for word in match.group().split()} & set(NOT_SURNAMES)
        ),
    ]
    return [
        one
        for one in found
        if not {word.casefold() for word in text[one.start : one.end].split()} <= own
    ]


def _without_overlap(found: Iterable[Found]) -> tuple[Found, ...]:
    """The longest of those that share a place."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda item: (item.start - item.end, item.start)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda item: item.start))


def without_found(text: str, found: Iterable[Found], *, mark: str = "[…]") -> str:
    """The text with a mark in the place of what was found."""
    for one in sorted(found, key=lambda item: item.start, reverse=True):
        text = text[: one.start] + mark + text[one.end :]
    return text
