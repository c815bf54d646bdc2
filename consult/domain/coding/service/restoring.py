"""Putting codings back as they were, however many there are, where nobody has judged anew since."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

from sqlalchemy import delete, insert, select, update

from consult.db import session
from consult.domain.coding.models import (
    Coding,
    DoubleCodedPassage,
    MovedCoding,
    Passage,
    SortedCoding,
    Theme,
    ThemeExample,
)

T = TypeVar("T")

_AT_ONCE = 2000
"""Values in one statement; databases allow no more than some tens of thousands."""


_QUIETLY = {"synchronize_session": False}
"""Rows in memory are forgotten at the end, all at once."""


class _Found(NamedTuple):
    """A coding as it stands."""

    id: int
    theme_id: int
    coded_by: str
    coded_at: datetime


def unmerge(rows: Sequence[MovedCoding], theme: Theme, target: Theme) -> tuple[int, int]:
    """Give a theme back the codings it had before it was merged; forgets the rows.

    Returns:
        How many codings are as they were, and how many were taken off since and stay off.
    """
    present = _codings_on([row.passage_id for row in rows], {theme.id, target.id})
    back: list[int] = []
    lost: list[MovedCoding] = []
    for row in rows:
        found = present[row.passage_id].get(target.id)
        if found is None or theme.id in present[row.passage_id]:
            continue
        if row.is_collapsed:
            lost.append(row)
        elif _is_same(found, row.coded_by, row.coded_at):
            back.append(found.id)
    for ids in _chunks(back):
        moved = update(Coding).where(Coding.id.in_(ids)).values(theme_id=theme.id)
        session().execute(moved, execution_options=_QUIETLY)
    _insert_again(lost, theme)
    for ids in _chunks([row.id for row in rows]):
        session().execute(
            delete(MovedCoding).where(MovedCoding.id.in_(ids)), execution_options=_QUIETLY
        )
    session().expire_all()
    restored = len(back) + len(lost)
    return restored, len(rows) - restored


def unsort(rows: Sequence[SortedCoding], theme: Theme) -> tuple[int, int]:
    """Give a theme that was split back what was sorted; forgets the rows.

    Returns:
        How many codings are as they were, and how many were taken off since and stay off.
    """
    themes = {theme.id} | {one for row in rows for one in row.chosen}
    present = _codings_on([row.passage_id for row in rows], themes)
    lost: list[SortedCoding] = []
    superfluous: list[int] = []
    for row in rows:
        found = present[row.passage_id]
        stands = [found[one] for one in row.chosen if one in found]
        if (row.chosen and not stands) or theme.id in found:
            continue
        lost.append(row)
        superfluous += [
            coding.id
            for coding in stands
            if coding.theme_id in row.made and _is_same(coding, row.sorted_by, row.sorted_at)
        ]
    for ids in _chunks(superfluous):
        session().execute(delete(Coding).where(Coding.id.in_(ids)), execution_options=_QUIETLY)
    _insert_again(lost, theme)
    for ids in _chunks([row.id for row in rows]):
        session().execute(
            delete(SortedCoding).where(SortedCoding.id.in_(ids)), execution_options=_QUIETLY
        )
    session().expire_all()
    return len(lost), len(rows) - len(lost)


def follow_passage(old: Passage, new: Passage) -> None:
    """Let what can be put back on a passage be put back on the one that follows it, too.

    A passage that is an example of a theme is one in the words that hold now, and so is one of a
    sample that is coded twice.
    """
    for kind in (MovedCoding, SortedCoding):
        columns = [one for one in kind.__table__.columns if one.name not in {"id", "coding_id"}]
        rows = session().execute(select(*columns).where(kind.passage_id == old.id)).mappings()
        if values := [{**row, "passage_id": new.id} for row in rows]:
            session().execute(insert(kind), values)
    session().execute(
        update(ThemeExample).where(ThemeExample.passage_id == old.id).values(passage_id=new.id)
    )
    session().execute(
        update(DoubleCodedPassage)
        .where(DoubleCodedPassage.passage_id == old.id)
        .values(passage_id=new.id)
    )


def _is_same(coding: _Found, coded_by: str, coded_at: datetime) -> bool:
    """Whether it is the coding that was moved or made, and not one that somebody has made since."""
    return (coding.coded_by, coding.coded_at) == (coded_by, coded_at)


def _codings_on(
    passage_ids: Sequence[int], theme_ids: Iterable[int]
) -> defaultdict[int, dict[int, _Found]]:
    """Codings with some themes, by passage and theme."""
    found: defaultdict[int, dict[int, _Found]] = defaultdict(dict)
    columns = select(
        Coding.passage_id, Coding.id, Coding.theme_id, Coding.coded_by, Coding.coded_at
    ).where(Coding.theme_id.in_(list(theme_ids)))
    for ids in _chunks(passage_ids):
        for row in session().execute(columns.where(Coding.passage_id.in_(ids))):
            coding = _Found(row.id, row.theme_id, row.coded_by, row.coded_at)
            found[row.passage_id][row.theme_id] = coding
    return found


def _insert_again(rows: Sequence[MovedCoding | SortedCoding], theme: Theme) -> None:
    """Codings as they were, under their old ids where nothing else has them now."""
    wanted = [row.coding_id for row in rows if row.coding_id is not None]
    taken: set[int] = set()
    for ids in _chunks(wanted):
        taken.update(session().scalars(select(Coding.id).where(Coding.id.in_(ids))))
    values = [
        {
            "passage_id": row.passage_id,
            "theme_id": theme.id,
            "method": row.method,
            "coded_by": row.coded_by,
            "coded_at": row.coded_at,
            **({"id": row.coding_id} if row.coding_id and row.coding_id not in taken else {}),
        }
        for row in rows
    ]
    known = [value for value in values if "id" in value]
    new = [value for value in values if "id" not in value]
    for part in (known, new):
        if part:
            session().execute(insert(Coding), part)


def _chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))
