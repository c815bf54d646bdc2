"""What is counted, and who sent it: shared pieces of SQL."""

from typing import Any

from sqlalchemy import ColumnElement, Row, String, case, cast

from consult.domain.analysis.types import ColumnsBy, CountUnit, Sender
from consult.domain.coding.queries.scope import counted_as
from consult.domain.organisations.types import ActorGroup, ActorType
from consult.domain.submissions.models import Submission

TYPES_OF_GROUP: dict[ActorGroup, tuple[ActorType, ...]] = {
    group: tuple(kind for kind in ActorType if kind.group is group) for group in ActorGroup
}
_ORGANISATION_TYPES = tuple(kind for kind in ActorType if kind.is_organisation)

SENDER_COLUMNS = (
    Submission.id.label("submission_id"),
    Submission.public_id.label("sender_public_id"),
    Submission.number,
    Submission.name,
    Submission.actor_type,
    Submission.publication,
    Submission.channel,
    Submission.language,
)


def sender_of(row: Row[*tuple[Any, ...]]) -> Sender:
    """The sender in a row that has :data:`SENDER_COLUMNS`."""
    return Sender(
        submission_id=row.submission_id,
        public_id=row.sender_public_id,
        number=row.number,
        name=row.name,
        actor_type=row.actor_type,
        publication=row.publication,
        channel=row.channel,
        language=row.language,
    )


def column_key(by: ColumnsBy) -> ColumnElement[Any]:
    """What column of a matrix an answer falls in."""
    if by is ColumnsBy.TYPE:
        return Submission.actor_type.expression
    return group_key()


def group_key() -> ColumnElement[str]:
    """The actor group of an answer."""
    groups = TYPES_OF_GROUP.items()
    return case(*[(Submission.actor_type.in_(kinds), group.value) for group, kinds in groups])


def rank_key() -> ColumnElement[int]:
    """The place of an answer's actor type in a list of senders."""
    return case({kind: kind.list_rank for kind in ActorType}, value=Submission.actor_type)


def unit_key(unit: CountUnit) -> ColumnElement[Any]:
    """What is counted once: null where an answer has no such unit (a person is no organisation).

    An organisation that is not registered is told apart by its exact name.
    """
    if unit is CountUnit.PASSAGES:
        return counted_as()
    if unit is CountUnit.SUBMISSIONS:
        return Submission.id.expression
    registered = Submission.organisation_id.is_not(None)
    is_organisation = Submission.actor_type.in_(_ORGANISATION_TYPES)
    return case(
        (registered, cast(Submission.organisation_id, String)),
        (is_organisation, "name " + Submission.name),
    )
