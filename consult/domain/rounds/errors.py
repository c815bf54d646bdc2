"""What can go wrong with rounds."""

from datetime import datetime

from consult.domain.rounds.findings import Finding
from consult.domain.rounds.types import (
    Problem,
)
from consult.kernel.errors import Conflict, DomainError


class RoundNotOpen(Conflict):
    """The round does not take answers at this moment."""

    def __init__(self, opens_at: datetime, closes_at: datetime, status: str) -> None:
        super().__init__(status)
        self.opens_at = opens_at
        self.closes_at = closes_at
        self.status = status


class DeadlinePassed(Conflict):
    """The deadline for this answer has passed."""

    def __init__(self, closed_at: datetime) -> None:
        super().__init__(closed_at.isoformat())
        self.closed_at = closed_at


class RoundIncomplete(Conflict):
    """The round cannot be announced yet; ``missing`` says what it lacks and where."""

    def __init__(self, missing: tuple[Finding, ...]) -> None:
        super().__init__(", ".join(f"{gap.code} {gap.key or gap.part}" for gap in missing))
        self.missing = missing


class RoundFrozen(Conflict):
    """The paper and the questions stand fast: answers have been given to them, or it is over."""

    def __init__(self, status: str) -> None:
        super().__init__(status)
        self.status = status


class PartInUse(Conflict):
    """A section, proposal or question that something points at; removing it would cut it off.

    Attributes:
        kind: ``section``, ``proposal`` or ``question``.
        key: Its key.
        asked_in: Keys of the questions that ask about it; empty when answers do.
    """

    def __init__(self, kind: str, key: str, *, asked_in: tuple[str, ...] = ()) -> None:
        super().__init__(f"{kind} {key}")
        self.kind = kind
        self.key = key
        self.asked_in = asked_in


class RoundSlugTaken(Conflict):
    """Another round has this short name."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


class AlreadyInvited(Conflict):
    """The body is on the list of consultees already."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class BodyDissolved(Conflict):
    """The body no longer exists, so it cannot be invited."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class InvitationSent(Conflict):
    """The invitation has gone out, so it stays on the list: the record shows who was asked."""


class FileRejected(DomainError):
    """A file to import has errors; nothing of it was kept. ``problems`` say where and what."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems
