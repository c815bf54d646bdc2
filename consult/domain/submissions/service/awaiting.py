"""Linking what joins an answer to that answer when it comes."""

from sqlalchemy import select, update

from consult.db import session
from consult.domain.submissions.models import Endorsement, Submission


def link_awaited(submission: Submission) -> None:
    """Link what joins a body's answer to that answer now that it has come; a person confirms it."""
    if submission.organisation_id is None:
        return
    waiting = select(Submission.id).where(Submission.round_id == submission.round_id)
    session().execute(
        update(Endorsement)
        .where(
            Endorsement.of_id.is_(None),
            Endorsement.of_organisation_id == submission.organisation_id,
            Endorsement.submission_id.in_(waiting),
            Endorsement.submission_id != submission.id,
        )
        .values(of_id=submission.id)
        .execution_options(synchronize_session="fetch")
    )
