"""Which answers and texts count: shared pieces of SQL."""

from sqlalchemy import ColumnElement, case, func

from consult.domain.coding.models import Passage
from consult.domain.coding.types import PassageKind
from consult.domain.submissions.models import Submission, SubmissionVersion
from consult.domain.submissions.types import DeadlineStatus, SubmissionStatus


def counts(round_id: int | ColumnElement[int]) -> ColumnElement[bool]:
    """The answer is one of the round's that count.

    Withdrawn ones, duplicates, those off topic and those that came too late to be included do not.
    """
    return (
        (Submission.round_id == round_id)
        & (Submission.status == SubmissionStatus.RECEIVED)
        & (Submission.deadline_status != DeadlineStatus.LATE_EXCLUDED)
    )


def is_read(round_id: int | ColumnElement[int]) -> ColumnElement[bool]:
    """The text is one that readers code: an answer that counts, or the notes of a meeting."""
    is_minutes = (Submission.round_id == round_id) & (Submission.status == SubmissionStatus.MINUTES)
    return counts(round_id) | is_minutes


def is_current() -> ColumnElement[bool]:
    """The version is the one of its answer that counts now.

    That it belongs to the answer follows from the joins; said again, it lets the database find the
    version by an index instead of looking it up for every passage.
    """
    return (SubmissionVersion.submission_id == Submission.id) & (
        SubmissionVersion.number == Submission.current_version_number
    )


def counted_as() -> ColumnElement[int]:
    """The id of the passage that a passage counts as, wherever passages are counted.

    A chosen part counts as the paragraph or bullet it was chosen in: count distinct. A sub-bullet
    has a parent too, but counts as itself. What repeats another answer counts as what it repeats.
    """
    return func.coalesce(Passage.copy_of_id, paragraph_id())


def paragraph_id() -> ColumnElement[int]:
    """The id of the paragraph or bullet: that of a passage itself, or that a part lies in."""
    is_chosen = Passage.kind == PassageKind.CHOSEN
    return case(
        (is_chosen, func.coalesce(Passage.parent_id, Passage.id)), else_=Passage.id.expression
    )
