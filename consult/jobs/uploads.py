"""Forgetting uploads that nobody finished."""

from flask import current_app

from consult.db import transaction
from consult.domain.files.service.pieces import forget_stale_uploads
from consult.kernel.clock import utc_now


def forget_unfinished() -> None:
    """Delete the pieces of every upload that has stood still for a day."""
    with transaction():
        forget_stale_uploads(partials=current_app.extensions["partials"], now=utc_now())
