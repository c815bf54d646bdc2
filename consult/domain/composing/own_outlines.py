"""An organisation's own templates for reports, as values: taken from a report, made into a plan."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import Any

from consult.domain.composing.outlines import CHAPTER, Planned, Subject
from consult.domain.composing.types import BlockKind, PartKind
from consult.domain.documents.types import Numbered


class Each(StrEnum):
    """What a part is made once for."""

    THEME = "theme"
    PROPOSAL = "proposal"


@dataclass(frozen=True, slots=True)
class OutlinedPart:
    """A part of a template.

    Attributes:
        heading: Empty where it gets the name of what it is about, or the words of its block.
        each: It is made for each theme of the codebook or each proposal of the round.
        is_about: Whether it is about that theme or proposal, and not only stands in its chapter.
        is_named: Whether its heading is the name of what it is about.
        guidance: What the writer is told beside it; never printed.
    """

    heading: str
    kind: PartKind = PartKind.OWN
    depth: int = CHAPTER
    block: BlockKind | None = None
    numbered: Numbered = Numbered.YES
    each: Each | None = None
    is_about: bool = False
    is_named: bool = False
    guidance: str = ""

    def to_json(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "OutlinedPart":
        """What is stored."""
        values = dict(stored)
        values["kind"], values["numbered"] = PartKind(values["kind"]), Numbered(values["numbered"])
        values["block"] = BlockKind(values["block"]) if values["block"] else None
        values["each"] = Each(values["each"]) if values["each"] else None
        return cls(**values)


@dataclass(frozen=True, slots=True)
class WrittenOutline:
    """A part as it stands in a report.

    Attributes:
        part: Its outline; ``each`` says what kind of thing it is about.
        subject: Id of the theme or proposal that it is about.
        name: What that is called in the report's language.
    """

    part: OutlinedPart
    subject: int | None = None
    name: str = ""


def outline_of(parts: Iterable[WrittenOutline]) -> tuple[OutlinedPart, ...]:
    """The template that a report's parts show; nothing that was written goes along.

    Of the parts that are about a theme or a proposal, those of the first stand for all; where a
    heading is its name, the template says so and not the name. What somebody put into such a
    chapter belongs to it.
    """
    found: list[OutlinedPart] = []
    first: dict[Each, int | None] = {}
    chapter: WrittenOutline | None = None
    for one in parts:
        if one.part.depth == CHAPTER:
            chapter = one
        about = one if one.part.each is not None or chapter is None else chapter
        each = about.part.each
        if each is not None and first.setdefault(each, about.subject) != about.subject:
            continue
        is_named = bool(one.name) and one.part.heading == one.name
        found.append(
            replace(
                one.part,
                heading="" if is_named else one.part.heading,
                each=each,
                is_about=one.part.each is not None,
                is_named=is_named,
            )
        )
    return tuple(found)


def plan_own(
    outline: Sequence[OutlinedPart], *, themes: Sequence[Subject], proposals: Sequence[Subject]
) -> Iterator[Planned]:
    """The parts that a report begins with by an own template, in order.

    Args:
        outline: The template.
        themes: The themes at the top of the codebook.
        proposals: What the round has put forward.
    """
    subjects = {Each.THEME: themes, Each.PROPOSAL: proposals}
    for each, run in groupby(outline, key=lambda one: one.each):
        together = tuple(run)
        if each is None:
            yield from (_planned(one, None) for one in together)
            continue
        for subject in subjects[each]:
            yield from (_planned(one, subject) for one in together)


def _planned(one: OutlinedPart, subject: Subject | None) -> Planned:
    return Planned(
        subject.name if subject and one.is_named else one.heading,
        one.depth,
        one.kind,
        one.block,
        subject if one.is_about else None,
        named=True,
        numbered=one.numbered,
        guidance=one.guidance,
    )
