"""Chapter 5: proposal by proposal, who stands where and why."""

from collections.abc import Iterator

from consult.domain.analysis.tables import HIDDEN_LABEL, count_text
from consult.domain.documents.building.behind import describe_joining
from consult.domain.documents.building.context import STANCE_TONES, Context, proposal_anchor
from consult.domain.documents.building.corrections import corrections_of
from consult.domain.documents.building.counted import Position, ProposalFigures
from consult.domain.documents.building.data import ProposalFacts
from consult.domain.documents.building.positions import describe_divide, describe_positions
from consult.domain.documents.building.prose import prose
from consult.domain.documents.building.senders import names_of
from consult.domain.documents.building.small_groups import describe_persons
from consult.domain.documents.building.wording import paragraph
from consult.domain.documents.types import (
    Block,
    Box,
    BoxTone,
    Chart,
    ChartKind,
    ItemList,
    ListItem,
    Section,
    Series,
)
from consult.domain.submissions.types import MODIFIER_LABELS, STANCE_LABELS
from consult.kernel.i18n import N_

_QUOTES = 6
_FEWEST_TO_DRAW = 5
"""With fewer, the sentence names everybody, and a chart would say nothing more."""
_NAMED_MODIFIERS = 4


def chapter_proposals(context: Context) -> Section:
    """One section for each proposal."""
    say = context.say
    heading = say.gettext(N_("Proposal by proposal"))
    if not context.data.proposals:
        text = say.gettext(N_("The round put no proposals forward."))
        return Section("proposals", heading, (paragraph(text),))
    intro = say.gettext(
        N_(
            "Senders are counted once for each proposal. Those who write that they have no "
            "comments support nothing by that and are told of separately; so are those who do not "
            "mention the proposal at all."
        )
    )
    sections = tuple(_section(context, proposal) for proposal in context.data.proposals)
    return Section("proposals", heading, (paragraph(intro), *sections))


def section_on_proposal(context: Context, key: str) -> Section | None:
    """Where everybody stands on one proposal of the round, or nothing where there is none such."""
    found = [proposal for proposal in context.data.proposals if proposal.key == key]
    return _section(context, found[0]) if found else None


def _section(context: Context, proposal: ProposalFacts) -> Section:
    found = context.figures.proposal(proposal.key)
    title = context.say.gettext(N_("The proposal, word for word"))
    text = prose(proposal.text, context.say.locale)
    blocks: list[Block] = [Box(title, text, tone=BoxTone.PROPOSAL)]
    name = context.say.gettext(N_("Proposal %(number)s"), number=proposal.key)
    blocks += corrections_of(context, proposal, name=name)
    sentences = [
        describe_positions(found, context.say),
        describe_joining(found, context),
        describe_divide(context, found),
        _silence(context, found),
        describe_persons(found, context),
        *_campaigns(context, found),
    ]
    blocks.append(paragraph(" ".join(sentence for sentence in sentences if sentence)))
    if len(found.addressing) >= _FEWEST_TO_DRAW:
        blocks.append(_chart(context, proposal, found))
    blocks += _modifiers(context, found)
    blocks += context.quoting.by_side(
        context.figures.passages_to(proposal.key),
        most=_QUOTES,
        anchor=proposal_anchor(proposal),
        proposal=proposal.key,
    )
    return Section(proposal_anchor(proposal), context.proposal_title(proposal), tuple(blocks))


def _silence(context: Context, found: ProposalFigures) -> str:
    say = context.say
    sentences = []
    if found.no_comments:
        sentences.append(
            say.ngettext(
                "One sender has no comments on it.",
                "%(num)s senders have no comments on it.",
                len(found.no_comments),
            )
        )
    if found.unjudged:
        sentences.append(
            say.ngettext(
                "One sender writes about it, but no stance has been read in it.",
                "%(num)s senders write about it, but no stance has been read in it.",
                found.unjudged,
            )
        )
    if found.silent:
        sentences.append(
            say.ngettext(
                "One sender does not mention it.",
                "%(num)s senders do not mention it.",
                found.silent,
            )
        )
    return " ".join(sentences)


def _campaigns(context: Context, found: ProposalFigures) -> Iterator[str]:
    """Where the answers of campaigns stand: apart from all other numbers."""
    say = context.say
    hidden = say.gettext(HIDDEN_LABEL)
    for campaign in found.campaigns:
        parts = [
            f"{say.gettext(STANCE_LABELS[value])} {count_text(number, hidden)}"
            for value, number in campaign.stances
        ]
        yield say.gettext(
            N_("Campaign %(number)s is in none of these numbers. Its answers: %(stances)s."),
            number=campaign.number,
            stances=" · ".join(parts) or hidden,
        )


def _chart(context: Context, proposal: ProposalFacts, found: ProposalFigures) -> Chart:
    say = context.say
    series = []
    for stance, tone in STANCE_TONES.items():
        cells: list[list[Position]] = [
            [one for one in found.with_value(stance) if one.answer.group is group]
            for group in found.groups
        ]
        if any(cells):
            names = tuple(names_of([one.answer for one in cell], say) for cell in cells)
            label = say.gettext(STANCE_LABELS[stance])
            series.append(Series(label, tuple(len(cell) for cell in cells), tone, names))
    return Chart(
        f"figure-{proposal_anchor(proposal)}",
        ChartKind.STACKED_BAR,
        say.gettext(N_("Where senders stand on proposal %(key)s"), key=proposal.key),
        say.gettext(N_("A bar for each group of actors, divided by stance.")),
        tuple(context.group(group) for group in found.groups),
        tuple(series),
        unit=say.gettext(N_("number of senders")),
    )


def _modifiers(context: Context, found: ProposalFigures) -> list[Block]:
    """What goes with the stances: conditions, counter-proposals and the like."""
    say = context.say
    if not found.modifiers:
        return []
    items = []
    for modifier, who in found.modifiers:
        label = say.gettext(MODIFIER_LABELS[modifier])
        shown = say.number(len(who))
        if len(who) <= _NAMED_MODIFIERS:
            shown = say.join_names(names_of([one.answer for one in who], say))
        items.append(ListItem((paragraph(f"{label}: {shown}"),)))
    intro = say.gettext(N_("What goes with the stances, by number of senders or by name:"))
    return [paragraph(intro), ItemList(tuple(items))]
