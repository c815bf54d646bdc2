"""Holding the stances that others have joined, when the answer they joined gets a new version."""

from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.coding.queries.standpoints import stances_of_version
from consult.domain.submissions.endorsements import resting_on

if TYPE_CHECKING:
    from consult.domain.submissions.models import SubmissionVersion


def hold_stances(version: "SubmissionVersion") -> None:
    """Keep for those who joined the version before where it stood: nothing changes in silence.

    Call it before anything is coded anew. What waits to be looked at already keeps what it holds.
    """
    resting = resting_on(version.submission_id, version.number - 1)
    if not resting:
        return
    held = stances_of_version(version.submission_id, version.number - 1)
    for endorsement in resting:
        endorsement.held = held
    session().flush()
