"""The link of a reader outside, for as long as the one who made it looks at the page."""

from flask import session, url_for

from consult.blueprints.shared.settings import site_address

_MADE = "reader_links"
_MOST_KEPT = 3  # a cookie holds 4 kB; the oldest give way


def keep_reader_link(public_id: str, token: str) -> None:
    """Remember the secret of a link in the browser in which it was made."""
    session[_MADE] = [*session.get(_MADE, []), [public_id, token]][-_MOST_KEPT:]


def kept_reader_links() -> dict[str, str]:
    """The addresses of links that were made in this browser, by their public ids."""
    return {
        public_id: site_address() + url_for("public.draft_link", token=token)
        for public_id, token in session.get(_MADE, [])
    }
