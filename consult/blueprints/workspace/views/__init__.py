"""The workspace's pages, one module per room."""

from consult.blueprints.workspace.views import asking, bodies, entering, members

__all__ = ["asking", "bodies", "entering", "members"]
