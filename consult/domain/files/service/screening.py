"""Looking for viruses: when a file comes in, and again as long as the scanner gave no answer."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import BinaryIO, Protocol

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from consult.db import savepoint, session
from consult.domain.files.models import ScreenedFile
from consult.domain.files.types import QUARANTINE, Verdict
from consult.kernel.clamd import ScannerUnavailable
from consult.kernel.files import FileStore

_LOG = logging.getLogger(__name__)

KEPT_IN_QUARANTINE = timedelta(days=30)
"""How long infected bytes are kept for whoever must find out where they came from."""


class Scanner(Protocol):
    """Whoever can tell what is in a stream."""

    def scan(self, stream: BinaryIO) -> str | None:
        """The name of what is found; ``None`` for nothing. Raises ``ScannerUnavailable``."""


def screen(digest: str, stream: BinaryIO, *, scanner: Scanner, now: datetime) -> Verdict:
    """Ask the scanner about a file and remember its answer.

    A scanner that gives none leaves the file waiting; a file that was found to be infected stays
    so, whatever a later scan says.
    """
    known = _row(digest, now=now)
    if known.verdict is Verdict.INFECTED:
        return known.verdict
    try:
        finding = scanner.scan(stream)
    except ScannerUnavailable as problem:
        known.attempts += 1
        _LOG.warning("the virus scanner gave no answer: %s", problem)
    else:
        known.verdict = Verdict.INFECTED if finding else Verdict.CLEAN
        known.finding, known.checked_at = finding, now
        if finding:
            _LOG.error("a virus in an uploaded file: %s (%s)", finding, digest)
    session().flush()
    return known.verdict


def note_waiting(digests: Iterable[str], *, now: datetime) -> None:
    """Hold files back until they are scanned."""
    for digest in digests:
        _row(digest, now=now)


def quarantine(digest: str, *, files: FileStore, parts: Iterable[str]) -> None:
    """Move infected bytes out of every place where they are kept, into the part kept apart."""
    apart = files.part(QUARANTINE)
    for store in (files, *(files.part(part) for part in parts)):
        if store.has(digest):
            apart.adopt(digest, store)
            store.remove(digest)


def forget_file(digest: str) -> None:
    """Wait no longer for a file that is gone."""
    session().execute(delete(ScreenedFile).where(ScreenedFile.digest == digest))


def empty_quarantine(*, files: FileStore, now: datetime) -> None:
    """Remove infected bytes after their time. That they were infected stays known."""
    query = select(ScreenedFile.digest).where(
        ScreenedFile.verdict == Verdict.INFECTED,
        ScreenedFile.checked_at < now - KEPT_IN_QUARANTINE,
    )
    for digest in session().scalars(query):
        files.part(QUARANTINE).remove(digest)


def _row(digest: str, *, now: datetime) -> ScreenedFile:
    """What is known of a file; a first row when nothing is, also when two come at once."""
    query = select(ScreenedFile).where(ScreenedFile.digest == digest)
    known = session().scalars(query).one_or_none()
    if known is not None:
        return known
    try:
        with savepoint():
            row = ScreenedFile(
                digest=digest, verdict=Verdict.WAITING, attempts=0, first_seen_at=now
            )
            session().add(row)
            session().flush()
    except IntegrityError:
        return session().scalars(query).one()
    return row
