"""What this area does when something happens in an area below."""

from typing import TYPE_CHECKING

from consult.domain.disclosure.service.flooding import watch_for_bursts
from consult.domain.disclosure.service.reviewing import open_review, review_added
from consult.domain.submissions.service.receiving import version_stored
from consult.domain.submissions.service.transcribing import text_added

if TYPE_CHECKING:
    from consult.domain.submissions.models import Answer, SubmissionVersion


def connect_reactions() -> None:
    """Look for bursts and put every answer in the queue for review, in the same transaction."""
    version_stored.connect(_look_at)
    text_added.connect(_look_at_added)


def _look_at(version: "SubmissionVersion") -> None:
    watch_for_bursts(version)
    open_review(version)


def _look_at_added(answer: "Answer") -> None:
    review_added(answer)
