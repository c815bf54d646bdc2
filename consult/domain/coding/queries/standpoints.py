"""Where one version of an answer stands, to be kept."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select

from consult.db import session
from consult.domain.coding.models import CodedStance
from consult.domain.rounds.models import Proposal, Question
from consult.domain.submissions.models import Answer, SubmissionVersion
from consult.domain.submissions.types import Stance, Voice


def stances_of_version(submission_id: int, number: int) -> dict[str, Any]:
    """Where a version stands, by proposal key: as a reader judged, else as its sender chose.

    Each is a mapping of ``value`` and ``modifiers``, as JSON holds it.
    """
    found: dict[str, Any] = {}
    for rows in (_stated(submission_id, number), _coded(submission_id)):
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
