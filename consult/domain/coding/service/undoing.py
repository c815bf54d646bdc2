"""Taking back a change of the codebook, also days later."""

from dataclasses import asdict

from sqlalchemy import delete, func, select

from consult.db import savepoint, session
from consult.domain.accounts.types import Actor
from consult.domain.coding.errors import ChangeStays
from consult.domain.coding.models import (
    CodebookVersion,
    Coding,
    CodingStep,
    DoubleCodedTheme,
    MovedCoding,
    SortedCoding,
    Theme,
    ThemeExample,
)
from consult.domain.coding.queries.revisions import changes_of, put_since, versions_of
from consult.domain.coding.queries.themes import parents_of_themes
from consult.domain.coding.revisions import ChangeKind, Undoing, find_blockers, fits
from consult.domain.coding.service.codebook import is_written_on, record_theme
from consult.domain.coding.service.restoring import unmerge, unsort
from consult.domain.coding.service.revising import check_reason, hold_codebook, open_version


def undo_change(version: CodebookVersion, *, by: Actor, why: str = "") -> Undoing:
    """Take back a move, a merger or a split: everything is as it was before it.

    What somebody has done since is kept: a coding that was taken off stays off, one that was made
    stays where it was put, and a new theme that is in use stays.

    Raises:
        ChangeStays: It does not hold any more, a later change has to be taken back first, or
            themes would stand too deep.
        InvalidInput: field ``why``.
    """
    why = check_reason(why, required=False)
    hold_codebook(version.round_id, to_change=True)
    changes = changes_of(versions_of(version.round_id))
    if not next(one for one in changes if one.number == version.number).holds:
        raise ChangeStays("done")
    if blockers := find_blockers(changes, version.number):
        raise ChangeStays("later", blockers[0])
    with savepoint():
        made = open_version(version.round, ChangeKind.UNDONE, why=why, by=by)
        done = _undo(version, by=by)
        if not fits(parents_of_themes(version.round_id)):
            raise ChangeStays("too_deep")
        made.undoes_id = version.id
        told = {"name": version.details["name"], "number": version.number}
        made.details = told | asdict(done)
        session().flush()
    session().expire_all()
    return done


def _undo(version: CodebookVersion, *, by: Actor) -> Undoing:
    _put_back(version)
    if version.kind is ChangeKind.MOVED:
        done, theme_id = Undoing(), version.details["themes"][0]
    elif version.kind is ChangeKind.MERGED:
        done, theme_id = _undo_merger(version), version.details["theme"]
    else:
        done, theme_id = _undo_split(version), version.details["theme"]
    theme = session().get_one(Theme, theme_id)
    record_theme(theme, "undone", by=by, what=version.kind.value, version=version.number)
    return done


def _put_back(version: CodebookVersion) -> None:
    """Themes that were moved along stand again where they stood, unless they have gone on since."""
    moved_to = dict(version.details["after"])
    for theme_id, parent_id, position in version.details["before"]:
        theme = session().get(Theme, theme_id)
        if theme is not None and theme.parent_id == moved_to[theme_id]:
            theme.parent_id, theme.position = parent_id, position
    session().flush()


def _undo_merger(version: CodebookVersion) -> Undoing:
    theme = session().get_one(Theme, version.details["theme"])
    target = session().get_one(Theme, version.details["target"])
    stayed = put_since(version, [target.id])
    rows = session().scalars(select(MovedCoding).where(MovedCoding.version_id == version.id)).all()
    restored, off = unmerge(rows, theme, target)
    for example_id in version.details["examples"]:
        example = session().get(ThemeExample, example_id)
        if example is not None and example.theme_id == target.id:
            example.theme_id = theme.id
    theme.retired_at = theme.merged_into_id = None
    session().flush()
    return Undoing(restored=restored, off=off, stayed=stayed)


def _undo_split(version: CodebookVersion) -> Undoing:
    theme = session().get_one(Theme, version.details["theme"])
    rows = session().scalars(
        select(SortedCoding).where(SortedCoding.version_id == version.id).order_by(SortedCoding.id)
    )
    restored, off = unsort(rows.all(), theme)
    part_ids = version.details["parts"]
    stayed = put_since(version, part_ids)
    theme.retired_at = None
    session().flush()
    kept = tuple(name for part_id in part_ids if (name := _drop_part(part_id)) is not None)
    return Undoing(restored=restored, off=off, stayed=stayed, kept=kept)


def _drop_part(theme_id: int) -> str | None:
    """Take a new theme away again, or tell the name of one that is in use and stays."""
    theme = session().get_one(Theme, theme_id)
    uses = (
        select(func.count(Coding.id)).where(Coding.theme_id == theme_id),
        select(func.count(Theme.id)).where(Theme.parent_id == theme_id),
        select(func.count(DoubleCodedTheme.id)).where(DoubleCodedTheme.theme_id == theme_id),
        select(func.count(ThemeExample.id)).where(ThemeExample.theme_id == theme_id),
    )
    if any(session().scalar(query) for query in uses) or is_written_on(theme):
        return theme.name
    session().execute(delete(CodingStep).where(CodingStep.theme_id == theme_id))
    session().delete(theme)
    session().flush()
    return None
