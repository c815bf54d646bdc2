"""Uploads in pieces: begun or taken up again, added to, and forgotten."""

import re
from datetime import datetime
from pathlib import PurePath

from sqlalchemy import select

from consult.db import on_commit, session
from consult.domain.files.errors import OutOfStep
from consult.domain.files.models import UnfinishedUpload
from consult.domain.files.queries import unfinished_uploads
from consult.domain.files.types import KEPT_UNFINISHED, MOST_UNFINISHED, PIECE
from consult.kernel.errors import InvalidInput
from consult.kernel.files import PartialFiles
from consult.kernel.text.identity import without_identity_numbers
from consult.kernel.text.plain import canonical

_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


def begin_upload(
    owner: str,
    *,
    filename: str,
    size: int,
    fingerprint: str,
    limit_bytes: int,
    partials: PartialFiles,
    now: datetime,
) -> UnfinishedUpload:
    """Begin an upload, or find the one of the same file that stopped on its way.

    Raises ``InvalidInput``: ``file`` (``empty``, ``too_large``, ``fingerprint``).
    """
    if not _FINGERPRINT.fullmatch(fingerprint):
        raise InvalidInput("file", "fingerprint")
    if size < 1:
        raise InvalidInput("file", "empty")
    if size > limit_bytes:
        raise InvalidInput("file", "too_large")
    begun = unfinished_uploads(owner)
    for one in begun:
        if (one.fingerprint, one.size) == (fingerprint, size):
            return one
    for oldest in begun[: max(0, len(begun) - MOST_UNFINISHED + 1)]:
        forget_upload(oldest, partials=partials)
    upload = UnfinishedUpload(
        owner=owner,
        filename=_clean_name(filename),
        fingerprint=fingerprint,
        size=size,
        received=0,
        begun_at=now,
        touched_at=now,
    )
    session().add(upload)
    session().flush()
    return upload


def receive_piece(
    upload: UnfinishedUpload, piece: bytes, *, offset: int, partials: PartialFiles, now: datetime
) -> None:
    """Add the next piece of an upload.

    Raises:
        OutOfStep: It begins elsewhere than the upload stands; a piece that came twice does.
        InvalidInput: ``file`` (``piece``): it is empty, too large, or goes beyond the file's end.
    """
    if offset != upload.received:
        raise OutOfStep(upload.received)
    if not 0 < len(piece) <= min(PIECE, upload.size - offset):
        raise InvalidInput("file", "piece")
    partials.write(upload.public_id, offset, piece)
    upload.received, upload.touched_at = offset + len(piece), now
    session().flush()


def forget_upload(upload: UnfinishedUpload, *, partials: PartialFiles) -> None:
    """Forget an upload; its pieces go once the transaction is through."""
    name = upload.public_id
    session().delete(upload)
    session().flush()
    on_commit(lambda: partials.remove(name))


def forget_stale_uploads(*, partials: PartialFiles, now: datetime) -> int:
    """Forget the uploads that nobody has added to for a day, and say how many they were."""
    query = select(UnfinishedUpload).where(UnfinishedUpload.touched_at < now - KEPT_UNFINISHED)
    stale = session().scalars(query).all()
    for upload in stale:
        forget_upload(upload, partials=partials)
    return len(stale)


def _clean_name(name: str) -> str:
    last = PurePath(canonical(name).replace("\\", "/").replace("\n", " ")).name.strip()
    return without_identity_numbers(last)[-120:] or "file"
