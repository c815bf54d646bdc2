"""The workspace's pages, one module per room."""

from consult.blueprints.workspace.views import (
    asking,
    attempts,
    bodies,
    cases,
    comparing,
    draft_steps,
    drafting,
    entering,
    feedback,
    hearing,
    members,
    sign_off,
)

__all__ = [
    "asking",
    "attempts",
    "bodies",
    "cases",
    "comparing",
    "draft_steps",
    "drafting",
    "entering",
    "feedback",
    "hearing",
    "members",
    "sign_off",
]
