"""Shaping the tree of bodies for reading."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from consult.blueprints.shared.context import current_locale
from consult.domain.organisations.rules import format_organisation_number
from consult.domain.organisations.types import ACTOR_TYPE_LABELS

if TYPE_CHECKING:
    from consult.domain.organisations.queries import TreeNode


def body_rows(nodes: "Sequence[TreeNode]", *, on: date) -> list[dict[str, object]]:
    """The bodies below as rows of a table; one that has ended says so."""
    locale = current_locale()
    return [
        {
            "name": node.organisation.name_in(locale),
            "slug": node.organisation.slug,
            "depth": node.depth,
            "kind": _(ACTOR_TYPE_LABELS[node.organisation.actor_type]),
            "email": node.organisation.email,
            "number": _number(node.organisation.organisation_number),
            "ended_on": _ended(node.organisation.dissolved_on, on),
        }
        for node in nodes
    ]


def _number(number: str | None) -> str:
    return format_organisation_number(number) if number else "–"


def _ended(dissolved_on: date | None, on: date) -> date | None:
    return dissolved_on if dissolved_on is not None and dissolved_on <= on else None
