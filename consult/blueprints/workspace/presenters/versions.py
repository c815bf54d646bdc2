"""Shaping versions and a part's history: who, when, how."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from consult.blueprints.workspace.presenters.changes import Run, runs_of
from consult.domain.accounts.queries import names_by_reference
from consult.domain.composing.frozen import short_code
from consult.domain.composing.types import FrozenText, PartContent, SaveKind
from consult.domain.submissions.types import MODIFIER_LABELS, STANCE_LABELS
from consult.kernel.i18n import N_
from consult.kernel.text.rich.differences import Change, compare

if TYPE_CHECKING:
    from consult.domain.composing.models import NamedVersion, PartRevision

SAVE_KIND_LABELS: dict[SaveKind, str] = {
    SaveKind.BEGUN: N_("Begun"),
    SaveKind.TYPED: N_("Written"),
    SaveKind.MERGED: N_("Put together with what somebody else wrote"),
    SaveKind.SUGGESTION: N_("Changes taken in from Word"),
    SaveKind.RESTORED: N_("An earlier text brought back"),
}


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version in the list; ``code`` is the first letters of the text's fingerprint."""

    number: int
    name: str
    saved_at: datetime
    saved_by: str
    code: str
    was_to_sign: bool


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """One saving of a part."""

    number: int
    how: str
    saved_at: datetime
    saved_by: str


@dataclass(frozen=True, slots=True)
class RevisionChange:
    """What one saving of a part changed: what else than words, and the paragraphs that differ."""

    notes: tuple[str, ...]
    blocks: tuple[tuple[Run, ...], ...]


def version_rows(
    versions: Sequence["NamedVersion"], *, to_sign: frozenset[int]
) -> list[VersionRow]:
    """Versions as rows, in their order."""
    names = names_by_reference({one.saved_by for one in versions})
    return [
        VersionRow(
            one.number,
            one.name,
            one.saved_at,
            names.get(one.saved_by, ""),
            short_code(one.digest),
            one.id in to_sign,
        )
        for one in versions
    ]


def revision_rows(revisions: Sequence["PartRevision"]) -> list[RevisionRow]:
    """A part's history as rows, in its order."""
    names = names_by_reference({one.saved_by for one in revisions})
    return [
        RevisionRow(
            one.number,
            _(SAVE_KIND_LABELS[one.kind]),
            one.saved_at,
            names.get(one.saved_by, ""),
        )
        for one in revisions
    ]


def revision_change(before: PartContent, after: PartContent) -> RevisionChange:
    """What differs between two texts of a part."""
    notes = []
    if before.heading != after.heading:
        notes.append(_("The heading was “%(heading)s”.", heading=before.heading or "–"))
    if _stance(before) != _stance(after):
        notes.append(_("Stance before: %(before)s. Now: %(now)s.",
                       before=_stance(before), now=_stance(after)))  # fmt: skip
    differences = compare(before.body, after.body)
    return RevisionChange(
        tuple(notes), tuple(runs_of(one) for one in differences if one.change is not Change.SAME)
    )


def titles_of_same(before: FrozenText, after: FrozenText) -> tuple[str, ...]:
    """What the parts are called that are the same in both."""
    old = {part.key: part for part in before.parts}
    return tuple(
        part.title or _("The introduction") for part in after.parts if old.get(part.key) == part
    )


def _stance(content: PartContent) -> str:
    if content.stance is None:
        return str(_("No comments") if content.no_comments else _("none"))
    labels = [STANCE_LABELS[content.stance], *(MODIFIER_LABELS[one] for one in content.modifiers)]
    return ", ".join(_(label) for label in labels)
