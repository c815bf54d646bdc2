"""The workspace's pages, one module per room."""

from consult.blueprints.workspace.views import (
    attempts,
    cases,
    entering,
    hearing,
    joint,
    letters,
    members,
    send,
    sign_off,
)

__all__ = [
    "attempts",
    "cases",
    "entering",
    "hearing",
    "joint",
    "letters",
    "members",
    "send",
    "sign_off",
]
