"""Deciding under which number of persons nothing is told of them."""

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.types import Tag
from consult.domain.rounds.models import Round
from consult.domain.rounds.service.recording import note
from consult.domain.rounds.types import SMALL_GROUP
from consult.kernel.errors import InvalidInput


def change_small_groups(round_: Round, threshold: int, *, by: Actor) -> None:
    """Hide numbers of fewer persons than this from whatever leaves the desk from now on.

    Data that were frozen before keep the threshold they were frozen with.

    Raises:
        InvalidInput: The number is so low that it protects nobody, or too high.
    """
    if not SMALL_GROUP.lowest <= threshold <= SMALL_GROUP.highest:
        raise InvalidInput("threshold", "out_of_range")
    before = round_.small_groups
    if before == threshold:
        return
    round_.small_groups = threshold
    session().flush()
    data: dict[str, object] = {"before": before, "after": threshold}
    note(Tag.ROUND_SMALL_GROUPS_CHANGED, round_, by=by, data=data)
