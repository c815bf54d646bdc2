"""Values of files on their way in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

QUARANTINE: Final = "quarantine"
"""The part of the store where infected files are kept apart until they are forgotten."""


class Verdict(StrEnum):
    """What is known of the bytes of a file."""

    WAITING = "waiting"
    CLEAN = "clean"
    INFECTED = "infected"


@dataclass(frozen=True, slots=True)
class ScreeningState:
    """How the search for viruses stands in the whole installation.

    Attributes:
        waiting: Files that nobody can download before they are scanned.
        waiting_since: Since when the oldest of them has waited.
        infected: Files in quarantine, or refused, that are still remembered.
    """

    waiting: int = 0
    waiting_since: datetime | None = None
    infected: int = 0
