"""The workspace's pages, one module per room."""

from consult.blueprints.workspace.views import (
    attempts,
    cases,
    entering,
    hearing,
    members,
    sign_off,
)

__all__ = ["attempts", "cases", "entering", "hearing", "members", "sign_off"]
