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
from consult.domain.organisations.queries import names_by_stream
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


def log_rows(
    entries: Sequence["AuditEntry"], *, confidential: Collection[int], mine: Collection[int]
) -> list[LogRow]:
    """Entries as lines; four queries for the names, however many entries there are.

    Args:
        entries: What stands on the page.
        confidential: Ids of those of which only the moment and whose they are may be shown.
        mine: Ids of the organisations in which the reader has a role.
    """
    shown = [entry for entry in entries if entry.id not in confidential]
    names = names_of(
        {entry.actor for entry in shown}
        | {entry.subject for entry in shown}
        | {text for entry in shown for text in entry.data.values() if isinstance(text, str)},
        mine,
    )
    owners = names_by_stream({entry.stream for entry in entries if entry.id in confidential})
    return [
        _sealed(entry, owners) if entry.id in confidential else _row(entry, names)
        for entry in entries
    ]


def _row(entry: "AuditEntry", names: Mapping[str, str]) -> LogRow:
    return LogRow(
        at=entry.at,
        who=name_of(entry.actor, names),
        who_href=url_for("admin.log", who=entry.actor),
        what=tag_text(entry.tag),
        about=name_of(entry.subject, names),
        about_href=url_for("admin.log", subject=entry.subject),
        details=details_of(entry.data, names),
    )


def _sealed(entry: "AuditEntry", owners: Mapping[str, str]) -> LogRow:
    """A line that tells only that something was done inside an organisation, and when."""
    return LogRow(
        at=entry.at,
        who="",
        who_href="",
        what=_("Confidential to %(name)s", name=owners.get(entry.stream, "")),
        about="",
        about_href="",
        details=(),
    )


def names_of(references: Collection[str], mine: Collection[int]) -> dict[str, str]:
    """Names of the persons, organisations and rounds among the references.

    Rounds that are not open to all have no name for whoever has no role in their owner.
    """
    titles = titles_by_reference(references, readers=mine)
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
