"""What differs between two frozen texts, part by part, as words that were put in or taken out."""

from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from consult.domain.composing.types import FrozenPart, FrozenText
from consult.domain.submissions.types import MODIFIER_LABELS, STANCE_LABELS
from consult.kernel.text.rich.codec import from_json
from consult.kernel.text.rich.differences import BlockDifference, Change, Piece, compare
from consult.kernel.text.rich.showing import content_html
from consult.kernel.text.rich.types import EMPTY


@dataclass(frozen=True, slots=True)
class Run:
    """Some words: put in (``added``), taken out (``removed``), formatted otherwise or the same."""

    change: str
    html: Markup


@dataclass(frozen=True, slots=True)
class ChangedPart:
    """A part that differs.

    Attributes:
        title: What stands above it now; empty for the introduction.
        notes: What else has changed, in words: stance, heading, whether it is there at all.
        blocks: The paragraphs that differ, each as runs of words.
    """

    key: str
    title: str
    notes: tuple[str, ...]
    blocks: tuple[tuple[Run, ...], ...]


def changed_parts(before: FrozenText, after: FrozenText) -> tuple[ChangedPart, ...]:
    """The parts that differ, in the order of the later text, then those that are gone."""
    old = {part.key: part for part in before.parts}
    new = {part.key: part for part in after.parts}
    pairs = [(old.get(key), part) for key, part in new.items()]
    gone = [(part, None) for key, part in old.items() if key not in new]
    return tuple(_changed(was, now) for was, now in [*pairs, *gone] if was != now)


def general_changes(before: FrozenText, after: FrozenText) -> tuple[str, ...]:
    """What differs outside the parts, in words: the letter's head, and the order."""
    order = [[part.key for part in text.parts] for text in (before, after)]
    kept = [[key for key in keys if key in order[0] and key in order[1]] for keys in order]
    found = []
    if before.head != after.head:
        found.append(_("The head of the letter: recipient, references, date, basis or subject."))
    if kept[0] != kept[1]:
        found.append(_("The order of the parts."))
    return tuple(found)


def _changed(was: FrozenPart | None, now: FrozenPart | None) -> ChangedPart:
    shown = now or was
    differences = compare(
        from_json(was.body) if was else EMPTY, from_json(now.body) if now else EMPTY
    )
    return ChangedPart(
        key=shown.key if shown else "",
        title=shown.title if shown else "",
        notes=tuple(_notes(was, now)),
        blocks=tuple(runs_of(one) for one in differences if one.change is not Change.SAME),
    )


def _notes(was: FrozenPart | None, now: FrozenPart | None) -> list[str]:
    if was is None:
        return [_("This part is new.")]
    if now is None:
        return [_("This part has been taken out.")]
    notes = []
    if was.title != now.title:
        notes.append(_("The heading was “%(heading)s”.", heading=was.title or "–"))
    if _stance(was) != _stance(now):
        notes.append(_("Stance before: %(before)s. Now: %(now)s.",
                       before=_stance(was), now=_stance(now)))  # fmt: skip
    return notes


def _stance(part: FrozenPart) -> str:
    if part.stance is None:
        return str(_("No comments") if part.no_comments else _("none"))
    labels = [STANCE_LABELS[part.stance], *(MODIFIER_LABELS[one] for one in part.modifiers)]
    return ", ".join(_(label) for label in labels)


def runs_of(difference: BlockDifference) -> tuple[Run, ...]:
    """A paragraph of two texts as runs of words, in reading order."""
    return tuple(_run(piece) for piece in difference.pieces)


def _run(piece: Piece) -> Run:
    return Run(piece.change.value, Markup(content_html(piece.content)))  # noqa: S704 -- made safe there
