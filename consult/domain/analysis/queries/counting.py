"""The matrix of themes and actors, and how far coding is.

For the matrix the database finds who has written about what, each pair once; the sets are rolled
up and counted here. Distinct counts of every theme and column cost the database twice as much.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select, true
from sqlalchemy.orm import aliased

from consult.db import session
from consult.domain.analysis.filters import EVERYTHING, AnswerFilter
from consult.domain.analysis.queries.choosing import answers_chosen, codings_chosen
from consult.domain.analysis.queries.scope import column_key, unit_key
from consult.domain.analysis.types import (
    Behind,
    ColumnsBy,
    CountUnit,
    Matrix,
    MatrixColumn,
    MatrixRow,
    Progress,
)
from consult.domain.coding.models import Coding, Passage
from consult.domain.coding.queries.passages import is_coded
from consult.domain.coding.queries.scope import counted_as, counts, is_current
from consult.domain.coding.queries.themes import list_themes
from consult.domain.coding.types import PassageKind, ThemeRow
from consult.domain.organisations.types import (
    ACTOR_GROUP_LABELS,
    ACTOR_TYPE_LABELS,
    ActorGroup,
    ActorType,
)
from consult.domain.submissions.behind import bodies_behind
from consult.domain.submissions.models import Submission, SubmissionVersion
from consult.domain.submissions.parties import Capacity

Units = dict[str, set[Hashable]]
"""What is counted, by the column it stands in; an organisation may stand in several."""


def matrix(
    round_id: int,
    *,
    by: ColumnsBy = ColumnsBy.TYPE,
    unit: CountUnit = CountUnit.SUBMISSIONS,
    chosen: AnswerFilter = EVERYTHING,
) -> Matrix:
    """Themes by kind of actor; every number is a distinct count of the unit.

    A theme is counted together with those under it. Columns are the kinds of actor that sent an
    answer that counts, in the order of a list of senders. With a filter only the answers that it
    lets through count, and only the themes that its coders put on.
    """
    themes = list_themes(round_id)
    scope = _Scope.of(round_id, chosen)
    senders = _find_senders(scope, by=by, unit=unit)
    received, answering = _find_received(scope, senders, unit)
    own, own_persons = _find_coded(scope, senders, unit)
    found, coded = _roll_up(own, themes), _merged(own.values())
    persons, coded_persons = _roll_up(own_persons, themes), _merged(own_persons.values())
    labels = _column_labels(by)
    keys = [key for key in labels if received.get(key)]
    return Matrix(
        unit=unit,
        by=by,
        columns=tuple(
            MatrixColumn(
                key,
                labels[key],
                units=len(received[key]),
                coded=len(coded.get(key, ())),
                is_persons=key in _PERSONS,
            )
            for key in keys
        ),
        rows=tuple(
            MatrixRow(
                theme,
                cells=tuple(len(found[theme.id].get(key, ())) for key in keys),
                total=_total(found[theme.id]),
                behind=_behind(found[theme.id], persons[theme.id]),
                speaking=_total(own_persons.get(theme.id, {})),
            )
            for theme in themes
        ),
        units=_total(received),
        coded=_total(coded),
        behind_units=_behind(received, answering),
        behind_coded=_behind(coded, coded_persons),
        is_narrowed=not chosen.is_empty,
    )


def organisations_on_themes(
    round_id: int,
) -> tuple[frozenset[Hashable], Mapping[int, frozenset[Hashable]]]:
    """The organisations whose answers count, and those that speak of each theme or one under it.

    Registered ones by their id as text, as the units of a matrix; themes by id.
    """
    scope = _Scope.of(round_id, EVERYTHING)
    unit = CountUnit.ORGANISATIONS
    senders = _find_senders(scope, by=ColumnsBy.GROUP, unit=unit)
    received, _persons = _find_received(scope, senders, unit)
    own, _persons_on = _find_coded(scope, senders, unit)
    found = _roll_up(own, list_themes(round_id))
    return (
        frozenset().union(*received.values()),
        {theme_id: frozenset().union(*units.values()) for theme_id, units in found.items()},
    )


_PERSONS = frozenset(
    {ActorGroup.PEOPLE.value, *(kind.value for kind in ActorType if not kind.is_organisation)}
)
"""The columns that hold persons, and groups without legal form."""


def _behind(units: Units, persons: Units) -> Behind:
    """Who is behind a number: its persons, each in one column, and the number without them."""
    theirs = {column: found for column, found in units.items() if column in _PERSONS}
    others = {column: found for column, found in units.items() if column not in _PERSONS}
    return Behind(
        persons={column: len(found) for column, found in persons.items() if found},
        theirs=_total(theirs),
        without=_total(others),
    )


@dataclass(frozen=True, slots=True)
class _Scope:
    """Which answers of a round are counted, and which codings."""

    round_id: int
    answers: ColumnElement[bool]
    codings: ColumnElement[bool]

    @classmethod
    def of(cls, round_id: int, chosen: AnswerFilter) -> "_Scope":
        answers = and_(counts(round_id), *answers_chosen(round_id, chosen))
        return cls(round_id, answers, and_(true(), *codings_chosen(chosen)))


def _column_labels(by: ColumnsBy) -> dict[str, str]:
    if by is ColumnsBy.TYPE:
        ordered = sorted(ActorType, key=lambda kind: kind.list_rank)
        return {kind.value: ACTOR_TYPE_LABELS[kind] for kind in ordered}
    return {group.value: ACTOR_GROUP_LABELS[group] for group in ActorGroup}


Senders = Mapping[int, Sequence[tuple[str, Hashable]]]
"""The columns and units of every answer that counts, by its id; most have one of each."""


def _find_senders(scope: _Scope, *, by: ColumnsBy, unit: CountUnit) -> Senders:
    of_answer = Submission.id if unit is CountUnit.PASSAGES else unit_key(unit)
    query = select(Submission.id, column_key(by), of_answer).where(scope.answers)
    own: dict[int, Sequence[tuple[str, Hashable]]] = {
        row[0]: ((str(row[1]), row[2]),) for row in session().execute(query)
    }
    if unit is CountUnit.ORGANISATIONS:
        own.update(_with_bodies_behind(own, scope.round_id, by=by))
    return own


def _with_bodies_behind(own: Senders, round_id: int, *, by: ColumnsBy) -> Senders:
    """The organisations of answers with several bodies behind them, or sent on behalf of others."""
    found: dict[int, Sequence[tuple[str, Hashable]]] = {}
    for submission_id, bodies in bodies_behind(round_id).items():
        counted = [one for one in bodies if one.is_confirmed]
        if submission_id not in own or not counted:
            continue
        is_for_others = any(one.capacity is Capacity.ON_BEHALF_OF for one in counted)
        first = [] if is_for_others else own[submission_id]
        found[submission_id] = [
            *first,
            *((_column_of(one.actor_type, by), str(one.organisation_id)) for one in counted),
        ]
    return found


def _column_of(kind: ActorType, by: ColumnsBy) -> str:
    return kind.value if by is ColumnsBy.TYPE else kind.group.value


def _find_received(scope: _Scope, senders: Senders, unit: CountUnit) -> tuple[Units, Units]:
    """Everything there is of a unit, also answers without a passage; and the persons behind."""
    received: Units = defaultdict(set)
    persons: Units = defaultdict(set)
    if unit is not CountUnit.ORGANISATIONS:
        for submission_id, places in senders.items():
            if places[0][0] in _PERSONS:
                persons[places[0][0]].add(submission_id)
    if unit is CountUnit.PASSAGES:
        for submission_id, passage_id in session().execute(_passages(scope)):
            received[senders[submission_id][0][0]].add(passage_id)
        return received, persons
    for places in senders.values():
        for column, one in places:
            if one is not None:  # a person is no organisation
                received[column].add(one)
    return received, persons


def _find_coded(
    scope: _Scope, senders: Senders, unit: CountUnit
) -> tuple[Mapping[int, Units], Mapping[int, Units]]:
    """The units that have a theme itself, by theme; and the persons behind them."""
    coded: dict[int, Units] = defaultdict(lambda: defaultdict(set))
    persons: dict[int, Units] = defaultdict(lambda: defaultdict(set))
    hits = (
        _passages(scope)
        .join(Coding, Coding.passage_id == Passage.id)
        .where(Passage.copy_of_id.is_(None), scope.codings)
    )
    if unit is CountUnit.PASSAGES:
        themed = session().execute(hits.add_columns(Coding.theme_id))
        for submission_id, passage_id, theme_id in themed:
            column = senders[submission_id][0][0]
            coded[theme_id][column].add(passage_id)
            if column in _PERSONS:
                persons[theme_id][column].add(submission_id)
        return coded, persons
    # Thousands of passages become some answers.
    pairs = hits.with_only_columns(Passage.submission_id, Coding.theme_id).distinct()
    for query in (pairs, _coded_in_copies(scope)):
        for submission_id, theme_id in session().execute(query):
            for column, one in senders[submission_id]:
                if one is not None:
                    coded[theme_id][column].add(one)
    if unit is CountUnit.SUBMISSIONS:  # every answer from a person is that of one
        for theme_id, units in coded.items():
            persons[theme_id] = {column: units[column] for column in _PERSONS & units.keys()}
    return coded, persons


def _passages(scope: _Scope) -> Select[*tuple[Any, ...]]:
    """The answer of each passage that counts, and the passage it counts as."""
    return (
        select(Passage.submission_id, counted_as())
        .join(SubmissionVersion, Passage.version_id == SubmissionVersion.id)
        .join(Submission, Passage.submission_id == Submission.id)
        .where(scope.answers, is_current())
    )


def _coded_in_copies(scope: _Scope) -> Select[int, int]:
    """The answer of each passage that repeats another, and the themes on what it repeats.

    The sender has said it too, though the words count once.
    """
    origin = aliased(Passage)
    at_origin = (origin.id == Passage.copy_of_id) | (
        (origin.parent_id == Passage.copy_of_id) & (origin.kind == PassageKind.CHOSEN)
    )
    return (
        select(Passage.submission_id, Coding.theme_id)
        .select_from(Passage)
        .join(SubmissionVersion, Passage.version_id == SubmissionVersion.id)
        .join(Submission, Passage.submission_id == Submission.id)
        .join(origin, at_origin)
        .join(Coding, Coding.passage_id == origin.id)
        .where(scope.answers, is_current(), Passage.copy_of_id.is_not(None), scope.codings)
        .distinct()
    )


def _roll_up(own: Mapping[int, Units], themes: Sequence[ThemeRow]) -> Mapping[int, Units]:
    """The units of each theme and of those under it, by theme."""
    found = {theme.id: _merged([own.get(theme.id, {})]) for theme in themes}
    for theme in reversed(themes):  # each stands after the one it is under
        if theme.parent_id is not None:
            over = found[theme.parent_id]
            for column, units in found[theme.id].items():
                over.setdefault(column, set()).update(units)
    return found


def _merged(parts: Iterable[Units]) -> Units:
    merged: Units = defaultdict(set)
    for part in parts:
        for column, units in part.items():
            merged[column] |= units
    return merged


def _total(units: Units) -> int:
    """How many there are in all: one that stands in two columns is one."""
    return len(set().union(*units.values()))


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
            Passage.copy_of_id.is_(None),
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
    passages, coded, submissions, finished_ones = map(int, row)  # PostgreSQL's sums are decimals
    return Progress(passages=passages, coded=coded, submissions=submissions, finished=finished_ones)
