"""Sending what is in the outbox."""

import logging
from pathlib import Path

from flask import current_app

from consult.db import transaction
from consult.domain.documents.receipts import receipt_pdf
from consult.domain.notifications.queries import due_message_ids
from consult.domain.notifications.service import deliver, note_broken_delivery
from consult.domain.notifications.transport import transport_for
from consult.domain.submissions.queries import get_submission
from consult.kernel.clock import utc_now

_LOG = logging.getLogger(__name__)


def send_due_mail() -> None:
    """Deliver every mail that is due, each in its own transaction; none holds up the next."""
    settings = current_app.config["SETTINGS"]
    transport = transport_for(settings.mail_url, sender=settings.mail_from)
    files = current_app.extensions["files"]
    now = utc_now()
    for message_id in due_message_ids(now):
        try:
            with transaction():
                deliver(
                    message_id,
                    transport=transport,
                    files=files,
                    now=now,
                    make_receipt=make_receipt,
                )
        except Exception as problem:  # noqa: BLE001 -- whatever it is, the other mails must go out
            _LOG.error("mail %d failed", message_id, exc_info=problem)
            with transaction():
                note_broken_delivery(message_id, reason=type(problem).__name__, now=now)


def make_receipt(answer_id: str) -> bytes:
    """The receipt of an answer as a PDF, for the mail that carries it."""
    assets = Path(str(current_app.static_folder)) / "build"
    derived = current_app.extensions["derived"]
    return receipt_pdf(get_submission(answer_id), assets=assets, derived=derived)
