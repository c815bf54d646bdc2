"""The workspace's pages, one module per room."""

from consult.blueprints.workspace.views import cases, entering, members, sign_off

__all__ = ["cases", "entering", "members", "sign_off"]
