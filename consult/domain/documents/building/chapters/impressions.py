"""Chapter 3: the main impressions, one page, said only as far as the numbers carry."""

from collections.abc import Sequence

from consult.domain.analysis.small_groups import Count
from consult.domain.analysis.tables import HIDDEN_LABEL, count_text
from consult.domain.documents.building.context import Context, proposal_anchor, theme_anchor
from consult.domain.documents.building.counted import ProposalFigures, Tally
from consult.domain.documents.building.data import ProposalFacts, ThemeFacts
from consult.domain.documents.building.positions import describe_divide, describe_positions
from consult.domain.documents.building.small_groups import (
    bodies_in,
    describe_persons,
    notes_on_hidden,
)
from consult.domain.documents.building.wording import paragraph
from consult.domain.documents.rules import FEWEST_TO_QUANTIFY
from consult.domain.documents.types import (
    Block,
    Box,
    BoxTone,
    Chart,
    ChartKind,
    ItemList,
    Link,
    ListItem,
    Paragraph,
    Section,
    Series,
    Strong,
    Text,
)
from consult.domain.submissions.types import Stance
from consult.kernel.i18n import N_

_THEMES_TOLD = 4
_THEMES_DRAWN = 6
_PROPOSALS_TOLD = 3


def chapter_impressions(context: Context) -> Section:
    """What most senders write about, where they agree and where they do not."""
    say, figures = context.say, context.figures
    lead = say.ngettext(
        "One answer has been analysed.",
        "%(num)s answers have been analysed.",
        len(figures.analysed),
    )
    if context.data.sorted:
        lead += " " + say.ngettext(
            "One passage in them has been sorted by theme.",
            "%(num)s passages in them have been sorted by theme.",
            context.data.sorted,
        )
    if letters := sum(answer.campaign is not None for answer in figures.analysed):
        lead += " " + say.ngettext(
            "One of them belongs to a campaign; campaigns are described by themselves and stand in "
            "no majority.",
            "%(num)s of them belong to campaigns, which are described by themselves and stand in "
            "no majority.",
            letters,
        )
    blocks: list[Block] = [paragraph(lead, lead=True), _caution(context)]
    blocks += _themes(context)
    blocks += _agreement(context)
    return Section("impressions", say.gettext(N_("Main impressions")), tuple(blocks))


def _caution(context: Context) -> Box:
    say = context.say
    text = say.gettext(
        N_(
            "Those who answered chose to do so. The numbers show who has written what; they do not "
            "measure what people in general think, and they are not votes. A good argument counts "
            "as much from one as from a hundred."
        )
    )
    return Box(say.gettext(N_("How to read the numbers")), (paragraph(text),), tone=BoxTone.CAUTION)


def _themes(context: Context) -> list[Block]:
    say, weighed = context.say, context.figures.themes_by_weight
    if not weighed:
        return []
    items = tuple(
        ListItem(
            (
                Paragraph(
                    (
                        Strong((Link((Text(theme.name),), f"#{theme_anchor(theme.key)}"),)),
                        Text(" " + _theme_sentence(context, theme, tally)),
                    )
                ),
            )
        )
        for theme, tally in weighed[:_THEMES_TOLD]
    )
    drawn = weighed[:_THEMES_DRAWN]
    chart = Chart(
        "figure-themes",
        ChartKind.BAR,
        say.gettext(N_("The themes that most senders write about")),
        say.gettext(N_("A bar for each theme, the longer the more senders.")),
        tuple(theme.name for theme, _ in drawn),
        (_bars(context, drawn),),
        unit=say.gettext(N_("number of senders")),
        notes=(
            say.gettext(N_("A sender who writes about several themes is counted at each of them.")),
            *notes_on_hidden(context),
        ),
    )
    intro = say.gettext(N_("These are the themes that the most senders write about:"))
    return [
        Section(
            "impressions-themes",
            say.gettext(N_("What the answers are about")),
            (paragraph(intro), ItemList(items), chart),
        )
    ]


def _bars(context: Context, themes: Sequence[tuple[ThemeFacts, Tally]]) -> Series:
    """The senders who write about each theme itself, as far as they are told."""
    name = context.say.gettext(N_("Senders"))
    values = tuple(tally.counted for _, tally in themes)
    hidden = [context.figures.marks_hidden(theme.key, roll_up=False) for theme, _ in themes]
    if not any(hidden):
        return Series(name, values)
    word = context.say.gettext(HIDDEN_LABEL)
    counts = [Count(value, is_part) for value, is_part in zip(values, hidden, strict=True)]
    return Series(name, values, texts=tuple(count_text(count, word) for count in counts))


def _theme_sentence(context: Context, theme: ThemeFacts, tally: Tally) -> str:
    say = context.say
    passages = say.ngettext("in one passage.", "in %(num)s passages.", tally.passages)
    if context.figures.hides_persons(theme.key, roll_up=False):
        text = say.gettext(N_("is taken up by %(who)s"), who=say.join(bodies_in(tally, say)))
        if context.figures.small.is_silent:
            return f"{text}, {passages}"
        hidden = say.gettext(N_("How many persons do so is hidden."))
        return f"{text}, {passages} {hidden}"
    if not tally.senders:
        return say.ngettext(
            "is taken up by one answer of a campaign, and by nobody else.",
            "is taken up by %(num)s answers of campaigns, and by nobody else.",
            tally.letters,
        )
    text = say.gettext(
        N_("is taken up by %(who)s (%(count)s)"),
        who=say.of_the_senders(tally.senders, of=max(context.figures.commenting, tally.senders)),
        count=tally.senders,
    )
    sentence = f"{text}, {passages}"
    if tally.letters:
        sentence += " " + say.ngettext(
            "One answer of a campaign takes it up as well.",
            "%(num)s answers of campaigns take it up as well.",
            tally.letters,
        )
    return sentence


def _agreement(context: Context) -> list[Block]:
    say = context.say
    told = [
        (proposal, context.figures.proposal(proposal.key)) for proposal in context.data.proposals
    ]
    told = [(p, found) for p, found in told if len(found.addressing) >= FEWEST_TO_QUANTIFY]
    if not told:
        return []
    agreed = sorted(
        (pair for pair in told if _support_share(pair[1]) > 0.5 and not _opposing(pair[1])),
        key=lambda pair: (-_support_share(pair[1]), -len(pair[1].addressing)),
    )
    split = sorted(
        (pair for pair in told if _opposing(pair[1])),
        key=lambda pair: (-_split(pair[1]), -len(pair[1].addressing)),
    )
    blocks: list[Block] = []
    if agreed:
        blocks.append(paragraph(say.gettext(N_("Nobody speaks against these proposals:"))))
        blocks.append(_list_proposals(context, agreed[:_PROPOSALS_TOLD]))
    if split:
        blocks.append(paragraph(say.gettext(N_("Views differ most on these proposals:"))))
        blocks.append(_list_proposals(context, split[:_PROPOSALS_TOLD]))
    heading = say.gettext(N_("Where the answers agree and where they differ"))
    return [Section("impressions-stances", heading, tuple(blocks))] if blocks else []


def _opposing(found: ProposalFigures) -> int:
    return len(found.with_value(Stance.OPPOSE))


def _support_share(found: ProposalFigures) -> float:
    return len(found.supporting) / len(found.addressing)


def _split(found: ProposalFigures) -> float:
    """How evenly support and opposition stand against each other: 1 for even, 0 for one-sided."""
    sides = sorted((len(found.supporting), _opposing(found)))
    return sides[0] / sides[1] if sides[1] else 0.0


def _list_proposals(
    context: Context, pairs: list[tuple[ProposalFacts, ProposalFigures]]
) -> ItemList:
    items = []
    for proposal, found in pairs:
        title = Text(context.proposal_title(proposal) + ".")
        name = Strong((Link((title,), f"#{proposal_anchor(proposal)}"),))
        sentences = [
            describe_positions(found, context.say),
            describe_divide(context, found),
            describe_persons(found, context),
        ]
        text = " " + " ".join(filter(None, sentences))
        items.append(ListItem((Paragraph((name, Text(text.rstrip()))),)))
    return ItemList(tuple(items))
