"""The tree: who stands under whom. One recursive query each, on both databases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, literal, or_, select
from sqlalchemy.orm import aliased, contains_eager

from consult.db import session
from consult.domain.organisations.models import Membership, Organisation
from consult.kernel.errors import NotFound

DEEPEST = 12
"""How many levels are followed. Real trees have four or five; the limit stops a circle that a
mistake in the database may hold."""


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A body and how far it stands below (or above) the one that was asked about, from 1."""

    organisation: Organisation
    depth: int


def children_of(organisation_id: int, *, on: date | None = None) -> Sequence[Organisation]:
    """The bodies directly under an organisation, by name; with ``on``, those that exist then."""
    query = select(Organisation).where(Organisation.parent_id == organisation_id)
    if on is not None:
        query = query.where(_exists(on))
    return session().scalars(query.order_by(Organisation.name, Organisation.id)).all()


def descendants_of(organisation_id: int, *, on: date | None = None) -> Sequence[TreeNode]:
    """Every body below, each right under the one it belongs to, by name.

    With ``on``, only those that exist at that day; below one that does not, those that do are
    still there.
    """
    start = select(Organisation.id.label("id"), literal(1).label("depth")).where(
        Organisation.parent_id == organisation_id
    )
    below = start.cte("below", recursive=True)
    below = below.union_all(
        select(Organisation.id, below.c.depth + 1)
        .join(below, Organisation.parent_id == below.c.id)
        .where(below.c.depth < DEEPEST, Organisation.id != organisation_id)
    )
    query = select(Organisation, below.c.depth).join(below, below.c.id == Organisation.id)
    rows = session().execute(query.order_by(func.lower(Organisation.name), Organisation.id))
    nodes = [TreeNode(organisation, depth) for organisation, depth in rows]
    return [
        node
        for node in _in_tree_order(organisation_id, nodes)
        if on is None or not _is_over(node.organisation, on)
    ]


def ancestors_of(organisation_id: int) -> Sequence[Organisation]:
    """Every body above, the nearest first."""
    start = (
        select(Organisation.parent_id.label("id"), literal(1).label("depth"))
        .where(Organisation.id == organisation_id, Organisation.parent_id.is_not(None))
        .cte("above", recursive=True)
    )
    above = start.union_all(
        select(Organisation.parent_id, start.c.depth + 1)
        .join(start, Organisation.id == start.c.id)
        .where(Organisation.parent_id.is_not(None), start.c.depth < DEEPEST)
    )
    query = select(Organisation).join(above, above.c.id == Organisation.id)
    return session().scalars(query.order_by(above.c.depth)).all()


def branches_for(organisation: Organisation, *, on: date) -> Sequence[TreeNode]:
    """The bodies below that an organisation can ask in a hearing of its own at a day."""
    return descendants_of(organisation.id, on=on)


def get_body_under(organisation: str, body: str) -> Organisation:
    """A body by short name, if it stands directly under the named one. Raises ``NotFound``."""
    parent = aliased(Organisation)
    query = (
        select(Organisation)
        .join(parent, Organisation.parent)
        .where(Organisation.slug == body, parent.slug == organisation)
        .options(contains_eager(Organisation.parent, alias=parent))
    )
    found = session().scalars(query).one_or_none()
    if found is None:
        raise NotFound("organisation", body)
    return found


def has_had_members(organisation_id: int) -> bool:
    """Whether anybody has or ever had a role in the body."""
    query = select(Membership.id).where(Membership.organisation_id == organisation_id).limit(1)
    return session().scalars(query).first() is not None


def _in_tree_order(root: int, nodes: Sequence[TreeNode]) -> list[TreeNode]:
    by_parent: dict[int | None, list[TreeNode]] = {}
    for node in nodes:
        by_parent.setdefault(node.organisation.parent_id, []).append(node)
    ordered: list[TreeNode] = []
    waiting = list(reversed(by_parent.get(root, [])))
    while waiting:
        node = waiting.pop()
        ordered.append(node)
        waiting += reversed(by_parent.get(node.organisation.id, []))
    return ordered


def _exists(on: date) -> ColumnElement[bool]:
    return or_(Organisation.dissolved_on.is_(None), Organisation.dissolved_on > on)


def _is_over(organisation: Organisation, on: date) -> bool:
    return organisation.dissolved_on is not None and organisation.dissolved_on <= on
