"""Merging one theme into another."""

from typing import Any

from sqlalchemy import case, delete, func, insert, literal, select, update

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.coding.models import (
    CodebookVersion,
    Coding,
    MovedCoding,
    Theme,
    ThemeExample,
)
from consult.domain.coding.queries.themes import parents_of_themes
from consult.domain.coding.revisions import ChangeKind, fits
from consult.domain.coding.service.codebook import record_theme
from consult.domain.coding.service.revising import check_reason, hold_codebook, open_version
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput


def merge_themes(theme: Theme, target: Theme, *, why: str, by: Actor) -> CodebookVersion:
    """Let one theme go up in another: its passages, examples and sub-themes go over.

    A passage that had both has the other once. The theme is not offered any more. All of it can be
    taken back (:func:`~consult.domain.coding.service.undoing.undo_change`).

    Raises:
        InvalidInput: field ``target``: ``itself``, ``other_round``, ``retired``, ``under_itself``
            (it stands under the theme) or ``too_deep``; field ``why``.
    """
    why = check_reason(why)
    hold_codebook(theme.round_id, to_change=True)
    _check_target(theme, target)
    version = open_version(theme.round, ChangeKind.MERGED, why=why, by=by)
    moved, collapsed = _keep_codings(theme, target, version)
    places = move_children(theme, target)
    version.details = {
        "themes": [theme.id, target.id, *(one[0] for one in places["before"])],
        "theme": theme.id,
        "target": target.id,
        "retires": [theme.id],
        "needs": [] if theme.parent_id is None else [theme.parent_id],
        "name": theme.name,
        "to": target.name,
        "moved": moved,
        "collapsed": collapsed,
        "examples": _move_examples(theme, target),
        **places,
    }
    theme.retired_at = utc_now()
    theme.merged_into_id = target.id
    session().flush()
    record_theme(theme, "merged", by=by, into=target.key, codings=moved, version=version.number)
    session().expire_all()
    return version


def move_children(theme: Theme, heir: Theme) -> dict[str, Any]:
    """Put what stands under a theme under another; tells where each stood and stands now."""
    children = list(
        session().scalars(
            select(Theme).where(Theme.parent_id == theme.id).order_by(Theme.position, Theme.id)
        )
    )
    last = select(func.max(Theme.position)).where(Theme.parent_id == heir.id)
    position = session().scalar(last) or 0
    before = [[child.id, theme.id, child.position] for child in children]
    for number, child in enumerate(children, start=1):
        child.parent_id, child.position = heir.id, position + number
    session().flush()
    return {
        "before": before,
        "after": [[child.id, heir.id] for child in children],
    }


def _check_target(theme: Theme, target: Theme) -> None:
    if theme.id == target.id:
        raise InvalidInput("target", "itself")
    if theme.round_id != target.round_id:
        raise InvalidInput("target", "other_round")
    if theme.retired_at is not None or target.retired_at is not None:
        raise InvalidInput("target", "retired")
    parents = parents_of_themes(theme.round_id)
    above = parents[target.id]
    while above is not None:
        if above == theme.id:
            raise InvalidInput("target", "under_itself")
        above = parents[above]
    after = {one: target.id if parent == theme.id else parent for one, parent in parents.items()}
    if not fits(after):
        raise InvalidInput("target", "too_deep")


def _keep_codings(theme: Theme, target: Theme, version: CodebookVersion) -> tuple[int, int]:
    """Move the codings, however many, and write down how each was.

    Returns how many there were, and how many of those passages had the other theme too.
    """
    has_target = select(Coding.passage_id).where(Coding.theme_id == target.id)
    is_double = Coding.passage_id.in_(has_target)
    of_theme = Coding.theme_id == theme.id
    kept = ("version_id", "passage_id", "coding_id", "is_collapsed")
    names = (*kept, "method", "coded_by", "coded_at")
    session().execute(
        insert(MovedCoding).from_select(
            names,
            select(
                literal(version.id),
                Coding.passage_id,
                Coding.id,
                case((is_double, True), else_=False),
                Coding.method,
                Coding.coded_by,
                Coding.coded_at,
            ).where(of_theme),
        )
    )
    numbers = select(
        func.count(MovedCoding.id), func.sum(case((MovedCoding.is_collapsed, 1), else_=0))
    ).where(MovedCoding.version_id == version.id)
    moved, collapsed = session().execute(numbers).one()
    quietly = {"synchronize_session": False}
    session().execute(delete(Coding).where(of_theme, is_double), execution_options=quietly)
    session().execute(
        update(Coding).where(of_theme).values(theme_id=target.id), execution_options=quietly
    )
    return moved, int(collapsed or 0)


def _move_examples(theme: Theme, target: Theme) -> list[int]:
    """Ids of the examples that go over; a passage that is one of both stays one of the target."""
    shared = select(ThemeExample.passage_id).where(
        ThemeExample.theme_id == target.id, ThemeExample.passage_id.is_not(None)
    )
    taken = set(session().scalars(shared))
    moved = []
    for example in session().scalars(
        select(ThemeExample).where(ThemeExample.theme_id == theme.id).order_by(ThemeExample.id)
    ):
        if example.passage_id not in taken:
            example.theme_id = target.id
            moved.append(example.id)
    session().flush()
    return moved
