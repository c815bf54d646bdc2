"""The workspace's pages, one module per room."""

from consult.blueprints.workspace.views import (
    asking,
    attempts,
    bodies,
    cases,
    entering,
    hearing,
    members,
)

__all__ = ["asking", "attempts", "bodies", "cases", "entering", "hearing", "members"]
