"""Why the work on an answer could not be changed."""

from datetime import datetime

from consult.domain.handling.types import Waits
from consult.kernel.errors import Conflict


class HeldByOther(Conflict):
    """Somebody else is working on the answer.

    Attributes:
        name: Who.
        since: Since when.
    """

    def __init__(self, name: str, since: datetime) -> None:
        super().__init__("held")
        self.name = name
        self.since = since


class StillWaits(Conflict):
    """The answer cannot be called handled while something of it waits."""

    def __init__(self, waits: frozenset[Waits]) -> None:
        super().__init__(", ".join(sorted(waits)))
        self.waits = waits
