"""Shaping what came back from Word: every change readable, by part, with what may be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from consult.blueprints.workspace.presenters.changes import Run, runs_of
from consult.blueprints.workspace.presenters.drafting import PartLabel, label_of
from consult.domain.accounts.queries import names_by_reference
from consult.domain.composing.returned import find_stale
from consult.domain.composing.types import SUGGESTION_STATUS_LABELS, SuggestionStatus
from consult.kernel.text.rich.codec import from_tree
from consult.kernel.text.rich.differences import compare
from consult.kernel.text.rich.types import EMPTY, RichText

if TYPE_CHECKING:
    from consult.domain.composing.models import Part, Suggestion, WordReturn

_TONES = {
    SuggestionStatus.OPEN: "warning",
    SuggestionStatus.ACCEPTED: "success",
    SuggestionStatus.REJECTED: "neutral",
    SuggestionStatus.BY_HAND: "success",
}


@dataclass(frozen=True, slots=True)
class ShownSuggestion:
    """One change.

    Attributes:
        blocks: Before and after as one, in runs of words.
        author: Whom Word names; empty where changes were not tracked.
        status: In words, with ``tone``; ``decided`` says who and when.
        is_stale: The words it would change are not in the text any more.
    """

    public_id: str
    blocks: tuple[tuple[Run, ...], ...]
    author: str
    status: str
    tone: str
    is_open: bool
    decided: str
    decided_at: datetime | None
    is_stale: bool


@dataclass(frozen=True, slots=True)
class PartSuggestions:
    """The changes of one part.

    Attributes:
        key: Of the part; empty for what could not be placed.
        now: The part's text as it stands, for what does not fit it any more.
        waiting: How many nobody has decided about; ``fitting`` of them can be taken in at once.
    """

    key: str
    label: PartLabel
    is_removed: bool
    now: RichText
    suggestions: tuple[ShownSuggestion, ...]
    waiting: int
    fitting: int


def suggestions_by_part(returned: "WordReturn") -> list[PartSuggestions]:
    """The changes under their parts in the document's order; what has no place comes first."""
    stale = find_stale(returned)
    names = names_by_reference({one.decided_by for one in returned.suggestions if one.decided_by})
    ordered = sorted(returned.suggestions, key=_order)
    found = []
    for _id, group in groupby(ordered, key=lambda one: one.part_id or 0):
        here = list(group)
        found.append(_part(here[0].part, here, stale, names))
    return found


def _order(suggestion: "Suggestion") -> tuple[int, int, int]:
    part = suggestion.part
    place = (part.position, part.id) if part else (-1, 0)
    return (*place, suggestion.position)


def _part(
    part: "Part | None",
    suggestions: Sequence["Suggestion"],
    stale: frozenset[int],
    names: Mapping[str, str],
) -> PartSuggestions:
    waiting = [one for one in suggestions if one.status is SuggestionStatus.OPEN]
    return PartSuggestions(
        key=part.key if part else "",
        label=label_of(part) if part else PartLabel(_("What could not be placed")),
        is_removed=part is not None and part.removed_at is not None,
        now=from_tree(part.body) if part else EMPTY,
        suggestions=tuple(_suggestion(one, one.id in stale, names) for one in suggestions),
        waiting=len(waiting),
        fitting=sum(one.id not in stale for one in waiting),
    )


def _suggestion(
    suggestion: "Suggestion", is_stale: bool, names: Mapping[str, str]
) -> ShownSuggestion:
    differences = compare(from_tree(suggestion.before), from_tree(suggestion.after))
    return ShownSuggestion(
        public_id=suggestion.public_id,
        blocks=tuple(runs_of(one) for one in differences),
        author=suggestion.author or "",
        status=_(SUGGESTION_STATUS_LABELS[suggestion.status]),
        tone=_TONES[suggestion.status],
        is_open=suggestion.status is SuggestionStatus.OPEN,
        decided=names.get(suggestion.decided_by or "", ""),
        decided_at=suggestion.decided_at,
        is_stale=is_stale,
    )
