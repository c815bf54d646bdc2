"""The matrix of themes and actors, and how far coding is.

For the matrix the database finds who has written about what, each pair once; the sets are rolled
up and counted here. Distinct counts of every theme and column cost the database twice as much.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from sqlalchemy import case, func, select

from consult.db import session
from consult.domain.analysis.filters import EVERYTHING, AnswerFilter
from consult.domain.analysis.queries.scope import column_key, unit_key
from consult.domain.analysis.queries.spoken import (
    Scope,
    Spoken,
    counted_passages,
    find_spoken,
    hits_together,
    numbers_of_passages,
    spoken_in_copies,
)
from consult.domain.analysis.types import (
    Behind,
    ColumnsBy,
    CountUnit,
    Matrix,
    MatrixColumn,
    MatrixRow,
    Progress,
)
from consult.domain.coding.clusters import CampaignPolicy
from consult.domain.coding.models import Passage
from consult.domain.coding.queries.campaign_policy import campaign_policy
from consult.domain.coding.queries.clusters import (
    answers_with_own_words,
    campaign_of_answers,
)
from consult.domain.coding.queries.passages import is_coded
from consult.domain.coding.queries.scope import counts, has_copies, is_current
from consult.domain.coding.queries.themes import ranked_themes
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


@dataclass(frozen=True, slots=True)
class Several:
    """Passages of one answer, where it is not asked which."""

    submission_id: int
    number: int


def _size(units: AbstractSet[Hashable]) -> int:
    """How many things there are; either all of them are :class:`Several` or none."""
    if isinstance(next(iter(units), None), Several):
        return sum(one.number for one in units if isinstance(one, Several))
    return len(units)


def matrix(
    round_id: int,
    *,
    by: ColumnsBy = ColumnsBy.TYPE,
    unit: CountUnit = CountUnit.SUBMISSIONS,
    chosen: AnswerFilter = EVERYTHING,
    spoken: Spoken | None = None,
) -> Matrix:
    """Themes by kind of actor; every number is a distinct count of the unit.

    A theme is counted together with those under it. Columns are the kinds of actor that sent an
    answer that counts, in the order of a list of senders. With a filter only the answers that it
    lets through count, and only the themes that its coders put on. ``spoken`` is what was read
    already of the same answers (:func:`read_spoken`).
    """
    scope = Scope.of(round_id, chosen)
    themes = spoken.themes if spoken else ranked_themes(round_id)
    senders = _find_counted(scope, by=by, unit=unit)
    received = _find_received(scope, senders, unit)
    answering = _persons_answering(senders, unit)
    coding = _find_coded(scope, senders, unit, spoken)
    found, coded = _roll_up(coding.units, themes), _merged(coding.units.values())
    persons = [_roll_up(one, themes) for one in coding.persons]
    coded_persons = [_merged(one.values()) for one in coding.persons]
    labels = _column_labels(by)
    keys = [key for key in labels if received.get(key)]
    return Matrix(
        unit=unit,
        by=by,
        columns=tuple(
            MatrixColumn(
                key,
                labels[key],
                units=_size(received[key]),
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
                behind=_behind(found[theme.id], *(one[theme.id] for one in persons)),
                speaking=_total(coding.persons[0].get(theme.id, {})),
                speaking_parts=tuple(_total(one.get(theme.id, {})) for one in coding.persons[1:]),
            )
            for theme in themes
        ),
        units=_total(received),
        coded=_total(coded),
        behind_units=_behind(received, *answering),
        behind_coded=_behind(coded, *coded_persons),
        is_narrowed=not chosen.is_empty,
        letters=senders.letters,
    )


def organisations_on_themes(
    round_id: int, spoken: Spoken
) -> tuple[frozenset[Hashable], Mapping[int, frozenset[Hashable]]]:
    """The organisations whose answers count, and those that speak of each theme or one under it.

    Registered ones by their id as text, as the units of a matrix; themes by id.
    """
    scope = Scope.of(round_id, EVERYTHING)
    unit = CountUnit.ORGANISATIONS
    senders = _find_counted(scope, by=ColumnsBy.GROUP, unit=unit)
    received = _find_received(scope, senders, unit)
    found = _roll_up(_find_coded(scope, senders, unit, spoken).units, spoken.themes)
    return (
        frozenset().union(*received.values()),
        {theme_id: frozenset().union(*units.values()) for theme_id, units in found.items()},
    )


_PERSONS = frozenset(
    {ActorGroup.PEOPLE.value, *(kind.value for kind in ActorType if not kind.is_organisation)}
)
"""The columns that hold persons, and groups without legal form."""


def _behind(units: Units, persons: Units, *parts: Units) -> Behind:
    """Who is behind a number: its persons, each in one column, and the number without them."""
    theirs = {column: found for column, found in units.items() if column in _PERSONS}
    others = {column: found for column, found in units.items() if column not in _PERSONS}
    return Behind(
        persons=_numbers(persons),
        theirs=_total(theirs),
        without=_total(others),
        parts=tuple(_numbers(part) for part in parts),
    )


def _numbers(units: Units) -> dict[str, int]:
    return {column: _size(found) for column, found in units.items() if found}


def _column_labels(by: ColumnsBy) -> dict[str, str]:
    if by is ColumnsBy.TYPE:
        ordered = sorted(ActorType, key=lambda kind: kind.list_rank)
        return {kind.value: ACTOR_TYPE_LABELS[kind] for kind in ordered}
    return {group.value: ACTOR_GROUP_LABELS[group] for group in ActorGroup}


Senders = Mapping[int, Sequence[tuple[str, Hashable]]]
"""The columns and units of every answer that counts, by its id; most have one of each."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """What answers count for.

    Attributes:
        own: By what each says itself.
        common: By what the answers of a campaign have in common: no organisation stands behind
            that, and as answers they are one where the round counts a campaign as one.
        adding: Those answers of campaigns that say something of their own besides.
        campaigns: The number of the campaign that an answer belongs to.
    """

    own: Senders
    common: Senders
    adding: Collection[int] = ()
    campaigns: Mapping[int, int] = field(default_factory=dict)

    @property
    def letters(self) -> int:
        """How many of the answers belong to campaigns."""
        return len(self.campaigns)

    @property
    def parts(self) -> Sequence[int | None]:
        """The campaigns by number, after ``None`` for own words; nothing where there is none."""
        return (None, *sorted(set(self.campaigns.values()))) if self.campaigns else ()

    def units(self, submission_id: int, *, is_common: bool) -> Sequence[tuple[str, Hashable]]:
        """The columns and units of what an answer says."""
        if is_common and submission_id in self.common:
            return self.common[submission_id]
        return self.own[submission_id]

    def all_units(self) -> Iterator[tuple[str, Hashable]]:
        """Everything there is, some of it more than once."""
        for submission_id in self.own:
            yield from self.units(submission_id, is_common=True)
            if submission_id in self.adding:
                yield from self.own[submission_id]


def _find_counted(scope: Scope, *, by: ColumnsBy, unit: CountUnit) -> _Counted:
    own = _find_senders(scope, by=by, unit=unit)
    campaigns = {
        submission_id: number
        for submission_id, number in campaign_of_answers(scope.round_id).items()
        if submission_id in own
    }
    if not campaigns:
        return _Counted(own, {})
    adding = answers_with_own_words(scope.round_id)
    if unit is CountUnit.PASSAGES:
        return _Counted(own, {}, adding, campaigns)
    is_one = campaign_policy(scope.round_id) is CampaignPolicy.AS_ONE
    common: dict[int, Sequence[tuple[str, Hashable]]] = {}
    for submission_id, number in campaigns.items():
        if unit is CountUnit.ORGANISATIONS:
            common[submission_id] = ()
        elif is_one:
            columns = dict.fromkeys(column for column, _unit in own[submission_id])
            common[submission_id] = [(column, f"campaign {number}") for column in columns]
    return _Counted(own, common, adding, campaigns)


def _find_senders(scope: Scope, *, by: ColumnsBy, unit: CountUnit) -> Senders:
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


def _find_received(scope: Scope, senders: _Counted, unit: CountUnit) -> Units:
    """Everything there is of a unit: also an answer without a passage is an answer."""
    received: Units = defaultdict(set)
    if unit is CountUnit.PASSAGES:
        columns = {submission_id: received[one[0][0]] for submission_id, one in senders.own.items()}
        if has_copies(scope.round_id):
            for submission_id, passage_id in session().execute(counted_passages(scope)):
                columns[submission_id].add(passage_id)
            return received
        for submission_id, number in session().execute(numbers_of_passages(scope)):
            columns[submission_id].add(Several(submission_id, number))
        return received
    for column, one in senders.all_units():
        if one is not None:  # a person is no organisation
            received[column].add(one)
    return received


def _persons_answering(senders: _Counted, unit: CountUnit) -> Sequence[Units]:
    """The answers of persons: all, and as in :attr:`_Coded.persons` each part of them."""
    everybody: Units = defaultdict(set)
    parts: dict[int | None, Units] = {key: defaultdict(set) for key in senders.parts}
    if unit is CountUnit.ORGANISATIONS:  # a person is none
        return (everybody, *parts.values())
    for submission_id, places in senders.own.items():
        column, campaign = places[0][0], senders.campaigns.get(submission_id)
        if column not in _PERSONS:
            continue
        everybody[column].add(submission_id)
        if campaign is not None:
            parts[campaign][column].add(submission_id)
        if parts and (campaign is None or submission_id in senders.adding):
            parts[None][column].add(submission_id)
    return (everybody, *parts.values())


@dataclass(frozen=True, slots=True)
class _Coded:
    """Who has each theme itself, by theme.

    Attributes:
        units: What is counted.
        persons: The answers of persons behind that: all of them; then, where the round has
            campaigns, those with words of their own and those of each campaign.
    """

    units: Mapping[int, Units]
    persons: Sequence[Mapping[int, Units]]


def _find_coded(
    scope: Scope, senders: _Counted, unit: CountUnit, read: Spoken | None = None
) -> _Coded:
    """The units that have a theme itself, and the persons behind them."""
    units: dict[int, Units] = defaultdict(lambda: defaultdict(set))
    spoken: Sequence[tuple[int, int, bool]]
    if unit is CountUnit.PASSAGES:
        columns = {submission_id: one[0][0] for submission_id, one in senders.own.items()}
        themed = list(hits_together(scope))
        for submission_id, theme_id, passage_ids in themed:
            units[theme_id][columns[submission_id]].update(passage_ids)
        if senders.campaigns:  # only of these it is asked whether their words are shared
            spoken = find_spoken(scope)
        else:
            spoken = [(one[0], one[1], False) for one in themed] + spoken_in_copies(scope)
    else:
        spoken = read.pairs if read else find_spoken(scope)
        own, common = senders.own, senders.common
        for submission_id, theme_id, is_shared in spoken:
            is_theirs = is_shared and submission_id in common
            of_theme = units[theme_id]
            for column, one in common[submission_id] if is_theirs else own[submission_id]:
                if one is not None:
                    of_theme[column].add(one)
    # No person is an organisation, though one may have answered for some.
    said = () if unit is CountUnit.ORGANISATIONS else spoken
    return _Coded(units, _persons_speaking(said, senders))


def _persons_speaking(
    spoken: Iterable[tuple[int, int, bool]], senders: _Counted
) -> Sequence[Mapping[int, Units]]:
    """The answers of persons behind what is said: behind a campaign that counts as one are many.

    Args:
        spoken: Answers, the themes that they speak of, and whether with words that others have.
        senders: What the answers count for.
    """
    everybody: dict[int, Units] = defaultdict(lambda: defaultdict(set))
    parts: dict[int | None, dict[int, Units]] = {
        key: defaultdict(lambda: defaultdict(set)) for key in senders.parts
    }
    of_persons = {
        submission_id: one[0][0]
        for submission_id, one in senders.own.items()
        if one[0][0] in _PERSONS
    }
    for submission_id, theme_id, is_shared in spoken if of_persons else ():
        column = of_persons.get(submission_id)
        if column is None:
            continue
        everybody[theme_id][column].add(submission_id)
        if parts:
            part = senders.campaigns.get(submission_id) if is_shared else None
            parts[part][theme_id][column].add(submission_id)
    return (everybody, *parts.values())


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
    return _size(set().union(*units.values()))


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
