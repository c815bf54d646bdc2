"""The workspace's pages, one module per room."""

from consult.blueprints.workspace.views import (
    attempts,
    cases,
    draft_steps,
    drafting,
    entering,
    hearing,
    members,
    sign_off,
)

__all__ = [
    "attempts",
    "cases",
    "draft_steps",
    "drafting",
    "entering",
    "hearing",
    "members",
    "sign_off",
]
