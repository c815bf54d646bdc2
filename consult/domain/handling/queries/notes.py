"""What a team says among itself about answers."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from consult.db import get_one, session
from consult.domain.handling.models import NotePost, NoteThread
from consult.domain.rounds.models import Round
from consult.domain.submissions.models import Submission


def list_notes(submission_id: int) -> Sequence[NoteThread]:
    """The discussions about an answer, open ones first, the newest on top."""
    query = (
        select(NoteThread)
        .where(NoteThread.submission_id == submission_id)
        .options(selectinload(NoteThread.posts).selectinload(NotePost.earlier))
        .order_by(NoteThread.resolved_at.is_not(None), NoteThread.id.desc())
    )
    return session().scalars(query).all()


def count_open_notes(submission_id: int) -> int:
    """How many discussions about an answer are open."""
    query = select(func.count(NoteThread.id)).where(
        NoteThread.submission_id == submission_id, NoteThread.resolved_at.is_(None)
    )
    return session().scalar(query) or 0


def get_note(round_slug: str, thread_id: str) -> NoteThread:
    """A discussion about an answer of a round. Raises :class:`NotFound`."""
    query = (
        select(NoteThread)
        .join(NoteThread.submission)
        .join(Submission.round)
        .where(Round.slug == round_slug, NoteThread.public_id == thread_id)
        .options(
            joinedload(NoteThread.submission).joinedload(Submission.round).joinedload(Round.owner),
            selectinload(NoteThread.posts),
        )
    )
    return get_one(query, "note", thread_id)


def get_note_post(round_slug: str, post_id: str) -> NotePost:
    """One note about an answer of a round. Raises :class:`NotFound`."""
    query = (
        select(NotePost)
        .join(NotePost.thread)
        .join(NoteThread.submission)
        .join(Submission.round)
        .where(Round.slug == round_slug, NotePost.public_id == post_id)
        .options(
            joinedload(NotePost.thread)
            .joinedload(NoteThread.submission)
            .joinedload(Submission.round)
            .joinedload(Round.owner)
        )
    )
    return get_one(query, "note", post_id)
