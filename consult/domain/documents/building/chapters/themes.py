"""Chapter 4: theme by theme, what is said, by whom, and who is silent."""

from consult.domain.analysis.tables import HIDDEN_LABEL
from consult.domain.documents.building.context import Context, theme_anchor
from consult.domain.documents.building.counted import Tally
from consult.domain.documents.building.data import PassageFacts, ThemeFacts
from consult.domain.documents.building.meetings import meetings_on_theme
from consult.domain.documents.building.small_groups import (
    bodies_in,
    letters_in_words,
    persons_hidden,
)
from consult.domain.documents.building.wording import paragraph
from consult.domain.documents.types import Block, Paragraph, Section
from consult.domain.organisations.types import ActorGroup
from consult.kernel.i18n import N_

_QUOTES_ON_MAIN_THEME = 6
_QUOTES_ON_SUB_THEME = 4


def chapter_themes(context: Context) -> Section:
    """One section for each main theme, its sub-themes within it."""
    say = context.say
    used = [t for t in context.figures.children(None) if context.figures.is_told_of(t.key)]
    if not used:
        text = say.gettext(N_("No passages have been sorted by theme yet."))
        return Section("themes", say.gettext(N_("Theme by theme")), (paragraph(text),))
    intro = say.gettext(
        N_(
            "Each passage of the answers has been read and given the themes it is about. The "
            "quotations are chosen to show the width of what is said, from different groups of "
            "actors; they do not show how common a view is."
        )
    )
    sections = tuple(_section(context, theme, depth=1) for theme in used)
    return Section("themes", say.gettext(N_("Theme by theme")), (paragraph(intro), *sections))


def section_on_theme(context: Context, key: str) -> Section | None:
    """What is said about one theme, or nothing where nothing may be told of it."""
    found = [theme for theme in context.data.themes if theme.key == key]
    if not found or not context.figures.is_told_of(key):
        return None
    return _section(context, found[0], depth=1)


def _section(context: Context, theme: ThemeFacts, *, depth: int) -> Section:
    figures = context.figures
    own = figures.passages_on(theme.key, roll_up=False)
    everything = figures.passages_on(theme.key)
    children = [c for c in figures.children(theme.key) if figures.is_told_of(c.key)]
    blocks: list[Block] = []
    if theme.definition:
        words = context.say.foreign(theme.definition, context.data.round.language)
        blocks.append(Paragraph((words,)))
    if figures.hides_persons(theme.key):
        blocks.append(paragraph(_tendency_without_persons(context, everything)))
    else:
        blocks.append(
            paragraph(_tendency(context, everything, _own_if_told(context, theme, own, children)))
        )
    blocks.append(paragraph(_by_group(context, theme, everything)))
    most = _QUOTES_ON_MAIN_THEME if depth == 1 else _QUOTES_ON_SUB_THEME
    blocks += context.quoting.by_side(own, most=most, anchor=theme_anchor(theme.key))
    blocks += meetings_on_theme(context, theme.key, anchor=theme_anchor(theme.key))
    blocks += [_section(context, child, depth=depth + 1) for child in children]
    return Section(theme_anchor(theme.key), theme.name, tuple(blocks))


def _own_if_told(
    context: Context,
    theme: ThemeFacts,
    own: tuple[PassageFacts, ...],
    children: list[ThemeFacts],
) -> tuple[PassageFacts, ...] | None:
    """What is about the theme itself, where it has sub-themes and that number is not hidden."""
    is_hidden = context.figures.hides_persons(theme.key, roll_up=False)
    return own if children and not is_hidden else None


def _tendency(
    context: Context,
    everything: tuple[PassageFacts, ...],
    own: tuple[PassageFacts, ...] | None,
) -> str:
    """How much is said, and by how many; ``own``: what is about a theme with sub-themes itself."""
    say = context.say
    tally = context.figures.tally(everything)
    parts = []
    if tally.organisations:
        parts.append(say.ngettext("one organisation", "%(num)s organisations", tally.organisations))
    if tally.persons:
        parts.append(say.ngettext("one person", "%(num)s persons", tally.persons))
    if tally.letters:
        parts.append(letters_in_words(tally, say))
    text = _who_says_it(context, tally, say.join(parts))
    if own is not None:
        text += " " + say.ngettext(
            "One of the passages is about the theme as a whole; the rest lie in its sub-themes.",
            "%(num)s of the passages are about the theme as a whole; the rest lie in its "
            "sub-themes.",
            context.figures.tally(own).passages,
        )
    return text


def _who_says_it(context: Context, tally: Tally, who: str) -> str:
    """How many passages and from whom; campaigns are behind no word of quantity."""
    say = context.say
    if not tally.senders:
        return say.ngettext(
            "One passage is about this. It comes from %(who)s.",
            "%(num)s passages are about this. They come from %(who)s.",
            tally.passages,
            who=who,
        )
    return say.ngettext(
        "One passage is about this. It comes from %(who)s: %(quantity)s.",
        "%(num)s passages are about this. They come from %(who)s: %(quantity)s.",
        tally.passages,
        who=who,
        quantity=say.of_the_senders(
            tally.senders, of=max(context.figures.commenting, tally.senders)
        ),
    )


def _tendency_without_persons(context: Context, everything: tuple[PassageFacts, ...]) -> str:
    say = context.say
    tally = context.figures.tally(everything)
    if not tally.passages:
        return persons_hidden(context)
    if tally.letters:
        text = say.ngettext(
            "One passage is about this. It comes from %(who)s.",
            "%(num)s passages are about this. They come from %(who)s.",
            tally.passages,
            who=say.join(bodies_in(tally, say)),
        )
        return f"{text} {persons_hidden(context)}"
    text = say.ngettext(
        "One passage by an organisation is about this.",
        "%(num)s passages by organisations are about this. They come from %(who)s.",
        tally.passages,
        who=say.join(bodies_in(tally, say)),
    )
    return f"{text} {persons_hidden(context)}".rstrip()


def _by_group(context: Context, theme: ThemeFacts, passages: tuple[PassageFacts, ...]) -> str:
    """Passages by group, and the groups that have answered but do not mention the theme."""
    say, figures = context.say, context.figures
    counts = figures.count_by_group(passages)
    hidden = {ActorGroup.PEOPLE} if figures.marks_hidden(theme.key) else set()
    parts = [
        f"{context.group(group)} "
        + (say.gettext(HIDDEN_LABEL) if group in hidden else say.number(counts[group]))
        for group in figures.groups_told
        if counts[group] or group in hidden
    ]
    text = say.gettext(N_("Passages by group: %(parts)s."), parts=" · ".join(parts))
    silent = [
        context.group(group)
        for group in figures.groups_told
        if not counts[group] and group not in hidden
    ]
    if silent:
        text += " " + say.gettext(
            N_("Groups that answered but do not mention it: %(groups)s."), groups=say.join(silent)
        )
    return text
