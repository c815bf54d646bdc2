"""What this area does when something happens in an area below."""

from datetime import datetime
from typing import TYPE_CHECKING

from consult.domain.accounts.types import Actor
from consult.domain.intake.service.erasing import erase_contact
from consult.domain.submissions.service.erasing import erasure_granted
from consult.kernel.files import FileStore

if TYPE_CHECKING:
    from consult.domain.submissions.models import Submission


def connect_reactions() -> None:
    """Let a deletion that is granted reach the import that an answer came by."""
    erasure_granted.connect(_erase)


def _erase(submission: "Submission", *, files: FileStore, by: Actor, now: datetime) -> None:
    erase_contact(submission, files=files, by=by, now=now)
