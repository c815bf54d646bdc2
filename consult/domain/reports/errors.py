"""What can stand in the way of a report."""

from consult.kernel.errors import Conflict


class NotCleared(Conflict):
    """The checks find what is neither mended nor signed for.

    Attributes:
        count: How many lines of the check list are open.
    """

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} open checks")
        self.count = count
