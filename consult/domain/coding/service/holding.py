"""Holding the stances that others have joined, when the answer they joined gets a new version."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from consult.db import session
from consult.domain.coding.models import CodedStance
from consult.domain.rounds.models import Proposal, Question
from consult.domain.submissions.models import Answer, Endorsement, SubmissionVersion
from consult.domain.submissions.types import Stance, Voice

if TYPE_CHECKING:
    from consult.domain.submissions.models import Submission


def hold_stances(version: "SubmissionVersion") -> None:
    """Keep for those who joined the version before where it stood: nothing changes in silence.

    Call it before anything is coded anew. What waits to be looked at already keeps what it holds.
    """
    submission = version.submission
    query = select(Endorsement).where(
        Endorsement.of_id == submission.id,
        Endorsement.of_version == version.number - 1,
        Endorsement.held.is_(None),
        Endorsement.dropped_at.is_(None),
    )
    resting = session().scalars(query).all()
    if not resting:
        return
    held = _stances_before(submission, version.number - 1)
    for endorsement in resting:
        endorsement.held = held
    session().flush()


def _stances_before(submission: "Submission", number: int) -> dict[str, Any]:
    """Where a version stood, by proposal key: as a reader judged, else as its sender chose."""
    found: dict[str, Any] = {}
    for rows in (_stated(submission.id, number), _coded(submission.id)):
        for key, value, modifiers in rows:
            stance = value or Stance.NO_COMMENTS
            found[key] = {"value": stance.value, "modifiers": list(modifiers)}
    return found


def _stated(submission_id: int, number: int) -> Iterable[tuple[str, Stance | None, list[str]]]:
    """What was chosen, what counts last."""
    about = func.coalesce(Answer.proposal_id, Question.proposal_id)
    query = (
        select(Proposal.key, Answer.stance, Answer.modifiers)
        .select_from(Answer)
        .join(SubmissionVersion, Answer.version_id == SubmissionVersion.id)
        .outerjoin(Question, Answer.question_id == Question.id)
        .join(Proposal, Proposal.id == about)
        .where(
            SubmissionVersion.submission_id == submission_id,
            SubmissionVersion.number == number,
            Answer.voice == Voice.SENDER,
            Answer.stance.is_not(None) | Answer.no_comments,
        )
        .order_by(Answer.position.desc())
    )
    return [(row[0], row[1], row[2]) for row in session().execute(query)]


def _coded(submission_id: int) -> Iterable[tuple[str, Stance | None, list[str]]]:
    query = (
        select(Proposal.key, CodedStance.value, CodedStance.modifiers)
        .join(Proposal, Proposal.id == CodedStance.proposal_id)
        .where(CodedStance.submission_id == submission_id)
    )
    return [(row[0], row[1], row[2]) for row in session().execute(query)]
