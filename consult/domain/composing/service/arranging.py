"""The document's own headings: adding them, their order, taking them out and putting them back."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.composing.models import Part, PartRevision
from consult.domain.composing.queries import list_parts
from consult.domain.composing.rules import EMPTY_BODY, moved
from consult.domain.composing.service.saving import content_of
from consult.domain.composing.types import ANSWERED, BlockKind, PartKind, SaveKind
from consult.domain.documents.types import Numbered
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition

MOST_PARTS = 200
"""Parts of one document: a bound on what one page lists."""

LONGEST_HEADING = 400


@dataclass(frozen=True, slots=True)
class NewPart:
    """What a part that is added shall be.

    Attributes:
        depth: 1 for a chapter, 2 for what stands in one, as far as a part before it allows.
        block: What it is made from, where nobody is to write in it.
        theme_id: The theme it is about; ``proposal_id`` the round's proposal.
    """

    heading: str
    kind: PartKind = PartKind.OWN
    depth: int = 1
    block: BlockKind | None = None
    numbered: Numbered = Numbered.YES
    theme_id: int | None = None
    proposal_id: int | None = None
    guidance: str = ""


def add_part(
    composition: "Composition", new: NewPart, *, after: Part | None = None, by: Actor
) -> Part:
    """Add a part of the organisation's own, after another or at the end.

    Raises:
        InvalidInput: ``heading`` (``missing``, ``too_long`` or ``too_many``).
    """
    words = " ".join(new.heading.split())
    parts = list(list_parts(composition.id))
    if not words and new.block is None:
        raise InvalidInput("heading", "missing")
    if len(words) > LONGEST_HEADING:
        raise InvalidInput("heading", "too_long", limit=LONGEST_HEADING)
    if len(parts) >= MOST_PARTS:
        raise InvalidInput("heading", "too_many", limit=MOST_PARTS)
    part = make_part(
        composition,
        replace(new, heading=words),
        key=_free_key(composition.id),
        position=len(parts),
        by=by,
    )
    parts.insert(parts.index(after) + 1 if after in parts else len(parts), part)
    _number(parts)
    _log(Tag.PART_ADDED, part, by=by)
    return part


def make_part(
    composition: "Composition", new: NewPart, *, key: str, position: int, by: Actor
) -> Part:
    """Store a new part and its first revision; nothing is noted in the log."""
    now = utc_now()
    part = Part(
        composition_id=composition.id,
        key=key,
        position=position,
        kind=new.kind,
        heading=new.heading,
        body=dict(EMPTY_BODY),
        depth=new.depth,
        block=new.block,
        numbered=new.numbered,
        theme_id=new.theme_id,
        proposal_id=new.proposal_id,
        guidance=new.guidance,
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
            heading=new.heading,
            body=part.body,
            saved_at=now,
            saved_by=by.reference,
        )
    )
    return part


def move_part(part: Part, step: int, *, by: Actor) -> bool:
    """Move a part, with what stands in it, one place up (-1) or down (1); false at either end."""
    parts = list(list_parts(part.composition_id))
    order = moved([one.depth for one in parts], parts.index(part), step)
    if order is None:
        return False
    _number([parts[place] for place in order])
    _log(Tag.PART_MOVED, part, by=by)
    return True


def nest_part(part: Part, depth: int, *, by: Actor) -> bool:
    """Make a chapter part of the one before it (2), or a chapter of its own (1); whether it could.

    What stands in a chapter that is moved in stands in the chapter before it from then on.
    """
    parts = list(list_parts(part.composition_id))
    if depth == part.depth or (depth > 1 and parts[0] is part):
        return False
    part.depth = depth
    session().flush()
    _log(Tag.PART_MOVED, part, by=by)
    return True


def remove_part(part: Part, *, is_confirmed: bool, by: Actor) -> None:
    """Take a heading of our own out of the document; its text, history and evidence are kept.

    Raises:
        InvalidInput: ``part`` (``not_own``: questions and proposals stay; ``has_text``: it says
            something and nobody has confirmed).
    """
    if part.kind in ANSWERED:
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
        Part.composition_id == composition_id, Part.kind.not_in(ANSWERED)
    )
    return f"own-{(session().scalar(query) or 0) + 1}"


def _log(tag: Tag, part: Part, *, by: Actor) -> None:
    record(
        tag,
        subject=part.reference,
        by=by.reference,
        stream=organisation_stream(part.composition.organisation_id),
    )
