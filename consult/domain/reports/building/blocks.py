"""The parts of a report that nobody writes: each is built from the frozen data."""

from collections.abc import Callable, Mapping

from consult.domain.composing.types import BlockKind, FrozenPart
from consult.domain.documents.building.chapters.about import questions_asked
from consult.domain.documents.building.chapters.appendices import (
    appendix_codebook,
    appendix_senders,
)
from consult.domain.documents.building.chapters.campaigns import chapter_campaigns
from consult.domain.documents.building.chapters.impressions import chapter_impressions
from consult.domain.documents.building.chapters.matrix import chapter_matrix
from consult.domain.documents.building.chapters.method import chapter_method
from consult.domain.documents.building.chapters.proposals import section_on_proposal
from consult.domain.documents.building.chapters.senders import chapter_senders
from consult.domain.documents.building.chapters.themes import section_on_theme
from consult.domain.documents.building.context import Context
from consult.domain.documents.types import Block, Section
from consult.domain.reports.building.grafting import graft

_CHAPTERS: Mapping[BlockKind, Callable[[Context], Section | None]] = {
    BlockKind.FLOW: chapter_senders,
    BlockKind.SENDERS: appendix_senders,
    BlockKind.IMPRESSIONS: chapter_impressions,
    BlockKind.MATRIX: chapter_matrix,
    BlockKind.CAMPAIGNS: chapter_campaigns,
    BlockKind.METHOD: chapter_method,
    BlockKind.CODEBOOK: appendix_codebook,
}


def from_data(part: FrozenPart, context: Context) -> tuple[Block, ...]:
    """What a part shows of the frozen data; nothing where they hold nothing of the kind.

    Raises:
        KeyError: The part is made from the report's own proposals, or is written.
    """
    return graft(_blocks(part, context), part.key)


def _blocks(part: FrozenPart, context: Context) -> tuple[Block, ...]:
    if part.block is BlockKind.QUESTIONS:
        return questions_asked(context)
    section: Section | None
    if part.block is BlockKind.THEME:
        section = section_on_theme(context, part.about or "")
    elif part.block is BlockKind.POSITIONS:
        section = section_on_proposal(context, part.proposal or "")
    else:
        section = _CHAPTERS[part.block or BlockKind.FLOW](context)
    return section.blocks if section else ()


FROM_PROPOSALS = frozenset(
    {
        BlockKind.PROPOSED,
        BlockKind.ALL_PROPOSED,
        BlockKind.MEASURES,
        BlockKind.NOT_PROPOSED,
        BlockKind.EVIDENCE,
    }
)
"""What is built from the report's own proposals and not from the data."""
