"""Links of table hosts, kept in the browser of whoever made them until they are handed over."""

from flask import session, url_for

from consult.blueprints.shared.settings import site_address

_LINKS = "table_links"
_MOST_LINKS = 8  # a cookie holds 4 kB; the oldest give way


def keep_table_link(access_key: str, token: str) -> None:
    """Remember the secret of a group's link in this browser."""
    group = access_key.partition(".")[0]
    others = [pair for pair in session.get(_LINKS, []) if not pair[0].startswith(group)]
    session[_LINKS] = [*others, [access_key, token]][-_MOST_LINKS:]


def kept_table_link(access_key: str) -> str | None:
    """The link of a group, where it was made in this browser and is still the one that works."""
    token = dict(session.get(_LINKS, [])).get(access_key)
    if token is None:
        return None
    return site_address() + url_for("respond.table_link", token=token)
