"""The document's own headings: adding them, their order, taking them out and putting them back."""

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.composing.models import Part, PartRevision
from consult.domain.composing.queries import list_parts
from consult.domain.composing.rules import EMPTY_BODY
from consult.domain.composing.service.saving import content_of
from consult.domain.composing.types import PartKind, SaveKind
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition

MOST_PARTS = 200
"""Parts of one document: a bound on what one page lists."""

LONGEST_HEADING = 400


def add_part(
    composition: "Composition", heading: str, *, after: Part | None = None, by: Actor
) -> Part:
    """Add a heading of the organisation's own, after a part or at the end.

    Raises:
        InvalidInput: ``heading`` (``missing``, ``too_long`` or ``too_many``).
    """
    words = " ".join(heading.split())
    parts = list(list_parts(composition.id))
    if not words:
        raise InvalidInput("heading", "missing")
    if len(words) > LONGEST_HEADING:
        raise InvalidInput("heading", "too_long", limit=LONGEST_HEADING)
    if len(parts) >= MOST_PARTS:
        raise InvalidInput("heading", "too_many", limit=MOST_PARTS)
    now = utc_now()
    part = Part(
        composition_id=composition.id,
        key=_free_key(composition.id),
        position=len(parts),
        kind=PartKind.OWN,
        heading=words,
        body=dict(EMPTY_BODY),
        updated_at=now,
        updated_by=by.reference,
    )
    session().add(part)
    session().flush()
    session().add(
        PartRevision(
            part_id=part.id,
            number=1,
            kind=SaveKind.BEGUN,
            heading=words,
            body=part.body,
            saved_at=now,
            saved_by=by.reference,
        )
    )
    parts.insert(parts.index(after) + 1 if after in parts else len(parts), part)
    _number(parts)
    _log(Tag.PART_ADDED, part, by=by)
    return part


def move_part(part: Part, step: int, *, by: Actor) -> bool:
    """Move a part one place up (-1) or down (1); false at either end."""
    parts = list(list_parts(part.composition_id))
    place = parts.index(part)
    if not 0 <= place + step < len(parts):
        return False
    parts.insert(place + step, parts.pop(place))
    _number(parts)
    _log(Tag.PART_MOVED, part, by=by)
    return True


def remove_part(part: Part, *, is_confirmed: bool, by: Actor) -> None:
    """Take a heading of our own out of the document; its text, history and evidence are kept.

    Raises:
        InvalidInput: ``part`` (``not_own``: questions and proposals stay; ``has_text``: it says
            something and nobody has confirmed).
    """
    if part.kind is not PartKind.OWN:
        raise InvalidInput("part", "not_own")
    if not is_confirmed and not content_of(part).body.is_empty:
        raise InvalidInput("part", "has_text")
    part.removed_at = utc_now()
    session().flush()
    _log(Tag.PART_REMOVED, part, by=by)


def restore_part(composition: "Composition", key: str, *, by: Actor) -> Part:
    """Put a heading that was taken out back, at the end. Raises ``NotFound``."""
    query = select(Part).where(
        Part.composition_id == composition.id, Part.key == key, Part.removed_at.is_not(None)
    )
    part = session().scalars(query).one_or_none()
    if part is None:
        raise NotFound("part", key)
    part.removed_at, part.position = None, len(list_parts(composition.id))
    session().flush()
    _log(Tag.PART_ADDED, part, by=by)
    return part


def _number(parts: list[Part]) -> None:
    for position, part in enumerate(parts):
        part.position = position
    session().flush()


def _free_key(composition_id: int) -> str:
    """A key that no part of the document has had."""
    query = select(func.count()).where(
        Part.composition_id == composition_id, Part.kind == PartKind.OWN
    )
    return f"own-{(session().scalar(query) or 0) + 1}"


def _log(tag: Tag, part: Part, *, by: Actor) -> None:
    record(
        tag,
        subject=part.reference,
        by=by.reference,
        stream=organisation_stream(part.composition.organisation_id),
    )
