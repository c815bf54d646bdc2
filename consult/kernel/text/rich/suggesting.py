"""An edited text that comes back, as suggestions that are accepted or rejected one by one.

Each is applied by merging, so they may be accepted in any order and also after the text went on;
one whose words are not there any more is refused.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from consult.kernel.text.rich.aligning import Token, align, stretches, tokens
from consult.kernel.text.rich.errors import StaleSuggestion
from consult.kernel.text.rich.merging import merge_change
from consult.kernel.text.rich.merging_words import add_evidence
from consult.kernel.text.rich.types import (
    Block,
    Break,
    Evidence,
    Inline,
    RichText,
    joined,
)


class Action(StrEnum):
    """What a suggestion would do."""

    REPLACE = "replace"
    INSERT = "insert"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One change to one block.

    Attributes:
        base: The text that was sent out and edited.
        place: The block of ``base`` that it concerns; of an insertion, the one it comes before.
        before: The block as it was; ``None`` when one is inserted.
        after: The block as it would be; ``None`` when it is deleted.
        beside: All that is inserted at the same place, in order, this one included.
    """

    base: RichText
    place: int
    before: Block | None
    after: Block | None
    beside: tuple[Block, ...] = ()

    @property
    def action(self) -> Action:
        """What it would do."""
        if self.before is None:
            return Action.INSERT
        return Action.DELETE if self.after is None else Action.REPLACE


def suggest(ours: RichText, theirs: RichText) -> tuple[Suggestion, ...]:
    """What somebody who edited our text elsewhere would change, in reading order.

    Their text knows no evidence; ours stays on the words that are unchanged and on what was
    rewritten in their midst. A text that comes back as it went gives no suggestion.
    """
    return _suggestions(ours, _pairs(ours, theirs))


_Pair = tuple[int | None, Block | None]
"""A place in our text and the block that they have there."""


def _pairs(ours: RichText, theirs: RichText) -> list[_Pair]:
    """Their blocks beside ours, with our evidence; a block alone beside a lone one replaces it."""
    pairs: list[_Pair] = []
    moved = {block.words: block for block in ours.blocks}
    for left, right in align(ours.blocks, theirs.blocks):
        if right is None:
            pairs.append((left, None))
            continue
        block = theirs.blocks[right]
        source = ours.blocks[left] if left is not None else moved.get(block.words)
        pairs.append((left, keep_evidence(source, block) if source is not None else block))
    return _with_replacements(pairs)


def _with_replacements(pairs: Sequence[_Pair]) -> list[_Pair]:
    """The pairs with one block taken away and one put in its place as one."""
    result: list[_Pair] = []
    for index, (left, block) in enumerate(pairs):
        around = (*pairs[max(index - 2, 0) : max(index - 1, 0)], *pairs[index + 1 : index + 2])
        alone = all(place is not None and other is not None for place, other in around)
        if left is None and alone and result and result[-1][1] is None:
            result[-1] = (result[-1][0], block)
        else:
            result.append((left, block))
    return result


def _suggestions(ours: RichText, pairs: Sequence[_Pair]) -> tuple[Suggestion, ...]:
    found: list[Suggestion] = []
    place = 0
    added: list[Block] = []
    for left, block in [*pairs, (len(ours.blocks), None)]:
        if left is None:
            added += [block] if block is not None else []
            continue
        place = left
        found += [Suggestion(ours, place, None, one, tuple(added)) for one in added]
        added = []
        if place < len(ours.blocks) and block != ours.blocks[place]:
            found.append(Suggestion(ours, place, ours.blocks[place], block))
    return tuple(found)


def apply(current: RichText, suggestion: Suggestion) -> RichText:
    """The text with one suggestion accepted; what else was changed in it since stays.

    Raises:
        StaleSuggestion: somebody changed the same words since, or took them away.
    """
    base, place, after = suggestion.base, suggestion.place, suggestion.after
    added: tuple[Block, ...] = ()
    if suggestion.action is Action.INSERT:
        here = {block.words: block for block in current.blocks}
        wanted = (one for one in suggestion.beside if one == after or one.words in here)
        added = tuple(here.get(one.words, one) for one in wanted)
        after = base.blocks[place] if place < len(base.blocks) else None
    merged = merge_change(base, current, place, added=added, after=after)
    if not merged.is_clean or _is_gone(current, suggestion):
        raise StaleSuggestion(suggestion.action, suggestion.place)
    return merged.text


def _is_gone(current: RichText, suggestion: Suggestion) -> bool:
    """Whether a block that would be rewritten was taken away."""
    if suggestion.action is not Action.REPLACE or suggestion.after in current.blocks:
        return False
    pairs = align(suggestion.base.blocks, current.blocks)
    return (suggestion.place, None) in pairs


def keep_evidence(ours: Block, theirs: Block) -> Block:
    """Their block with the evidence of ours on what is unchanged, or rewritten inside it."""
    if joined(map(_without_evidence, ours.content)) == theirs.content:
        return replace(theirs, content=ours.content)
    old, new = tokens(ours.content), tokens(theirs.content)
    content: list[Inline] = []
    for one in stretches(old, new):
        was, now = old[one.start : one.end], new[one.new_start : one.new_end]
        if one.is_same:
            content += [
                _still_bound(add_evidence(unit, _evidence(before)), before)
                for left, right in zip(was, now, strict=True)
                for before, unit in _fragments(left, right)
            ]
        else:
            beside = (*old[max(one.start - 1, 0) : one.start], *old[one.end : one.end + 1])
            common = _common(was) if was else _common(beside) if len(beside) == 2 else ()
            content += [add_evidence(part, common) for word in now for part in word.parts]
    return replace(theirs, content=joined(content))


def _without_evidence(part: Inline) -> Inline:
    if isinstance(part, Break) or not (part.marks.evidence or part.marks.bound):
        return part
    return replace(part, marks=replace(part.marks, evidence=(), bound=None))


def _still_bound(part: Inline, before: Inline) -> Inline:
    """A word that is unchanged is still the value that it was."""
    if isinstance(part, Break) or isinstance(before, Break) or not before.marks.bound:
        return part
    return replace(part, marks=replace(part.marks, bound=before.marks.bound))


def _fragments(left: Token, right: Token) -> Iterable[tuple[Inline, Inline]]:
    """The same word of both, in pieces with the same marks throughout."""
    if len(left.parts) == len(right.parts) == 1:
        return [(left.parts[0], right.parts[0])]
    return zip(left.units, right.units, strict=True)


def _evidence(part: Inline) -> tuple[Evidence, ...]:
    return () if isinstance(part, Break) else part.marks.evidence


def _common(words: Iterable[Token]) -> tuple[Evidence, ...]:
    """The passages that all of these words rest on."""
    parts = [part for word in words for part in word.parts if not isinstance(part, Break)]
    sets = [set(part.marks.evidence) for part in parts]
    return tuple(set.intersection(*sets)) if sets else ()
