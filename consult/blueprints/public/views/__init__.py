"""Views of the public pages."""

from consult.blueprints.public.views import answers, front, pages, rounds, supporting

__all__ = ["answers", "front", "pages", "rounds", "supporting"]
