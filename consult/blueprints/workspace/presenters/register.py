"""Shaping the register of documents: as a list and as a table for a spreadsheet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from consult.blueprints.shared.context import localise
from consult.domain.responses.crossing import DOCUMENT_KEPT_LABELS
from consult.kernel.clock import to_oslo
from consult.kernel.text.spreadsheet import write_csv

if TYPE_CHECKING:
    from consult.domain.responses.crossing import Crossing, KeptDocument


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A document in the list.

    Attributes:
        about: The title of its round.
        crossings: Lines such as "to the ministry", each with a time.
    """

    kind: str
    name: str
    about: dict[str, str]
    made_at: datetime
    crossings: tuple[tuple[str, datetime], ...]


def rows_of(documents: "Iterable[KeptDocument]") -> list[RegisterRow]:
    """Documents as rows of the list."""
    return [
        RegisterRow(
            _(DOCUMENT_KEPT_LABELS[one.kind]),
            one.name,
            one.round_title,
            one.made_at,
            tuple((_whither(crossing), crossing.at) for crossing in one.crossings),
        )
        for one in documents
    ]


def register_csv(documents: "Sequence[KeptDocument]") -> str:
    """A row for each crossing, and one for each document that has not crossed."""
    header = (
        _("Round"), _("Document"), _("Name"), _("Made or received"), _("Has crossed"),
        _("Other body"), _("Direction"), _("When"),
    )  # fmt: skip
    rows = []
    for one in documents:
        start = (
            localise(one.round_title), _(DOCUMENT_KEPT_LABELS[one.kind]), one.name,
            _stamp(one.made_at), _("yes") if one.has_crossed else _("no"),
        )  # fmt: skip
        rows += [
            (*start, crossing.other, _direction(crossing), _stamp(crossing.at))
            for crossing in one.crossings
        ] or [(*start, "", "", "")]
    return write_csv(header, rows)


def _whither(crossing: "Crossing") -> str:
    if crossing.is_incoming:
        return str(_("from %(name)s", name=crossing.other))
    return str(_("to %(name)s", name=crossing.other))


def _direction(crossing: "Crossing") -> str:
    return str(_("in") if crossing.is_incoming else _("out"))


def _stamp(moment: datetime) -> str:
    return f"{to_oslo(moment):%Y-%m-%d %H:%M}"
