"""Finding those who read a draft by a link, and what they have said."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consult.db import get_one, session
from consult.domain.composing.models import CommentPost, CommentThread, ReaderLink
from consult.kernel.ids import token_digest

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition


def list_readers(composition_id: int) -> Sequence[ReaderLink]:
    """Every link to a draft that was made, the newest first."""
    query = select(ReaderLink).where(ReaderLink.composition_id == composition_id)
    return session().scalars(query.order_by(ReaderLink.id.desc())).all()


def get_reader(composition: "Composition", public_id: str) -> ReaderLink:
    """A link to a draft. Raises ``NotFound``."""
    query = select(ReaderLink).where(
        ReaderLink.composition_id == composition.id, ReaderLink.public_id == public_id
    )
    return get_one(query, "reader link", public_id)


def find_reader(token: str, *, today: date) -> ReaderLink | None:
    """The link with a secret, while it works."""
    query = select(ReaderLink).where(ReaderLink.token_digest == token_digest(token))
    found = session().scalars(query).one_or_none()
    return found if found is not None and found.is_live(today) else None


def comments_by(link: ReaderLink) -> Sequence[CommentPost]:
    """What was said by a link, in order."""
    query = (
        select(CommentPost)
        .join(CommentPost.thread)
        .where(CommentPost.written_by == link.reference)
        .options(joinedload(CommentPost.thread).joinedload(CommentThread.part))
        .order_by(CommentPost.id)
    )
    return session().scalars(query).all()
