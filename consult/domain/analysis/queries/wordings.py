"""Which wording of a corrected question or proposal the answers that count were written to."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager

from consult.db import session
from consult.domain.coding.queries.scope import counts, is_current
from consult.domain.rounds.models import Proposal, Question
from consult.domain.rounds.rules import wording_at
from consult.domain.submissions.models import Answer, Submission, SubmissionVersion


def answers_by_wording(part: Question | Proposal) -> Counter[int]:
    """How many answers speak to each wording, by its number.

    An answer to a question names its wording. A proposal is spoken of in many places, so there the
    moment counts at which the version arrived. Only what was corrected is asked about.
    """
    if part.wording == 1:
        return Counter()
    return answers_to_question(part) if isinstance(part, Question) else _by_proposal(part)


def list_answers_to(
    question: Question, wording: int, *, offset: int = 0, limit: int = 50
) -> Sequence[Answer]:
    """The answers that count to one wording of a question, by the number of the answer."""
    query = (
        select(Answer)
        .join(Answer.version)
        .join(SubmissionVersion.submission)
        .where(
            counts(question.round_id),
            is_current(),
            Answer.question_id == question.id,
            Answer.wording == wording,
        )
        .options(contains_eager(Answer.version).contains_eager(SubmissionVersion.submission))
        .order_by(Submission.number, Answer.position)
        .offset(offset)
        .limit(limit)
    )
    return session().scalars(query).all()


def answers_to_question(question: Question) -> Counter[int]:
    """How many answers there are to each wording of a question, corrected or not."""
    query = _counted(question.round_id).where(Answer.question_id == question.id)
    wordings = {row[0]: row[1] for row in session().execute(query)}
    return Counter(wordings.values())


def _by_proposal(proposal: Proposal) -> Counter[int]:
    replaced = [former.replaced_at for former in proposal.former_wordings]
    query = (
        _counted(proposal.round_id)
        .outerjoin(Question, Answer.question_id == Question.id)
        .where((Answer.proposal_id == proposal.id) | (Question.proposal_id == proposal.id))
    )
    moments = {row[0]: row[2] for row in session().execute(query)}
    return Counter(wording_at(replaced, moment) for moment in moments.values())


def _counted(round_id: int) -> Select[int, int, datetime]:
    """Answers in current versions that count: whose, to which wording, and when it arrived."""
    arrived = func.coalesce(SubmissionVersion.received_at, Submission.received_at)
    return (
        select(Submission.id, Answer.wording, arrived)
        .join(SubmissionVersion, Answer.version_id == SubmissionVersion.id)
        .join(Submission, SubmissionVersion.submission_id == Submission.id)
        .where(counts(round_id), is_current())
    )
