"""Splitting a theme into several, and sorting what had it, passage by passage."""

from collections.abc import Sequence

from sqlalchemy import delete

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.coding.models import CodebookVersion, Coding, SortedCoding, Theme
from consult.domain.coding.queries.revisions import find_split, last_sorted, queue_of
from consult.domain.coding.revisions import MAX_PARTS, ChangeKind
from consult.domain.coding.service.codebook import add_theme, record_theme
from consult.domain.coding.service.merging import move_children
from consult.domain.coding.service.restoring import unsort
from consult.domain.coding.service.revising import (
    check_reason,
    hold_codebook,
    hold_theme,
    open_version,
)
from consult.domain.coding.types import CodingMethod, ThemeContent
from consult.kernel.clock import utc_now
from consult.kernel.errors import Conflict, InvalidInput


def split_theme(
    theme: Theme, contents: Sequence[ThemeContent], *, why: str, by: Actor, heir: int = 0
) -> CodebookVersion:
    """Put several new themes in the place of one.

    The old one is not offered any more. Its passages keep it, and count under it, until somebody
    has sorted each of them.

    Args:
        theme: What is split.
        contents: What the new themes say, two to :data:`MAX_PARTS` of them.
        why: Why, for the codebook's history.
        by: Who splits it.
        heir: Which of the new themes gets those that stand under the old one, from 0.

    Raises:
        InvalidInput: field ``parts``: ``too_few``, ``too_many`` or ``retired``; field ``name``;
            field ``why``.
    """
    why = check_reason(why)
    hold_codebook(theme.round_id, to_change=True)
    if theme.retired_at is not None:
        raise InvalidInput("parts", "retired")
    if not 2 <= len(contents) <= MAX_PARTS:
        raise InvalidInput("parts", "too_few" if len(contents) < 2 else "too_many")
    version = open_version(theme.round, ChangeKind.SPLIT, why=why, by=by)
    parts = []
    for content in contents:
        part = add_theme(theme.round, content, by=by, parent=theme.parent)
        part.position = theme.position  # by id they follow the one they come from
        parts.append(part)
    part_ids = [part.id for part in parts]
    places = move_children(theme, parts[heir])
    version.details = {
        "themes": [theme.id, *part_ids, *(one[0] for one in places["before"])],
        "theme": theme.id,
        "key": theme.key,
        "parts": part_ids,
        "retires": [theme.id],
        "needs": [] if theme.parent_id is None else [theme.parent_id],
        "name": theme.name,
        "to": [part.name for part in parts],
        "codings": len(queue_of(theme)),
        **places,
    }
    theme.retired_at = utc_now()
    session().flush()
    record_theme(theme, "split", by=by, into=[part.key for part in parts], version=version.number)
    return version


def sort_coding(coding: Coding, chosen: Sequence[Theme], *, by: Actor) -> SortedCoding:
    """Put what had a theme that was split under the themes it belongs to; none takes it off.

    Who had put the old theme there, and when, is kept.

    Raises:
        Conflict: Its theme is not split, or not any more.
        InvalidInput: field ``themes``: ``other_round`` or ``retired``.
    """
    old = hold_theme(coding.theme)
    chosen = list(dict.fromkeys(hold_theme(theme) for theme in chosen))
    split = find_split(old)
    if split is None:
        raise Conflict(f"{old.key} is not split")
    for theme in chosen:
        if theme.round_id != old.round_id:
            raise InvalidInput("themes", "other_round")
        if theme.retired_at is not None:
            raise InvalidInput("themes", "retired")
    passage = coding.passage
    present = {one.theme_id for one in passage.codings}
    now = utc_now()
    made = [theme.id for theme in chosen if theme.id not in present]
    session().add_all(
        Coding(
            passage_id=passage.id,
            theme_id=theme_id,
            method=CodingMethod.SORTED,
            coded_by=by.reference,
            coded_at=now,
        )
        for theme_id in made
    )
    row = SortedCoding(
        version_id=split.id,
        passage_id=passage.id,
        coding_id=coding.id,
        method=coding.method,
        coded_by=coding.coded_by,
        coded_at=coding.coded_at,
        chosen=[theme.id for theme in chosen],
        made=made,
        sorted_by=by.reference,
        sorted_at=now,
    )
    session().add(row)
    session().execute(delete(Coding).where(Coding.id == coding.id))
    session().flush()
    session().expire(passage, ["codings"])
    record_theme(
        old,
        "sorted",
        by=by,
        passage=passage.reference,
        themes=[theme.reference for theme in chosen],
    )
    return row


def undo_sorting(theme: Theme, *, by: Actor) -> str | None:
    """Put back what this person sorted last; returns the passage, or ``None`` if there is none.

    Raises:
        Conflict: The theme is not split any more.
    """
    split = find_split(theme)
    if split is None:
        raise Conflict(f"{theme.key} is not split")
    row = last_sorted(split.id, by=by.reference)
    if row is None:
        return None
    passage = row.passage
    unsort([row], theme)
    session().expire(passage, ["codings"])
    record_theme(theme, "sorted_back", by=by, passage=passage.reference)
    return passage.public_id
