"""The address of this site, for links in mails."""

from flask import current_app


def base_url() -> str:
    """Scheme and host, without a slash at the end."""
    return str(current_app.config["SETTINGS"].base_url).rstrip("/")
