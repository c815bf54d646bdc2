"""Changing a round's codebook."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from blinker import Signal
from sqlalchemy import delete, func, select

from consult.db import savepoint, session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.coding.errors import ThemeInUse
from consult.domain.coding.models import CodingStep, SuggestionOutcome, Theme
from consult.domain.coding.queries.revisions import is_in_history
from consult.domain.coding.queries.themes import count_uses, find_theme, parents_of_themes
from consult.domain.coding.revisions import ChangeKind
from consult.domain.coding.rules import depth_of, height_of, is_theme_key
from consult.domain.coding.service.revising import (
    check_reason,
    hold_codebook,
    needs_version,
    open_version,
)
from consult.domain.coding.types import MAXIMUM_DEPTH, ThemeContent
from consult.domain.organisations.rules import slug_of
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.text.identity import has_identity_number

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


removal_asked = Signal()
"""Asked, with a theme, before it is removed from the codebook for good. Whoever answers true has
written something on it, and it stays."""


def add_theme(
    round_: "Round",
    content: ThemeContent,
    *,
    by: Actor,
    key: str | None = None,
    parent: Theme | None = None,
) -> Theme:
    """Add a theme, last among its siblings.

    Args:
        round_: Whose codebook.
        content: What the theme says.
        by: Who adds it.
        key: Its stable key; made from the name unless given.
        parent: The theme it stands under, or none.

    Raises:
        InvalidInput: field ``name`` (``empty``), ``key`` (``shape``, ``taken``) or ``parent``
            (``other_round``, ``too_deep``).
    """
    content = _checked(content)
    key = _new_key(round_, key, content.name)
    if parent is not None:
        _check_parent(round_, parent, height=1)
    parent_id = parent.id if parent is not None else None
    theme = Theme(
        round=round_,
        parent_id=parent_id,
        key=key,
        position=_next_position(round_, parent_id),
        name=content.name,
        definition=content.definition,
        include=content.include,
        exclude=content.exclude,
        colour=content.colour,
        created_at=utc_now(),
    )
    session().add(theme)
    session().flush()
    record_theme(theme, "added", by=by)
    return theme


def change_theme(theme: Theme, content: ThemeContent, *, by: Actor, why: str = "") -> bool:
    """Change what a theme says; its key stays. Returns whether anything changed.

    Given a reason, the change begins a version of the codebook: passages from now on are read
    otherwise. Without one it only puts words right.

    Raises:
        InvalidInput: field ``name``, reason ``empty``; field ``why``.
    """
    content = _checked(content)
    why = check_reason(why, required=False)
    fields = ("name", "definition", "include", "exclude", "colour")
    changed = [name for name in fields if getattr(theme, name) != getattr(content, name)]
    if not changed:
        return False
    if why:
        version = open_version(theme.round, ChangeKind.REWORDED, why=why, by=by)
        version.details = {"name": theme.name, "fields": changed}
    for name in changed:
        setattr(theme, name, getattr(content, name))
    session().flush()
    record_theme(theme, "changed", by=by, fields=changed)
    return True


def move_theme(theme: Theme, *, parent: Theme | None, by: Actor, why: str = "") -> bool:
    """Put a theme, with all under it, under another one or outermost, as the last there.

    Once the round is coded this begins a version of the codebook and needs a reason.

    Raises:
        InvalidInput: field ``parent``: ``other_round``, ``too_deep``, ``under_itself`` or
            ``retired``; field ``why``.
    """
    parent_id = parent.id if parent is not None else None
    if parent_id == theme.parent_id:
        return False
    hold_codebook(theme.round_id, to_change=True)
    parents = parents_of_themes(theme.round_id)
    if parent is not None:
        _check_not_under(theme, parent, parents)
        _check_parent(theme.round, parent, height=height_of(theme.id, parents))
    if needs_version(theme.round_id):
        version = open_version(theme.round, ChangeKind.MOVED, why=check_reason(why), by=by)
        version.details = _move_details(theme, parent)
    theme.position = _next_position(theme.round, parent_id)
    theme.parent_id = parent_id
    session().flush()
    session().expire(theme, ["parent"])
    record_theme(theme, "moved", by=by)
    return True


def change_both(
    theme: Theme, content: ThemeContent, *, parent: Theme | None, by: Actor, why: str
) -> None:
    """Change what a theme says and where it stands, both or neither.

    The reason is that of the move where the theme moves; its new words come along.

    Raises:
        InvalidInput: As :func:`change_theme` and :func:`move_theme`.
    """
    with savepoint():
        is_moved = move_theme(theme, parent=parent, by=by, why=why)
        change_theme(theme, content, by=by, why="" if is_moved else why)


def _move_details(theme: Theme, parent: Theme | None) -> dict[str, Any]:
    parent_id = parent.id if parent is not None else None
    return {
        "themes": [theme.id],
        "needs": [theme.parent_id] if theme.parent_id is not None else [],
        "before": [[theme.id, theme.parent_id, theme.position]],
        "after": [[theme.id, parent_id]],
        "name": theme.name,
        "from": theme.parent.name if theme.parent is not None else "",
        "to": parent.name if parent is not None else "",
    }


def shift_theme(theme: Theme, *, places: int, by: Actor) -> bool:
    """Move a theme up (negative) or down among its siblings; false at either end."""
    siblings = list(
        session().scalars(
            select(Theme)
            .where(
                Theme.round_id == theme.round_id,
                Theme.parent_id.is_not_distinct_from(theme.parent_id),
                Theme.retired_at.is_(None),
            )
            .order_by(Theme.position, Theme.id)
        )
    )
    before = siblings.index(theme)
    after = max(0, min(len(siblings) - 1, before + places))
    if after == before:
        return False
    siblings.insert(after, siblings.pop(before))
    for position, sibling in enumerate(siblings, start=1):
        sibling.position = position
    session().flush()
    record_theme(theme, "shifted", by=by, places=after - before)
    return True


def delete_theme(theme: Theme, *, by: Actor) -> None:
    """Take an unused theme out of the codebook; what was done with it stays in the audit log.

    Raises:
        ThemeInUse: Passages have it, or themes stand under it; a reader of a sample found it; a
            change of the codebook could not be taken back without it; a higher area needs it.
    """
    codings, children = count_uses(theme.id)
    if codings or children or is_in_history(theme) or is_written_on(theme):
        raise ThemeInUse(theme.key, codings=codings, children=children)
    record_theme(theme, "removed", by=by)
    session().execute(delete(CodingStep).where(CodingStep.theme_id == theme.id))
    session().execute(delete(SuggestionOutcome).where(SuggestionOutcome.theme_id == theme.id))
    session().delete(theme)
    session().flush()


def is_written_on(theme: Theme) -> bool:
    """Whether a higher area has written something on a theme that would be lost without it."""
    return any(answer for _receiver, answer in removal_asked.send(theme))


def _checked(content: ThemeContent) -> ThemeContent:
    name = " ".join(content.name.split())
    if not name:
        raise InvalidInput("name", "empty")
    if len(name) > 200:
        raise InvalidInput("name", "too_long")
    for field in ("name", "definition", "include", "exclude"):
        if has_identity_number(getattr(content, field)):
            raise InvalidInput(field, "identity_number")
    texts = (content.definition, content.include, content.exclude)
    definition, include, exclude = (text.replace("\r\n", "\n").strip() for text in texts)
    return ThemeContent(name, content.colour, definition, include, exclude)


def key_stem(name: str) -> str:
    """What a theme's key is made from, by its name."""
    return slug_of(name)[:70].strip("-") or "theme"


def _new_key(round_: "Round", key: str | None, name: str) -> str:
    if key is not None:
        if not is_theme_key(key):
            raise InvalidInput("key", "shape", value=key)
        if find_theme(round_.id, key) is not None:
            raise InvalidInput("key", "taken", value=key)
        return key
    stem = key_stem(name)
    candidate, number = stem, 1
    while find_theme(round_.id, candidate) is not None:
        number += 1
        candidate = f"{stem}-{number}"
    return candidate


def _check_not_under(theme: Theme, parent: Theme, parents: Mapping[int, int | None]) -> None:
    above: int | None = parent.id
    while above is not None:
        if above == theme.id:
            raise InvalidInput("parent", "under_itself")
        above = parents.get(above)


def _check_parent(round_: "Round", parent: Theme, *, height: int) -> None:
    if parent.round_id != round_.id:
        raise InvalidInput("parent", "other_round")
    if parent.retired_at is not None:
        raise InvalidInput("parent", "retired")
    if depth_of(parent.id, parents_of_themes(round_.id)) + height > MAXIMUM_DEPTH:
        raise InvalidInput("parent", "too_deep")


def _next_position(round_: "Round", parent_id: int | None) -> int:
    query = select(func.max(Theme.position)).where(
        Theme.round_id == round_.id, Theme.parent_id.is_not_distinct_from(parent_id)
    )
    return (session().scalar(query) or 0) + 1


def record_theme(theme: Theme, change: str, *, by: Actor, **details: object) -> None:
    """Write a change of a theme into the log.

    A removed theme is told of in its round's history: its own nobody can open any more.
    """
    record(
        Tag.CODEBOOK_CHANGED,
        subject=theme.round.reference if change == "removed" else theme.reference,
        by=by.reference,
        stream=organisation_stream(theme.round.owner_id),
        data={"change": change, "key": theme.key, **details},
    )
