"""Place what was recognised under the questions or proposals of a round, and take corrections."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from consult.domain.intake.rules import (
    ReferenceKind,
    is_closing_paragraph,
    split_reference,
)
from consult.domain.intake.similarity import WordWeights, number_of, quotes
from consult.domain.intake.types import (
    GENERAL,
    LEFT_OUT,
    Assignment,
    BlockRole,
    Reason,
    RecognisedBlock,
    RecognisedDocument,
    Target,
    TargetKind,
)

_ENOUGH = 0.55
"""The least likeness at which a heading is taken to name a target."""

_SURE = 0.75
"""From this likeness on, a second heading may name a target that has one already."""

_NUMBER_BONUS = 0.15
_LEAD = re.compile(r"^(?P<lead>[^.:?!]{4,70})(?P<end>[.:])\s")
_LEFT_OUT_ROLES = {
    BlockRole.LETTERHEAD: Reason.LETTER_PART,
    BlockRole.CLOSING: Reason.LETTER_PART,
    BlockRole.SIGNATURE: Reason.LETTER_PART,
    BlockRole.PAGE_FURNITURE: Reason.PAGE_FURNITURE,
    BlockRole.TITLE: Reason.TITLE,
}


@dataclass(frozen=True, slots=True)
class _Match:
    """A target that a heading names."""

    key: str
    confidence: float
    reason: Reason


@dataclass(frozen=True, slots=True)
class _Open:
    """A heading whose contents are being read."""

    index: int
    level: int
    target: str
    confidence: float
    matched: bool


def map_to_targets(
    document: RecognisedDocument, targets: Sequence[Target]
) -> tuple[Assignment, ...]:
    """Where each block goes: one assignment per block, in the order of the blocks.

    A heading that names a target takes what stands under it along, deeper headings included.
    What stands under no such heading concerns the round as a whole.
    """
    matches = _match_headings(document.blocks, targets)
    assignments: list[Assignment] = []
    stack: list[_Open] = []
    for index, block in enumerate(document.blocks):
        reason = _LEFT_OUT_ROLES.get(block.role)
        if reason is not None:
            assignments.append(Assignment(index, LEFT_OUT, None, 0.95, reason))
        elif block.role is BlockRole.HEADING or index in matches:
            assignments.append(_open_heading(index, block, matches.get(index), stack))
        else:
            assignments.append(_place(index, block, stack, targets))
    return tuple(_free_closing(document.blocks, assignments))


def _open_heading(
    index: int, block: RecognisedBlock, match: _Match | None, stack: list[_Open]
) -> Assignment:
    """Place a heading, and make it the one that what follows stands under."""
    level = block.level if block.role is BlockRole.HEADING else _quote_level(stack)
    while stack and stack[-1].level >= level:
        stack.pop()
    parent = stack[-1] if stack else None
    above = parent.index if parent else None
    if match is not None:
        stack.append(_Open(index, level, match.key, match.confidence, matched=True))
        return Assignment(index, match.key, above, match.confidence, match.reason)
    if parent is not None and parent.matched:
        confidence = round(0.9 * parent.confidence, 2)
        stack.append(_Open(index, level, parent.target, confidence, matched=True))
        return Assignment(index, parent.target, above, confidence, Reason.UNDER_HEADING)
    stack.append(_Open(index, level, GENERAL, 0.5, matched=False))
    return Assignment(index, GENERAL, above, 0.5, Reason.UNMATCHED_HEADING)


def _quote_level(stack: list[_Open]) -> int:
    """The level of a question repeated as plain text: beside others of its kind."""
    return (stack[-1].level if stack[-1].matched else stack[-1].level + 1) if stack else 1


def _place(
    index: int, block: RecognisedBlock, stack: list[_Open], targets: Sequence[Target]
) -> Assignment:
    """Place a paragraph or bullet: under its heading, or where it refers to itself."""
    heading = stack[-1] if stack else None
    if heading is None or not heading.matched:
        referred = _referred(block, targets)
        if referred is not None:
            above = heading.index if heading else None
            return Assignment(index, referred, above, 0.7, Reason.REFERENCE)
    if heading is None:
        return Assignment(index, GENERAL, None, 0.8, Reason.BEFORE_FIRST_HEADING)
    if heading.matched:
        return Assignment(
            index, heading.target, heading.index, heading.confidence, Reason.UNDER_HEADING
        )
    return Assignment(index, GENERAL, heading.index, 0.5, Reason.UNMATCHED_HEADING)


def _referred(block: RecognisedBlock, targets: Sequence[Target]) -> str | None:
    reference = split_reference(block.text)
    if reference is None or reference.kind is ReferenceKind.PLACE:
        return _announced(block, targets)
    for target in targets:
        if number_of(target.number) == reference.number and _same_kind(reference.kind, target):
            return target.key
    return None


def _announced(block: RecognisedBlock, targets: Sequence[Target]) -> str | None:
    """The target that a block's first words announce: "Reisetid: …", "2. Reisetid. …"."""
    match = _LEAD.match(block.text)
    if match is None or (match["end"] == "." and block.number is None):
        return None
    weights = WordWeights(targets)
    likeness = {target.key: _likeness(match["lead"], target, weights) for target in targets}
    best = max(likeness, key=lambda key: likeness[key], default=None)
    return best if best is not None and likeness[best] >= _SURE else None


def _same_kind(kind: ReferenceKind, target: Target) -> bool:
    return kind is ReferenceKind.PLACE or kind.value == target.kind.value


def _match_headings(
    blocks: Sequence[RecognisedBlock], targets: Sequence[Target]
) -> dict[int, _Match]:
    """The target that each heading names: the best pairs first, one heading each at first."""
    weights = WordWeights(targets)
    pairs: list[tuple[float, int, _Match]] = []
    for index, block in enumerate(blocks):
        for target in targets:
            match = _compare(block, target, weights)
            if match is not None:
                pairs.append((match.confidence, index, match))
    pairs.sort(key=lambda pair: (-pair[0], pair[1]))
    chosen: dict[int, _Match] = {}
    taken: dict[str, float] = {}
    for confidence, index, match in pairs:
        if index in chosen:
            continue
        if match.key in taken and confidence < max(_SURE, taken[match.key] - 0.1):
            continue
        chosen[index] = match
        taken.setdefault(match.key, confidence)
    return chosen


def _compare(block: RecognisedBlock, target: Target, weights: WordWeights) -> _Match | None:
    """How well a block names a target, or ``None`` when it does not."""
    if block.role in (BlockRole.PARAGRAPH, BlockRole.BULLET):
        short = len(block.text) <= 1.6 * max(len(target.text), len(target.title)) + 20
        if short and quotes(_without_label(block.text), target):
            return _Match(target.key, 0.9, Reason.QUOTED_QUESTION)
        return None
    if block.role is not BlockRole.HEADING:
        return None
    text = block.text if block.number is None else f"{block.number} {block.text}"
    reference = split_reference(block.text) or split_reference(text)
    words = reference.rest if reference else block.text
    number = reference.number if reference else number_of(block.number)
    own = number_of(target.number)
    same = number is not None and number == own
    likeness = _likeness(words, target, weights)
    if reference is not None and same:
        return _by_reference(reference.kind, words, likeness, target)
    if same and likeness >= 0.4:
        return _Match(target.key, min(1.0, round(likeness + _NUMBER_BONUS, 2)), Reason.HEADING_TEXT)
    if likeness >= _ENOUGH:
        return _Match(target.key, min(0.98, round(likeness, 2)), Reason.HEADING_TEXT)
    return None


def _likeness(words: str, target: Target, weights: WordWeights) -> float:
    if not words.strip():
        return 0.0
    by_title = weights.similarity(words, target.title)
    by_text = weights.similarity(words, target.text) if target.text else 0.0
    return max(by_title, 0.95 * by_text)


def _by_reference(
    kind: ReferenceKind, words: str, likeness: float, target: Target
) -> _Match | None:
    """A heading with the target's own number: "Spørsmål 2", "Til forslag 3.1: …"."""
    if not _same_kind(kind, target):
        return None
    if kind is ReferenceKind.PLACE and words and likeness < 0.3:
        return None
    if kind is ReferenceKind.PLACE and target.kind is TargetKind.QUESTION and not words:
        return _Match(target.key, 0.6, Reason.HEADING_NUMBER)
    confidence = 0.9 if not words else max(0.8, min(1.0, 0.7 + 0.3 * likeness))
    return _Match(target.key, round(confidence, 2), Reason.HEADING_NUMBER)


def _without_label(text: str) -> str:
    reference = split_reference(text)
    return reference.rest if reference and reference.rest else text


def _free_closing(
    blocks: Sequence[RecognisedBlock], assignments: list[Assignment]
) -> list[Assignment]:
    """Let the last paragraphs, when they take leave, concern the round as a whole."""
    content = [
        index
        for index, block in enumerate(blocks)
        if block.role not in _LEFT_OUT_ROLES and assignments[index].target != LEFT_OUT
    ]
    for index in reversed(content[-3:]):
        block = blocks[index]
        if block.role is not BlockRole.PARAGRAPH or not is_closing_paragraph(block.text):
            break
        assignments[index] = Assignment(index, GENERAL, None, 0.85, Reason.CLOSING_PARAGRAPH)
    return assignments


def reassign(
    assignments: Sequence[Assignment],
    *,
    target: str,
    block_index: int | None = None,
    heading_index: int | None = None,
) -> tuple[Assignment, ...]:
    """The assignments with a block, or a heading and all that stands under it, moved.

    Args:
        assignments: one per block, as ``map_to_targets`` gives them.
        target: a target's key, ``GENERAL`` or ``LEFT_OUT``.
        block_index: the one block to move.
        heading_index: the heading to move; blocks and headings under it follow.

    Raises:
        ValueError: not exactly one of the two is given, or there is no such block.
    """
    if (block_index is None) == (heading_index is None):
        raise ValueError("give either block_index or heading_index")
    wanted = block_index if block_index is not None else heading_index
    if wanted not in {assignment.block_index for assignment in assignments}:
        raise ValueError(f"no block {wanted}")
    moved = {wanted} if block_index is not None else _under(assignments, wanted)
    return tuple(
        replace(one, target=target, confidence=1.0, reason=Reason.CORRECTED)
        if one.block_index in moved
        else one
        for one in assignments
    )


def _under(assignments: Sequence[Assignment], heading: int | None) -> set[int | None]:
    """The heading itself and everything that stands under it, however deep."""
    found: set[int | None] = {heading}
    for assignment in sorted(assignments, key=lambda one: one.block_index):
        if assignment.heading_index in found and assignment.heading_index is not None:
            found.add(assignment.block_index)
    return found
