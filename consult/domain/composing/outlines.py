"""What a report begins with: its chapters, and which of them are made from the data."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consult.domain.composing.types import BlockKind, CompositionKind, PartKind
from consult.domain.documents.types import Numbered
from consult.kernel.i18n import N_

CHAPTER, WITHIN = 1, 2
"""Depths: a chapter, and what stands in one."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that gets a chapter of its own: a theme of the codebook, a proposal of the round.

    Attributes:
        name: What the chapter is called, in the report's language.
    """

    name: str
    theme_id: int | None = None
    proposal_id: int | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """A part that a report begins with.

    Attributes:
        heading: An English message id, or the name of its subject.
        named: Whether ``heading`` is a name that nobody translates.
        guidance: What the writer is told beside it.
    """

    heading: str
    depth: int = CHAPTER
    kind: PartKind = PartKind.OWN
    block: BlockKind | None = None
    subject: Subject | None = None
    named: bool = False
    numbered: Numbered = Numbered.YES
    guidance: str = ""


def plan_report(
    kind: CompositionKind,
    *,
    themes: Sequence[Subject],
    proposals: Sequence[Subject],
    in_programme: bool = False,
) -> tuple[Planned, ...]:
    """The parts that a report of a kind begins with, in order.

    Args:
        kind: Which of the templates; not a response.
        themes: The themes at the top of the codebook.
        proposals: What the round has put forward.
        in_programme: Whether a working group writes it for the programme that its round is part of.

    Raises:
        KeyError: The kind is no report.
    """
    if in_programme and kind is CompositionKind.REPORT:
        return tuple(_sub_report(themes, proposals))
    return tuple(_PLANS[kind](themes, proposals))


Subjects = Sequence[Subject]


def _report(themes: Subjects, proposals: Subjects) -> Iterator[Planned]:
    """A working group's report. Source: domain guide §3.5."""
    yield Planned(N_("Preface"), numbered=Numbered.NO)
    yield Planned(N_("In short"), numbered=Numbered.NO)
    yield _made(BlockKind.ALL_PROPOSED, N_("What is proposed in this report"))
    yield Planned(N_("Mandate and way of working"))
    yield _made(BlockKind.FLOW, N_("Who answered"))
    yield _made(BlockKind.QUESTIONS, N_("What was asked"))
    yield Planned(N_("Framework and processes under way"))
    for subject in themes or proposals:
        yield _about(subject)
        yield _made(BlockKind.PROPOSED, "", subject)
    yield Planned(N_("Carrying it out"))
    yield _made(BlockKind.MEASURES, N_("Measures in the short and the long term"))
    yield _made(BlockKind.NOT_PROPOSED, N_("What was considered and is not proposed"))
    yield from _annexes()


def _sub_report(themes: Subjects, proposals: Subjects) -> Iterator[Planned]:
    """A group's sub-report: why, how, what. Source: domain guide §3.1, on source 001."""
    yield Planned(N_("In short"), numbered=Numbered.NO)
    yield Planned(N_("Why: what shall become better"))
    yield Planned(N_("How: the way we have worked"))
    yield _made(BlockKind.FLOW, N_("Who answered"))
    yield Planned(N_("What: findings and proposals"))
    for subject in themes or proposals:
        yield _about(subject, kind=PartKind.FINDING, depth=WITHIN)
    yield _made(BlockKind.ALL_PROPOSED, N_("What we propose"))
    yield Planned(N_("Proposals for the further process"))
    yield Planned(N_("Questions back"), kind=PartKind.QUESTIONS_BACK)
    yield from _annexes()


def _summary(themes: Subjects, proposals: Subjects) -> Iterator[Planned]:
    """A secretariat's summary. Source: domain guide §3.4."""
    yield Planned(N_("About the round"))
    yield _made(BlockKind.QUESTIONS, N_("What was asked"))
    yield _made(BlockKind.FLOW, N_("Who answered"), depth=CHAPTER)
    yield _made(BlockKind.IMPRESSIONS, N_("Main impressions"), depth=CHAPTER)
    yield Planned(N_("Theme by theme"))
    for subject in themes:
        yield _about(subject, kind=PartKind.FINDING, depth=WITHIN)
        yield _made(BlockKind.THEME, "", subject)
    if proposals:
        yield Planned(N_("Proposal by proposal"))
        for subject in proposals:
            yield _about(subject, kind=PartKind.FINDING, depth=WITHIN)
            yield _made(BlockKind.POSITIONS, "", subject)
    yield _made(BlockKind.CAMPAIGNS, N_("Campaigns"), depth=CHAPTER)
    yield Planned(N_("Outside the frame"))
    yield from _annexes()


def _chapter(themes: Subjects, proposals: Subjects) -> Iterator[Planned]:
    """A chapter of a bill: views and assessment apart. Source: domain guide §3.3."""
    yield Planned(N_("The consultation"))
    yield _made(BlockKind.FLOW, N_("Who answered"))
    for subject in proposals or themes:
        yield _about(subject)
        yield Planned(N_("Present law"), WITHIN, subject=subject)
        yield Planned(N_("What the consultation paper proposes"), WITHIN, subject=subject)
        views = N_("What those who answered think")
        yield Planned(views, WITHIN, PartKind.VIEWS, subject=subject)
        if subject.proposal_id is not None:
            yield _made(BlockKind.POSITIONS, "", subject)
        yield Planned(N_("Our assessment"), WITHIN, PartKind.ASSESSMENT, subject=subject)
        yield _made(BlockKind.PROPOSED, "", subject)
    yield _annex(BlockKind.SENDERS, N_("Who answered, one by one"))


def _factual(themes: Subjects, proposals: Subjects) -> Iterator[Planned]:
    """Facts alone: what was said and by whom, without an assessment."""
    yield Planned(N_("About the round"))
    yield _made(BlockKind.FLOW, N_("Who answered"), depth=CHAPTER)
    for subject in themes:
        yield _about(subject, kind=PartKind.FINDING)
        yield _made(BlockKind.THEME, "", subject)
    for subject in proposals:
        yield _about(subject, kind=PartKind.FINDING)
        yield _made(BlockKind.POSITIONS, "", subject)
    yield _made(BlockKind.MATRIX, N_("Themes and groups"), depth=CHAPTER)
    yield from _annexes()


def _annexes() -> Iterator[Planned]:
    yield _made(BlockKind.METHOD, N_("Method"), depth=CHAPTER)
    yield _annex(BlockKind.SENDERS, N_("Who answered, one by one"))
    yield _annex(BlockKind.EVIDENCE, N_("What the proposals rest on"))
    yield _annex(BlockKind.CODEBOOK, N_("The codebook"))


def _annex(block: BlockKind, heading: str) -> Planned:
    return Planned(heading, CHAPTER, PartKind.BLOCK, block, numbered=Numbered.APPENDIX)


def _made(
    block: BlockKind, heading: str, subject: Subject | None = None, *, depth: int = WITHIN
) -> Planned:
    return Planned(heading, depth, PartKind.BLOCK, block, subject)


def _about(subject: Subject, *, kind: PartKind = PartKind.OWN, depth: int = CHAPTER) -> Planned:
    return Planned(subject.name, depth, kind, subject=subject, named=True)


_PLANS = {
    CompositionKind.REPORT: _report,
    CompositionKind.SUMMARY: _summary,
    CompositionKind.CHAPTER: _chapter,
    CompositionKind.FACTUAL: _factual,
}
