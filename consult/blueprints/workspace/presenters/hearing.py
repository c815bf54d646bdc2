"""Shaping an internal hearing: the branches to choose from, and how far those asked have come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.shared.context import current_locale
from consult.blueprints.workspace.forms.hearing import CHOOSE_KIND
from consult.domain.organisations.types import ACTOR_TYPE_LABELS

if TYPE_CHECKING:
    from consult.domain.organisations.queries import TreeNode
    from consult.domain.responses.types import Turnout


@dataclass(frozen=True, slots=True)
class BranchChoice:
    """A branch that can be asked."""

    id: int
    name: str
    kind: str
    depth: int
    is_chosen: bool
    has_address: bool
    has_members: bool


def branch_choices(
    nodes: "Sequence[TreeNode]", chosen: Sequence[int], *, members: Mapping[int, int]
) -> list[BranchChoice]:
    """The branches in the order of the tree; ``members``: how many have a role in each."""
    ticked = set(chosen)
    return [
        BranchChoice(
            id=node.organisation.id,
            name=node.organisation.name_in(current_locale()),
            kind=_(ACTOR_TYPE_LABELS[node.organisation.actor_type]),
            depth=min(node.depth, 4),
            is_chosen=node.organisation.id in ticked,
            has_address=bool(node.organisation.email),
            has_members=node.organisation.id in members,
        )
        for node in nodes
    ]


def kind_buttons(nodes: "Sequence[TreeNode]") -> list[tuple[str, str]]:
    """A button for each kind of branch, where there is more than one kind: value and words."""
    kinds = list(dict.fromkeys(node.organisation.actor_type for node in nodes))
    if len(kinds) < 2:
        return []
    return [(f"{CHOOSE_KIND}{kind}", _(ACTOR_TYPE_LABELS[kind])) for kind in kinds]


def turnout_text(turnout: "Turnout") -> str:
    """``9 of 14 branches have answered``."""
    text: str = ngettext(
        "%(answered)s of %(num)d branch has answered",
        "%(answered)s of %(num)d branches have answered",
        turnout.asked,
        answered=len(turnout.answered),
    )
    return text
