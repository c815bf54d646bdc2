"""What this area does when something happens in an area below."""

from typing import TYPE_CHECKING

from consult.domain.coding.service.dividing import version_divided
from consult.domain.composing.service.following import follow_version

if TYPE_CHECKING:
    from consult.domain.submissions.models import SubmissionVersion


def connect_reactions() -> None:
    """Let what rests on a branch's words follow them into the branch's new version."""
    version_divided.connect(_follow)


def _follow(version: "SubmissionVersion") -> None:
    follow_version(version)
