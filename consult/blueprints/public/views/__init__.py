"""Views of the public pages."""

from consult.blueprints.public.views import (
    calendar,
    following,
    front,
    mail_links,
    meetings,
    pages,
    printing,
    rounds,
)

__all__ = [
    "calendar",
    "following",
    "front",
    "mail_links",
    "meetings",
    "pages",
    "printing",
    "rounds",
]
