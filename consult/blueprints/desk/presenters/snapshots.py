"""What pages show of frozen data and of what has changed since."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.domain.documents.building.counts import FrozenCounts
from consult.domain.documents.freezing.places import Place, places_of
from consult.domain.documents.freezing.types import (
    CHANGE_LABELS,
    Change,
    ChangeKind,
    Changes,
)
from consult.domain.documents.tree import from_json
from consult.domain.organisations.types import ACTOR_TYPE_LABELS
from consult.domain.rounds.types import ROUND_STATUS_LABELS
from consult.domain.submissions.types import (
    DEADLINE_STATUS_LABELS,
    PUBLICATION_LABELS,
    SUBMISSION_STATUS_LABELS,
)

if TYPE_CHECKING:
    from consult.domain.documents.models import Document, Snapshot

MOST_ROWS = 200
"""Changes that a page lists one by one; the command line lists all."""

_STANDING: Mapping[Any, str] = {**SUBMISSION_STATUS_LABELS, **DEADLINE_STATUS_LABELS}
_CODES: Mapping[ChangeKind, Mapping[Any, str]] = {
    ChangeKind.ARRIVED: _STANDING,
    ChangeKind.COUNTS_NO_MORE: _STANDING,
    ChangeKind.COUNTS_NOW: _STANDING,
    ChangeKind.STANDING: _STANDING,
    ChangeKind.KIND: ACTOR_TYPE_LABELS,
    ChangeKind.NARROWED: PUBLICATION_LABELS,
    ChangeKind.WIDENED: PUBLICATION_LABELS,
    ChangeKind.ROUND: ROUND_STATUS_LABELS,
}
_BESIDE_NAMES = (
    ChangeKind.CORRECTED,
    ChangeKind.WITHDRAWN,
    ChangeKind.COUNTS_NO_MORE,
    ChangeKind.KIND,
    ChangeKind.SENDER,
    ChangeKind.NARROWED,
    ChangeKind.PROTECTED,
)
"""What is said beside a document about senders who stand in it."""


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """A snapshot in the list."""

    public_id: str
    name: str
    reason: str
    taken_at: datetime
    by: str
    counts: FrozenCounts
    digest: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change: what it is, whom it concerns, where that stands, and from what to what."""

    what: str
    tone: str
    name: str
    href: str
    detail: str


@dataclass(frozen=True, slots=True)
class SenderNote:
    """What must be known of a sender who stands in a document, and where the words are."""

    name: str
    href: str
    what: str
    tone: str
    places: tuple[Place, ...]


def snapshot_rows(snapshots: "Sequence[Snapshot]", names: Mapping[str, str]) -> list[SnapshotRow]:
    """The rows of the list; ``names`` are the persons by the audit log's references."""
    return [
        SnapshotRow(
            public_id=one.public_id,
            name=one.name,
            reason=one.reason,
            taken_at=one.taken_at,
            by=names.get(one.taken_by) or _("The command line"),
            counts=FrozenCounts.from_json(one.counts),
            digest=one.digest,
        )
        for one in snapshots
    ]


def count_facts(counts: FrozenCounts) -> list[tuple[str, int]]:
    """How much some data hold: pairs of label and number."""
    return [
        (_("Answers received"), counts.received),
        (_("Answers analysed"), counts.analysed),
        (_("Answers withdrawn"), counts.withdrawn),
        (_("Passages in the analysed answers"), counts.passages),
        (_("Pairs of passage and theme"), counts.codings),
        (_("Stances"), counts.stances),
        (_("Themes in the codebook"), counts.themes),
        (_("Questions"), counts.questions),
    ]


def kinds_of(changes: Changes) -> list[tuple[str, int]]:
    """How many changes there are of each kind."""
    return [(_(CHANGE_LABELS[kind]), number) for kind, number in changes.by_kind.items()]


def change_rows(changes: Changes, round_slug: str) -> list[ChangeRow]:
    """The changes one by one, as many as a page lists."""
    return [
        ChangeRow(
            what=_(CHANGE_LABELS[one.kind]),
            tone=_tone(one.kind),
            name=_name(one),
            href=_address(one, round_slug),
            detail=_detail(one),
        )
        for one in changes.changes[:MOST_ROWS]
    ]


def sender_notes(document: "Document", changes: Changes) -> list[SenderNote]:
    """What is to be said beside a document of those who stand in it, and where they do."""
    told = changes.of(_BESIDE_NAMES)
    if not told or document.tree is None:
        return []
    tree = from_json(json.dumps(document.tree))
    places = places_of(tree, {one.answer for one in told if one.answer is not None})
    return [
        SenderNote(
            name=_name(one),
            href=_address(one, document.round.slug),
            what=_note(one),
            tone=_tone(one.kind),
            places=places.get(one.answer or 0, ()),
        )
        for one in told
    ]


def _note(change: Change) -> str:
    if change.kind is ChangeKind.CORRECTED:
        return str(_("corrected after the data were frozen"))
    if change.kind is ChangeKind.WITHDRAWN:
        return str(_("withdrawn after the data were frozen"))
    detail = _detail(change)
    what = str(_(CHANGE_LABELS[change.kind])).lower()
    return f"{what}: {detail}" if detail else what


def _tone(kind: ChangeKind) -> str:
    if kind.forbids_printing:
        return "danger"
    return "warning" if kind in {ChangeKind.CORRECTED, ChangeKind.WITHDRAWN} else "neutral"


def _name(change: Change) -> str:
    if change.name:
        return change.name
    if change.answer is not None:
        return str(_("Answer %(number)s", number=change.answer))
    return ""


def _address(change: Change, round_slug: str) -> str:
    """The page on which the change can be seen."""
    if change.answer is not None:
        return url_for("desk.answer", round_slug=round_slug, number=change.answer)
    pages = {
        ChangeKind.THEME_ADDED: "desk.codebook",
        ChangeKind.THEME_REMOVED: "desk.codebook",
        ChangeKind.THEME_CHANGED: "desk.codebook",
        ChangeKind.PROPOSALS: "desk.proposals",
        ChangeKind.MEETING: "desk.meetings",
    }
    return url_for(pages.get(change.kind, "desk.overview"), round_slug=round_slug)


def _detail(change: Change) -> str:
    """From what to what, or how many."""
    number = change.number
    if change.kind is ChangeKind.CORRECTED:
        text = _("Version %(before)s → %(after)s", before=change.before, after=change.after)
    elif change.kind is ChangeKind.WITHDRAWN:
        text = ""
    elif change.kind in {ChangeKind.RECODED, ChangeKind.PROTECTED, ChangeKind.RELEASED}:
        text = ngettext("%(num)d passage", "%(num)d passages", number)
    elif change.kind is ChangeKind.STANCES:
        text = ngettext("On %(num)d proposal", "On %(num)d proposals", number)
    else:
        codes = _CODES.get(change.kind, {})
        words = [
            _(codes[code]) if code in codes else code for code in (change.before, change.after)
        ]
        text = " → ".join(word for word in words if word)
    return str(text)
