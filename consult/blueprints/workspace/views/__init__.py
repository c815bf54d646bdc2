"""The workspace's pages, one module per room."""

from consult.blueprints.workspace.views import (
    cases,
    comments,
    draft_steps,
    drafting,
    entering,
    members,
    sign_off,
    versions,
)

__all__ = [
    "cases",
    "comments",
    "draft_steps",
    "drafting",
    "entering",
    "members",
    "sign_off",
    "versions",
]
