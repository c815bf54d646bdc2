"""What can go wrong when an answer is looked through."""

from consult.domain.disclosure.types import FileBar
from consult.kernel.errors import Conflict


class FindingsOpen(Conflict):
    """Something that was found is not decided on yet.

    Attributes:
        number: How much.
    """

    def __init__(self, number: int) -> None:
        super().__init__(f"{number} findings are open")
        self.number = number


class FileBarred(Conflict):
    """A file cannot be published, whoever looks at it.

    Attributes:
        bar: Why.
    """

    def __init__(self, bar: FileBar) -> None:
        super().__init__(f"the file is barred: {bar}")
        self.bar = bar


class FileStillHolds(Conflict):
    """Words that were taken out of the answer stand in a file as well.

    Attributes:
        number: How many different ones.
    """

    def __init__(self, number: int) -> None:
        super().__init__(f"{number} stretches that were taken out stand in the file")
        self.number = number
