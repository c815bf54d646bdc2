"""Reading the examples of themes."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from consult.db import get_one, session
from consult.domain.coding.models import Passage, Theme, ThemeExample
from consult.domain.rounds.models import Round


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """An example of a theme.

    Attributes:
        text: The line, or the words of the passage.
        passage_id: Public id of the passage; none for a line.
    """

    public_id: str
    theme_id: int
    text: str
    passage_id: str | None


def examples_of_round(round_id: int) -> dict[int, tuple[ExampleRow, ...]]:
    """The examples of every theme of a round, by the theme's id, in the order they were added."""
    query = (
        select(ThemeExample, Passage.public_id, Passage.quote)
        .join(Theme, ThemeExample.theme_id == Theme.id)
        .outerjoin(Passage, ThemeExample.passage_id == Passage.id)
        .where(Theme.round_id == round_id)
        .order_by(ThemeExample.id)
    )
    found: dict[int, tuple[ExampleRow, ...]] = {}
    for example, passage_id, quote in session().execute(query):
        row = ExampleRow(example.public_id, example.theme_id, example.line or quote, passage_id)
        found[example.theme_id] = (*found.get(example.theme_id, ()), row)
    return found


def lines_of(theme_id: int) -> list[ThemeExample]:
    """The examples of a theme that are written lines."""
    query = (
        select(ThemeExample)
        .where(ThemeExample.theme_id == theme_id, ThemeExample.passage_id.is_(None))
        .order_by(ThemeExample.id)
    )
    return list(session().scalars(query))


def get_example(round_slug: str, example_id: str) -> ThemeExample:
    """An example by public id. Raises :class:`NotFound`."""
    query = (
        select(ThemeExample)
        .join(ThemeExample.theme)
        .join(Round, Theme.round_id == Round.id)
        .where(Round.slug == round_slug, ThemeExample.public_id == example_id)
    )
    return get_one(query, "example", example_id)


def exemplified_by(passage_id: int, *, among: Collection[int]) -> set[int]:
    """Ids of those themes that a passage is an example of."""
    query = select(ThemeExample.theme_id).where(
        ThemeExample.passage_id == passage_id, ThemeExample.theme_id.in_(among)
    )
    return set(session().scalars(query)) if among else set()
