"""Two writers in one part: which text they began with, and both their works in one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from typing import TypeVar

from consult.domain.composing.types import PartContent, RevisionMark, SaveKind
from consult.domain.submissions.types import StanceModifier
from consult.kernel.text.rich.merging import Choice, Merge, merge
from consult.kernel.text.rich.types import Block, Break, RichText

T = TypeVar("T")

SAME_SITTING = timedelta(minutes=5)
"""Autosaves of one page no further apart than this are one revision of the history."""


@dataclass(frozen=True, slots=True)
class PartMerge:
    """Both writers' work on one part.

    Attributes:
        body: The text, with conflicts at their places.
        clear: The other fields; where both have changed one, theirs.
        clashes: Names of the other fields that both have changed, each to something else.
    """

    mine: PartContent
    body: Merge
    clear: PartContent
    clashes: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        """Whether nobody needs to decide anything."""
        return self.body.is_clean and not self.clashes

    def decided(self, choice: Choice) -> PartContent:
        """The part with one answer to everything in dispute; all else is both writers' work.

        Where one value must be chosen, "both" is mine.
        """
        own = self.clashes if choice is not Choice.THEIRS else ()
        return settle(
            replace(
                self.clear,
                heading=self.mine.heading if "heading" in own else self.clear.heading,
                stance=self.mine.stance if "stance" in own else self.clear.stance,
                body=self.body.resolve([choice] * len(self.body.conflicts)),
            )
        )


def settle(content: PartContent) -> PartContent:
    """The content without what contradicts itself: where something is said, there are comments."""
    return replace(
        content,
        heading=" ".join(content.heading.split()),
        modifiers=tuple(one for one in StanceModifier if one in content.modifiers),
        no_comments=content.no_comments and content.body.is_empty,
    )


def merge_parts(origin: PartContent, mine: PartContent, theirs: PartContent) -> PartMerge:
    """What both made of the text they began with."""
    heading, heading_clear = _either(origin.heading, mine.heading, theirs.heading)
    stance, stance_clear = _either(origin.stance, mine.stance, theirs.stance)
    no_comments, _clear = _either(origin.no_comments, mine.no_comments, theirs.no_comments)
    return PartMerge(
        mine=mine,
        body=merge(origin.body, mine.body, theirs.body),
        clear=PartContent(
            heading=heading,
            stance=stance,
            modifiers=_merged_modifiers(origin, mine, theirs),
            no_comments=no_comments,
        ),
        clashes=tuple(
            name
            for name, is_clear in (("heading", heading_clear), ("stance", stance_clear))
            if not is_clear
        ),
    )


def _either(origin: T, mine: T, theirs: T) -> tuple[T, bool]:
    """What the one who changed it made of it, and whether it was one only; theirs if it was not."""
    if mine in (origin, theirs):
        return theirs, True
    if theirs == origin:
        return mine, True
    return theirs, False


def _merged_modifiers(
    origin: PartContent, mine: PartContent, theirs: PartContent
) -> tuple[StanceModifier, ...]:
    """What either has added, without what either has taken away."""
    first, own, other = set(origin.modifiers), set(mine.modifiers), set(theirs.modifiers)
    kept = (own | other) - (first - own) - (first - other)
    return tuple(one for one in StanceModifier if one in kept)


def find_origin(
    revisions: Sequence[RevisionMark], *, base: int, window: str | None
) -> RevisionMark:
    """The revision that a page goes on from, of all of a part's in order.

    That is the one it was opened with, or the nearest older one that is kept. But if the page
    itself has saved since, and our answer was lost on the way, it is what it saved then.
    """
    own = [
        one
        for one in revisions
        if one.number > base and one.window is not None and one.window == window
        and one.kind in (SaveKind.TYPED, SaveKind.ASIDE)
    ]  # fmt: skip
    if own:
        return own[-1]
    older = [one for one in revisions if one.number <= base]
    return older[-1] if older else revisions[0]


def superseded(revisions: Sequence[RevisionMark]) -> tuple[int, ...]:
    """Numbers of the autosaves that the next one of the same page stands for, soon after."""
    found = []
    for one, following in pairwise(revisions):
        same_page = one.window is not None and one.window == following.window
        soon = following.saved_at - one.saved_at <= SAME_SITTING
        if same_page and soon and one.kind is following.kind is SaveKind.TYPED:
            found.append(one.number)
    return tuple(found)


def without_unknown_evidence(body: RichText, known: frozenset[str]) -> RichText:
    """The text without marks for evidence that is not (any more) among the known; words stay."""
    if all(one.id in known for one in body.evidence):
        return body
    return RichText(tuple(_cleared(block, known) for block in body.blocks))


def _cleared(block: Block, known: frozenset[str]) -> Block:
    content = tuple(
        part
        if isinstance(part, Break) or part.marks.evidence_ids <= known
        else replace(
            part,
            marks=replace(
                part.marks, evidence=tuple(one for one in part.marks.evidence if one.id in known)
            ),
        )
        for part in block.content
    )
    return replace(block, content=content)
