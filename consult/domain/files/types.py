"""Values of files on their way in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

QUARANTINE: Final = "quarantine"
"""The part of the store where infected files are kept apart until they are forgotten."""


PIECE: Final = 2 * 1024 * 1024
"""Bytes of one piece of an upload: some seconds on a poor line."""

KEPT_UNFINISHED: Final = timedelta(days=1)
"""How long the pieces of an upload wait for the rest."""

MOST_UNFINISHED: Final = 5
"""Uploads that one owner can have begun; the oldest makes room."""


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
