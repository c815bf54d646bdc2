"""The views across all answers: each as tables, and as a figure of the same numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from consult.blueprints.desk.presenters.analysis import count_words
from consult.blueprints.desk.presenters.county_map import draw_county_map
from consult.blueprints.desk.presenters.figures import draw
from consult.blueprints.shared.context import current_locale, format_day
from consult.domain.analysis.queries.views import (
    answers_by_county,
    leaves_persons_out,
    themes_together,
    weeks_of_arrival,
    who_is_silent,
)
from consult.domain.analysis.tables import explain_hidden
from consult.domain.analysis.views import VIEW_LABELS, SilentView, ViewName
from consult.domain.coding.queries.themes import list_themes
from consult.domain.documents.types import Chart, ChartKind, Series, Tone
from consult.domain.organisations.types import ACTOR_GROUP_LABELS
from consult.kernel.clock import to_oslo
from consult.kernel.text.spreadsheet import write_csv

if TYPE_CHECKING:
    from consult.domain.coding.types import ThemeRow
    from consult.domain.rounds.models import Round

_PAIRS_DRAWN = 15
_PAIRS_LISTED = 60
_NAMED = 4
"""Bodies that a cell names."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its caption with unit and denominator, its columns, its rows.

    Attributes:
        numeric: The places of the columns that hold numbers.
        links: Where the first cell of each row leads, if anywhere.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]
    numeric: frozenset[int] = frozenset()
    links: tuple[str, ...] = ()

    @property
    def columns(self) -> list[dict[str, object]]:
        """The columns as the table component takes them."""
        return [
            {"text": text, "numeric": place in self.numeric}
            for place, text in enumerate(self.header)
        ]


@dataclass(frozen=True, slots=True)
class View:
    """A view: what it shows in a sentence, its figure, and its tables."""

    name: ViewName
    lead: str
    sheets: tuple[Sheet, ...]
    figure: Markup | None = None
    notes: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What it is called."""
        return str(_(VIEW_LABELS[self.name]))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show yet."""
        return not any(sheet.rows for sheet in self.sheets)

    def csv(self) -> str:
        """Its tables as text, one below the other."""
        parts = [
            write_csv([sheet.caption], [sheet.header, *sheet.rows])
            for sheet in self.sheets
            if sheet.rows
        ]
        return "\n".join([*parts, *(write_csv([note], []) for note in self.notes)])


def make_view(round_: "Round", name: ViewName) -> View:
    """A view of a round, with nothing in it that may not leave the desk."""
    return _MAKERS[name](round_)


def _together(round_: "Round") -> View:
    pairs = themes_together(round_.id, round_.small_groups)
    drawn = [pair for pair in pairs if pair.passages.known][:_PAIRS_DRAWN]
    unit = _("number of passages")
    has_hidden = any(pair.passages.is_hidden for pair in pairs)
    figure = None
    if drawn:
        texts = tuple(count_words(pair.passages) for pair in drawn)
        values = tuple(pair.passages.known for pair in drawn)
        figure = draw(
            Chart(
                "together",
                ChartKind.BAR,
                _("Themes that go together"),
                _("A bar for each pair of themes, the longer the more passages."),
                tuple(f"{pair.first.name} + {pair.second.name}" for pair in drawn),
                (Series(_("Passages"), values, texts=texts),),
                unit=unit,
            )
        )
    listed = pairs[:_PAIRS_LISTED]
    return View(
        ViewName.TOGETHER,
        _("Which themes the same passage has. What often goes together may be one argument."),
        (
            Sheet(
                _("Passages that have both themes, in answers that count"),
                (_("Theme"), _("Together with"), _("Passages")),
                tuple(
                    (pair.first.full_name, pair.second.full_name, count_words(pair.passages))
                    for pair in listed
                ),
                frozenset({2}),
                tuple(_theme_address(round_, pair.first) for pair in listed),
            ),
        ),
        figure,
        _notes_on_pairs(round_, has_hidden=has_hidden),
    )


def _notes_on_pairs(round_: "Round", *, has_hidden: bool) -> tuple[str, ...]:
    if has_hidden:
        return (explain_hidden(round_.small_groups, locale=current_locale()),)
    if leaves_persons_out(round_.id, round_.small_groups):
        text = _("Passages of persons are not counted: fewer than %(n)s persons answered.")
        return (text % {"n": round_.small_groups},)
    return ()


def _theme_address(round_: "Round", theme: "ThemeRow") -> str:
    return url_for("desk.theme", round_slug=round_.slug, theme_key=theme.key)


def _silent(round_: "Round") -> View:
    found = who_is_silent(round_.id, round_.small_groups)
    return View(
        ViewName.SILENT,
        _("Silence is neither consent nor refusal. It shows whom to ask before you conclude."),
        (_invited_sheet(found), _silence_sheet(round_, found)),
        _invited_figure(found) if found.invited else None,
        (_("Not answered yet: %(names)s.", names=", ".join(found.unanswered)),)
        if found.unanswered
        else (),
    )


def _invited_sheet(found: SilentView) -> Sheet:
    return Sheet(
        _("Invited bodies that have answered, by group"),
        (_("Group"), _("Invited"), _("Have answered"), _("Have not answered")),
        tuple(
            (
                _(ACTOR_GROUP_LABELS[one.group]),
                one.invited,
                one.answered,
                one.invited - one.answered,
            )
            for one in found.invited
        ),
        frozenset({1, 2, 3}),
    )


def _invited_figure(found: SilentView) -> Markup:
    return draw(
        Chart(
            "silent",
            ChartKind.STACKED_BAR,
            _("Invited bodies that have answered, by group"),
            _("A bar for each group, divided by whether they answered."),
            tuple(_(ACTOR_GROUP_LABELS[one.group]) for one in found.invited),
            (
                Series(_("Have answered"), tuple(one.answered for one in found.invited), Tone.FOR),
                Series(
                    _("Have not answered"),
                    tuple(one.invited - one.answered for one in found.invited),
                    Tone.NEUTRAL,
                ),
            ),
            unit=_("number of bodies"),
        )
    )


def _silence_sheet(round_: "Round", found: SilentView) -> Sheet:
    return Sheet(
        _("Who has answered and does not mention a theme, or one under it"),
        (_("Theme"), _("Groups"), _("Invited bodies"), _("Their names")),
        tuple(
            (
                one.theme.full_name,
                ", ".join(_(ACTOR_GROUP_LABELS[group]) for group in one.groups) or _("None"),
                len(one.bodies),
                _names(one.bodies),
            )
            for one in found.themes
        ),
        frozenset({2}),
        tuple(_theme_address(round_, one.theme) for one in found.themes),
    )


def _names(names: Sequence[str]) -> str:
    """Some names, and how many more there are."""
    if not names:
        return str(_("None"))
    shown = ", ".join(names[:_NAMED])
    if len(names) <= _NAMED:
        return shown
    return str(_("%(names)s and %(number)s more", names=shown, number=len(names) - _NAMED))


def _arrivals(round_: "Round") -> View:
    weeks = weeks_of_arrival(round_.id)
    labels = tuple(_("Week from %(day)s", day=format_day(week.first)) for week in weeks)
    figure = None
    if weeks:
        figure = draw(
            Chart(
                "arrivals",
                ChartKind.BAR,
                _("Answers by the week in which they came"),
                _("A bar for each week, the longer the more answers."),
                labels,
                (Series(_("Answers"), tuple(week.answers for week in weeks)),),
                unit=_("number of answers"),
            )
        )
    return View(
        ViewName.ARRIVALS,
        _(
            "Deadline: %(day)s. Answers on paper count from when they were received.",
            day=format_day(to_oslo(round_.closes_at)),
        ),
        (
            Sheet(
                _("Answers that count, by the week in which they came"),
                (_("Week"), _("Answers"), _("So far")),
                tuple(
                    (label, week.answers, week.so_far)
                    for label, week in zip(labels, weeks, strict=True)
                ),
                frozenset({1, 2}),
            ),
        ),
        figure,
    )


def _counties(round_: "Round") -> View:
    theme = next(
        (one for one in list_themes(round_.id) if one.key == request.args.get("theme")), None
    )
    found = answers_by_county(round_.id, theme)
    caption = _("Answers of organisations, by the county they are registered in")
    if theme is not None:
        caption = f"{caption}: {theme.full_name}"
    words = "; ".join(f"{county} {number}" for county, number in found.answers)
    notes = []
    if found.without:
        notes.append(_("Answers of organisations without a known county: %(n)s.", n=found.without))
    if found.persons:
        notes.append(
            _("Answers of persons, who are not asked where they live: %(n)s.", n=found.persons)
        )
    return View(
        ViewName.COUNTIES,
        _("Where organisations that answered belong. Each county is a square of equal size."),
        (
            Sheet(
                caption,
                (_("County"), _("Answers")),
                (*found.answers, (_("In all"), found.total)) if found.answers else (),
                frozenset({1}),
            ),
        ),
        draw_county_map(dict(found.answers), alternative=f"{caption}. {words}.")
        if found.answers
        else None,
        tuple(notes),
    )


_MAKERS: dict[ViewName, Callable[["Round"], View]] = {
    ViewName.TOGETHER: _together,
    ViewName.SILENT: _silent,
    ViewName.ARRIVALS: _arrivals,
    ViewName.COUNTIES: _counties,
}
