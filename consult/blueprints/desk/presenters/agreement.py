"""How far two readers agree, shaped for the page and for a file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from babel.numbers import format_decimal

from consult.blueprints.shared.context import current_locale
from consult.domain.coding.agreement import (
    GRADE_LABELS,
    Answers,
    Figures,
    Grade,
    figures_of,
    pool,
)
from consult.domain.coding.types import ThemeRow
from consult.kernel.text.spreadsheet import write_csv

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
    themes: Sequence[ThemeRow], found: Mapping[int, Answers], *, done: int
) -> tuple[list[tuple[ThemeRow, Measured]], Measured]:
    """Every theme in the codebook's order, and all of those in use pooled."""
    rows = [(theme, measure(found.get(theme.id, Answers(neither=done)))) for theme in themes]
    return rows, measure(pool(found.values()))


def measure_coders(
    found: Mapping[tuple[str, datetime], Answers], names: Mapping[str, str]
) -> list[tuple[str, datetime, Measured]]:
    """First readers by name, each in order of the samples."""
    return [
        (names.get(coder, coder), drawn_at, measure(answers))
        for (coder, drawn_at), answers in found.items()
    ]


def agreement_csv(
    rows: Iterable[tuple[ThemeRow, Measured]],
    overall: Measured,
    *,
    columns: Sequence[str],
    total: str,
) -> str:
    """The table by theme for a spreadsheet; figures with three decimals, empty where undefined.

    ``columns`` are its headings, ``total`` the name of the last row.
    """
    table: list[list[object]] = []
    for name, one in [*((theme.full_name, one) for theme, one in rows), (total, overall)]:
        cells = one.answers
        both = (one.figures.alpha, one.figures.kappa)
        figures = [None if value is None else round(value, 3) for value in both]
        counts = (cells.number, cells.both, cells.first, cells.second, cells.neither)
        table.append([name, *counts, *figures])
    return write_csv(columns, table)
