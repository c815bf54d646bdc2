"""Putting a theme on many passages at once, or taking it off them, and undoing that at once."""

from collections.abc import Collection
from dataclasses import dataclass

from consult.domain.accounts.types import Actor
from consult.domain.coding.models import Passage, Theme
from consult.domain.coding.queries.steps import StepsTogether, steps_together
from consult.domain.coding.service.coding import apply_theme, remove_theme, undo_steps
from consult.kernel.errors import InvalidInput
from consult.kernel.ids import new_public_id

MOST_PASSAGES = 300
"""Passages that can be coded at once: a bound on how long others wait, and on what goes unread."""


@dataclass(frozen=True, slots=True)
class CodedTogether:
    """What became of many passages.

    Attributes:
        public_id: Under which the steps are found again.
        changed: Passages that the theme was put on, or taken off.
        same: Passages that were as asked for already.
    """

    public_id: str
    changed: int
    same: int


def code_together(
    passages: Collection[Passage], theme: Theme, *, on: bool, by: Actor
) -> CodedTogether:
    """Put a theme on passages, or take it off them.

    Raises:
        InvalidInput: field ``passages`` with reason ``none`` or ``too_many``; field ``theme``
            with reason ``split``, or ``other_round``.
    """
    if not passages:
        raise InvalidInput("passages", "none")
    if len(passages) > MOST_PASSAGES:
        raise InvalidInput("passages", "too_many")
    if on and theme.standing.retired_at is not None:
        raise InvalidInput("theme", "split")
    together = new_public_id()
    code = apply_theme if on else remove_theme
    changed = sum(code(passage, theme, by=by, together=together) for passage in passages)
    return CodedTogether(together, changed, len(passages) - changed)


def undo_together(done: StepsTogether, *, by: Actor) -> int:
    """Undo what was done with many passages; returns for how many that still had an effect.

    What somebody has done since to the same theme on one of them stays as they left it. Each undoes
    only their own steps.
    """
    if done.done_by != by.reference:
        return 0
    return undo_steps(steps_together(done.round.id, done.public_id), by=by)
