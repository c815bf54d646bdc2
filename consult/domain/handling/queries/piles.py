"""What makes an answer lie on a pile of the queue: shared pieces of SQL.

Every condition stands on an answer joined with its task, which is missing for most.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from consult.domain.coding.models import VersionCheck
from consult.domain.disclosure.models import AnswerReview
from consult.domain.disclosure.types import ReviewState
from consult.domain.files.models import ScreenedFile
from consult.domain.files.types import Verdict
from consult.domain.handling.models import AnswerTask
from consult.domain.handling.types import Pile, Waits
from consult.domain.submissions.decisions import is_late_undecided
from consult.domain.submissions.models import Attachment, Submission, SubmissionVersion
from consult.domain.submissions.types import (
    STANDING_STATUSES,
    DeadlineStatus,
    SubmissionStatus,
)


def stands() -> ColumnElement[bool]:
    """Nothing has been decided about it that ends the work."""
    return Submission.status.in_(STANDING_STATUSES) & (
        Submission.deadline_status != DeadlineStatus.LATE_EXCLUDED
    )


def is_handled() -> ColumnElement[bool]:
    """Somebody has said that nothing more is to be done with it as it stands."""
    return func.coalesce(AnswerTask.handled_version, 0) == Submission.current_version_number


def is_open() -> ColumnElement[bool]:
    """It waits for somebody."""
    return and_(stands(), ~is_handled())


def pile_condition(pile: Pile, round_id: int) -> ColumnElement[bool]:
    """The answers of a round that lie on a pile."""
    match pile:
        case Pile.OPEN:
            return is_open()
        case Pile.NEW:
            return is_open() & AnswerTask.assignee_id.is_(None)
        case Pile.HANDLED:
            return stands() & is_handled()
        case Pile.DUPLICATE:
            return Submission.status.in_([SubmissionStatus.DUPLICATE, SubmissionStatus.MULTIPLE])
        case Pile.OFF_TOPIC:
            return Submission.status == SubmissionStatus.OFF_TOPIC
        case _:
            return waits_for(Waits(pile.value), round_id)


def waits_for(what: Waits, round_id: int) -> ColumnElement[bool]:
    """The answers of a round that wait for one thing besides being handled."""
    match what:
        case Waits.TO_CHECK:
            return stands() & _is_to_check()
        case Waits.REVIEW:
            return stands() & _is_to_review()
        case Waits.LATE:
            return is_late_undecided()
        case Waits.TWICE:
            return is_open() & _is_alike(round_id)


def _is_current() -> ColumnElement[bool]:
    return and_(
        SubmissionVersion.submission_id == Submission.id,
        SubmissionVersion.number == Submission.current_version_number,
    )


def _is_to_check() -> ColumnElement[bool]:
    new_version = exists(
        select(VersionCheck.id)
        .join(SubmissionVersion, SubmissionVersion.id == VersionCheck.version_id)
        .where(_is_current(), VersionCheck.checked_at.is_(None))
        .correlate(Submission)
    )
    unreadable = exists(
        select(Attachment.id)
        .join(SubmissionVersion, SubmissionVersion.id == Attachment.version_id)
        .outerjoin(ScreenedFile, ScreenedFile.digest == Attachment.digest)
        .where(
            _is_current(),
            Attachment.attended_at.is_(None),
            or_(Attachment.problem.is_not(None), ScreenedFile.verdict == Verdict.INFECTED),
        )
        .correlate(Submission)
    )
    return or_(
        Submission.status == SubmissionStatus.TO_CHECK,
        Submission.sender_check.is_not(None),
        new_version,
        unreadable,
    )


def _is_to_review() -> ColumnElement[bool]:
    waiting = exists(
        select(AnswerReview.id)
        .join(SubmissionVersion, SubmissionVersion.id == AnswerReview.version_id)
        .where(_is_current(), AnswerReview.state == ReviewState.WAITING)
        .correlate(Submission)
    )
    return and_(Submission.status == SubmissionStatus.RECEIVED, waiting)


def _is_alike(round_id: int) -> ColumnElement[bool]:
    """Another answer that stands comes from the same body, address or name.

    The same signs as on an answer's own page (``submissions.decisions.find_same_sender``).
    """
    signs = (func.lower(Submission.contact_email), func.lower(Submission.name))
    body = Submission.organisation_id
    return or_(
        body.in_(_shared(body, body.is_not(None), round_id)),
        *(sign.in_(_shared(sign, sign != "", round_id)) for sign in signs),
    )


def _shared(sign: Any, is_given: ColumnElement[bool], round_id: int) -> Select[Any]:
    """What several standing answers of the round have in common; asked once, not for each."""
    return (
        select(sign)
        .where(
            Submission.round_id == round_id,
            Submission.status.in_(STANDING_STATUSES),
            is_given,
        )
        .group_by(sign)
        .having(func.count() > 1)
        .correlate(None)
    )
