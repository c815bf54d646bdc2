"""The matrix of themes and actors, and how far coding is."""

from typing import Any

from sqlalchemy import Select, case, exists, func, select

from consult.db import session
from consult.domain.analysis.queries.scope import column_key, theme_closure, unit_key
from consult.domain.analysis.types import (
    ColumnsBy,
    CountUnit,
    Matrix,
    MatrixColumn,
    MatrixRow,
    Progress,
)
from consult.domain.coding.models import Coding, Passage
from consult.domain.coding.queries.passages import is_coded
from consult.domain.coding.queries.scope import counts, is_current
from consult.domain.coding.queries.themes import list_themes
from consult.domain.coding.types import PassageKind
from consult.domain.organisations.types import (
    ACTOR_GROUP_LABELS,
    ACTOR_TYPE_LABELS,
    ActorGroup,
    ActorType,
)
from consult.domain.submissions.models import Submission, SubmissionVersion

AnySelect = Select[*tuple[Any, ...]]


def matrix(
    round_id: int,
    *,
    by: ColumnsBy = ColumnsBy.TYPE,
    unit: CountUnit = CountUnit.SUBMISSIONS,
) -> Matrix:
    """Themes by kind of actor; every number is a distinct count of the unit.

    A theme is counted together with those under it. Columns are the kinds of actor that sent an
    answer that counts, in the order of a list of senders.
    """
    cells, row_totals = _count_themes(round_id, by=by, unit=unit)
    coded, coded_in_all = _count_columns(_coded(round_id, unit), by=by, unit=unit)
    units, units_in_all = _count_columns(_received(round_id, unit), by=by, unit=unit)
    keys = [key for key in _column_labels(by) if units.get(key)]
    labels = _column_labels(by)
    return Matrix(
        unit=unit,
        by=by,
        columns=tuple(
            MatrixColumn(key, labels[key], units=units[key], coded=coded.get(key, 0))
            for key in keys
        ),
        rows=tuple(
            MatrixRow(
                theme,
                cells=tuple(cells.get((theme.id, key), 0) for key in keys),
                total=row_totals.get(theme.id, 0),
            )
            for theme in list_themes(round_id)
        ),
        units=units_in_all,
        coded=coded_in_all,
    )


def _column_labels(by: ColumnsBy) -> dict[str, str]:
    if by is ColumnsBy.TYPE:
        ordered = sorted(ActorType, key=lambda kind: kind.list_rank)
        return {kind.value: ACTOR_TYPE_LABELS[kind] for kind in ordered}
    return {group.value: ACTOR_GROUP_LABELS[group] for group in ActorGroup}


def _count_themes(
    round_id: int, *, by: ColumnsBy, unit: CountUnit
) -> tuple[dict[tuple[int, str], int], dict[int, int]]:
    """Distinct counts by theme and column, and by theme alone."""
    closure = theme_closure(round_id)
    hits = (
        select(Coding.theme_id, column_key(by).label("column"), unit_key(unit).label("unit"))
        .select_from(Coding)
        .join(Passage, Coding.passage_id == Passage.id)
        .join(SubmissionVersion, Passage.version_id == SubmissionVersion.id)
        .join(Submission, Passage.submission_id == Submission.id)
        .where(counts(round_id), is_current())
    )
    if unit is not CountUnit.PASSAGES:
        hits = hits.distinct()  # thousands of passages become some hundreds of answers
    # Read once: SQLite would otherwise look each row up again for every theme over it.
    found = hits.cte("hits").prefix_with("MATERIALIZED")
    number = func.count(found.c.unit.distinct())
    rolled_up = (
        select(closure.c.above, found.c.column, number)
        .join(found, found.c.theme_id == closure.c.theme_id)
        .group_by(closure.c.above, found.c.column)
    )
    cells = {(row[0], str(row[1])): row[2] for row in session().execute(rolled_up)}
    if unit is not CountUnit.ORGANISATIONS:  # a passage and an answer stand in one column only
        totals: dict[int, int] = {}
        for (theme_id, _column), cell in cells.items():
            totals[theme_id] = totals.get(theme_id, 0) + cell
        return cells, totals
    by_theme = (
        select(closure.c.above, number)
        .join(found, found.c.theme_id == closure.c.theme_id)
        .group_by(closure.c.above)
    )
    return cells, {row[0]: row[1] for row in session().execute(by_theme)}


def _coded(round_id: int, unit: CountUnit) -> AnySelect:
    """The units that have any theme."""
    received = _received(round_id, unit)
    if unit is CountUnit.PASSAGES:
        return received.where(exists().where(Coding.passage_id == Passage.id))
    coding = (
        exists()
        .where(SubmissionVersion.submission_id == Submission.id, is_current())
        .where(Passage.version_id == SubmissionVersion.id, Coding.passage_id == Passage.id)
    )
    return received.where(coding)


def _received(round_id: int, unit: CountUnit) -> AnySelect:
    """Everything there is of a unit: also an answer without a passage is an answer."""
    query: AnySelect = select().select_from(Submission).where(counts(round_id))
    if unit is not CountUnit.PASSAGES:
        return query
    return (
        query.join(SubmissionVersion, SubmissionVersion.submission_id == Submission.id)
        .join(Passage, Passage.version_id == SubmissionVersion.id)
        .where(is_current())
    )


def _count_columns(
    query: AnySelect, *, by: ColumnsBy, unit: CountUnit
) -> tuple[dict[str, int], int]:
    """Distinct counts by column, and in all."""
    column = column_key(by)
    number = func.count(unit_key(unit).distinct())
    by_column = query.add_columns(column, number).group_by(column)
    columns = {str(row[0]): row[1] for row in session().execute(by_column)}
    if unit is not CountUnit.ORGANISATIONS:
        return columns, sum(columns.values())
    return columns, session().execute(query.add_columns(number)).scalar_one()


def coding_progress(round_id: int) -> Progress:
    """How many passages have a theme, and how many answers are done."""
    per_answer = (
        select(
            func.count().label("passages"),
            func.sum(case((is_coded(), 1), else_=0)).label("coded"),
        )
        .select_from(Passage)
        .join(SubmissionVersion, Passage.version_id == SubmissionVersion.id)
        .join(Submission, Passage.submission_id == Submission.id)
        .where(
            Passage.round_id == round_id,
            Passage.kind != PassageKind.CHOSEN,
            counts(round_id),
            is_current(),
        )
        .group_by(Submission.id)
        .subquery()
    )
    finished = case((per_answer.c.passages == per_answer.c.coded, 1), else_=0)
    row = (
        session()
        .execute(
            select(
                func.coalesce(func.sum(per_answer.c.passages), 0),
                func.coalesce(func.sum(per_answer.c.coded), 0),
                func.count(),
                func.coalesce(func.sum(finished), 0),
            ).select_from(per_answer)
        )
        .one()
    )
    return Progress(passages=row[0], coded=row[1], submissions=row[2], finished=row[3])
