"""Views of the public pages."""

from consult.blueprints.public.views import answers, front, pages, rounds

__all__ = ["answers", "front", "pages", "rounds"]
