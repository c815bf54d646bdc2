"""What can go wrong when an answer is looked through."""

from consult.kernel.errors import Conflict


class FindingsOpen(Conflict):
    """Something that was found is not decided on yet.

    Attributes:
        number: How much.
    """

    def __init__(self, number: int) -> None:
        super().__init__(f"{number} findings are open")
        self.number = number
