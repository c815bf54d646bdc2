"""Shapes answers that repeat one another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import ngettext

if TYPE_CHECKING:
    from consult.domain.coding.models import TextCopy
    from consult.domain.coding.queries.copies import FoundCopy
    from consult.domain.submissions.models import Submission


@dataclass(frozen=True, slots=True)
class CopyCard:
    """Two answers that share paragraphs. ``how_much`` says how many, in words; ``quotes`` them."""

    copy: "Submission"
    first: "Submission"
    how_much: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """What was decided about two answers."""

    public_id: str
    copy: "Submission"
    first: "Submission"
    is_copy: bool
    who: str
    when: datetime


def copy_cards(found: "Sequence[FoundCopy]") -> list[CopyCard]:
    """What nobody has decided about, the largest share first."""
    return [CopyCard(one.copy, one.first, _how_much(one), one.quotes) for one in found]


def decided_rows(decided: "Sequence[TextCopy]", names: Mapping[str, str]) -> list[DecidedRow]:
    """What was decided, with who did."""
    return [
        DecidedRow(
            public_id=one.public_id,
            copy=one.copy,
            first=one.first,
            is_copy=one.is_copy,
            who=names.get(one.decided_by, ""),
            when=one.decided_at,
        )
        for one in decided
    ]


def _how_much(one: "FoundCopy") -> str:
    if one.found.is_whole:
        return str(_("Word for word the same, from beginning to end."))
    text = ngettext(
        "%(num)d paragraph is word for word the same: %(percent)s of the later answer.",
        "%(num)d paragraphs are word for word the same: %(percent)s of the later answer.",
        len(one.found.passages),
        percent=f"{one.found.share:.0%}",
    )
    return str(text)
