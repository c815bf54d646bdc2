"""A second reader's sample in the demo's closed round, with differences decided and not."""

from collections.abc import Callable

from consult.domain.accounts.types import Actor
from consult.domain.coding.queries.double import (
    differences,
    list_double_codings,
    main_codings,
    passage_of_sample,
)
from consult.domain.coding.queries.themes import get_theme, list_themes
from consult.domain.coding.service.double import code_blind, decide_difference, draw_sample
from consult.domain.rounds.queries import get_round

_ROUND = "rom-for-lokale-kontor"
_LEFT = 4
"""Passages that nobody has read a second time, so that one can try it."""
_REASONS = (
    "Avsnittet nevner temaet i forbifarten. Definisjonen ber om en mening, og den står ikke her.",
    "Lest sammen med avsnittet før er det nettopp dette det handler om.",
    "Vi er enige om at eksempelet hører hjemme her, og har skrevet det inn i definisjonen.",
)


def load_second_reading(*, actor: Callable[[str], Actor]) -> None:
    """Let Solveig read a sixth of what Jonas has coded, and the two of them settle a part of it.

    She reads as he did, but for every seventh passage, where she misses a theme, and every ninth,
    where she finds one more.
    """
    round_ = get_round(_ROUND)
    solveig, jonas = actor("solveig"), actor("jonas")
    sample = draw_sample(round_, share=17, coder=solveig.reference, by=actor("torunn"), seed=2026)
    keys = [theme.key for theme in list_themes(round_.id)]
    drawn = next(one.passages for one in list_double_codings(round_.id))
    for position in range(1, drawn - _LEFT + 1):
        place = passage_of_sample(sample.id, position)
        found = {coding.theme.key for coding in main_codings(place.passage_id)}
        if position % 7 == 3:
            found.remove(min(found))
        if position % 9 == 4:
            found.add(keys[position % len(keys)])
        code_blind(place, [get_theme(_ROUND, key) for key in sorted(found)], by=solveig)
    for index, difference in enumerate(differences(sample.id)[: len(_REASONS)]):
        decide_difference(difference, is_on=index > 0, reason=_REASONS[index], by=jonas)
