"""Where in the paper somebody wanted to say something before there was a draft to hold it."""

import re
from typing import TYPE_CHECKING

from flask import request, session, url_for

from consult.blueprints.shared.converters import KeyConverter

if TYPE_CHECKING:
    from consult.domain.submissions.models import Draft

_WAITING = "comment_waits"


def let_comment_wait(place: dict[str, str]) -> None:
    """Remember the place in this browser until a draft is begun."""
    session[_WAITING] = place


def let_card_wait(key: str) -> None:
    """Remember the card of the paper that was open, until a draft is begun."""
    session[_WAITING] = {"card": key}


def shown_card() -> str:
    """The card that a form stood on, or that a page was opened from; empty when it was none."""
    key = request.values.get("card", "")
    return key if re.fullmatch(KeyConverter.regex, key) else ""


def address_from_card(draft: "Draft", card: str, *, step: str = "next") -> str:
    """The card that a button leads to: the one after, or before."""
    after, before = (None, card) if step == "back" else (card, None)
    return url_for("respond.cards", public_id=draft.public_id, after=after, before=before)


def waiting_place(draft: "Draft") -> str | None:
    """The comment or card that the draft was begun for, once; ``None`` for most drafts."""
    place = session.pop(_WAITING, None)
    if place is None:
        return None
    if "card" in place:
        return url_for("respond.cards", public_id=draft.public_id, at=place["card"])
    return url_for("respond.new_comment", public_id=draft.public_id, **place)
