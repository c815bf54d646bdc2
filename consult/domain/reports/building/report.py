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
from consult.domain.documents.building.data import AnswerFacts, Basis, PassageFacts, SummaryData
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
    Inlines,
    Link,
    Ref,
    Section,
    Text,
)
from consult.domain.programmes.beneath import Beneath
from consult.domain.reports.building import bound, proposed
from consult.domain.reports.building.beneath import rests_on
from consult.domain.reports.building.blocks import FROM_PROPOSALS, from_data
from consult.domain.reports.building.grafting import in_language, without_lost_references
from consult.domain.reports.language.norwegian import shares_of
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


_IS_NYNORSK = 80  # per cent of the words that tell: quotes in bokmål may stand in such a chapter

_ANCHORS: Mapping[BlockKind, str] = {
    BlockKind.CODEBOOK: "codebook",
    BlockKind.SENDERS: "all-senders",
    BlockKind.METHOD: "method",
}
"""What chapters made from the data are called where they refer to one another."""


@dataclass(frozen=True, slots=True)
class ReportBasis:
    """What a report rests on besides its text.

    Attributes:
        data: The frozen data; ``basis`` names the snapshot.
        evidence: The passage behind each mark in the text, by the mark's id: public id and id.
        passages: Ids of passages by public id.
        addresses: Where published answers can be read on the web, by their numbers.
        beneath: What passages of sub-reports rest on in their turn, by their ids.
        corrected: Numbers of answers that their senders have changed since the data were frozen.
    """

    data: SummaryData
    basis: Basis
    evidence: Mapping[str, int] = field(default_factory=dict)
    passages: Mapping[str, int] = field(default_factory=dict)
    addresses: Mapping[int, str] = field(default_factory=dict)
    beneath: Mapping[int, Beneath] = field(default_factory=dict)
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
        blocks=without_lost_references(blocks, known, stand_ins=_stand_ins(text)),
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
        self._values = bound.values_of(figures, self.say, proposed=len(self.proposing.proposed()))
        self._bodies_met: set[str] = set()

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
        writer = RichBlocks(
            proposed.part_anchor(part.key), source=self._source, reference=self._reference
        )
        body = from_json(part.body)
        written = writer.blocks(bound.resolve(body, self._values, self._bodies_met))
        if self.say.locale == "nb" and (shares_of([body]).nynorsk_percent or 0) >= _IS_NYNORSK:
            written = in_language(written, "nn")
        self.notes += writer.notes
        return (*written, *self._made(part))

    def _made(self, part: FrozenPart) -> tuple[Block, ...]:
        if part.block is None:
            return ()
        if part.block not in FROM_PROPOSALS:
            made = from_data(part, self.context)
            return (*made, *self._origins(part)) if part.block is BlockKind.METHOD else made
        if part.block is BlockKind.PROPOSED:
            return proposed.box(self.proposing, part.key, self._named)
        if part.block is BlockKind.ALL_PROPOSED:
            return proposed.by_chapter(self.proposing, part.key)
        if part.block is BlockKind.MEASURES:
            return proposed.measures(self.proposing, part.key)
        if part.block is BlockKind.NOT_PROPOSED:
            return proposed.not_proposed(self.proposing)
        return proposed.grounds(self.proposing, part.key)

    def _origins(self, part: FrozenPart) -> tuple[Block, ...]:
        """Where the numbers in the prose come from."""
        texts = (from_json(one.body) for one in self.text.parts)
        table = bound.origin_table(texts, self._values, self.say, name=f"{part.key}-bound")
        if table is None:
            return ()
        heading = self.say.gettext(N_("The numbers in the text"))
        return (Section(f"{part.key}-numbers", heading, (table,)),)

    def _reference(self, place: str) -> Inlines:
        """A reference to a chapter, table or figure by its number, or to a proposal."""
        if not place.startswith(bound.REFERENCE):
            return ()
        anchor = place.removeprefix(bound.REFERENCE)
        for number, one in enumerate(self.text.recommendations, 1):
            if proposed.anchor_of(one) == anchor:
                words = self.say.gettext(N_("proposal %(number)s"), number=str(number))
                chapter = proposed.part_anchor(self.proposing.chapter_of(one.part))
                link = Link((Text(words),), f"#{anchor}")
                return (link, Text(" ("), Ref(chapter), Text(")"))
        return (Ref(anchor),)

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
            self._place_of(passage_id, answer),
            self.grounds.addresses.get(answer.number, ""),
            answer.language if is_foreign else "",
            self.say.gettext(N_("corrected after the data were frozen")) if is_corrected else "",
        )

    def _place_of(self, passage_id: int, answer: AnswerFacts) -> str:
        """Where a passage stands; of a sub-report also what that rests on, as it was sent."""
        reference = answer_reference(answer, self.say)
        beneath = self.grounds.beneath.get(passage_id)
        return f"{reference}, {rests_on(beneath, self.say)}" if beneath else reference


def _stand_ins(text: FrozenText) -> dict[str, str]:
    """The anchors of this report for those that chapters made from the data refer to."""
    return {
        _ANCHORS[part.block]: proposed.part_anchor(part.key)
        for part in text.parts
        if part.block is not None and part.block in _ANCHORS
    }


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
