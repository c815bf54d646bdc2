"""Views of the public pages."""

from consult.blueprints.public.views import front, pages, rounds, worker

__all__ = ["front", "pages", "rounds", "worker"]
