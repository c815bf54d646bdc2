"""What this area does when something happens in an area below."""

from typing import TYPE_CHECKING

from consult.domain.coding.service.codebook import removal_asked
from consult.domain.coding.service.dividing import version_divided
from consult.domain.composing.queries import is_written_about
from consult.domain.composing.service.following import follow_version

if TYPE_CHECKING:
    from consult.domain.coding.models import Theme
    from consult.domain.submissions.models import SubmissionVersion


def connect_reactions() -> None:
    """Let what rests on somebody's words follow them; keep themes that texts are about."""
    version_divided.connect(_follow)
    removal_asked.connect(_is_written_about)


def _is_written_about(theme: "Theme") -> bool:
    """A theme that a report has a part about is kept."""
    return is_written_about(theme.id)


def _follow(version: "SubmissionVersion") -> None:
    follow_version(version)
