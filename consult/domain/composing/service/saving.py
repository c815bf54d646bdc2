"""Saving a part: what two people write at once is put together, or shown to them, never lost."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.composing.errors import PartChanged
from consult.domain.composing.evidence import known_evidence
from consult.domain.composing.merging import (
    find_origin,
    merge_parts,
    settle,
    superseded,
    without_unknown_evidence,
)
from consult.domain.composing.models import Part, PartRevision
from consult.domain.composing.types import PartContent, RevisionMark, SavedPart, SaveKind
from consult.domain.submissions.types import StanceModifier
from consult.kernel.clock import utc_now
from consult.kernel.errors import NotFound
from consult.kernel.text.rich.codec import from_tree, to_tree
from consult.kernel.text.rich.merging import Choice

MERGING_MEMORY = timedelta(minutes=15)
"""For how long every single autosave is kept, so that a page that goes on from it merges well."""


def save_part(
    part: Part,
    content: PartContent,
    *,
    revision: int,
    by: Actor,
    window: str | None = None,
    is_autosave: bool = False,
) -> SavedPart:
    """Save what a page holds; what others have saved since it was opened is merged in.

    Saving the same again changes nothing. Marks of evidence that the document does not rest on
    (any more) are taken off the words.

    Args:
        part: The part.
        content: All that the form holds.
        revision: The one that the page goes on from.
        by: Who writes.
        window: Names the open page. Its last autosave may have arrived while our answer to it was
            lost; what it sends next then goes on from that.
        is_autosave: Whether the page goes on being open after this save.

    Raises:
        PartChanged: Others have written something else at the same place. Carries both texts;
            nothing is saved.
        NotFound: The part has been removed.
    """
    hold_part(part)
    body = without_unknown_evidence(content.body, known_evidence(part.composition_id))
    mine, theirs = settle(replace(content, body=body)), content_of(part)
    if mine == theirs:
        return SavedPart(part.revision, part.updated_at, base=part.revision)
    marks = list_revision_marks(part.id)
    origin = find_origin(marks, base=revision, window=window)
    own_window = window if is_autosave else None
    if origin.number == part.revision:
        store(part, mine, kind=SaveKind.TYPED, by=by, window=own_window)
        _forget_superseded(part.id, marks)
        return SavedPart(part.revision, part.updated_at, base=part.revision)
    merge = merge_parts(_content_of_revision(part.id, origin.number), mine, theirs)
    if not merge.is_clean:
        raise PartChanged(
            mine=mine,
            theirs=theirs,
            merge=merge,
            revision=part.revision,
            changed_at=part.updated_at,
            changed_by=part.updated_by,
        )
    merged = merge.decided(Choice.MINE)
    if merged == theirs:
        return SavedPart(part.revision, part.updated_at, base=origin.number, merged=merged)
    aside = part.revision + 1
    session().add(_revision(part, mine, aside, kind=SaveKind.ASIDE, by=by, window=own_window))
    store(part, merged, kind=SaveKind.MERGED, by=by, number=aside + 1)
    return SavedPart(part.revision, part.updated_at, base=aside, merged=merged)


def hold_part(part: Part) -> None:
    """Keep others from changing the part until this transaction ends, and read it afresh.

    Writing to its row makes a second writer wait, on SQLite and PostgreSQL alike.

    Raises:
        NotFound: It was removed in the meantime.
    """
    held = (
        update(Part)
        .where(Part.id == part.id, Part.removed_at.is_(None))
        .values(revision=Part.revision)
        .returning(Part.id)
        .execution_options(synchronize_session=False)
    )
    if session().execute(held).one_or_none() is None:
        raise NotFound("part", part.public_id)
    session().refresh(part)


def content_of(part: Part | PartRevision) -> PartContent:
    """What a part, or a revision of one, says."""
    return PartContent(
        heading=part.heading,
        body=from_tree(part.body),
        stance=part.stance,
        modifiers=tuple(StanceModifier(one) for one in part.modifiers),
        no_comments=part.no_comments,
    )


def store(
    part: Part,
    content: PartContent,
    *,
    kind: SaveKind,
    by: Actor,
    window: str | None = None,
    number: int | None = None,
) -> None:
    """Put content in the part and keep it as its next revision; the part must be held."""
    now = utc_now()
    part.revision = number or part.revision + 1
    part.updated_at, part.updated_by = now, by.reference
    for name, value in _columns(content).items():
        setattr(part, name, value)
    session().add(_revision(part, content, part.revision, kind=kind, by=by, window=window, at=now))
    session().flush()


def list_revision_marks(part_id: int) -> list[RevisionMark]:
    """A part's revisions in order, without their texts."""
    query = (
        select(
            PartRevision.number,
            PartRevision.kind,
            PartRevision.saved_at,
            PartRevision.saved_by,
            PartRevision.window,
        )
        .where(PartRevision.part_id == part_id)
        .order_by(PartRevision.number)
    )
    return [RevisionMark(*row) for row in session().execute(query)]


def _content_of_revision(part_id: int, number: int) -> PartContent:
    query = select(PartRevision).where(
        PartRevision.part_id == part_id, PartRevision.number == number
    )
    return content_of(session().scalars(query).one())


def _revision(
    part: Part,
    content: PartContent,
    number: int,
    *,
    kind: SaveKind,
    by: Actor,
    window: str | None,
    at: datetime | None = None,
) -> PartRevision:
    return PartRevision(
        part_id=part.id,
        number=number,
        kind=kind,
        saved_at=at or utc_now(),
        saved_by=by.reference,
        window=window,
        **_columns(content),
    )


def _columns(content: PartContent) -> dict[str, object]:
    return {
        "heading": content.heading,
        "body": to_tree(content.body),
        "stance": content.stance,
        "modifiers": [one.value for one in content.modifiers],
        "no_comments": content.no_comments,
    }


def _forget_superseded(part_id: int, marks: list[RevisionMark]) -> None:
    """Let the autosaves of one sitting become one revision, once nobody goes on from them."""
    long_ago = utc_now() - MERGING_MEMORY
    numbers = superseded([one for one in marks if one.saved_at < long_ago])
    if numbers:
        session().execute(
            delete(PartRevision)
            .where(PartRevision.part_id == part_id, PartRevision.number.in_(numbers))
            .execution_options(synchronize_session=False)
        )
