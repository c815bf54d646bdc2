"""Reading the codebook's versions, and what waits to be sorted after a split."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import joinedload

from consult.db import get_one, session
from consult.domain.coding.models import (
    CodebookVersion,
    Coding,
    Passage,
    SortedCoding,
    Theme,
)
from consult.domain.coding.queries.themes import get_theme, list_themes, replaced_passages
from consult.domain.coding.revisions import (
    Change,
    ChangeKind,
    FrozenTheme,
    VersionRow,
    Waiting,
    find_blockers,
    thaw_themes,
)
from consult.domain.rounds.models import Round
from consult.domain.submissions.models import Submission
from consult.kernel.errors import NotFound


def get_version(round_slug: str, version_id: str) -> CodebookVersion:
    """A version of a round's codebook by public id. Raises :class:`NotFound`."""
    query = (
        select(CodebookVersion)
        .join(Round, CodebookVersion.round_id == Round.id)
        .where(Round.slug == round_slug, CodebookVersion.public_id == version_id)
        .options(joinedload(CodebookVersion.round))
    )
    return get_one(query, "version of the codebook", version_id)


def versions_of(round_id: int) -> Sequence[CodebookVersion]:
    """The versions of a round's codebook, the first one first; none before the first change."""
    query = (
        select(CodebookVersion)
        .where(CodebookVersion.round_id == round_id)
        .order_by(CodebookVersion.number)
    )
    return session().scalars(query).all()


def version_number(round_id: int) -> int:
    """Which version of the codebook holds now; 1 until something is changed."""
    query = select(func.max(CodebookVersion.number)).where(CodebookVersion.round_id == round_id)
    return session().scalar(query) or 1


def changes_of(versions: Sequence[CodebookVersion]) -> tuple[Change, ...]:
    """Versions as the rule of taking back sees them."""
    undone = {version.undoes_id for version in versions}
    return tuple(
        Change(
            number=version.number,
            kind=version.kind,
            themes=frozenset(version.details.get("themes", ())),
            needs=frozenset(version.details.get("needs", ())),
            retires=frozenset(version.details.get("retires", ())),
            is_undone=version.id in undone,
        )
        for version in versions
    )


def list_versions(round_id: int) -> tuple[VersionRow, ...]:
    """The history of a round's codebook, the present version first."""
    versions = versions_of(round_id)
    changes = changes_of(versions)
    undone_in = {version.undoes_id: version.number for version in versions}
    rows = []
    for version, change in zip(versions, changes, strict=True):
        blockers = find_blockers(changes, version.number) if change.holds else ()
        rows.append(
            VersionRow(
                public_id=version.public_id,
                number=version.number,
                kind=version.kind,
                why=version.why,
                made_by=version.made_by,
                made_at=version.made_at,
                details=version.details,
                can_undo=change.holds and not blockers,
                blocked_by=blockers[0] if blockers else None,
                undone_in=undone_in.get(version.id),
            )
        )
    return tuple(reversed(rows))


def is_in_history(theme: Theme) -> bool:
    """Whether a change that can still be taken back concerned a theme, or needs it."""
    return any(
        theme.id in change.themes | change.needs
        for change in changes_of(versions_of(theme.round_id))
        if change.holds
    )


def frozen_themes(version: CodebookVersion) -> tuple[FrozenTheme, ...]:
    """The codebook as it stood when a version ended; as it stands now for the present one."""
    if version.themes is None:
        return themes_now(version.round_id)
    return thaw_themes(version.themes)


def themes_now(round_id: int) -> tuple[FrozenTheme, ...]:
    """The codebook as it stands."""
    return tuple(
        FrozenTheme(row.key, row.content, row.path, waiting=row.is_retired)
        for row in list_themes(round_id)
    )


def find_split(theme: Theme) -> CodebookVersion | None:
    """The change that split a theme, if it holds."""
    if theme.retired_at is None or theme.merged_into_id is not None:
        return None
    return _holding_splits(theme.round_id).get(theme.id)


def _holding_splits(round_id: int) -> dict[int, CodebookVersion]:
    """The splits of a round that hold, by the id of the theme."""
    versions = versions_of(round_id)
    return {
        version.details["theme"]: version
        for version, change in zip(versions, changes_of(versions), strict=True)
        if change.holds and version.kind is ChangeKind.SPLIT
    }


def get_offered_theme(round_slug: str, theme_key: str) -> Theme:
    """A theme that stands in the codebook, by key. Raises :class:`NotFound`."""
    theme = get_theme(round_slug, theme_key)
    if theme.retired_at is not None:
        raise NotFound("theme", theme_key)
    return theme


def get_split_theme(round_slug: str, theme_key: str) -> Theme:
    """A theme that was split, by key. Raises :class:`NotFound`."""
    query = (
        select(Theme)
        .join(Round, Theme.round_id == Round.id)
        .where(Round.slug == round_slug, Theme.key == theme_key)
        .where(Theme.retired_at.is_not(None), Theme.merged_into_id.is_(None))
        .options(joinedload(Theme.round))
    )
    return get_one(query, "theme that was split", theme_key)


def parts_of(version: CodebookVersion) -> tuple[Theme, ...]:
    """The themes that a split has put in the place of one, wherever they stand today.

    A part that was split again stands for its own parts.
    """
    themes = {
        theme.id: theme
        for theme in session().scalars(
            select(Theme)
            .where(Theme.id.in_(version.details["parts"]))
            .options(joinedload(Theme.merged_into))
        )
    }
    found: dict[int, Theme] = {}
    for part_id in version.details["parts"]:
        part = themes[part_id].standing
        again = find_split(part)
        for one in parts_of(again) if again is not None else (part,):
            found.setdefault(one.id, one)
    return tuple(found.values())


def heirs_of(theme: Theme) -> tuple[Theme, ...]:
    """The themes that have taken a theme's place, as they stand today; none where it stands."""
    today = theme.standing
    if today.retired_at is None:
        return () if today is theme else (today,)
    split = find_split(today)
    return parts_of(split) if split is not None else (today,)


def waiting_themes(round_id: int) -> tuple[Waiting, ...]:
    """The themes whose passages wait to be sorted, with how many."""
    is_split = (Theme.retired_at.is_not(None)) & (Theme.merged_into_id.is_(None))
    query = (
        select(Theme, func.count(Coding.id))
        .join(Coding, Coding.theme_id == Theme.id)
        .where(
            Theme.round_id == round_id,
            is_split,
            Coding.passage_id.not_in(replaced_passages(round_id)),
        )
        .group_by(Theme.id)
        .order_by(Theme.position, Theme.id)
    )
    found = session().execute(query).all()
    splits = _holding_splits(round_id) if found else {}
    per_split = (
        select(SortedCoding.version_id, func.count(SortedCoding.id))
        .where(SortedCoding.version_id.in_([version.id for version in splits.values()]))
        .group_by(SortedCoding.version_id)
    )
    done = {row[0]: row[1] for row in session().execute(per_split)} if found else {}
    return tuple(
        Waiting(theme.key, theme.name, number, done.get(splits[theme.id].id, 0))
        for theme, number in found
        if theme.id in splits
    )


def queue_of(theme: Theme) -> list[Row[*tuple[Any, ...]]]:
    """Public id of the passage and id of the coding of everything to sort, as the texts run."""
    query = _queued(select(Passage.public_id, Coding.id), theme)
    return list(session().execute(query))


def get_queued(theme: Theme, passage_id: str, *, to_sort: bool = False) -> Coding:
    """What waits on one passage. Raises :class:`NotFound` when it is sorted.

    With ``to_sort`` nobody else sorts it until the transaction ends.
    """
    query = _queued(select(Coding), theme).where(Passage.public_id == passage_id)
    if to_sort:
        query = query.with_for_update(of=Coding)
    found: Coding | None = session().scalars(query).one_or_none()
    if found is None:
        raise NotFound("passage to sort", passage_id)
    return found


def _queued(query: Select[*tuple[Any, ...]], theme: Theme) -> Select[*tuple[Any, ...]]:
    return (
        query.select_from(Coding)
        .join(Passage, Coding.passage_id == Passage.id)
        .join(Submission, Passage.submission_id == Submission.id)
        .where(
            Coding.theme_id == theme.id,
            Coding.passage_id.not_in(replaced_passages(theme.round_id)),
        )
        .order_by(Submission.number, Passage.position, Passage.start, Passage.id)
    )


def last_sorted(version_id: int, *, by: str) -> SortedCoding | None:
    """What a person sorted last after a split."""
    query = (
        select(SortedCoding)
        .where(SortedCoding.version_id == version_id, SortedCoding.sorted_by == by)
        .order_by(SortedCoding.id.desc())
        .limit(1)
    )
    return session().scalars(query).one_or_none()


def put_since(version: CodebookVersion, theme_ids: Sequence[int]) -> int:
    """How many codings with some themes somebody has made since a version began."""
    query = select(func.count(Coding.id)).where(
        Coding.theme_id.in_(theme_ids), Coding.coded_at > version.made_at
    )
    return session().scalar(query) or 0


def is_coded_round(round_id: int) -> bool:
    """Whether any passage of a round has a theme."""
    query = select(Coding.id).join(Theme, Coding.theme_id == Theme.id)
    return session().scalar(query.where(Theme.round_id == round_id).limit(1)) is not None
