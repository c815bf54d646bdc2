"""The passages that a document may rest on: what the organisation has been answered.

A response rests on what its branches say in internal hearings about the same round, which the
organisation itself owns; a report on what was answered to its own round. What a branch has heard
among its own is seen only through what it formally sent.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import contains_eager

from consult.db import session
from consult.domain.analysis.models import SearchEntry
from consult.domain.analysis.search.language import parse_query
from consult.domain.analysis.search.matching import matching
from consult.domain.coding.models import CodedStance, Coding, Passage, Theme
from consult.domain.coding.queries.scope import is_current, paragraph_id
from consult.domain.coding.types import PassageKind
from consult.domain.composing.evidence import is_standing
from consult.domain.composing.models import Evidence, Ground, LeftOut, Part, Recommendation
from consult.domain.composing.placing import Asked, PartSpot, Place, place_answers
from consult.domain.composing.types import EvidenceUse, PointCount, PointState
from consult.domain.rounds.models import Proposal, Question, Round
from consult.domain.submissions.models import Answer, Submission, SubmissionVersion
from consult.domain.submissions.types import DeadlineStatus, Stance, SubmissionStatus
from consult.kernel.errors import NotFound

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition

AnySelect = Select[*tuple[Any, ...]]

PAGE = 30
"""Passages shown at once."""


@dataclass(frozen=True, slots=True)
class Hearings:
    """The rounds whose answers a document rests on, and where what is said in them belongs.

    Attributes:
        composition_id: The document.
        round_ids: The internal hearings of a response; the round itself for a report.
        places: Ids of the document's parts by what an answer was written to.
        proposals: Ids of the hearings' proposals, with those they come from.
        themes: For parts about a theme, the ids of that theme and of those under it.
    """

    composition_id: int
    round_ids: tuple[int, ...]
    places: Mapping[Place, tuple[int, ...]]
    proposals: Mapping[int, int | None]
    themes: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    def places_of(self, part_id: int) -> list[Place]:
        """What is asked in the hearings that belongs to a part."""
        return [place for place, parts in self.places.items() if part_id in parts]

    def parts_for(self, question_id: int | None, proposal_id: int | None) -> tuple[int, ...]:
        """Ids of the parts an answer belongs to: by its question, which may be about a proposal."""
        place = (None, proposal_id) if question_id is None else (question_id, None)
        return self.places.get(place) or self.places.get((None, None), ())


@dataclass(frozen=True, slots=True)
class SourceFilter:
    """Which passages to show; what is not given does not limit.

    Attributes:
        part_id: The part whose points they are.
        stance_on: The proposal of the answered round that ``stance`` is about.
        theme_ids: Themes, with those under them.
        branch: Public id of a branch's answer.
        stances: Any of these, as ``stance`` is one; those that have it come first where
            ``stances_first``, and the others follow.
        without: Ids of passages that are not shown.
    """

    part_id: int | None = None
    state: PointState | None = None
    theme_ids: tuple[int, ...] = ()
    branch: str = ""
    stance: Stance | None = None
    stance_on: int | None = None
    words: str = ""
    page: int = 1
    stances: tuple[Stance, ...] = ()
    stances_first: bool = False
    without: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One page of passages, in the order of the branches' answers."""

    passages: Sequence[Passage]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Use:
    """Where a passage stands in the document, and how."""

    part_id: int
    part_key: str
    use: EvidenceUse


@dataclass(frozen=True, slots=True)
class Point:
    """A passage of a branch's answer, as far as it takes to say what became of it."""

    id: int
    public_id: str
    submission_id: int
    quote: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch that has answered, for choosing its passages."""

    public_id: str
    name: str


def find_hearings(composition: "Composition", parts: Sequence[Part]) -> Hearings:
    """The organisation's own hearings about the round that the document answers, or is about."""
    is_own = composition.is_report
    ids = (composition.round_id,) if is_own else _hearings_about(composition)
    questions = session().execute(
        select(Question.id, Question.parent_id, Question.proposal_id)
        .where(Question.round_id.in_(ids))
        .order_by(Question.position)
    )
    asked = [
        Asked(row.id, row.id if is_own else row.parent_id, row.proposal_id) for row in questions
    ]
    rows = session().execute(
        select(Proposal.id, Proposal.parent_id)
        .where(Proposal.round_id.in_(ids))
        .order_by(Proposal.position)
    )
    proposals = {row.id: row.id if is_own else row.parent_id for row in rows}
    spots = [PartSpot(one.id, one.kind, one.question_id, one.proposal_id) for one in parts]
    places = place_answers(spots, asked, proposals)
    return Hearings(composition.id, ids, places, proposals, _themes_of(parts))


def _hearings_about(composition: "Composition") -> tuple[int, ...]:
    owned = select(Round.id).where(
        Round.parent_id == composition.round_id, Round.owner_id == composition.organisation_id
    )
    return tuple(session().scalars(owned.order_by(Round.id)))


def _themes_of(parts: Sequence[Part]) -> dict[int, tuple[int, ...]]:
    """What parts are about: their theme and those under it, two levels as codebooks have."""
    wanted = {part.theme_id for part in parts if part.theme_id is not None}
    if not wanted:
        return {}
    below: dict[int, list[int]] = {}
    query = select(Theme.id, Theme.parent_id).where(Theme.parent_id.is_not(None))
    rounds = select(Theme.round_id).where(Theme.id.in_(wanted))
    for row in session().execute(query.where(Theme.round_id.in_(rounds))):
        below.setdefault(row.parent_id or 0, []).append(row.id)
    return {part.id: _with_below(part.theme_id, below) for part in parts if part.theme_id}


def _with_below(theme_id: int, below: Mapping[int, Sequence[int]]) -> tuple[int, ...]:
    found = [theme_id]
    for one in found:
        found += below.get(one, ())
    return tuple(found)


def count_points(hearings: Hearings) -> tuple[PointCount, dict[int, PointCount]]:
    """How many passages are used and left out: of all, and of those of each part by its id."""
    used, left_out = is_used(hearings), is_left_out(hearings)
    query = (
        points_of(hearings, select(Answer.question_id, Answer.proposal_id))
        .add_columns(
            func.count(),
            func.sum(case((used, 1), else_=0)),
            func.sum(case((and_(left_out, ~used), 1), else_=0)),
        )
        .group_by(Answer.question_id, Answer.proposal_id)
    )
    in_all, by_part = PointCount(), dict[int, PointCount]()
    for question_id, proposal_id, total, used_here, left_here in session().execute(query):
        count = PointCount(total, int(used_here), int(left_here))
        in_all += count
        for part_id in hearings.parts_for(question_id, proposal_id):
            by_part[part_id] = by_part.get(part_id, PointCount()) + count
    return in_all, by_part | _points_of_themes(hearings, used=used, left_out=left_out)


def _points_of_themes(
    hearings: Hearings, *, used: ColumnElement[bool], left_out: ColumnElement[bool]
) -> dict[int, PointCount]:
    """The same for parts about themes; a passage may belong to several."""
    counts: dict[tuple[int, ...], PointCount] = {}
    for themes in set(hearings.themes.values()):
        query = points_of(hearings, select(func.count())).where(has_theme(themes))
        columns = query.add_columns(
            func.sum(case((used, 1), else_=0)),
            func.sum(case((and_(left_out, ~used), 1), else_=0)),
        )
        total, used_here, left_here = session().execute(columns).one()
        counts[themes] = PointCount(total, int(used_here or 0), int(left_here or 0))
    return {part_id: counts[themes] for part_id, themes in hearings.themes.items()}


def list_sources(hearings: Hearings, wanted: SourceFilter) -> SourcePage:
    """One page of passages with the answers they stand in; beyond the last page, the last."""
    base = points_of(hearings, select()).where(*_conditions(hearings, wanted))
    total: int = session().scalar(base.add_columns(func.count())) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(wanted.page, 1), pages)
    query = (
        points_of(hearings, select(Passage))
        .where(*_conditions(hearings, wanted))
        .options(
            contains_eager(Passage.submission),
            contains_eager(Passage.answer),
        )
        .order_by(*_leading(hearings, wanted), Submission.number, Passage.position, Passage.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return SourcePage(session().scalars(query).all(), total, page, pages)


def get_sources(hearings: Hearings, public_ids: Collection[str]) -> Sequence[Passage]:
    """Passages of the document's own hearings by public id.

    Raises:
        NotFound: One of them is none of those: not there, or somebody else's.
    """
    query = (
        points_of(hearings, select(Passage))
        .where(Passage.public_id.in_(public_ids))
        .options(contains_eager(Passage.submission), contains_eager(Passage.answer))
    )
    found = session().scalars(query).all()
    if len(found) != len(set(public_ids)):
        raise NotFound("passage", ", ".join(sorted(public_ids)))
    return found


def list_points(hearings: Hearings, submission_id: int | None = None) -> tuple[Point, ...]:
    """Every passage of all branches, or of one branch's answer, in the order it was written."""
    columns = select(Passage.id, Passage.public_id, Passage.submission_id, Passage.quote)
    query = points_of(hearings, columns).order_by(Submission.number, Passage.position, Passage.id)
    if submission_id is not None:
        query = query.where(Submission.id == submission_id)
    return tuple(Point(*row) for row in session().execute(query))


def list_branches(hearings: Hearings) -> tuple[Branch, ...]:
    """The branches whose answers there are, in the order they came."""
    query = (
        select(Submission.public_id, Submission.name)
        .where(_counts(hearings))
        .order_by(Submission.number)
    )
    return tuple(Branch(row.public_id, row.name) for row in session().execute(query))


def uses_of_passages(
    hearings: Hearings, passage_ids: Collection[int] | None = None
) -> dict[int, tuple[Use, ...]]:
    """Where each passage, or each of some, stands in the document, in the document's order."""
    query = (
        select(Evidence.passage_id, Part.id, Part.key, Evidence.use)
        .join(Part, Part.id == Evidence.part_id)
        .where(is_standing(hearings.composition_id))
        .order_by(Part.position, Evidence.id)
    )
    if passage_ids is not None:
        query = query.where(Evidence.passage_id.in_(passage_ids))
    found: dict[int, dict[int, Use]] = {}
    for passage_id, part_id, key, use in session().execute(query):
        found.setdefault(passage_id, {}).setdefault(part_id, Use(part_id, key, use))
    return {passage_id: tuple(uses.values()) for passage_id, uses in found.items()}


def reasons_for_leaving_out(
    hearings: Hearings, passage_ids: Collection[int] | None = None
) -> dict[int, LeftOut]:
    """Why passages, or some of them, are left out, by the passage's id."""
    query = select(LeftOut).where(LeftOut.composition_id == hearings.composition_id)
    if passage_ids is not None:
        query = query.where(LeftOut.passage_id.in_(passage_ids))
    return {one.passage_id: one for one in session().scalars(query)}


def reasons_given(hearings: Hearings) -> tuple[str, ...]:
    """The reasons given so far, the most common first: to give the same one again."""
    query = (
        select(LeftOut.reason)
        .where(LeftOut.composition_id == hearings.composition_id)
        .group_by(LeftOut.reason)
        .order_by(func.count().desc(), LeftOut.reason)
        .limit(10)
    )
    return tuple(session().scalars(query))


def stances_of_senders(
    hearings: Hearings, submission_ids: Collection[int], proposal_id: int | None
) -> dict[int, Stance]:
    """Where some answers stand on a proposal of the answered round, as readers have coded it."""
    theirs = [own for own, origin in hearings.proposals.items() if origin == proposal_id]
    if proposal_id is None or not theirs:
        return {}
    query = select(CodedStance.submission_id, CodedStance.value).where(
        CodedStance.submission_id.in_(submission_ids), CodedStance.proposal_id.in_(theirs)
    )
    return {row.submission_id: row.value for row in session().execute(query)}


def _counts(hearings: Hearings) -> ColumnElement[bool]:
    return and_(
        Submission.round_id.in_(hearings.round_ids),
        Submission.status == SubmissionStatus.RECEIVED,
        Submission.deadline_status != DeadlineStatus.LATE_EXCLUDED,
    )


def points_of(hearings: Hearings, query: AnySelect) -> AnySelect:
    """The query over paragraphs and bullets of what the branches say now."""
    return (
        query.select_from(Submission)
        .join(SubmissionVersion, SubmissionVersion.submission_id == Submission.id)
        .join(Passage, Passage.version_id == SubmissionVersion.id)
        .join(Answer, Answer.id == Passage.answer_id)
        .where(_counts(hearings), is_current(), Passage.kind != PassageKind.CHOSEN)
    )


def is_used(hearings: Hearings) -> ColumnElement[bool]:
    """Words of the text rest on it, or a proposal does."""
    used = select(Evidence.passage_id).join(Part, Part.id == Evidence.part_id)
    in_text = Passage.id.in_(used.where(is_standing(hearings.composition_id)))
    return or_(in_text, Passage.id.in_(grounds_of(hearings)))


def grounds_of(hearings: Hearings) -> AnySelect:
    """The passages for and against what the document proposes."""
    return (
        select(Ground.passage_id)
        .join(Recommendation, Recommendation.id == Ground.recommendation_id)
        .join(Part, Part.id == Recommendation.part_id)
        .where(
            Recommendation.composition_id == hearings.composition_id,
            Recommendation.removed_at.is_(None),
            Part.removed_at.is_(None),
            Ground.removed_at.is_(None),
        )
    )


def is_left_out(hearings: Hearings) -> ColumnElement[bool]:
    """Somebody has said why it is not used."""
    left_out = select(LeftOut.passage_id).where(LeftOut.composition_id == hearings.composition_id)
    return Passage.id.in_(left_out)


def _conditions(hearings: Hearings, wanted: SourceFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.part_id is not None:
        found.append(_belongs_to(hearings, wanted.part_id))
    if wanted.state is PointState.USED:
        found.append(is_used(hearings))
    elif wanted.state is PointState.LEFT_OUT:
        found += [is_left_out(hearings), ~is_used(hearings)]
    elif wanted.state is PointState.OPEN:
        found += [~is_left_out(hearings), ~is_used(hearings)]
    if wanted.theme_ids:
        found.append(has_theme(wanted.theme_ids))
    if wanted.branch:
        found.append(Submission.public_id == wanted.branch)
    found += [_takes_stance(hearings, one, wanted.stance_on) for one in _demanded(wanted)]
    if wanted.without:
        found.append(Passage.id.not_in(wanted.without))
    if not (query := parse_query(wanted.words)).is_empty:
        found.append(Passage.id.in_(matching(select(SearchEntry.passage_id), query)))
    return found


def _demanded(wanted: SourceFilter) -> list[tuple[Stance, ...]]:
    """Stances of which a sender must have one."""
    found: list[tuple[Stance, ...]] = []
    if wanted.stance is not None:
        found.append((wanted.stance,))
    if wanted.stances and not wanted.stances_first:
        found.append(wanted.stances)
    return found


def _leading(hearings: Hearings, wanted: SourceFilter) -> list[ColumnElement[int]]:
    """What comes first."""
    if not (wanted.stances and wanted.stances_first):
        return []
    return [case((_takes_stance(hearings, wanted.stances, wanted.stance_on), 0), else_=1)]


def has_theme(theme_ids: Collection[int]) -> ColumnElement[bool]:
    """It has one of some themes, or a part chosen from it has."""
    coded = select(paragraph_id()).join(Coding, Coding.passage_id == Passage.id)
    with_theme = coded.where(Coding.theme_id.in_(theme_ids)).correlate(None)
    return func.coalesce(Passage.copy_of_id, Passage.id).in_(with_theme)


def _belongs_to(hearings: Hearings, part_id: int) -> ColumnElement[bool]:
    if part_id in hearings.themes:
        return has_theme(hearings.themes[part_id])
    places = hearings.places_of(part_id)
    questions = [question for question, _ in places if question is not None]
    proposals = [proposal for _, proposal in places if proposal is not None]
    found: list[ColumnElement[bool]] = [
        Answer.question_id.in_(questions),
        and_(Answer.question_id.is_(None), Answer.proposal_id.in_(proposals)),
    ]
    if (None, None) in places:
        found.append(and_(Answer.question_id.is_(None), Answer.proposal_id.is_(None)))
    return or_(*found)


def _takes_stance(
    hearings: Hearings, stances: Collection[Stance], proposal_id: int | None
) -> ColumnElement[bool]:
    """A reader has found one of the stances in the answer, or the sender has ticked it here."""
    theirs = [
        own
        for own, origin in hearings.proposals.items()
        if proposal_id is None or origin == proposal_id
    ]
    coded = exists().where(
        CodedStance.submission_id == Submission.id,
        CodedStance.proposal_id.in_(theirs),
        CodedStance.value.in_(stances),
    )
    return or_(coded, Answer.stance.in_(stances))
