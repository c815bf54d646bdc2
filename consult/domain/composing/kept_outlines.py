"""Finding an organisation's own templates for reports."""

from collections.abc import Sequence

from sqlalchemy import select

from consult.db import get_one, session
from consult.domain.composing.models import ReportOutline
from consult.domain.composing.types import CompositionKind


def list_outlines(
    organisation_id: int, *, kind: CompositionKind | None = None
) -> Sequence[ReportOutline]:
    """An organisation's templates by name; those for one kind of report where it is given."""
    query = select(ReportOutline).where(ReportOutline.organisation_id == organisation_id)
    if kind is not None:
        query = query.where(ReportOutline.kind == kind)
    return session().scalars(query.order_by(ReportOutline.name)).all()


def get_outline(organisation_id: int, public_id: str) -> ReportOutline:
    """A template of an organisation. Raises ``NotFound``, also for those of others."""
    query = select(ReportOutline).where(
        ReportOutline.organisation_id == organisation_id, ReportOutline.public_id == public_id
    )
    return get_one(query, "outline", public_id)


def is_name_taken(organisation_id: int, name: str, *, but: int | None = None) -> bool:
    """Whether another template of the organisation has a name."""
    query = select(ReportOutline.id).where(
        ReportOutline.organisation_id == organisation_id, ReportOutline.name == name
    )
    return session().scalars(query).one_or_none() not in (None, but)
