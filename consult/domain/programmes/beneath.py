"""What stands beneath a passage of a sub-report, as a value."""

from dataclasses import dataclass

from consult.domain.programmes.types import Piece


@dataclass(frozen=True, slots=True)
class Beneath:
    """What a passage of a sub-report rests on in the group's own round, as it was sent."""

    group: str
    piece: Piece
