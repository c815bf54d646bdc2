"""The session cookie, left alone by requests that nobody sees.

The whole session lies in a cookie, and each answer writes it anew. A page that saves itself, or a
service worker that fetches pages, may get its answer after the person has gone on: it would then
put an older session in the place of a newer one, and with it take away the key of a receipt.
"""

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin


def is_background() -> bool:
    """Whether a script asks behind the page: an autosave, or fetching pages to keep them."""
    return request.headers.get("X-Autosave") == "1" or request.headers.get("X-Background") == "1"


class Sessions(SecureCookieSessionInterface):
    """Sessions in a signed cookie that only a page or a pressed button writes."""

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        """Never for a request behind the page; else as Flask has it."""
        return not is_background() and super().should_set_cookie(app, session)
