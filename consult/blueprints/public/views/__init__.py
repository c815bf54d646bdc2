"""Views of the public pages."""

from consult.blueprints.public.views import front, pages, rounds

__all__ = ["front", "pages", "rounds"]
