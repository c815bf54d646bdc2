"""The base of every error the domain raises; the edges map each of them in one place."""

from datetime import datetime
from typing import Generic, TypeVar

T = TypeVar("T")


class DomainError(Exception):
    """Something the field's rules do not allow. Subclasses carry data, never finished sentences."""


class NotFound(DomainError):
    """Nothing of that name, or nothing that this actor may know of: the two look the same."""

    def __init__(self, kind: str, key: object) -> None:
        super().__init__(f"{kind} {key!r}")
        self.kind = kind
        self.key = key


class Conflict(DomainError):
    """The thing was changed by someone else, or stands in a state that forbids the change."""


class InvalidInput(DomainError):
    """A value that breaks a rule; ``field`` names the form field or file position it came from.

    ``further`` holds what else in the same input breaks a rule, so that all of it can be shown at
    once.
    """

    def __init__(self, field: str, reason: str, **data: object) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason
        self.data = data
        self.further: tuple[InvalidInput, ...] = ()


class Overtaken(Conflict, Generic[T]):
    """Somebody else saved the same thing after it was opened. Nothing is lost: it holds both.

    Attributes:
        mine: What was to be saved.
        theirs: What is stored now.
        revision: The revision to save over, once the writer has chosen.
        changed_at: When the other was saved.
        changed_by: Reference of who saved it.
    """

    def __init__(
        self, *, mine: T, theirs: T, revision: int, changed_at: datetime, changed_by: str
    ) -> None:
        super().__init__(f"revision {revision}")
        self.mine = mine
        self.theirs = theirs
        self.revision = revision
        self.changed_at = changed_at
        self.changed_by = changed_by


class TransitionError(Conflict):
    """A state machine was asked for a step that its table does not allow."""

    def __init__(self, machine: str, source: str, target: str) -> None:
        super().__init__(f"{machine}: {source} -> {target}")
        self.machine = machine
        self.source = source
        self.target = target
