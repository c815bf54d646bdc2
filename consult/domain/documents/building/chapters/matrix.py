"""Chapter 6: themes by group of actors, as a figure of senders and a table of passages."""

from collections.abc import Sequence

from consult.domain.analysis.small_groups import Count
from consult.domain.analysis.tables import HIDDEN_LABEL, count_text
from consult.domain.documents.building.context import Context
from consult.domain.documents.building.data import ThemeFacts
from consult.domain.documents.building.small_groups import notes_on_hidden
from consult.domain.documents.building.wording import paragraph
from consult.domain.documents.types import (
    Alignment,
    Chart,
    ChartKind,
    Column,
    Row,
    Section,
    Series,
    Strong,
    Table,
    Text,
)
from consult.domain.organisations.types import ActorGroup
from consult.kernel.i18n import N_


def chapter_matrix(context: Context) -> Section | None:
    """The matrix, or nothing when no passage has a theme."""
    say, figures = context.say, context.figures
    main = [t for t in figures.children(None) if figures.is_told_of(t.key)]
    if not main:
        return None
    intro = say.gettext(
        N_(
            "A main theme includes its sub-themes. A passage may have several themes and a sender "
            "may write about many, so neither rows nor columns add up to a total."
        )
    )
    blocks = (paragraph(intro), _heat_map(context, main), _table(context, main))
    return Section("matrix", say.gettext(N_("Themes by group of actors")), blocks)


def _senders(context: Context, theme: ThemeFacts, group: ActorGroup) -> int:
    figures = context.figures
    passages = figures.passages_on(theme.key)
    return figures.tally([p for p in passages if figures.group_of(p) is group]).counted


def _heat_map(context: Context, themes: Sequence[ThemeFacts]) -> Chart:
    say, groups = context.say, context.figures.groups_told
    return Chart(
        "figure-matrix",
        ChartKind.HEAT_MAP,
        say.gettext(N_("How many senders of each group write about each main theme")),
        say.gettext(N_("A row for each main theme, the darker the more senders.")),
        tuple(theme.name for theme in themes),
        tuple(_column(context, group, themes) for group in groups),
        unit=say.gettext(N_("number of senders")),
        notes=notes_on_hidden(context),
    )


def _column(context: Context, group: ActorGroup, themes: Sequence[ThemeFacts]) -> Series:
    values = tuple(_senders(context, theme, group) for theme in themes)
    if not any(_is_hidden(context, theme, group) for theme in themes):
        return Series(context.group(group), values)
    hidden = context.say.gettext(HIDDEN_LABEL)
    texts = tuple(
        hidden if _is_hidden(context, theme, group) else context.say.number(value) if value else "–"
        for theme, value in zip(themes, values, strict=True)
    )
    return Series(context.group(group), values, texts=texts)


def _is_hidden(context: Context, theme: ThemeFacts, group: ActorGroup) -> bool:
    return group is ActorGroup.PEOPLE and context.figures.marks_hidden(theme.key)


def _table(context: Context, main: Sequence[ThemeFacts]) -> Table:
    say, groups = context.say, context.figures.groups_told
    rows: list[Row] = []
    for theme in main:
        rows.append(_row(context, theme, is_main=True))
        rows += _rows_below(context, theme)
    columns = [Column(say.gettext(N_("Theme")), weight=5)]
    columns += [Column(context.group(group), Alignment.NUMBER, weight=2) for group in groups]
    columns.append(Column(say.gettext(N_("All")), Alignment.NUMBER, weight=2))
    return Table(
        "table-matrix",
        say.gettext(N_("Passages on each theme by group of actors")),
        tuple(columns),
        tuple(rows),
        unit=say.gettext(N_("number of passages")),
        notes=notes_on_hidden(context),
    )


def _rows_below(context: Context, theme: ThemeFacts) -> list[Row]:
    rows = []
    for child in context.figures.children(theme.key):
        if context.figures.is_told_of(child.key):
            rows.append(_row(context, child, is_main=False))
            rows += _rows_below(context, child)
    return rows


def _row(context: Context, theme: ThemeFacts, *, is_main: bool) -> Row:
    figures = context.figures
    passages = figures.passages_on(theme.key)
    counts = figures.count_by_group(passages)
    name = Strong((Text(theme.name),)) if is_main else Text(f"– {theme.name}")
    cells = [
        (Text(_told(context, counts[group], is_hidden=_is_hidden(context, theme, group))),)
        for group in figures.groups_told
    ]
    is_part = figures.marks_hidden(theme.key)
    return Row(((name,), *cells, (Text(_told(context, counts.total(), is_hidden=is_part)),)))


def _told(context: Context, number: int, *, is_hidden: bool) -> str:
    """A number in a table: a dash for none, the word for a hidden one, ``13+`` for a total."""
    if is_hidden:
        return count_text(Count(number, is_hidden=True), context.say.gettext(HIDDEN_LABEL))
    return context.say.number(number) if number else "–"
