"""Sending what is in the outbox."""

from flask import current_app

from consult.db import transaction
from consult.domain.notifications.queries import due_message_ids
from consult.domain.notifications.service import deliver
from consult.domain.notifications.transport import transport_for
from consult.kernel.clock import utc_now


def send_due_mail() -> None:
    """Deliver every mail that is due, each in its own transaction."""
    settings = current_app.config["SETTINGS"]
    transport = transport_for(settings.mail_url, sender=settings.mail_from)
    now = utc_now()
    for message_id in due_message_ids(now):
        with transaction():
            deliver(message_id, transport=transport, files=current_app.extensions["files"], now=now)
