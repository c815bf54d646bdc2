"""The workspace's pages, one module per room."""

from consult.blueprints.workspace.views import cases, entering, members

__all__ = ["cases", "entering", "members"]
