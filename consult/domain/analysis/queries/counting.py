"""The matrix of themes and actors, and how far coding is.

For the matrix the database finds who has written about what, each pair once; the sets are rolled
up and counted here. Distinct counts of every theme and column cost the database twice as much.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, false, func, select
from sqlalchemy.orm import aliased

from consult.db import session
from consult.domain.analysis.queries.scope import column_key, unit_key
from consult.domain.analysis.types import (
    ColumnsBy,
    CountUnit,
    Matrix,
    MatrixColumn,
    MatrixRow,
    Progress,
)
from consult.domain.coding.clusters import CampaignPolicy
from consult.domain.coding.models import Coding, Passage
from consult.domain.coding.queries.campaign_policy import campaign_policy
from consult.domain.coding.queries.clusters import (
    answers_with_own_words,
    campaign_of_answers,
    is_repeated,
)
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
) -> Matrix:
    """Themes by kind of actor; every number is a distinct count of the unit.

    A theme is counted together with those under it. Columns are the kinds of actor that sent an
    answer that counts, in the order of a list of senders.
    """
    themes = list_themes(round_id)
    senders = _find_counted(round_id, by=by, unit=unit)
    received = _find_received(round_id, senders, unit)
    own = _find_coded(round_id, senders, unit)
    found, coded = _roll_up(own, themes), _merged(own.values())
    labels = _column_labels(by)
    keys = [key for key in labels if received.get(key)]
    return Matrix(
        unit=unit,
        by=by,
        columns=tuple(
            MatrixColumn(key, labels[key], units=len(received[key]), coded=len(coded.get(key, ())))
            for key in keys
        ),
        rows=tuple(
            MatrixRow(
                theme,
                cells=tuple(len(found[theme.id].get(key, ())) for key in keys),
                total=_total(found[theme.id]),
            )
            for theme in themes
        ),
        units=_total(received),
        coded=_total(coded),
        letters=senders.letters,
    )


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
        letters: How many of the answers belong to campaigns.
    """

    own: Senders
    common: Senders
    adding: Collection[int] = ()
    letters: int = 0

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


def _find_counted(round_id: int, *, by: ColumnsBy, unit: CountUnit) -> _Counted:
    own = _find_senders(round_id, by=by, unit=unit)
    campaigns = {
        submission_id: number
        for submission_id, number in campaign_of_answers(round_id).items()
        if submission_id in own
    }
    if not campaigns or unit is CountUnit.PASSAGES:
        return _Counted(own, {}, letters=len(campaigns))
    is_one = campaign_policy(round_id) is CampaignPolicy.AS_ONE
    common: dict[int, Sequence[tuple[str, Hashable]]] = {}
    for submission_id, number in campaigns.items():
        if unit is CountUnit.ORGANISATIONS:
            common[submission_id] = ()
        elif is_one:
            columns = dict.fromkeys(column for column, _unit in own[submission_id])
            common[submission_id] = [(column, f"campaign {number}") for column in columns]
    return _Counted(own, common, answers_with_own_words(round_id), letters=len(campaigns))


def _find_senders(round_id: int, *, by: ColumnsBy, unit: CountUnit) -> Senders:
    of_answer = Submission.id if unit is CountUnit.PASSAGES else unit_key(unit)
    query = select(Submission.id, column_key(by), of_answer).where(counts(round_id))
    own: dict[int, Sequence[tuple[str, Hashable]]] = {
        row[0]: ((str(row[1]), row[2]),) for row in session().execute(query)
    }
    if unit is CountUnit.ORGANISATIONS:
        own.update(_with_bodies_behind(own, round_id, by=by))
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


def _find_received(round_id: int, senders: _Counted, unit: CountUnit) -> Units:
    """Everything there is of a unit: also an answer without a passage is an answer."""
    received: Units = defaultdict(set)
    if unit is CountUnit.PASSAGES:
        for submission_id, passage_id in session().execute(_passages(round_id)):
            received[senders.own[submission_id][0][0]].add(passage_id)
        return received
    for column, one in senders.all_units():
        if one is not None:  # a person is no organisation
            received[column].add(one)
    return received


def _find_coded(round_id: int, senders: _Counted, unit: CountUnit) -> Mapping[int, Units]:
    """The units that have a theme itself, by theme."""
    coded: dict[int, Units] = defaultdict(lambda: defaultdict(set))
    hits = (
        _passages(round_id)
        .join(Coding, Coding.passage_id == Passage.id)
        .where(Passage.copy_of_id.is_(None))
    )
    if unit is CountUnit.PASSAGES:
        themed = session().execute(hits.add_columns(Coding.theme_id))
        for submission_id, passage_id, theme_id in themed:
            coded[theme_id][senders.own[submission_id][0][0]].add(passage_id)
        return coded
    # Thousands of passages become some answers.
    is_common = is_repeated(round_id) if senders.common else false()
    pairs = hits.with_only_columns(Passage.submission_id, Coding.theme_id, is_common).distinct()
    found = [*session().execute(pairs)]
    found += [(*row, True) for row in session().execute(_coded_in_copies(round_id))]
    for submission_id, theme_id, is_shared in found:
        for column, one in senders.units(submission_id, is_common=bool(is_shared)):
            if one is not None:
                coded[theme_id][column].add(one)
    return coded


def _passages(round_id: int) -> Select[*tuple[Any, ...]]:
    """The answer of each passage that counts, and the passage it counts as."""
    return (
        select(Passage.submission_id, counted_as())
        .join(SubmissionVersion, Passage.version_id == SubmissionVersion.id)
        .join(Submission, Passage.submission_id == Submission.id)
        .where(counts(round_id), is_current())
    )


def _coded_in_copies(round_id: int) -> Select[int, int]:
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
        .where(counts(round_id), is_current(), Passage.copy_of_id.is_not(None))
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
