"""Following a branch's words into the new version of its answer."""

from typing import TYPE_CHECKING

from sqlalchemy import select

from consult.db import session
from consult.domain.coding.queries.versions import successors
from consult.domain.composing.models import Evidence, LeftOut

if TYPE_CHECKING:
    from consult.domain.submissions.models import SubmissionVersion


def follow_version(version: "SubmissionVersion") -> int:
    """Let evidence and reasons go over to the new version's passages where the words are the same.

    What rests on words that the branch has changed keeps pointing at those it was taken from, so
    that a person sees the difference. Returns how many went over.
    """
    same = successors(version)
    evidence = session().scalars(select(Evidence).where(Evidence.passage_id.in_(same))).all()
    reasons = session().scalars(select(LeftOut).where(LeftOut.passage_id.in_(same))).all()
    resting: list[Evidence | LeftOut] = [*evidence, *reasons]
    for one in resting:
        one.passage_id = same[one.passage_id]
        session().flush()
        session().expire(one, ["passage"])
    return len(resting)
