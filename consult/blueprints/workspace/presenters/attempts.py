"""Shaping refused attempts: who, when, at what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from consult.blueprints.shared.context import localise
from consult.domain.accounts.queries import names_by_reference as person_names
from consult.domain.organisations.queries import names_by_reference as organisation_names
from consult.domain.rounds.listing import titles_by_reference
from consult.kernel.i18n import N_

if TYPE_CHECKING:
    from consult.domain.audit.models import AuditEntry

_KINDS: dict[str, str] = {
    "submission": N_("An answer"),
    "draft": N_("A draft"),
    "case": N_("Our work with a round"),
    "composition": N_("Our response"),
    "document": N_("A document"),
    "snapshot": N_("Frozen data"),
    "passage": N_("A passage"),
}


@dataclass(frozen=True, slots=True)
class Attempt:
    """One refused attempt."""

    at: datetime
    who: str
    what: str


def attempt_rows(entries: "Sequence[AuditEntry]", *, owner_id: int) -> list[Attempt]:
    """Attempts as lines; three queries for the names, however many there are."""
    subjects = {entry.subject for entry in entries}
    people = person_names({entry.actor for entry in entries})
    titles = titles_by_reference(subjects, readers=[owner_id])
    names = {
        **organisation_names(subjects),
        **{key: localise(title) for key, title in titles.items()},
    }
    return [
        Attempt(
            at=entry.at,
            who=people.get(entry.actor) or _("Somebody who is no longer registered"),
            what=names.get(entry.subject) or _kind(entry.subject),
        )
        for entry in entries
    ]


def _kind(reference: str) -> str:
    kind = reference.partition(":")[0]
    text: str = _(_KINDS[kind]) if kind in _KINDS else _("Something in an internal hearing")
    return text
