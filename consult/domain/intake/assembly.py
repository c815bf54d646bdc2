"""Put the blocks of each target together as the text of an answer."""

from collections.abc import Iterable, Sequence

from consult.domain.intake.types import (
    LEFT_OUT,
    Assignment,
    BlockRole,
    MappedAnswer,
    Reason,
    RecognisedBlock,
    RecognisedDocument,
)
from consult.kernel.text.plain import canonical

_NAMING = (Reason.HEADING_TEXT, Reason.HEADING_NUMBER, Reason.QUOTED_QUESTION)


def assemble_answers(
    document: RecognisedDocument, assignments: Sequence[Assignment]
) -> tuple[MappedAnswer, ...]:
    """One text for each target that got any, in the order the targets first occur.

    The heading that named the target becomes the source heading; others stay in the text as
    paragraphs of their own. Nothing else is added or lost.
    """
    members: dict[str, list[Assignment]] = {}
    for assignment in sorted(assignments, key=lambda one: one.block_index):
        if assignment.target != LEFT_OUT:
            members.setdefault(assignment.target, []).append(assignment)
    answers = []
    for target, own in members.items():
        source = _source_heading(document.blocks, own)
        blocks = [document.blocks[one.block_index] for one in own if one.block_index != source]
        text = format_blocks(blocks)
        if text:
            heading = None if source is None else _with_number(document.blocks[source])
            answers.append(MappedAnswer(target, text, heading))
    return tuple(answers)


_WORDS = (BlockRole.TITLE, BlockRole.HEADING, BlockRole.PARAGRAPH, BlockRole.BULLET)


def statement_text(document: RecognisedDocument) -> str:
    """What a document says as a whole, without letterhead, greeting, names and page numbers."""
    return format_blocks(block for block in document.blocks if block.role in _WORDS)


def _source_heading(blocks: Sequence[RecognisedBlock], own: Sequence[Assignment]) -> int | None:
    """The index of the heading that brought the blocks here, unless they came without one."""
    for one in own:
        moved = one.reason is Reason.CORRECTED and blocks[one.block_index].role is BlockRole.HEADING
        if one.reason in _NAMING or moved:
            return one.block_index
    return None


def _with_number(block: RecognisedBlock) -> str:
    return f"{block.number} {block.text}" if block.number else block.text


def format_blocks(blocks: Iterable[RecognisedBlock]) -> str:
    """Blocks as canonical plain text with light markup for lists.

    A bullet never stands more than one level deeper than the one before it.
    """
    parts: list[str] = []
    depth = -1
    for block in blocks:
        text = " ".join(_with_number(block).split())
        if not text:
            continue
        if block.role is BlockRole.BULLET:
            level = min(block.level, depth + 1)
            separator = "\n" if depth >= 0 else "\n\n"
            line = "  " * level + "- " + text
            depth = level
        else:
            separator, line, depth = "\n\n", text, -1
        parts.append(line if not parts else separator + line)
    return canonical("".join(parts))
