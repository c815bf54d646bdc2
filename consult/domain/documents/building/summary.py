"""The summary of a round: plain data in, finished document tree out."""

from consult.domain.documents.building.chapters.about import chapter_about
from consult.domain.documents.building.chapters.appendices import (
    appendix_codebook,
    appendix_senders,
)
from consult.domain.documents.building.chapters.campaigns import chapter_campaigns
from consult.domain.documents.building.chapters.impressions import chapter_impressions
from consult.domain.documents.building.chapters.matrix import chapter_matrix
from consult.domain.documents.building.chapters.method import chapter_method
from consult.domain.documents.building.chapters.proposals import chapter_proposals
from consult.domain.documents.building.chapters.senders import chapter_senders
from consult.domain.documents.building.chapters.themes import chapter_themes
from consult.domain.documents.building.context import Context
from consult.domain.documents.building.data import Basis, SummaryData
from consult.domain.documents.building.figures import Figures
from consult.domain.documents.building.quoting import Quoting
from consult.domain.documents.building.wording import Wording
from consult.domain.documents.types import Document, DocumentKind, Fact
from consult.domain.rounds.types import ROUND_STATUS_LABELS
from consult.kernel.clock import to_oslo
from consult.kernel.i18n import N_, localised


def build_summary(data: SummaryData, locale: str, *, basis: Basis) -> Document:
    """The summary in one language; the same data from the same snapshot give the same tree.

    Source for the order of chapters: domain guide §3.4.
    """
    figures, say = Figures(data), Wording(locale)
    context = Context(figures, say, Quoting(figures, say), basis)
    chapters = (
        chapter_about(context),
        chapter_senders(context),
        chapter_impressions(context),
        chapter_themes(context),
        chapter_proposals(context),
        chapter_campaigns(context),
        chapter_matrix(context),
        chapter_method(context),
        appendix_senders(context),
        appendix_codebook(context),
    )
    title = localised(data.round.title, say.locale)
    return Document(
        kind=DocumentKind.SUMMARY,
        title=title,
        publisher=data.round.owner,
        language=say.locale,
        date=to_oslo(data.as_of).date(),
        blocks=tuple(chapter for chapter in chapters if chapter is not None),
        subtitle=_subtitle(context),
        case_number=data.round.case_number,
        status=say.gettext(N_("Draft")),
        description=say.gettext(N_("What came in, who answered and what they said.")),
        keywords=tuple(theme.name for theme, _ in figures.themes_by_weight[:8]),
        facts=_facts(context),
    )


def _subtitle(context: Context) -> str:
    say = context.say
    answers = say.ngettext("one answer", "%(num)s answers", len(context.figures.analysed))
    round_ = context.data.round
    return say.gettext(
        N_("%(answers)s to a round that ran from %(opened)s to %(closed)s"),
        answers=answers,
        opened=say.day(round_.opens_at),
        closed=say.day(round_.closes_at),
    )


def _facts(context: Context) -> tuple[Fact, ...]:
    say, round_ = context.say, context.data.round
    analysed = say.gettext(
        N_("%(analysed)s analysed, of %(received)s received"),
        analysed=len(context.figures.analysed),
        received=len(context.data.answers),
    )
    facts = (
        (N_("Round"), localised(round_.title, say.locale)),
        (N_("Owner"), round_.owner),
        (N_("Case number"), round_.case_number),
        (N_("Period"), f"{say.day(round_.opens_at)} – {say.day(round_.closes_at)}"),
        (N_("State of the round"), say.gettext(ROUND_STATUS_LABELS[round_.status])),
        (N_("Answers"), analysed),
        (N_("Figures as of"), say.moment(context.data.as_of)),
        (N_("Data frozen"), say.moment(context.basis.taken_at)),
        (N_("State of this document"), say.gettext(N_("Draft, not approved"))),
    )
    return tuple(Fact(say.gettext(label), value) for label, value in facts if value)
