"""The workspace's pages, one module per room."""

from consult.blueprints.workspace.views import attempts, cases, entering, hearing, members

__all__ = ["attempts", "cases", "entering", "hearing", "members"]
