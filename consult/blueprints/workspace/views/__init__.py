"""The workspace's pages, one module per room."""

from consult.blueprints.workspace.views import (
    asking,
    attempts,
    bodies,
    cases,
    comments,
    draft_steps,
    drafting,
    entering,
    hearing,
    joint,
    letters,
    members,
    send,
    sign_off,
    versions,
    word,
)

__all__ = [
    "asking",
    "attempts",
    "bodies",
    "cases",
    "comments",
    "draft_steps",
    "drafting",
    "entering",
    "hearing",
    "joint",
    "letters",
    "members",
    "send",
    "sign_off",
    "versions",
    "word",
]
