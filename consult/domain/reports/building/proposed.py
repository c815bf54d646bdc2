"""What a report proposes, as it stands in boxes, tables and the appendix of what it rests on.

One proposal is one value; every place that shows it reads that value, so none can say anything
else. Source for the box and the table: domain guide §3.5.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from consult.domain.composing.types import (
    HORIZON_LABELS,
    INSTRUMENT_LABELS,
    SIDE_LABELS,
    FrozenRecommendation,
    FrozenText,
    Horizon,
    Side,
)
from consult.domain.documents.building.rich import Source
from consult.domain.documents.building.wording import Wording, paragraph
from consult.domain.documents.types import (
    Block,
    Box,
    BoxTone,
    Column,
    Definition,
    DefinitionList,
    Inline,
    Inlines,
    ItemList,
    Link,
    ListItem,
    Numbered,
    Paragraph,
    Quote,
    Ref,
    Row,
    Section,
    Strong,
    Table,
    Text,
)
from consult.kernel.i18n import N_


@dataclass(frozen=True, slots=True)
class Proposing:
    """The proposals of one report, and what it takes to print them.

    Attributes:
        text: The report.
        say: Its words.
        sources: Who said each passage that a proposal rests on, by the passage's public id; those
            that may not be printed are not there.
    """

    text: FrozenText
    say: Wording
    sources: Mapping[str, Source]

    def proposed(self, part: str | None = None) -> tuple[FrozenRecommendation, ...]:
        """What is proposed, in all or in one chapter."""
        return tuple(
            one for one in self.text.recommendations if one.is_proposed and part in (None, one.part)
        )

    def not_proposed(self) -> tuple[FrozenRecommendation, ...]:
        """What was considered and is not proposed."""
        return tuple(one for one in self.text.recommendations if not one.is_proposed)

    def name_of(self, one: FrozenRecommendation) -> str:
        """What a proposal is called wherever it stands, such as "Proposal 3"."""
        number = 1 + [other.key for other in self.proposed()].index(one.key)
        return self.say.gettext(N_("Proposal %(number)s"), number=number)

    def chapter_of(self, part_key: str) -> str:
        """The chapter that a part stands in, by key; the part itself where it is a chapter."""
        chapter = part_key
        for part in self.text.parts:
            if part.depth == 1:
                chapter = part.key
            if part.key == part_key:
                return chapter
        return part_key


def anchor_of(one: FrozenRecommendation) -> str:
    """The anchor of a proposal in its box."""
    return f"proposal-{one.key}"


def part_anchor(key: str) -> str:
    """The anchor of a part of the report."""
    return f"part-{key}"


def box(proposing: Proposing, part: str, named: set[str]) -> tuple[Block, ...]:
    """What is proposed in the chapter of a part.

    Args:
        proposing: The proposals.
        part: Key of the part that the box stands in.
        named: Anchors that boxes before this one have; this one's are added. A proposal that is
            boxed twice is found at the first place.
    """
    say = proposing.say
    chapter = proposing.chapter_of(part)
    here = [one for one in proposing.proposed() if proposing.chapter_of(one.part) == chapter]
    if not here:
        return ()
    items = []
    for one in here:
        anchor = anchor_of(one)
        words = Paragraph((Strong((Text(f"{proposing.name_of(one)}:"),)), Text(f" {one.text}")))
        items.append(ListItem((words,), "" if anchor in named else anchor))
        named.add(anchor)
    title = say.gettext(N_("%(sender)s proposes:"), sender=proposing.text.head.sender)
    return (Box(title, (ItemList(tuple(items)),), BoxTone.PROPOSAL, f"proposed-{part}"),)


def by_chapter(proposing: Proposing, prefix: str) -> tuple[Block, ...]:
    """All that is proposed, under the heading of each chapter."""
    say = proposing.say
    found = proposing.proposed()
    if not found:
        return (paragraph(say.gettext(N_("The report proposes nothing."))),)
    text = say.ngettext(
        "The report has one proposal.", "The report has %(num)s proposals.", len(found)
    )
    blocks: list[Block] = [paragraph(text)]
    for part, ones in _grouped(found).items():
        items = [Paragraph((*_linked(proposing, one), Text(f": {one.text}"))) for one in ones]
        listed = ItemList(tuple(ListItem((item,)) for item in items))
        heading = _heading_of(proposing, part)
        blocks.append(Section(f"{prefix}-{part}", heading, (listed,), Numbered.NO))
    return tuple(blocks)


def measures(proposing: Proposing, prefix: str) -> tuple[Block, ...]:
    """The table of measures: one for the short term, one for the long, one for the rest."""
    say = proposing.say
    headings: dict[Horizon | None, str] = {
        horizon: say.gettext(label) for horizon, label in HORIZON_LABELS.items()
    }
    headings[None] = say.gettext(N_("No term is given"))
    blocks: list[Block] = []
    for horizon, heading in headings.items():
        ones = [one for one in proposing.proposed() if one.horizon is horizon]
        if ones:
            name = f"{prefix}-{horizon.value if horizon else 'open'}"
            blocks.append(_measure_table(proposing, ones, name=name, caption=heading))
    return tuple(blocks)


def not_proposed(proposing: Proposing) -> tuple[Block, ...]:
    """What was considered and why it is not proposed."""
    items = tuple(
        Definition(one.text, (paragraph(one.reason),)) for one in proposing.not_proposed()
    )
    if not items:
        return (paragraph(proposing.say.gettext(N_("Nothing was considered and left out."))),)
    return (DefinitionList(items),)


def grounds(proposing: Proposing, prefix: str) -> tuple[Block, ...]:
    """What speaks for and against each proposal, and what the writers think of it, by chapter."""
    blocks: list[Block] = []
    chapters: dict[str, list[FrozenRecommendation]] = {}
    for one in proposing.text.recommendations:
        chapters.setdefault(proposing.chapter_of(one.part), []).append(one)
    for chapter, ones in chapters.items():
        inner = tuple(_rests_on(proposing, one, prefix) for one in ones)
        heading = _heading_of(proposing, chapter)
        blocks.append(Section(f"{prefix}-{chapter}", heading, inner, Numbered.NO))
    return tuple(blocks)


def _rests_on(proposing: Proposing, one: FrozenRecommendation, prefix: str) -> Section:
    """What one proposal rests on; the passages that may not be printed left out."""
    say = proposing.say
    anchor = f"{prefix}-{one.key}"
    inner: list[Block] = [paragraph(one.text)]
    for side in Side:
        if quotes := _quotes(proposing, one, side):
            label = say.gettext(SIDE_LABELS[side])
            inner.append(Section(f"{anchor}-{side}", label, quotes, Numbered.NO))
    if one.assessment:
        words = (paragraph(one.assessment),)
        label = say.gettext(N_("Assessment"))
        inner.append(Section(f"{anchor}-assessment", label, words, Numbered.NO))
    if len(inner) == 1:
        inner.append(paragraph(say.gettext(N_("It rests on no passage of the answers."))))
    heading = proposing.name_of(one) if one.is_proposed else say.gettext(N_("Not proposed"))
    return Section(anchor, heading, tuple(inner), Numbered.NO)


def _measure_table(
    proposing: Proposing, ones: Sequence[FrozenRecommendation], *, name: str, caption: str
) -> Table:
    say = proposing.say
    columns = (
        Column(say.gettext(N_("Proposal")), weight=6),
        Column(say.gettext(N_("Measure")), weight=13),
        Column(say.gettext(N_("Who is to do it")), weight=7),
        Column(say.gettext(N_("What it takes")), weight=7),
        Column(say.gettext(N_("Begins")), weight=5),
    )
    rows = tuple(
        Row(
            (
                (*_linked(proposing, one), Text(" ("), _chapter(one.part), Text(")")),
                (Text(one.text),),
                (Text(one.addressee or "–"),),
                (Text(say.gettext(INSTRUMENT_LABELS[one.instrument]) if one.instrument else "–"),),
                (Text(str(one.begins_in) if one.begins_in else "–"),),
            )
        )
        for one in ones
    )
    return Table(name, caption, columns, rows)


def _quotes(proposing: Proposing, one: FrozenRecommendation, side: Side) -> tuple[Block, ...]:
    """The passages on one side that may be printed, each with why it is there."""
    found: list[Block] = []
    for ground in one.grounds:
        source = proposing.sources.get(ground.passage)
        if ground.side is not side or source is None:
            continue
        found.append(
            Quote(
                ((Text(ground.quote),),),
                source.sender,
                f"{source.reference}. {ground.reason}" if ground.reason else source.reference,
                source.href,
                language=source.language,
            )
        )
    return tuple(found)


def _grouped(
    ones: Iterable[FrozenRecommendation],
) -> dict[str, list[FrozenRecommendation]]:
    found: dict[str, list[FrozenRecommendation]] = {}
    for one in ones:
        found.setdefault(one.part, []).append(one)
    return found


def _heading_of(proposing: Proposing, key: str) -> str:
    chapter = proposing.chapter_of(key)
    parts = {part.key: part for part in proposing.text.parts}
    return parts[key].title or parts[chapter].title


def _chapter(part: str) -> Inline:
    return Ref(part_anchor(part))


def _linked(proposing: Proposing, one: FrozenRecommendation) -> Inlines:
    """The name of a proposal, as a link to its box."""
    return (Link((Text(proposing.name_of(one)),), f"#{anchor_of(one)}"),)
