"""Gathering how the work was done: reminders, what two readers coded, what was taken out."""

from sqlalchemy import func, select

from consult.db import session
from consult.domain.coding.agreement import pool
from consult.domain.coding.queries.double import answers_by_coder, list_double_codings
from consult.domain.coding.queries.scope import counts, is_current
from consult.domain.disclosure.models import AnswerReview, Redaction
from consult.domain.documents.building.data import DoubleFacts, RedactionFacts
from consult.domain.rounds.models import Invitation
from consult.domain.submissions.models import Submission, SubmissionVersion


def gather_reminded(round_id: int) -> int:
    """How many of the invited bodies were reminded."""
    query = select(func.count(Invitation.reminded_at)).where(Invitation.round_id == round_id)
    return session().scalars(query).one()


def gather_double(round_id: int) -> DoubleFacts | None:
    """How two readers answered, over all themes and samples; nothing where none was coded twice."""
    passages = sum(one.done for one in list_double_codings(round_id))
    if not passages:
        return None
    told = pool(one.answers for one in answers_by_coder(round_id))
    return DoubleFacts(passages, told.both, told.first, told.second, told.neither)


def gather_redactions(round_id: int) -> tuple[RedactionFacts, ...]:
    """How many places were taken out of the present versions of answers that count, by law."""
    query = (
        select(Redaction.basis, func.count())
        .join(AnswerReview, AnswerReview.id == Redaction.review_id)
        .join(SubmissionVersion, SubmissionVersion.id == AnswerReview.version_id)
        .join(Submission, Submission.id == SubmissionVersion.submission_id)
        .where(counts(round_id), is_current())
        .group_by(Redaction.basis)
        .order_by(Redaction.basis)
    )
    return tuple(RedactionFacts(*row) for row in session().execute(query))
