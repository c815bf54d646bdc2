"""What a document says of the persons whose numbers it does not tell (ADR 41)."""

from consult.domain.analysis.small_groups import UNPROTECTED
from consult.domain.analysis.tables import explain_hidden
from consult.domain.documents.building.context import Context
from consult.domain.documents.building.counted import ProposalFigures, Tally
from consult.domain.documents.building.wording import Wording
from consult.domain.submissions.types import STANCE_LABELS
from consult.kernel.i18n import N_


def notes_on_hidden(context: Context) -> tuple[str, ...]:
    """What "hidden" means, for below a table or figure in which any number is."""
    figures, say = context.figures, context.say
    threshold = figures.small.threshold
    if figures.small.is_silent:
        text = N_("Persons are not counted here: fewer than %(threshold)s of them answered.")
        return (say.gettext(text, threshold=threshold),)
    if not any(figures.marks_hidden(theme.key) for theme in context.data.themes):
        return ()
    return (explain_hidden(threshold, locale=say.locale),)


def bodies_in(tally: Tally, say: Wording) -> list[str]:
    """Who says something where persons are left out: organisations and answers of campaigns."""
    parts = []
    if tally.organisations or not tally.letters:
        parts.append(say.ngettext("one organisation", "%(num)s organisations", tally.organisations))
    if tally.letters:
        parts.append(letters_in_words(tally, say))
    return parts


def letters_in_words(tally: Tally, say: Wording) -> str:
    """How many answers of campaigns."""
    return say.ngettext("one answer of a campaign", "%(num)s answers of campaigns", tally.letters)


def persons_hidden(context: Context) -> str:
    """The sentence on a theme whose persons are hidden; nothing where that holds for all."""
    if context.figures.small.is_silent:
        return ""
    return context.say.gettext(
        N_("How many persons write about it is hidden, and none of them is quoted here.")
    )


def describe_persons(found: ProposalFigures, context: Context) -> str:
    """What may be told of the persons on a proposal, where some of their numbers are small."""
    apart, say = found.apart, context.say
    if apart is None:
        return _without_stance(found.without, context) if found.without else ""
    parts = [f"{say.gettext(STANCE_LABELS[stance])} {say.number(n)}" for stance, n in apart.told]
    if apart.without:
        parts.append(say.gettext(N_("Takes no stance %(number)s"), number=apart.without))
    if not parts:
        return say.gettext(
            N_("Persons are not counted here: where they stand is hidden, for they are few.")
        )
    if context.data.campaigns:
        return say.gettext(
            N_(
                "Persons are not counted in this. Of the %(total)s persons who answered outside "
                "campaigns: %(parts)s. Their other numbers are hidden, for some of them are small."
            ),
            total=apart.all,
            parts=" · ".join(parts),
        )
    return say.gettext(
        N_(
            "Persons are not counted in this. Of the %(total)s persons who answered: %(parts)s. "
            "Their other numbers are hidden, for some of them are small."
        ),
        total=apart.all,
        parts=" · ".join(parts),
    )


def _without_stance(number: int, context: Context) -> str:
    """Persons who write without a stance and those who do not mention it, told together."""
    return context.say.ngettext(
        "One person takes no stance on it.", "%(num)s persons take no stance on it.", number
    )


def rule_in_words(context: Context) -> str:
    """How small groups are protected, for the chapter on method; nothing where they are not."""
    threshold = context.figures.small.threshold
    if threshold == UNPROTECTED:
        return ""
    return context.say.gettext(
        N_(
            "Small groups of persons are protected. What fewer than %(threshold)s persons write "
            "about or think of a proposal is not counted in tables, figures and sentences, and "
            "they are not quoted there. A further number is hidden where a small one could "
            "otherwise be computed. How many persons answered is told, and organisations are "
            "always shown."
        ),
        threshold=threshold,
    )
