"""Finding themes."""

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import Integer, Select, Subquery, case, cast, exists, func, select
from sqlalchemy.orm import aliased, joinedload

from consult.db import get_one, session
from consult.domain.coding.models import Coding, CodingStep, DoubleCodedTheme, Passage, Theme
from consult.domain.coding.queries.scope import counted_as
from consult.domain.coding.types import PassageKind, ThemeContent, ThemeRow
from consult.domain.rounds.models import Round
from consult.domain.submissions.models import Submission, SubmissionVersion


def get_theme(round_slug: str, theme_key: str) -> Theme:
    """A theme of a round by key. Raises :class:`NotFound`."""
    query = (
        select(Theme)
        .join(Round, Theme.round_id == Round.id)
        .where(Round.slug == round_slug, Theme.key == theme_key)
        .options(joinedload(Theme.round))
    )
    return get_one(query, "theme", theme_key)


def find_theme(round_id: int, key: str) -> Theme | None:
    """A theme of a round by key."""
    query = select(Theme).where(Theme.round_id == round_id, Theme.key == key)
    return session().scalars(query).one_or_none()


def themes_by_key(round_id: int) -> dict[str, Theme]:
    """Every theme of a round by key."""
    themes = session().scalars(select(Theme).where(Theme.round_id == round_id))
    return {theme.key: theme for theme in themes}


def parents_of_themes(round_id: int) -> dict[int, int | None]:
    """The id of each theme's parent, by the theme's own id."""
    query = select(Theme.id, Theme.parent_id).where(Theme.round_id == round_id)
    return {row.id: row.parent_id for row in session().execute(query)}


def list_themes(round_id: int, *, besides: Collection[int] = ()) -> tuple[ThemeRow, ...]:
    """The codebook as a tree, each theme followed by those under it, with how often it is used.

    A theme that was split stands here until its passages are sorted: count it, never offer it
    (:func:`offered_themes`). What was merged away is left out, but for the ids in ``besides``.
    """
    used, surplus = _codings(round_id), _surplus(round_id)
    query = (
        select(Theme, func.coalesce(used.c.number, 0) - func.coalesce(surplus.c.number, 0))
        .outerjoin(used, used.c.theme_id == Theme.id)
        .outerjoin(surplus, surplus.c.theme_id == Theme.id)
        .where(Theme.round_id == round_id)
        .order_by(Theme.position, Theme.id)
    )
    return _tree(session().execute(query), besides=besides)


def _tree(found: Iterable[tuple[Theme, int]], *, besides: Collection[int]) -> tuple[ThemeRow, ...]:
    """Themes with how often they are used, as a tree."""
    children: dict[int | None, list[tuple[Theme, int]]] = {}
    for theme, number in found:
        if theme.retired_at is None or number or theme.id in besides:
            children.setdefault(theme.parent_id, []).append((theme, number))
    return tuple(_walk(children, None, None, ()))


def offered_themes(round_id: int) -> tuple[ThemeRow, ...]:
    """The themes that can be put on a passage; their ``codings`` only rank them."""
    return tuple(row for row in ranked_themes(round_id) if not row.is_retired)


def ranked_themes(round_id: int) -> tuple[ThemeRow, ...]:
    """The themes of :func:`list_themes` with ``codings`` that only rank them.

    They are read from an index, older versions and copies included, in a fraction of the time that
    telling those apart takes.
    """
    of_round = select(Theme.id).where(Theme.round_id == round_id)
    used = (
        select(Coding.theme_id, func.count().label("number"))
        .where(Coding.theme_id.in_(of_round))
        .group_by(Coding.theme_id)
        .subquery("used")
    )
    query = (
        select(Theme, func.coalesce(used.c.number, 0))
        .outerjoin(used, used.c.theme_id == Theme.id)
        .where(Theme.round_id == round_id)
        .order_by(Theme.position, Theme.id)
    )
    rows = _tree(session().execute(query), besides=())
    if any(row.is_retired for row in rows):  # what waits to be sorted tells whether they stand
        return list_themes(round_id)
    return rows


def _codings(round_id: int) -> Subquery:
    """How many codings each theme has, those of chosen parts included: an index holds them all."""
    of_round = select(Theme.id).where(Theme.round_id == round_id)
    return (
        select(Coding.theme_id, func.count(Coding.id).label("number"))
        .where(Coding.theme_id.in_(of_round), Coding.passage_id.not_in(replaced_passages(round_id)))
        .group_by(Coding.theme_id)
        .subquery("codings")
    )


def replaced_passages(round_id: int) -> Select[int]:
    """Ids of passages whose own codings do not count: few beside all.

    Those of versions that a later one has taken the place of, and copies of what stands elsewhere.
    """
    versions = (
        select(SubmissionVersion.id)
        .join(Submission, SubmissionVersion.submission_id == Submission.id)
        .where(
            Submission.round_id == round_id,
            SubmissionVersion.number < Submission.current_version_number,
        )
    )
    is_copy = (Passage.round_id == round_id) & Passage.copy_of_id.is_not(None)
    return select(Passage.id).where(Passage.version_id.in_(versions) | is_copy)


def _surplus(round_id: int) -> Subquery:
    """How many codings of chosen parts count as one that is counted already, by theme.

    Parts are few beside passages, so this is quicker than telling all passages apart.
    """
    own = aliased(Coding)
    has_own = exists().where(own.passage_id == Passage.parent_id, own.theme_id == Coding.theme_id)
    of_parts = (
        select(
            Coding.theme_id, (func.count(Coding.id) - case((has_own, 0), else_=1)).label("number")
        )
        .join(Passage, Coding.passage_id == Passage.id)
        .where(
            Passage.round_id == round_id,
            Passage.kind == PassageKind.CHOSEN,
            Passage.parent_id.is_not(None),
            Passage.id.not_in(replaced_passages(round_id)),
        )
        .group_by(Coding.theme_id, Passage.parent_id)
        .subquery()
    )
    return (
        select(of_parts.c.theme_id, cast(func.sum(of_parts.c.number), Integer).label("number"))
        .group_by(of_parts.c.theme_id)
        .subquery("surplus")
    )


def _walk(
    children: dict[int | None, list[tuple[Theme, int]]],
    parent_id: int | None,
    parent_key: str | None,
    above: tuple[str, ...],
) -> Iterator[ThemeRow]:
    siblings = children.get(parent_id, [])
    standing = [theme for theme, _number in siblings if theme.retired_at is None]
    for theme, number in siblings:
        path = (*above, theme.name)
        yield ThemeRow(
            id=theme.id,
            public_id=theme.public_id,
            key=theme.key,
            parent_id=parent_id,
            parent_key=parent_key,
            content=ThemeContent(
                name=theme.name,
                colour=theme.colour,
                definition=theme.definition,
                include=theme.include,
                exclude=theme.exclude,
            ),
            path=path,
            depth=len(path),
            codings=int(number),  # PostgreSQL sums to decimals
            is_first=not standing or theme is standing[0],
            is_last=not standing or theme is standing[-1],
            is_retired=theme.retired_at is not None,
        )
        yield from _walk(children, theme.id, theme.key, path)


_STEPS_BACK = 200
"""How far back in a person's steps "used last" looks."""


def recent_theme_ids(round_id: int, *, by: str) -> tuple[int, ...]:
    """The themes a person has put on passages lately, the latest first."""
    query = (
        select(CodingStep.theme_id)
        .where(CodingStep.round_id == round_id, CodingStep.done_by == by, CodingStep.applied)
        .order_by(CodingStep.id.desc())
        .limit(_STEPS_BACK)
    )
    return tuple(dict.fromkeys(session().scalars(query)))


def count_uses(theme_id: int) -> tuple[int, int]:
    """How many passages have a theme, or had it in a sample, and how many themes are under it."""
    codings = (
        select(func.count(counted_as().distinct()))
        .join(Coding, Coding.passage_id == Passage.id)
        .where(Coding.theme_id == theme_id)
    )
    in_samples = select(func.count()).where(DoubleCodedTheme.theme_id == theme_id)
    children = select(func.count()).select_from(Theme).where(Theme.parent_id == theme_id)
    counts = (codings, in_samples, children)
    row = session().execute(select(*[one.scalar_subquery() for one in counts])).one()
    return row[0] or row[1], row[2]
