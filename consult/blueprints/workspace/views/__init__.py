"""The workspace's pages, one module per room."""

from consult.blueprints.workspace.views import (
    cases,
    draft_steps,
    drafting,
    entering,
    members,
    sign_off,
)

__all__ = ["cases", "draft_steps", "drafting", "entering", "members", "sign_off"]
