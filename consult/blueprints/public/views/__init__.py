"""Views of the public pages."""

from consult.blueprints.public.views import (
    answers,
    calendar,
    following,
    followup,
    front,
    mail_links,
    meetings,
    news,
    pages,
    printing,
    reading_along,
    reports,
    rounds,
    supporting,
    worker,
)

__all__ = [
    "answers",
    "calendar",
    "following",
    "followup",
    "front",
    "mail_links",
    "meetings",
    "news",
    "pages",
    "printing",
    "reading_along",
    "reports",
    "rounds",
    "supporting",
    "worker",
]
