"""Moving rounds by the clock."""

from consult.db import transaction
from consult.domain.rounds.service import move_by_clock
from consult.kernel.clock import utc_now


def move_rounds() -> None:
    """Open and close every round whose time has come."""
    with transaction():
        move_by_clock(now=utc_now())
