"""What the pages of an own template show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from consult.domain.composing.own_outlines import Each, OutlinedPart
from consult.domain.composing.types import BLOCK_LABELS, PART_KIND_LABELS, PartKind

if TYPE_CHECKING:
    from consult.domain.composing.models import ReportOutline


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part of a template, in words.

    Attributes:
        name: Its heading, or what its heading will be.
        role: What it is, and for what it is made; empty for a plain text.
        has_heading: Whether the heading can be changed.
    """

    place: int
    part: OutlinedPart
    name: str
    role: str
    has_heading: bool


def present_parts(kept: "ReportOutline") -> Sequence[ShownPart]:
    """The parts of a template, in order."""
    return [_shown(place, one) for place, one in enumerate(kept.outline)]


def present_part(kept: "ReportOutline", place: int) -> ShownPart | None:
    """One of them; nothing beyond the last."""
    outline = kept.outline
    return _shown(place, outline[place]) if place < len(outline) else None


def _shown(place: int, part: OutlinedPart) -> ShownPart:
    role = []
    if part.block is not None:
        role.append(_(BLOCK_LABELS[part.block]))
    elif part.kind is not PartKind.OWN:
        role.append(_(PART_KIND_LABELS[part.kind]))
    if part.is_about and part.each is Each.THEME:
        role.append(_("one for each theme"))
    elif part.is_about:
        role.append(_("one for each proposal"))
    name = part.heading
    if part.is_named:
        name = _("The name of the theme") if part.each is Each.THEME else _("The proposal's name")
    elif not name and part.block is not None:
        name = _(BLOCK_LABELS[part.block])
    return ShownPart(place, part, name, " · ".join(role), not part.is_named)
