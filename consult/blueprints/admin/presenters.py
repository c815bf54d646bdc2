"""Shaping the log for reading: references become names, changes become before and after."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from consult.blueprints.admin.labels import KIND_LABELS, TAG_LABELS
from consult.blueprints.shared.context import localise
from consult.domain.accounts.queries import names_by_reference as person_names
from consult.domain.organisations.queries import names_by_reference as organisation_names
from consult.domain.rounds.listing import titles_by_reference

if TYPE_CHECKING:
    from consult.domain.audit.models import AuditEntry

_NOTHING = "–"


@dataclass(frozen=True, slots=True)
class LogRow:
    """One line of the log.

    Attributes:
        who_href: The log of this actor.
        about_href: The log of this subject.
        details: What the entry holds beyond that, as pairs of words.
    """

    at: datetime
    who: str
    who_href: str
    what: str
    about: str
    about_href: str
    details: tuple[tuple[str, str], ...]


def log_rows(entries: Sequence["AuditEntry"]) -> list[LogRow]:
    """Entries as lines; three queries for the names, however many entries there are."""
    names = names_of(
        {entry.actor for entry in entries}
        | {entry.subject for entry in entries}
        | {text for entry in entries for text in entry.data.values() if isinstance(text, str)}
    )
    return [
        LogRow(
            at=entry.at,
            who=name_of(entry.actor, names),
            who_href=url_for("admin.log", who=entry.actor),
            what=tag_text(entry.tag),
            about=name_of(entry.subject, names),
            about_href=url_for("admin.log", subject=entry.subject),
            details=details_of(entry.data, names),
        )
        for entry in entries
    ]


def names_of(references: Collection[str]) -> dict[str, str]:
    """Names of the persons, organisations and rounds among the references."""
    titles = titles_by_reference(references)
    return {
        **person_names(references),
        **organisation_names(references),
        **{reference: localise(title) for reference, title in titles.items()},
    }


def name_of(reference: str, names: Mapping[str, str]) -> str:
    """A reference in words: its name, or its kind and public id where there is no name."""
    if reference in names:
        return names[reference]
    if reference == "system":
        return str(_("The system"))
    if reference == "visitor":
        return str(_("A visitor"))
    kind, _colon, identity = reference.partition(":")
    return f"{_(KIND_LABELS[kind])} {identity}" if kind in KIND_LABELS else reference


def tag_text(tag: str) -> str:
    """What happened, in words."""
    return str(_(TAG_LABELS[tag])) if tag in TAG_LABELS else tag


def details_of(data: Mapping[str, Any], names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What an entry holds, as pairs; what changed stands as "before → after"."""
    before, after = data.get("before"), data.get("after")
    if isinstance(before, dict) and isinstance(after, dict):
        return tuple(
            (_words(key), f"{_value(before.get(key), names)} → {_value(after.get(key), names)}")
            for key in after
        )
    return tuple((_words(key), _value(value, names)) for key, value in data.items())


def _words(key: str) -> str:
    return key.replace("_", " ")


def _value(value: object, names: Mapping[str, str]) -> str:
    if value is None or value in ("", [], {}):
        return _NOTHING
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, dict):
        return ", ".join(f"{key}: {one}" for key, one in value.items())
    if isinstance(value, list):
        return ", ".join(_value(one, names) for one in value)
    return names.get(str(value), str(value))
