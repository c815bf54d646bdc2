"""The chapter on campaigns: who, what, how many; and how the other chapters count them."""

from collections.abc import Iterable

from consult.domain.coding.clusters import CampaignPolicy, is_greeting
from consult.domain.documents.building.context import Context
from consult.domain.documents.building.data import AnswerFacts, CampaignFacts, PolicyFacts
from consult.domain.documents.building.senders import is_quotable
from consult.domain.documents.building.wording import fact_lines, paragraph
from consult.domain.documents.types import Block, Paragraph, Quote, Section, Text
from consult.kernel.i18n import N_

_COUNTING = {
    CampaignPolicy.AS_ONE: N_(
        "A campaign counts as one sender, however many have sent its text; whoever has added words "
        "of their own is counted besides."
    ),
    CampaignPolicy.EACH: N_("Each sender of a campaign’s text is counted."),
}
_IN_NO_MAJORITY = N_(
    "Answers of campaigns are in no majority and behind no word of quantity: neither among the "
    "consulted bodies nor among all senders."
)


def chapter_campaigns(context: Context) -> Section | None:
    """Each campaign with its numbers, or nothing where there is none."""
    told = [one for one in context.data.campaigns if context.figures.letters_of(one.number)]
    if not told:
        return None
    say = context.say
    intro = say.gettext(
        N_(
            "A campaign is many answers with the same text, or nearly, that somebody has asked "
            "people to send. A person has confirmed each of them. What they have in common is "
            "sorted by theme once; what a sender has added is sorted by itself."
        )
    )
    sections = tuple(_campaign(context, one) for one in told)
    lead = paragraph(f"{intro} {say.gettext(_IN_NO_MAJORITY)}")
    return Section("campaigns", say.gettext(N_("Campaigns")), (lead, *sections))


def _campaign(context: Context, campaign: CampaignFacts) -> Section:
    say, figures = context.say, context.figures
    letters = figures.letters_of(campaign.number)
    bodies = {body.sender: body.actor_type for one in letters for body in one.bodies}
    organisations = sum(kind.is_organisation for kind in bodies.values())
    own = sum(one.number in figures.with_own_words for one in letters)
    facts = [
        (N_("Organiser"), campaign.organiser or say.gettext(N_("Not known"))),
        (N_("Answers"), say.number(len(letters))),
        (N_("Senders"), say.number(len(bodies))),
        (N_("Organisations among the senders"), say.number(organisations)),
        (N_("Signatures under the answers"), _told(context, campaign.signatures)),
        (N_("Members whom organisations say they represent"), _told(context, _members(letters))),
        (N_("Answers with nothing but the common text"), say.number(len(letters) - own)),
        (N_("Answers with words of their own"), say.number(own)),
        (N_("By county, where known"), _counties(context, campaign)),
    ]
    blocks: list[Block] = []
    if not figures.quotable_letters(campaign.number):
        text = say.gettext(N_("What it says is hidden, for it comes from few persons only."))
        blocks.append(paragraph(text))
    elif campaign.demand:
        lead = say.gettext(N_("What it asks for:"))
        demand = say.foreign(campaign.demand, context.data.round.language)
        blocks.append(Paragraph((Text(f"{lead} "), demand)))
    blocks.append(fact_lines([(say.gettext(label), value) for label, value in facts if value]))
    blocks += _common_text(context, campaign)
    heading = say.gettext(N_("Campaign %(number)s"), number=campaign.number)
    return Section(f"campaign-{campaign.number}", heading, tuple(blocks))


def _told(context: Context, number: int) -> str:
    """A number, or nothing where it is not known."""
    return context.say.number(number) if number else ""


def _members(letters: Iterable[AnswerFacts]) -> int:
    """The members that the senders have told of; an organisation that wrote twice tells once."""
    told = {one.sender: one.mandate.members or 0 for one in letters}
    return sum(told.values())


def _counties(context: Context, campaign: CampaignFacts) -> str:
    ordered = sorted(campaign.counties.items(), key=lambda pair: (-pair[1], pair[0]))
    return " · ".join(f"{county} {context.say.number(number)}" for county, number in ordered)


def _common_text(context: Context, campaign: CampaignFacts) -> tuple[Block, ...]:
    """The common text as the first answer has it that may be quoted."""
    say, figures = context.say, context.figures
    for answer in figures.quotable_letters(campaign.number):
        said = {
            passage.position: passage.quote
            for passage in reversed(figures.passages)  # so that a whole one replaces its parts
            if passage.answer == answer.number
            and passage.is_common
            and not passage.is_protected
            and not is_greeting(passage.quote)
        }
        if said and is_quotable(answer):
            lead = say.gettext(N_("What the answers have in common:"))
            words = tuple((Text(" ".join(said[at].split())),) for at in sorted(said))
            language = "" if answer.language == say.locale else answer.language
            return (paragraph(lead), Quote(paragraphs=words, language=language))
    return ()


def in_campaigns(context: Context) -> tuple[Block, ...]:
    """How many of the analysed answers belong to campaigns."""
    number = sum(answer.campaign is not None for answer in context.figures.analysed)
    if not number:
        return ()
    text = context.say.ngettext(
        "One of the answers belongs to a campaign.",
        "%(num)s of the answers belong to campaigns.",
        number,
    )
    policy = context.say.gettext(_COUNTING[context.data.campaign_policy])
    return (paragraph(f"{text} {policy}"),)


def campaign_counting(context: Context) -> tuple[Block, ...]:
    """How campaigns are counted, and each change of that with its reason."""
    say, data = context.say, context.data
    if not data.campaigns and not data.policy_choices:
        return ()
    policy = say.gettext(_COUNTING[data.campaign_policy])
    lead = paragraph(f"{policy} {say.gettext(_IN_NO_MAJORITY)}")
    return (lead, *(_choice(context, one) for one in data.policy_choices))


def _choice(context: Context, choice: PolicyFacts) -> Paragraph:
    say = context.say
    day = say.day(choice.chosen_at)
    if choice.approved_at is None:
        text = say.gettext(N_("This was chosen on %(day)s, before stances were read:"), day=day)
    else:
        text = say.gettext(
            N_(
                "This was asked for on %(day)s, after stances had been read, and approved by "
                "another person on %(approved)s:"
            ),
            day=day,
            approved=say.day(choice.approved_at),
        )
    text += " " + say.gettext(_COUNTING[choice.policy])
    if not choice.reason:
        return paragraph(text)
    lead = say.gettext(N_("The reason:"))
    return Paragraph(
        (Text(f"{text} {lead} "), say.foreign(choice.reason, context.data.round.language))
    )
