"""Looking for viruses where files come in and before they are given out."""

import hashlib
from collections.abc import Collection
from typing import BinaryIO

from flask import current_app

from consult.domain.files.errors import FileHeld, FileQuarantined
from consult.domain.files.queries import verdict_of, verdicts_of
from consult.domain.files.service.screening import Scanner, screen
from consult.domain.files.types import Verdict
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput

_PIECE = 1024 * 1024


def scanner() -> Scanner | None:
    """The scanner that the settings name, if any."""
    found: Scanner | None = current_app.extensions["scanner"]
    return found


def screen_upload(stream: BinaryIO) -> None:
    """Scan what somebody sends in; the stream is then at its start again.

    A scanner that does not answer keeps nobody from sending: the file is held until it does.

    Raises ``InvalidInput`` (``file``, ``infected``); the caller keeps nothing of it.
    """
    asked = scanner()
    if asked is None:
        return
    hashing = hashlib.sha256()
    stream.seek(0)
    while piece := stream.read(_PIECE):
        hashing.update(piece)
    stream.seek(0)
    verdict = screen(hashing.hexdigest(), stream, scanner=asked, now=utc_now())
    stream.seek(0)
    if verdict is Verdict.INFECTED:
        raise InvalidInput("file", "infected")


def refuse_unscreened(digest: str) -> None:
    """Let nobody have a file before it is found to be clean, where there is a scanner.

    Raises ``FileHeld`` or ``FileQuarantined``.
    """
    if scanner() is None:
        return
    verdict = verdict_of(digest)
    if verdict is Verdict.INFECTED:
        raise FileQuarantined(digest)
    if verdict is not Verdict.CLEAN:
        raise FileHeld(digest)


def held_files(digests: Collection[str]) -> dict[str, Verdict]:
    """Those files that nobody can have, with what is known of each."""
    if scanner() is None:
        return {}
    known = verdicts_of(digests)
    found = {digest: known.get(digest, Verdict.WAITING) for digest in digests}
    return {digest: verdict for digest, verdict in found.items() if verdict is not Verdict.CLEAN}
