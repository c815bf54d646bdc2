"""Giving themes examples: passages of the round, or written lines."""

from collections.abc import Sequence

from sqlalchemy import select

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.coding.codebook_entries import MAX_LINE_LENGTH
from consult.domain.coding.models import Passage, Theme, ThemeExample
from consult.domain.coding.queries.examples import lines_of
from consult.domain.coding.service.codebook import record_theme
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.text.identity import has_identity_number


def toggle_example(theme: Theme, passage: Passage, *, by: Actor) -> bool:
    """Make a passage an example of a theme, or end that; returns whether it is one now.

    Raises:
        InvalidInput: field ``theme``, reason ``other_round``.
    """
    if theme.round_id != passage.round_id:
        raise InvalidInput("theme", "other_round")
    query = select(ThemeExample).where(
        ThemeExample.theme_id == theme.id, ThemeExample.passage_id == passage.id
    )
    example = session().scalars(query).one_or_none()
    if example is not None:
        remove_example(example, by=by)
        return False
    _add(theme, passage_id=passage.id, by=by)
    record_theme(theme, "example_added", by=by, passage=passage.reference)
    return True


def add_line(theme: Theme, line: str, *, by: Actor) -> ThemeExample:
    """Write an example of a theme; the same line twice is one.

    Raises:
        InvalidInput: field ``line``: ``empty``, ``too_long`` or ``identity_number``.
    """
    text = " ".join(line.split())
    if not text:
        raise InvalidInput("line", "empty")
    if len(text) > MAX_LINE_LENGTH:
        raise InvalidInput("line", "too_long")
    if has_identity_number(text):
        raise InvalidInput("line", "identity_number")
    for example in lines_of(theme.id):
        if example.line == text:
            return example
    example = _add(theme, line=text, by=by)
    record_theme(theme, "example_added", by=by)
    return example


def remove_example(example: ThemeExample, *, by: Actor) -> None:
    """Take an example away; the passage keeps its themes."""
    theme = example.theme
    session().delete(example)
    session().flush()
    record_theme(theme, "example_removed", by=by)


def set_lines(theme: Theme, lines: Sequence[str], *, by: Actor) -> bool:
    """Let a theme have these written examples and no others; returns whether anything changed."""
    wanted = [" ".join(line.split()) for line in lines]
    present = {example.line: example for example in lines_of(theme.id)}
    for text, example in present.items():
        if text not in wanted:
            remove_example(example, by=by)
    for text in wanted:
        if text not in present:
            add_line(theme, text, by=by)
    return set(wanted) != set(present)


def _add(theme: Theme, *, by: Actor, passage_id: int | None = None, line: str = "") -> ThemeExample:
    example = ThemeExample(
        theme_id=theme.id,
        passage_id=passage_id,
        line=line,
        added_by=by.reference,
        added_at=utc_now(),
    )
    session().add(example)
    session().flush()
    return example
