"""The workspace's pages, one module per room."""

from consult.blueprints.workspace.views import (
    asking,
    attempts,
    bodies,
    cases,
    draft_steps,
    drafting,
    entering,
    hearing,
    joint,
    letters,
    members,
    send,
    sign_off,
)

__all__ = [
    "asking",
    "attempts",
    "bodies",
    "cases",
    "draft_steps",
    "drafting",
    "entering",
    "hearing",
    "joint",
    "letters",
    "members",
    "send",
    "sign_off",
]
