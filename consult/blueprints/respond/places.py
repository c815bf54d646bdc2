"""Where in the paper somebody wanted to comment before there was a draft to hold the comment."""

from typing import TYPE_CHECKING

from flask import session, url_for

if TYPE_CHECKING:
    from consult.domain.submissions.models import Draft

_WAITING = "comment_waits"


def let_comment_wait(place: dict[str, str]) -> None:
    """Remember the place in this browser until a draft is begun."""
    session[_WAITING] = place


def waiting_comment(draft: "Draft") -> str | None:
    """The page of the comment that the draft was begun for, once; ``None`` for most drafts."""
    place = session.pop(_WAITING, None)
    if place is None:
        return None
    return url_for("respond.new_comment", public_id=draft.public_id, **place)
