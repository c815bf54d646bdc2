"""What the surfaces need to know of the installation."""

from flask import current_app


def site_address() -> str:
    """What links in mails, documents and codes begin with, without a slash at the end."""
    return str(current_app.config["SETTINGS"].base_url).rstrip("/")


def upload_limit_mb() -> int:
    """Megabytes of the largest file that is taken in."""
    return int(current_app.config["SETTINGS"].upload_limit_mb)


def upload_limit_bytes() -> int:
    """The same in bytes."""
    return upload_limit_mb() * 1024 * 1024
