"""The workspace's pages, one module per room."""

from consult.blueprints.workspace.views import entering, members

__all__ = ["entering", "members"]
