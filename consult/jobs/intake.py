"""Taking in the mails of the mailbox that the settings name."""

import logging

from flask import current_app

from consult.db import transaction
from consult.domain.accounts.types import SYSTEM
from consult.domain.intake.mailboxes import FoundMail, MailboxProblem, open_mailbox
from consult.domain.intake.reading_mail import recipients_of
from consult.domain.intake.service.incoming_mail import take_in_mail
from consult.domain.rounds.queries import find_addressed_round

_LOG = logging.getLogger(__name__)


def fetch_mail() -> None:
    """Take in every unread mail, each in its own transaction; none holds up the next."""
    settings = current_app.config["SETTINGS"]
    if not settings.intake_mailbox:
        return
    limit_bytes = settings.upload_limit_mb * 1024 * 1024
    homeless = 0
    try:
        with open_mailbox(settings.intake_mailbox) as mailbox:
            for found in mailbox.unread(limit_bytes=limit_bytes):
                if _take_in(found, settings.intake_round, limit_bytes=limit_bytes):
                    mailbox.mark_read(found.key)
                else:
                    homeless += 1
    except MailboxProblem as problem:
        _LOG.error("the mailbox could not be read: %s", problem)
    if homeless:
        _LOG.warning("%d unread mails are for no round, or could not be taken in", homeless)


def _take_in(found: FoundMail, default_round: str, *, limit_bytes: int) -> bool:
    """Whether the mail is kept now, or was before."""
    try:
        with transaction():
            round_ = find_addressed_round(recipients_of(found.content), default_round)
            if round_ is None:
                return False
            take_in_mail(
                round_,
                found.content,
                by=SYSTEM,
                files=current_app.extensions["files"],
                limit_bytes=limit_bytes,
                size=found.size,
            )
    except Exception as problem:  # noqa: BLE001 -- whatever it is, the other mails must come in
        _LOG.error("mail %s could not be taken in", found.key, exc_info=problem)
        return False
    return True
