"""How far two readers agree, shaped for the page and for a file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from babel.lists import format_list
from babel.numbers import format_decimal
from flask_babel import gettext as _

from consult.blueprints.shared.context import current_locale
from consult.domain.coding.agreement import (
    GRADE_LABELS,
    Answers,
    CoderAnswers,
    Figures,
    Grade,
    figures_of,
    pool,
)
from consult.domain.coding.queries.revisions import heirs_of
from consult.domain.coding.revisions import SampledTheme
from consult.kernel.text.spreadsheet import write_csv

if TYPE_CHECKING:
    from consult.domain.coding.models import Theme

_TONES = {
    Grade.FIRM: "success",
    Grade.TENTATIVE: "warning",
    Grade.WEAK: "danger",
    Grade.UNKNOWN: "neutral",
}


@dataclass(frozen=True, slots=True)
class Measured:
    """A row of figures, in words."""

    figures: Figures

    @property
    def answers(self) -> Answers:
        """The counts behind them."""
        return self.figures.answers

    @property
    def alpha_text(self) -> str:
        """α with three decimals, as the page's language writes it."""
        return _decimals(self.figures.alpha)

    @property
    def kappa_text(self) -> str:
        """κ with three decimals, as the page's language writes it."""
        return _decimals(self.figures.kappa)

    @property
    def grade_label(self) -> str:
        """The grade in words, to be translated."""
        return GRADE_LABELS[self.figures.grade]

    @property
    def tone(self) -> str:
        """How the grade is coloured."""
        return _TONES[self.figures.grade]


def _decimals(value: float | None) -> str:
    return "–" if value is None else format_decimal(value, "0.000", locale=current_locale())


def measure(answers: Answers) -> Measured:
    """The figures of one table of answers."""
    return Measured(figures_of(answers))


def measure_themes(
    themes: Sequence[SampledTheme], found: Mapping[int, Answers], *, done: int
) -> tuple[list[tuple[SampledTheme, Measured]], Measured]:
    """Every theme in the order of the sample's codebook, and all of those in use pooled."""
    rows = [(theme, measure(found.get(theme.id, Answers(neither=done)))) for theme in themes]
    return rows, measure(pool(found.values()))


def measure_coders(
    found: Sequence[CoderAnswers], names: Mapping[str, str]
) -> list[tuple[str, CoderAnswers, Measured]]:
    """First readers by name, each in order of the samples."""
    return [(names.get(one.coder or "", ""), one, measure(one.answers)) for one in found]


def tell_since(theme: "Theme") -> str:
    """What has become of a theme since a sample was drawn; empty where it stands."""
    heirs = [one.name for one in heirs_of(theme)]
    names = format_list(heirs, locale=current_locale())
    if not heirs:
        return ""
    sentence: str = (
        _("%(theme)s has been merged into %(heirs)s since. The decision is carried out there.")
        if theme.standing.retired_at is None
        else _(
            "%(theme)s has been split into %(heirs)s since. If it belongs, the passage waits to be "
            "sorted under them; if not, they are taken off it."
        )
    )
    return sentence % {"theme": theme.name, "heirs": names}


def agreement_csv(
    rows: Iterable[tuple[SampledTheme, Measured]],
    overall: Measured,
    *,
    version: int | None,
    columns: Sequence[str],
    total: str,
) -> str:
    """The table by theme for a spreadsheet; figures with three decimals, empty where undefined.

    ``columns`` are its headings, ``total`` the name of the last row, ``version`` that of the
    codebook which the themes are named after.
    """
    table: list[list[object]] = []
    for name, one in [*((theme.full_name, one) for theme, one in rows), (total, overall)]:
        cells = one.answers
        both = (one.figures.alpha, one.figures.kappa)
        figures = [None if value is None else round(value, 3) for value in both]
        counts = (cells.number, cells.both, cells.first, cells.second, cells.neither)
        table.append([name, *counts, *figures, version])
    return write_csv(columns, table)
