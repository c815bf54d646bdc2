"""Finding the files that go along with a response."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from consult.db import get_one, session
from consult.domain.responses.models import Enclosure


def list_enclosures(composition_id: int) -> Sequence[Enclosure]:
    """The files that go along with a response, in the order they were added."""
    query = (
        select(Enclosure)
        .where(Enclosure.composition_id == composition_id)
        .options(joinedload(Enclosure.body))
        .order_by(Enclosure.id)
    )
    return session().scalars(query).all()


def get_enclosure(composition_id: int, public_id: str) -> Enclosure:
    """A file that goes along with a response. Raises ``NotFound``."""
    query = select(Enclosure).where(
        Enclosure.composition_id == composition_id, Enclosure.public_id == public_id
    )
    return get_one(query, "enclosure", public_id)


def count_enclosures_of(digest: str) -> int:
    """How many enclosures rest on the same bytes."""
    query = select(func.count(Enclosure.id)).where(Enclosure.digest == digest)
    return session().scalar(query) or 0


def enclosure_title(enclosure: Enclosure) -> str:
    """What the letter's list of attachments calls a file."""
    return f"{enclosure.body.name}: {enclosure.filename}" if enclosure.body else enclosure.filename
