"""What is known of files on their way in."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, func, select, union

from consult.db import get_one, session
from consult.domain.files.models import ScreenedFile, UnfinishedUpload
from consult.domain.files.types import ScreeningState, Verdict


def verdict_of(digest: str) -> Verdict | None:
    """What the scanner says of some bytes; ``None`` when it has never been asked."""
    query = select(ScreenedFile.verdict).where(ScreenedFile.digest == digest)
    return session().scalars(query).one_or_none()


def verdicts_of(digests: Collection[str]) -> dict[str, Verdict]:
    """What the scanner says of each of some files, by digest; those never seen are left out."""
    query = select(ScreenedFile.digest, ScreenedFile.verdict).where(
        ScreenedFile.digest.in_(digests)
    )
    return {row.digest: row.verdict for row in session().execute(query)}


def waiting_digests(limit: int) -> Sequence[str]:
    """Files that wait for the scanner: those tried least first, then the oldest."""
    query = (
        select(ScreenedFile.digest)
        .where(ScreenedFile.verdict == Verdict.WAITING)
        .order_by(ScreenedFile.attempts, ScreenedFile.id)
        .limit(limit)
    )
    return session().scalars(query).all()


def unseen_digests(uploads: Sequence[Select[tuple[str]]], limit: int) -> Sequence[str]:
    """Digests among those that the given queries find of which nothing is known yet."""
    found = union(*uploads).subquery("uploads")
    digest = found.c[0]
    query = (
        select(digest)
        .where(digest.is_not(None), digest.not_in(select(ScreenedFile.digest)))
        .limit(limit)
    )
    return session().scalars(query).all()


def screening_state() -> ScreeningState:
    """How many files wait and since when, and how many were found to be infected."""
    query = select(
        ScreenedFile.verdict, func.count(), func.min(ScreenedFile.first_seen_at)
    ).group_by(ScreenedFile.verdict)
    rows = {row[0]: (row[1], row[2]) for row in session().execute(query)}
    waiting, since = rows.get(Verdict.WAITING, (0, None))
    return ScreeningState(waiting, since, rows.get(Verdict.INFECTED, (0, None))[0])


def find_upload(owner: str, public_id: str) -> UnfinishedUpload:
    """An upload of this owner's. Raises :class:`NotFound`."""
    query = select(UnfinishedUpload).where(
        UnfinishedUpload.owner == owner, UnfinishedUpload.public_id == public_id
    )
    return get_one(query.with_for_update(), "upload", public_id)


def unfinished_uploads(owner: str) -> Sequence[UnfinishedUpload]:
    """What an owner has begun to upload, the oldest first."""
    query = (
        select(UnfinishedUpload)
        .where(UnfinishedUpload.owner == owner)
        .order_by(UnfinishedUpload.id)
    )
    return session().scalars(query).all()
