"""Reading what is discussed beside the text."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from consult.db import session
from consult.domain.composing.models import CommentPost, CommentThread, Composition, Part
from consult.domain.organisations.models import Membership
from consult.domain.organisations.queries import members_as
from consult.domain.organisations.types import Role
from consult.kernel.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping


def list_threads(
    composition_id: int, *, part_key: str | None = None, is_open: bool | None = None
) -> Sequence[CommentThread]:
    """The threads of a document in the order of its parts; those of parts taken out come last.

    Args:
        composition_id: The document.
        part_key: Only those at this part.
        is_open: Only those that wait for somebody, or only those that are resolved.
    """
    query = _of(composition_id).order_by(
        Part.removed_at.is_not(None), Part.position, CommentThread.id
    )
    if part_key is not None:
        query = query.where(Part.key == part_key)
    if is_open is not None:
        resolved = CommentThread.resolved_at
        query = query.where(resolved.is_(None) if is_open else resolved.is_not(None))
    return session().scalars(query).all()


def open_threads(composition: Composition) -> Sequence[CommentThread]:
    """What is still discussed at the parts of a document, in their order."""
    threads = list_threads(composition.id, is_open=True)
    return [thread for thread in threads if thread.part.removed_at is None]


def count_open_threads(composition_id: int) -> "Mapping[int, int]":
    """How many threads wait for somebody, by the id of the part; parts without are left out."""
    query = (
        select(CommentThread.part_id, func.count().label("number"))
        .join(Part, Part.id == CommentThread.part_id)
        .where(
            Part.composition_id == composition_id,
            Part.removed_at.is_(None),
            CommentThread.resolved_at.is_(None),
        )
        .group_by(CommentThread.part_id)
    )
    return {row.part_id: row.number for row in session().execute(query)}


def get_thread(composition_id: int, public_id: str) -> CommentThread:
    """A thread of a document. Raises ``NotFound``."""
    query = _of(composition_id).where(CommentThread.public_id == public_id)
    found = session().scalars(query).one_or_none()
    if found is None:
        raise NotFound("thread", public_id)
    return found


def get_post(composition_id: int, public_id: str) -> CommentPost:
    """A comment at a document. Raises ``NotFound``."""
    query = (
        select(CommentPost)
        .join(CommentPost.thread)
        .join(CommentThread.part)
        .where(Part.composition_id == composition_id, CommentPost.public_id == public_id)
    )
    found = session().scalars(query).one_or_none()
    if found is None:
        raise NotFound("comment", public_id)
    return found


def list_mentionable(organisation_id: int, *, now: datetime) -> Sequence[Membership]:
    """Who may be mentioned: everybody with a role in the organisation, whose account is open."""
    members = members_as(organisation_id, *Role, now=now)
    return [one for one in members if one.person.deactivated_at is None]


def _of(composition_id: int) -> Select[CommentThread]:
    return (
        select(CommentThread)
        .join(CommentThread.part)
        .where(Part.composition_id == composition_id)
        .options(
            contains_eager(CommentThread.part).options(
                joinedload(Part.question), joinedload(Part.proposal)
            ),
            joinedload(CommentThread.passage),
            selectinload(CommentThread.posts),
        )
    )
