"""Downloads: tables that are made, and files that were sent in; no browser opens them by itself."""

from flask import Response, current_app, send_file
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


_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def send_csv(text: str, filename: str) -> Response:
    """A table as a file; the mark at its head says that it is UTF-8."""
    return send_made("\ufeff" + text, filename, "text/csv")


def send_svg(text: str, filename: str) -> Response:
    """A drawing as a file."""
    return send_made(text, filename, "image/svg+xml")


def send_workbook(content: bytes, filename: str) -> Response:
    """A workbook for Excel and its like."""
    return send_made(content, filename, _WORKBOOK)


def send_made(content: str | bytes, filename: str, media_type: str) -> Response:
    """Something that was made just now, for keeping."""
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = f"attachment; filename={filename}"
    return response


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
