"""Why a file is not given out."""

from consult.kernel.errors import Conflict


class FileHeld(Conflict):
    """Nobody has looked for viruses in it yet."""


class FileQuarantined(Conflict):
    """There is a virus in it."""
