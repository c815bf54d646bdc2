"""Looking for viruses in what came in while the scanner was away, or came in by another door."""

from contextlib import ExitStack
from typing import BinaryIO

from flask import current_app

from consult.db import transaction
from consult.domain.composing.queries import returned_digests
from consult.domain.files.queries import unseen_digests, waiting_digests
from consult.domain.files.service.screening import (
    empty_quarantine,
    forget_file,
    note_waiting,
    quarantine,
    screen,
)
from consult.domain.files.types import Verdict
from consult.domain.followup.evidence import PART as EVIDENCE
from consult.domain.followup.evidence import evidence_digests
from consult.domain.intake.queries import upload_digests as intake_digests
from consult.domain.intake.service.importing import INCOMING
from consult.domain.intake.service.tabling import TABLES
from consult.domain.meetings.queries import picture_digests
from consult.domain.responses.service.enclosing import WAITING
from consult.domain.submissions.companions import upload_digests
from consult.domain.submissions.service.filing import DRAFTS
from consult.kernel.clock import utc_now
from consult.kernel.files import FileStore

PARTS = (DRAFTS, EVIDENCE, INCOMING, TABLES, WAITING)
"""Parts of the store that hold what people sent in, besides the store itself."""

_AT_ONCE = 50  # a minute's work; the rest follows in the next


def screen_waiting_files() -> None:
    """Scan every file that nobody can download yet, each in its own transaction.

    The first one without an answer ends the work: the scanner is away, and is asked again in a
    minute.
    """
    scanner = current_app.extensions["scanner"]
    if scanner is None:
        return
    files: FileStore = current_app.extensions["files"]
    with transaction():
        uploads = [
            upload_digests(),
            *intake_digests(),
            picture_digests(),
            returned_digests(),
            evidence_digests(),
        ]
        note_waiting(unseen_digests(uploads, _AT_ONCE), now=utc_now())
        empty_quarantine(files=files, now=utc_now())
    for digest in waiting_digests(_AT_ONCE):
        with transaction(), ExitStack() as held:
            stream = _open(digest, files, held)
            if stream is None:
                forget_file(digest)
                continue
            verdict = screen(digest, stream, scanner=scanner, now=utc_now())
        if verdict is Verdict.INFECTED:
            quarantine(digest, files=files, parts=PARTS)
        if verdict is Verdict.WAITING:
            return


def _open(digest: str, files: FileStore, held: ExitStack) -> BinaryIO | None:
    """The bytes, wherever they are kept; ``None`` when they are gone."""
    for store in (files, *(files.part(part) for part in PARTS)):
        if store.has(digest):
            return held.enter_context(store.open(digest))
    return None
