"""Going back to where somebody came from, and never to another site."""

from urllib.parse import urlsplit

from flask import url_for


def local_path(wanted: str | None) -> str:
    """The wanted address when it lies on this site, else the front page."""
    parts = urlsplit(wanted or "")
    inside = wanted and wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    if not inside or parts.scheme or parts.netloc:
        return url_for("public.index")
    return str(wanted).rstrip("?")
