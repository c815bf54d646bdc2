"""Reading what a document and its parts said before."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import defer

from consult.db import session
from consult.domain.composing.models import NamedVersion, PartRevision, SignOff
from consult.domain.composing.types import SaveKind
from consult.kernel.errors import NotFound

REVISIONS_SHOWN = 200
"""Of a part's history; older ones are kept."""


def list_versions(composition_id: int) -> Sequence[NamedVersion]:
    """The versions of a document without their texts, the latest first."""
    query = (
        select(NamedVersion)
        .where(NamedVersion.composition_id == composition_id)
        .options(defer(NamedVersion.content))
        .order_by(NamedVersion.number.desc())
    )
    return session().scalars(query).all()


def get_version(composition_id: int, number: int) -> NamedVersion:
    """A version of a document by its number. Raises ``NotFound``."""
    query = select(NamedVersion).where(
        NamedVersion.composition_id == composition_id, NamedVersion.number == number
    )
    found = session().scalars(query).one_or_none()
    if found is None:
        raise NotFound("version", number)
    return found


def versions_to_sign(composition_id: int) -> frozenset[int]:
    """Ids of the versions that somebody was asked to sign."""
    query = select(SignOff.version_id).where(SignOff.composition_id == composition_id)
    return frozenset(session().scalars(query))


def list_revisions(part_id: int) -> Sequence[PartRevision]:
    """How a part has come about, the latest first, without the texts.

    What one writer had when it was put together with another's is no text of the part.
    """
    query = (
        select(PartRevision)
        .where(PartRevision.part_id == part_id, PartRevision.kind != SaveKind.ASIDE)
        .options(defer(PartRevision.body))
        .order_by(PartRevision.number.desc())
        .limit(REVISIONS_SHOWN)
    )
    return session().scalars(query).all()


def get_revision(part_id: int, number: int) -> PartRevision:
    """What a part said after one saving. Raises ``NotFound``."""
    query = select(PartRevision).where(
        PartRevision.part_id == part_id,
        PartRevision.number == number,
        PartRevision.kind != SaveKind.ASIDE,
    )
    found = session().scalars(query).one_or_none()
    if found is None:
        raise NotFound("revision", number)
    return found


def find_revision_before(revision: PartRevision) -> PartRevision | None:
    """What the part said before that."""
    query = (
        select(PartRevision)
        .where(
            PartRevision.part_id == revision.part_id,
            PartRevision.number < revision.number,
            PartRevision.kind != SaveKind.ASIDE,
        )
        .order_by(PartRevision.number.desc())
        .limit(1)
    )
    return session().scalars(query).one_or_none()
