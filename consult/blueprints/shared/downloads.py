"""Files that were sent in, given back as downloads that no browser opens by itself."""

from flask import current_app, send_file
from flask.typing import ResponseReturnValue

from consult.blueprints.shared.screening import refuse_unscreened

_SAFE_TYPES = frozenset(
    {
        "application/pdf",
        "application/vnd.oasis.opendocument.text",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "image/jpeg",
        "image/png",
        "text/plain",
        "video/mp4",
        "video/quicktime",
        "video/webm",
    }
)
"""Served under their own name; every other kind as bytes that no browser interprets."""


def send_stored(
    digest: str, filename: str, media_type: str, *, part: str | None = None
) -> ResponseReturnValue:
    """A stored file, byte for byte, for keeping and not for showing.

    Raises ``FileHeld`` or ``FileQuarantined`` where it has not been found to be clean.
    """
    refuse_unscreened(digest)
    store = current_app.extensions["files"]
    return send_file(
        (store.part(part) if part else store).open(digest),
        mimetype=media_type if media_type in _SAFE_TYPES else "application/octet-stream",
        as_attachment=True,
        download_name=filename,
    )
