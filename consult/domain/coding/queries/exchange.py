"""What the exchange of codings reads: the current texts and what is coded in them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, select

from consult.db import session
from consult.domain.coding.models import Coding, Passage, Theme
from consult.domain.submissions.models import Submission, SubmissionVersion


def current_codings(
    round_id: int,
) -> Sequence[Row[int, str, int, int, str, str, str, datetime]]:
    """Every coding of a round's current texts, in reading order.

    Each row: number of the answer, passage id, start, end, quote, theme key, coder, moment.
    """
    query = (
        select(
            Submission.number,
            Passage.public_id,
            Passage.start,
            Passage.end,
            Passage.quote,
            Theme.key,
            Coding.coded_by,
            Coding.coded_at,
        )
        .select_from(Coding)
        .join(Passage, Coding.passage_id == Passage.id)
        .join(Theme, Coding.theme_id == Theme.id)
        .join(Submission, Passage.submission_id == Submission.id)
        .join(SubmissionVersion, Passage.version_id == SubmissionVersion.id)
        .where(
            Passage.round_id == round_id,
            SubmissionVersion.number == Submission.current_version_number,
        )
        .order_by(Submission.number, Passage.start, Passage.end, Coding.id)
    )
    return session().execute(query).all()


def current_versions(round_id: int) -> dict[int, SubmissionVersion]:
    """The current version of every answer of a round, by the answer's number."""
    query = (
        select(Submission.number, SubmissionVersion)
        .join(SubmissionVersion, SubmissionVersion.submission_id == Submission.id)
        .where(
            Submission.round_id == round_id,
            SubmissionVersion.number == Submission.current_version_number,
        )
    )
    return {row[0]: row[1] for row in session().execute(query)}
