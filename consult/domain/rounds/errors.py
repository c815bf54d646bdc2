"""What can go wrong with rounds."""

from datetime import datetime

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
    """The round cannot be announced yet; ``missing`` lists what, as codes with their place."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class FileRejected(DomainError):
    """A file to import has errors; nothing of it was kept. ``problems`` say where and what."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems
