"""Two writers, one text: what both did since the text they began with, in one.

Blocks are merged first, then the words inside a block that both changed. Where both did something
else with the same words there is a conflict, which holds both versions. No word that either of
them wrote is ever lost: it stands in the merged text or in a conflict.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from enum import StrEnum

from consult.kernel.text.rich.aligning import align
from consult.kernel.text.rich.codec import to_json
from consult.kernel.text.rich.errors import UnresolvedConflict
from consult.kernel.text.rich.merging_words import merge_words
from consult.kernel.text.rich.types import Block, RichText


class Choice(StrEnum):
    """What a person decides about a conflict."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"
    BASE = "base"


@dataclass(frozen=True, slots=True)
class MergeConflict:
    """A place where both did something else; no blocks means that the place was emptied.

    ``mine`` and ``theirs`` hold also what the other one did in these blocks where that is clean,
    so whichever is chosen, only the words in dispute are given up.
    """

    base: tuple[Block, ...]
    mine: tuple[Block, ...]
    theirs: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Merge:
    """Both writers' work in reading order, with conflicts at their places."""

    parts: tuple[Block | MergeConflict, ...]

    @property
    def conflicts(self) -> tuple[MergeConflict, ...]:
        """What a person must decide, in reading order."""
        return tuple(part for part in self.parts if isinstance(part, MergeConflict))

    @property
    def is_clean(self) -> bool:
        """Whether nobody needs to decide anything."""
        return not self.conflicts

    @property
    def text(self) -> RichText:
        """The merged text. Raises :class:`UnresolvedConflict` while there are conflicts."""
        return self.resolve(())

    def resolve(self, choices: Sequence[Choice]) -> RichText:
        """The merged text with each conflict decided, in their order.

        Raises:
            UnresolvedConflict: there are more or fewer choices than conflicts.
        """
        if len(choices) != len(self.conflicts):
            raise UnresolvedConflict(f"{len(choices)} of {len(self.conflicts)}")
        decided = iter(choices)
        blocks: list[Block] = []
        for part in self.parts:
            blocks += _CHOSEN[next(decided)](part) if isinstance(part, MergeConflict) else (part,)
        return RichText(tuple(blocks))


_CHOSEN: dict[Choice, Callable[[MergeConflict], tuple[Block, ...]]] = {
    Choice.MINE: lambda conflict: conflict.mine,
    Choice.THEIRS: lambda conflict: conflict.theirs,
    Choice.BOTH: lambda conflict: conflict.mine + conflict.theirs,
    Choice.BASE: lambda conflict: conflict.base,
}


def merge(base: RichText, mine: RichText, theirs: RichText) -> Merge:
    """What both made of a text. The same, whoever of them is called mine (conflicts aside)."""
    if mine == theirs or theirs == base:
        return Merge(mine.blocks)
    if mine == base:
        return Merge(theirs.blocks)
    one, other = _side(base, mine), _side(base, theirs)
    if to_json(mine) <= to_json(theirs):
        return Merge(tuple(_merge(base, one, other)))
    return Merge(tuple(map(_turned, _merge(base, other, one))))


def merge_change(
    base: RichText, mine: RichText, place: int, *, added: tuple[Block, ...], after: Block | None
) -> Merge:
    """My text with what was done to one block of the text before, or added right before it.

    ``after`` is what became of the block at ``place``, which may be the end of the text.
    """
    other = _Side(list(base.blocks), [()] * (len(base.blocks) + 1))
    other.added[place] = added
    if place < len(base.blocks):
        other.blocks[place] = after
    return Merge(tuple(_merge(base, _side(base, mine), other)))


def _turned(part: Block | MergeConflict) -> Block | MergeConflict:
    if isinstance(part, Block):
        return part
    return MergeConflict(part.base, part.theirs, part.mine)


@dataclass(slots=True)
class _Side:
    """What one writer made of each block, and added before each and at the end."""

    blocks: list[Block | None]
    added: list[tuple[Block, ...]] = field(default_factory=list)


def _side(base: RichText, text: RichText) -> _Side:
    side = _Side([None] * len(base.blocks))
    added: list[Block] = []
    for left, right in align(base.blocks, text.blocks):
        if right is not None and left is None:
            added.append(text.blocks[right])
        elif left is not None:
            side.added.append(tuple(added))
            added = []
            side.blocks[left] = text.blocks[right] if right is not None else None
    side.added.append(tuple(added))
    return side


def _merge(base: RichText, one: _Side, other: _Side) -> Iterator[Block | MergeConflict]:
    gone: list[Block] = []  # what both took away just before
    for place, block in enumerate((*base.blocks, None)):
        yield from _merge_added(one.added[place], other.added[place], gone)
        if block is None:
            return
        result = _merge_block(block, one.blocks[place], other.blocks[place])
        if result is None:
            by_both = one.blocks[place] is None and other.blocks[place] is None
            gone = [*gone, block] if by_both else []
            continue
        gone = []
        if isinstance(result, MergeConflict):
            result = _with_rewriting(result, one, other, place + 1)
        yield result


def _merge_added(
    one: tuple[Block, ...], other: tuple[Block, ...], gone: Sequence[Block]
) -> Iterator[Block | MergeConflict]:
    """What both added at a place: one after the other, unless both wrote something else anew."""
    if not one or not other or one == other:
        yield from one or other
    elif gone:
        yield MergeConflict(tuple(gone), one, other)
    else:
        matcher = SequenceMatcher(None, one, other, autojunk=False)
        for tag, i, i_end, j, j_end in matcher.get_opcodes():
            yield from one[i:i_end]
            yield from other[j:j_end] if tag != "equal" else ()


def _merge_block(
    base: Block, one: Block | None, other: Block | None
) -> Block | MergeConflict | None:
    """What became of a block; ``None`` if it is gone."""
    if one == other or other == base:
        return one
    if one == base:
        return other
    if one is None or other is None:
        return MergeConflict((base,), _some(one), _some(other))
    words = merge_words(base.content, one.content, other.content)
    style = _merge_style(base, one, other)
    if style is not None and words.is_clean:
        return replace(style, content=words.one)
    return MergeConflict(
        (base,),
        (replace(style or one, content=words.one),),
        (replace(style or other, content=words.other),),
    )


def _some(block: Block | None) -> tuple[Block, ...]:
    return () if block is None else (block,)


def _merge_style(base: Block, one: Block, other: Block) -> Block | None:
    """A block that looks as the merged one shall; ``None`` if both gave it another look."""
    looks = [(block.kind, block.depth, block.start) for block in (base, one, other)]
    if looks[1] in (looks[0], looks[2]):
        return other
    return one if looks[2] == looks[0] else None


def _with_rewriting(conflict: MergeConflict, one: _Side, other: _Side, place: int) -> MergeConflict:
    """The conflict with what stands after it, where a side took the block away to write anew."""
    for side, opposite, gone in ((one, other, conflict.mine), (other, one, conflict.theirs)):
        anew = side.added[place]
        if not gone and anew and not opposite.added[place]:
            side.added[place] = ()
            mine, theirs = (anew, conflict.theirs) if side is one else (conflict.mine, anew)
            return MergeConflict(conflict.base, mine, theirs)
    return conflict
