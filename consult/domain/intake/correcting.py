"""Corrections of what was recognised: pure functions of what stands and what a person wants."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from consult.domain.intake.mapping import map_to_targets, reassign
from consult.domain.intake.types import (
    GENERAL,
    LEFT_OUT,
    Assignment,
    BlockRole,
    Reason,
    RecognisedBlock,
    RecognisedDocument,
    Target,
)
from consult.kernel.errors import InvalidInput
from consult.kernel.text.plain import canonical

LETTER_ROLES = frozenset(
    {
        BlockRole.LETTERHEAD,
        BlockRole.TITLE,
        BlockRole.CLOSING,
        BlockRole.SIGNATURE,
        BlockRole.PAGE_FURNITURE,
    }
)
"""What belongs to the letter and not to the answer."""

_BLANK_LINE = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class BlockEdit:
    """How a person wants one block to be.

    Attributes:
        level: A heading's level from 1, a bullet's nesting from 0, else 0.
        text: Its text; a blank line divides the block in two, no text at all leaves it out.
        target: A target's key, ``GENERAL`` or ``LEFT_OUT``.
    """

    role: BlockRole
    level: int
    text: str
    target: str


@dataclass(frozen=True, slots=True)
class Mapped:
    """A document and where each of its blocks goes."""

    document: RecognisedDocument
    assignments: tuple[Assignment, ...]


def apply_edits(
    mapped: Mapped,
    edits: Mapping[int, BlockEdit],
    *,
    targets: Sequence[Target],
    merge: int | None = None,
) -> Mapped:
    """The document and its assignments after the edits, given by block index.

    Only what differs from what stands is a change. A block whose kind changes is placed anew, like
    those that come to stand under it, unless somebody has placed them by hand before. A heading
    that is moved takes along what stands under it, except what the same edits move elsewhere.
    ``merge`` is the block that is put together with the one before it, once all that is done.

    Raises:
        InvalidInput: ``target``/``unknown`` or ``block``/``unknown``.
    """
    _check(mapped, edits, targets)
    blocks, origins = _edited_blocks(mapped.document, edits)
    document = replace(mapped.document, blocks=blocks)
    if blocks == mapped.document.blocks:
        assignments = mapped.assignments
    else:
        assignments = _place_anew(mapped, document, origins, targets)
    for index, target in _moves(mapped, edits, blocks, origins):
        if blocks[index].role is BlockRole.HEADING:
            assignments = reassign(assignments, target=target, heading_index=index)
        else:
            assignments = reassign(assignments, target=target, block_index=index)
    edited = Mapped(document, assignments)
    if merge is None:
        return edited
    if merge not in origins:
        raise InvalidInput("block", "unknown", index=merge)
    return merge_with_previous(edited, origins.index(merge), targets=targets)


def merge_with_previous(mapped: Mapped, index: int, *, targets: Sequence[Target]) -> Mapped:
    """The document with a block's text put behind that of the block before it.

    What comes out is of the earlier block's kind and at its place. A word that a line's end had
    divided is not put together: nobody can tell its hyphen from one that belongs there.

    Raises ``InvalidInput`` (``block``/``unknown``) for the first block and for one that is not.
    """
    blocks = mapped.document.blocks
    if not 1 <= index < len(blocks):
        raise InvalidInput("block", "unknown", index=index)
    first, second = blocks[index - 1], blocks[index]
    separator = "\n" if first.role in LETTER_ROLES else " "
    words = f"{second.number} {second.text}" if second.number else second.text
    merged = replace(first, text=f"{first.text}{separator}{words}")
    document = replace(mapped.document, blocks=(*blocks[: index - 1], merged, *blocks[index + 1 :]))
    origins = [*range(index), *range(index + 1, len(blocks))]
    assignments = _place_anew(mapped, document, origins, targets)
    target = mapped.assignments[index - 1].target
    if assignments[index - 1].target != target and merged.role is not BlockRole.HEADING:
        assignments = reassign(assignments, target=target, block_index=index - 1)
    return Mapped(document, assignments)


def _check(mapped: Mapped, edits: Mapping[int, BlockEdit], targets: Sequence[Target]) -> None:
    places = {GENERAL, LEFT_OUT, *(target.key for target in targets)}
    for index, edit in edits.items():
        if not 0 <= index < len(mapped.document.blocks):
            raise InvalidInput("block", "unknown", index=index)
        if edit.target not in places:
            raise InvalidInput("target", "unknown", index=index)


def _edited_blocks(
    document: RecognisedDocument, edits: Mapping[int, BlockEdit]
) -> tuple[tuple[RecognisedBlock, ...], tuple[int, ...]]:
    """The blocks after the edits, and which of the old ones each came from."""
    blocks: list[RecognisedBlock] = []
    origins: list[int] = []
    for index, block in enumerate(document.blocks):
        parts = _edited(block, edits[index]) if index in edits else [block]
        blocks += parts
        origins += [index] * len(parts)
    return tuple(blocks), tuple(origins)


def _edited(block: RecognisedBlock, edit: BlockEdit) -> list[RecognisedBlock]:
    text = canonical(edit.text).strip()
    if text == canonical(block.text).strip() or not text:
        texts = [block.text]
    elif edit.role in LETTER_ROLES:
        texts = [text]
    else:
        texts = [" ".join(part.split()) for part in _BLANK_LINE.split(text)]
    first, *others = texts
    changed = replace(block, role=edit.role, level=edit.level, text=first)
    return [changed, *(replace(changed, text=other, number=None) for other in others)]


def _place_anew(
    mapped: Mapped,
    document: RecognisedDocument,
    origins: Sequence[int],
    targets: Sequence[Target],
) -> tuple[Assignment, ...]:
    """Fresh assignments, with those that a person has made before put back."""
    fresh = map_to_targets(document, targets)
    kept = {
        index: mapped.assignments[origin].target
        for index, origin in enumerate(origins)
        if mapped.assignments[origin].reason is Reason.CORRECTED
        and not _became_letter_part(mapped.document.blocks[origin], document.blocks[index])
    }
    for index, target in kept.items():
        if document.blocks[index].role is BlockRole.HEADING:
            fresh = reassign(fresh, target=target, heading_index=index)
    for index, target in kept.items():
        fresh = reassign(fresh, target=target, block_index=index)
    return fresh


def _became_letter_part(before: RecognisedBlock, after: RecognisedBlock) -> bool:
    return after.role in LETTER_ROLES and before.role is not after.role


def _moves(
    mapped: Mapped,
    edits: Mapping[int, BlockEdit],
    blocks: Sequence[RecognisedBlock],
    origins: Sequence[int],
) -> list[tuple[int, str]]:
    """What the edits move where: headings from the outermost in, then single blocks."""
    moves = []
    for index, origin in enumerate(origins):
        edit = edits.get(origin)
        if edit is None:
            continue
        target = edit.target if edit.text.strip() else LEFT_OUT
        if target != mapped.assignments[origin].target:
            moves.append((index, target))
    return sorted(moves, key=lambda move: blocks[move[0]].role is not BlockRole.HEADING)


def count_passages(text: str) -> int:
    """How many paragraphs and bullets a text in light markup has."""
    count, inside = 0, False
    for line in text.split("\n"):
        starts = line.lstrip().startswith("- ") or (bool(line.strip()) and not inside)
        count += starts
        inside = bool(line.strip())
    return count
