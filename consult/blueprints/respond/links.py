"""Personal links: kept in the browser that got them, so that it can show them again."""

from flask import current_app, session

_LINKS = "personal_links"
_MOST_LINKS = 8  # a cookie holds 4 kB; the oldest give way


def keep_token(public_id: str, token: str) -> None:
    """Remember the secret of a draft's or receipt's personal link in this browser."""
    others = [pair for pair in session.get(_LINKS, []) if pair[0] != public_id]
    session[_LINKS] = [*others, [public_id, token]][-_MOST_LINKS:]


def drop_token(public_id: str) -> None:
    """Forget a personal link in this browser."""
    session[_LINKS] = [pair for pair in session.get(_LINKS, []) if pair[0] != public_id]


def drop_all_tokens() -> None:
    """Forget every personal link in this browser."""
    session.pop(_LINKS, None)


def kept_link(public_id: str) -> str | None:
    """The personal link, where this browser knows it."""
    token = dict(session.get(_LINKS, [])).get(public_id)
    return f"{base_url()}/answer/link/{token}" if token else None


def base_url() -> str:
    """The address that links to this site start with."""
    return str(current_app.config["SETTINGS"].base_url)
