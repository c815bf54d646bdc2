"""What a report's page of data shows of changes."""

from dataclasses import dataclass

from flask_babel import gettext as _

from consult.domain.documents.freezing.types import CHANGE_LABELS, Change, Changes

MOST_NAMED = 100
"""Changes that are told one by one; the numbers of each kind tell the rest."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs: numbers of each kind for everybody, each change for those at the desk."""

    kinds: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str, str], ...] = ()
    more: int = 0

    def __bool__(self) -> bool:
        return bool(self.kinds)


def present_difference(changes: Changes, *, names: bool) -> Difference:
    """A difference in words; senders are named to those alone who may see every answer."""
    kinds = tuple((_(CHANGE_LABELS[kind]), number) for kind, number in changes.by_kind.items())
    if not names:
        return Difference(kinds)
    rows = tuple((_whom(one), _(CHANGE_LABELS[one.kind])) for one in changes.changes[:MOST_NAMED])
    return Difference(kinds, rows, max(0, len(changes.changes) - MOST_NAMED))


def _whom(change: Change) -> str:
    if change.name:
        return change.name
    if change.answer is None:
        return str(_("The round"))
    return str(_("Answer %(number)s", number=change.answer))
