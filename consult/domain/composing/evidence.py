"""What the parts of a text rest on (queries)."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import contains_eager

from consult.db import session
from consult.domain.coding.models import Passage
from consult.domain.coding.queries.scope import is_current
from consult.domain.composing.models import Evidence, Part
from consult.domain.submissions.models import Submission, SubmissionVersion
from consult.domain.submissions.types import SubmissionStatus
from consult.kernel.errors import NotFound


def list_evidence(part_id: int) -> Sequence[Evidence]:
    """What a part rests on, and what was taken away, in the order it was taken in."""
    query = (
        select(Evidence)
        .join(Passage, Passage.id == Evidence.passage_id)
        .join(Submission, Submission.id == Passage.submission_id)
        .where(Evidence.part_id == part_id)
        .options(contains_eager(Evidence.passage).contains_eager(Passage.submission))
        .order_by(Evidence.id)
    )
    return session().scalars(query).all()


def overtaken_evidence(part_id: int) -> frozenset[int]:
    """Ids of a part's evidence whose words the branch has changed since, or taken back."""
    query = (
        select(Evidence.id)
        .join(Passage, Passage.id == Evidence.passage_id)
        .join(SubmissionVersion, SubmissionVersion.id == Passage.version_id)
        .join(Submission, Submission.id == Passage.submission_id)
        .where(
            Evidence.part_id == part_id,
            or_(~is_current(), Submission.status != SubmissionStatus.RECEIVED),
        )
    )
    return frozenset(session().scalars(query))


def get_evidence(composition_id: int, part_key: str, public_id: str) -> Evidence:
    """A piece of evidence of a part of the document. Raises ``NotFound``."""
    query = (
        select(Evidence)
        .join(Part, Part.id == Evidence.part_id)
        .where(
            Part.composition_id == composition_id,
            Part.key == part_key,
            Part.removed_at.is_(None),
            Evidence.public_id == public_id,
        )
    )
    found = session().scalars(query).one_or_none()
    if found is None:
        raise NotFound("evidence", public_id)
    return found


def known_evidence(composition_id: int) -> frozenset[str]:
    """Public ids of all that the document rests on now."""
    query = select(Evidence.public_id).join(Part, Part.id == Evidence.part_id)
    return frozenset(session().scalars(query.where(is_standing(composition_id))))


def is_standing(composition_id: int) -> ColumnElement[bool]:
    """The evidence is of the document as it is now."""
    return and_(
        Part.composition_id == composition_id,
        Part.removed_at.is_(None),
        Evidence.removed_at.is_(None),
    )
