"""Views of the public pages."""

from consult.blueprints.public.views import front, meetings, pages, printing, rounds

__all__ = ["front", "meetings", "pages", "printing", "rounds"]
