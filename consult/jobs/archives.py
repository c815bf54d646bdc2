"""Reading the files of ZIPs that were taken in, a few at a time."""

import logging

from flask import current_app

from consult.db import transaction
from consult.domain.intake.archive_queries import waiting_entry_ids
from consult.domain.intake.service.unpacking import (
    archive_taken_in,
    finish_archives,
    give_up_entry,
    read_entry,
)

_LOG = logging.getLogger(__name__)

_FILES_AT_ONCE = 10  # some ten seconds: what else waits for the worker comes in between


def read_archives() -> None:
    """Read some of the files that wait, each in its own transaction; none holds up the next.

    As long as there are more, the job puts itself at the end of the queue.
    """
    files = current_app.extensions["files"]
    limit_bytes = current_app.config["SETTINGS"].upload_limit_mb * 1024 * 1024
    waiting = waiting_entry_ids(_FILES_AT_ONCE + 1)
    for entry_id in waiting[:_FILES_AT_ONCE]:
        try:
            with transaction():
                read_entry(entry_id, files=files, limit_bytes=limit_bytes)
        except Exception as problem:  # noqa: BLE001 -- whatever it is, the other files must come in
            _LOG.error("a file of a ZIP broke what reads it", exc_info=problem)
            with transaction():
                give_up_entry(entry_id)
    with transaction():
        finish_archives(files=files)
    if len(waiting) > _FILES_AT_ONCE:
        current_app.extensions["jobs"].enqueue("read_archives")


def _request_reading(_sender: object) -> None:
    current_app.extensions["jobs"].enqueue("read_archives")


archive_taken_in.connect(_request_reading)
