"""The report as a document: written parts, parts made from the data, proposals."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from consult.domain.composing.types import (
    BlockKind,
    CompositionKind,
    FrozenPart,
    FrozenText,
)
from consult.domain.documents.building.context import Context
from consult.domain.documents.building.data import Basis, PassageFacts, SummaryData
from consult.domain.documents.building.figures import Figures
from consult.domain.documents.building.quoting import Quoting
from consult.domain.documents.building.rich import RichBlocks, Source
from consult.domain.documents.building.senders import (
    answer_reference,
    attribution,
    is_quotable,
)
from consult.domain.documents.building.wording import Wording
from consult.domain.documents.tree import walk
from consult.domain.documents.types import (
    Block,
    Document,
    DocumentKind,
    Fact,
    Footnote,
    Section,
)
from consult.domain.reports.building import proposed
from consult.domain.reports.building.blocks import FROM_PROPOSALS, from_data
from consult.domain.reports.building.grafting import without_lost_references
from consult.domain.submissions.types import Signer
from consult.kernel.i18n import N_
from consult.kernel.text.rich.codec import from_json

DOCUMENT_KINDS: Mapping[CompositionKind, DocumentKind] = {
    CompositionKind.REPORT: DocumentKind.REPORT,
    CompositionKind.SUMMARY: DocumentKind.SUMMARY,
    CompositionKind.CHAPTER: DocumentKind.REPORT,
    CompositionKind.FACTUAL: DocumentKind.SUMMARY,
}
"""What a report of each kind is called on its cover."""


@dataclass(frozen=True, slots=True)
class ReportBasis:
    """What a report rests on besides its text.

    Attributes:
        data: The frozen data; ``basis`` names the snapshot.
        evidence: The passage behind each mark in the text, by the mark's id: public id and id.
        passages: Ids of passages by public id.
        addresses: Where published answers can be read on the web, by their numbers.
        corrected: Numbers of answers that their senders have changed since the data were frozen.
    """

    data: SummaryData
    basis: Basis
    evidence: Mapping[str, int] = field(default_factory=dict)
    passages: Mapping[str, int] = field(default_factory=dict)
    addresses: Mapping[int, str] = field(default_factory=dict)
    corrected: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class ReportFrame:
    """What stands around a report: its date, what it is besides final, who has approved it."""

    kind: CompositionKind
    day: dt.date
    status: str = ""
    subtitle: str = ""
    signers: Sequence[Signer] = ()
    facts: tuple[Fact, ...] = ()


def build_report(text: FrozenText, grounds: ReportBasis, frame: ReportFrame) -> Document:
    """The report in its own language. The same values give the same tree."""
    made = _Report(text, grounds)
    blocks = made.chapters()
    known = {
        anchor
        for block in blocks
        for node in walk(block)
        if (anchor := str(getattr(node, "id", "") or ""))
    }
    return Document(
        kind=DOCUMENT_KINDS[frame.kind],
        title=text.head.title,
        subtitle=frame.subtitle,
        publisher=text.head.sender,
        language=made.say.locale,
        date=frame.day,
        status=frame.status,
        case_number=text.head.our_ref,
        facts=(*_facts(made.say, grounds), *frame.facts, *_signed(made.say, frame.signers)),
        blocks=without_lost_references(blocks, known),
        footnotes=tuple(made.notes),
    )


@dataclass
class _Report:
    """One report in the making."""

    text: FrozenText
    grounds: ReportBasis
    notes: list[Footnote] = field(default_factory=list)

    _named: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.say = Wording(self.text.head.language)
        figures = Figures(self.grounds.data)
        self.context = Context(figures, self.say, Quoting(figures, self.say), self.grounds.basis)
        self._passages = {one.id: one for one in self.grounds.data.passages}
        self._answers = {one.number: one for one in self.grounds.data.answers}
        sources = {
            public_id: source
            for public_id, passage_id in self.grounds.passages.items()
            if (source := self._source_of_passage(passage_id))
        }
        self.proposing = proposed.Proposing(self.text, self.say, sources)

    def chapters(self) -> tuple[Block, ...]:
        """Every chapter with what stands in it, without parts that the data hold nothing for."""
        found: list[Block] = []
        parts = list(self.text.parts)
        start = 0
        while start < len(parts):
            end = start + 1
            while end < len(parts) and parts[end].depth > parts[start].depth:
                end += 1
            inner: list[Block] = list(self._within(parts[start]))
            for part in parts[start + 1 : end]:
                inner += self._section(part, self._within(part))
            found += self._section(parts[start], tuple(inner))
            start = end
        return tuple(found)

    def _section(self, part: FrozenPart, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        if not part.title and part.depth > 1:
            return blocks
        if not blocks and part.block is not None:
            return ()
        title = part.title or self.say.gettext(N_("Without a heading"))
        return (Section(proposed.part_anchor(part.key), title, blocks, part.numbered),)

    def _within(self, part: FrozenPart) -> tuple[Block, ...]:
        """The words of a part, and what it is made from below them."""
        writer = RichBlocks(proposed.part_anchor(part.key), source=self._source)
        written = writer.blocks(from_json(part.body))
        self.notes += writer.notes
        return (*written, *self._made(part))

    def _made(self, part: FrozenPart) -> tuple[Block, ...]:
        if part.block is None:
            return ()
        if part.block not in FROM_PROPOSALS:
            return from_data(part, self.context)
        if part.block is BlockKind.PROPOSED:
            return proposed.box(self.proposing, part.key, self._named)
        if part.block is BlockKind.ALL_PROPOSED:
            return proposed.by_chapter(self.proposing)
        if part.block is BlockKind.MEASURES:
            return proposed.measures(self.proposing, part.key)
        if part.block is BlockKind.NOT_PROPOSED:
            return proposed.not_proposed(self.proposing)
        return proposed.grounds(self.proposing, part.key)

    def _source(self, evidence_id: str) -> Source | None:
        passage_id = self.grounds.evidence.get(evidence_id)
        return self._source_of_passage(passage_id) if passage_id is not None else None

    def _source_of_passage(self, passage_id: int) -> Source | None:
        """Who said a passage; nobody where it is not in the data or may not be printed."""
        passage: PassageFacts | None = self._passages.get(passage_id)
        answer = self._answers.get(passage.answer) if passage else None
        if passage is None or answer is None or passage.is_protected or not is_quotable(answer):
            return None
        is_foreign = answer.language != self.say.locale
        is_corrected = answer.number in self.grounds.corrected
        return Source(
            attribution(answer, self.say),
            answer_reference(answer, self.say),
            self.grounds.addresses.get(answer.number, ""),
            answer.language if is_foreign else "",
            self.say.gettext(N_("corrected after the data were frozen")) if is_corrected else "",
        )


def _facts(say: Wording, grounds: ReportBasis) -> tuple[Fact, ...]:
    analysed = sum(one.is_analysed for one in grounds.data.answers)
    facts = (
        (N_("Owner"), grounds.data.round.owner),
        (N_("Case number"), grounds.data.round.case_number),
        (
            N_("Answers"),
            say.gettext(
                N_("%(analysed)s analysed, of %(received)s received"),
                analysed=analysed,
                received=len(grounds.data.answers),
            ),
        ),
        (N_("Data frozen"), say.moment(grounds.basis.taken_at)),
        (N_("Fingerprint of the data"), grounds.basis.digest[:16]),
    )
    return tuple(Fact(say.gettext(label), value) for label, value in facts if value)


def _signed(say: Wording, signers: Sequence[Signer]) -> tuple[Fact, ...]:
    if not signers:
        return ()
    names = [f"{one.name}, {one.title}" if one.title else one.name for one in signers]
    return (Fact(say.gettext(N_("Approved by")), "; ".join(names)),)
