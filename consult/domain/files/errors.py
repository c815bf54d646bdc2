"""Why a file is not given out."""

from consult.kernel.errors import Conflict


class OutOfStep(Conflict):
    """A piece does not go on where the upload stands; ``received`` is where that is."""

    def __init__(self, received: int) -> None:
        super().__init__(str(received))
        self.received = received


class FileHeld(Conflict):
    """Nobody has looked for viruses in it yet."""


class FileQuarantined(Conflict):
    """There is a virus in it."""
