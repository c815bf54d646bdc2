"""Values of coding."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from consult.domain.organisations.types import ActorType
from consult.domain.submissions.types import Stance, StanceModifier, Voice
from consult.kernel.i18n import N_

MAXIMUM_DEPTH = 3
"""Levels of a codebook: theme, sub-theme, and one more; deeper trees are not used consistently."""


class PassageKind(StrEnum):
    """Where a passage comes from: the text's own shape, a reader's choice, or a scanned page."""

    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    CHOSEN = "chosen"
    PAGE = "page"


class CodingMethod(StrEnum):
    """How a coding came about."""

    MANUAL = "manual"
    IMPORTED = "imported"
    CARRIED = "carried"
    SORTED = "sorted"
    SUGGESTED = "suggested"


METHOD_LABELS: dict[CodingMethod, str] = {
    CodingMethod.MANUAL: N_("by hand"),
    CodingMethod.IMPORTED: N_("brought in from a file"),
    CodingMethod.CARRIED: N_("taken over from the version before"),
    CodingMethod.SORTED: N_("sorted after a split"),
    CodingMethod.SUGGESTED: N_("suggested by a model, accepted"),
}


class Colour(StrEnum):
    """Colours a theme may have; each is a CSS class and a print colour, never a raw value."""

    BLUE = "blue"
    GREEN = "green"
    ORANGE = "orange"
    PURPLE = "purple"
    RED = "red"
    TEAL = "teal"
    YELLOW = "yellow"
    PINK = "pink"
    BROWN = "brown"
    GREY = "grey"
    INDIGO = "indigo"
    LIME = "lime"


COLOUR_LABELS: dict[Colour, str] = {
    Colour.BLUE: N_("Blue"),
    Colour.GREEN: N_("Green"),
    Colour.ORANGE: N_("Orange"),
    Colour.PURPLE: N_("Purple"),
    Colour.RED: N_("Red"),
    Colour.TEAL: N_("Teal"),
    Colour.YELLOW: N_("Yellow"),
    Colour.PINK: N_("Pink"),
    Colour.BROWN: N_("Brown"),
    Colour.GREY: N_("Grey"),
    Colour.INDIGO: N_("Indigo"),
    Colour.LIME: N_("Lime"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """A passage in a text.

    Attributes:
        start: First character, counted in code points from the beginning of the text.
        end: One past the last character.
        level: Nesting of a bullet, 0 for the outermost and for paragraphs.
        parent: Index of the bullet that a sub-bullet stands under, in the same list of spans.
    """

    start: int
    end: int
    kind: PassageKind
    level: int = 0
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A passage as it is recognised again in the next version of its answer.

    Attributes:
        place: The question, proposal or section that its part of the answer belongs to, and whose
            words they are.
        quote: Its words.
    """

    id: int
    place: tuple[int | None, int | None, int | None, Voice]
    quote: str


@dataclass(frozen=True, slots=True)
class UndoneStep:
    """What undoing took back: a theme that had been put on a passage, or taken off it.

    Attributes:
        passages: Of how many; more than one where that was done with many at once.
    """

    passage_public_id: str
    theme_name: str
    was_applied: bool
    passages: int = 1


@dataclass(frozen=True, slots=True)
class ThemeContent:
    """What a theme says.

    Attributes:
        definition: What it is about.
        include: What belongs under it.
        exclude: What does not, and where that belongs instead.
    """

    name: str
    colour: Colour
    definition: str = ""
    include: str = ""
    exclude: str = ""


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme in its place in the tree.

    Attributes:
        path: Names from the outermost theme down to this one.
        depth: 1 for the outermost.
        codings: Passages that have this theme itself, not those under it.
        is_first: Whether none of its siblings stands before it.
        is_last: Whether none of its siblings stands after it.
        is_retired: Whether it was split and is not offered any more; its passages wait to be
            sorted, and count here until they are.
    """

    id: int
    public_id: str
    key: str
    parent_id: int | None
    parent_key: str | None
    content: ThemeContent
    path: tuple[str, ...]
    depth: int
    codings: int
    is_first: bool
    is_last: bool
    is_retired: bool = False

    @property
    def name(self) -> str:
        """Its own name."""
        return self.content.name

    @property
    def colour(self) -> Colour:
        """Its colour."""
        return self.content.colour

    @property
    def full_name(self) -> str:
        """Names from the outermost down: "Kompetanse › Samtale"."""
        return " › ".join(self.path)


@dataclass(frozen=True, slots=True)
class ImportedCodings:
    """What an import did.

    Attributes:
        added: Codings that are new.
        present: Codings that were there already and stayed as they were.
        passages: Chosen passages made for them.
    """

    added: int
    present: int
    passages: int


@dataclass(frozen=True, slots=True)
class ImportedCodebook:
    """How many themes an import added, changed, and found as they were."""

    added: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class WorkItem:
    """An answer to code, and how far it is.

    Attributes:
        passages: Paragraphs and bullets; chosen parts of them are not counted again.
        coded: Those with a theme, on themselves or on a chosen part.
        copies: Those that repeat another answer and are coded there.
    """

    submission_id: int
    number: int
    name: str
    actor_type: ActorType
    passages: int
    coded: int
    copies: int = 0

    @property
    def own(self) -> int:
        """Passages that are to be coded in this answer."""
        return self.passages - self.copies


@dataclass(frozen=True, slots=True)
class WorkList:
    """One page of the answers to code: those not done first, in order of receipt.

    Attributes:
        page: Which page this is, from 1.
        pages: How many there are.
        passages: Passages of all answers, counted as in :class:`WorkItem`.
        coded: Those with a theme.
    """

    items: tuple[WorkItem, ...]
    page: int
    pages: int
    passages: int
    coded: int


@dataclass(frozen=True, slots=True)
class CodedStanceRow:
    """A coded stance of one answer, for showing."""

    proposal_key: str
    proposal_title: dict[str, str]
    value: Stance
    modifiers: tuple[StanceModifier, ...]
    coded_by: str
    is_suggested: bool


@dataclass(frozen=True, slots=True)
class DoubleCodingRow:
    """A sample that is coded twice, and how far it is.

    Attributes:
        coder: Reference of the second reader.
        share: Percent of the passages it was drawn from.
        drawn_from: How many those were.
        codebook_version: The version of the codebook that it speaks of, where that was kept.
        passages: How many were drawn.
        done: How many the second reader has done.
    """

    id: int
    public_id: str
    coder: str
    share: int
    drawn_from: int
    drawn_at: datetime
    codebook_version: int | None
    passages: int
    done: int
