"""Finding what a programme's groups have sent, and what was made of it.

Whatever is asked for the steering group is read from what was sent; nothing here follows a group
into its own round. Only :func:`gather_inputs` reads there, for the group itself when it sends.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from consult.db import get_one, session
from consult.domain.coding.models import Coding, Passage
from consult.domain.coding.queries.themes import get_theme
from consult.domain.composing.models import Evidence, Ground, Part, Recommendation
from consult.domain.composing.printable import Printable, find_printable
from consult.domain.composing.queries import find_composition
from consult.domain.composing.types import CompositionKind, EvidenceUse
from consult.domain.programmes.beneath import Beneath
from consult.domain.programmes.models import (
    GroupQuestion,
    SentReport,
    ThemeComparison,
    WorkingGroup,
)
from consult.domain.programmes.types import Input, Piece, Verdict
from consult.domain.rounds.models import Round
from consult.domain.rounds.queries import get_invitation, get_round
from consult.domain.rounds.rules import effective_status
from consult.domain.rounds.types import RoundStatus, RoundType
from consult.domain.submissions.models import Answer, Submission, SubmissionVersion
from consult.domain.submissions.types import SubmissionStatus
from consult.kernel.errors import NotFound

if TYPE_CHECKING:
    from consult.domain.coding.models import Theme
    from consult.domain.composing.models import Composition
    from consult.domain.responses.listing import Concern
    from consult.domain.rounds.models import Invitation


def get_programme(round_slug: str) -> Round:
    """A programme by its short name. Raises ``NotFound``, also for rounds of other kinds."""
    return _as_programme(get_round(round_slug))


def get_asked_group(round_slug: str, invitation_id: str) -> "Invitation":
    """A group that was asked to take part in a programme. Raises ``NotFound``."""
    invitation = get_invitation(round_slug, invitation_id)
    _as_programme(invitation.round)
    return invitation


def get_compared_theme(round_slug: str, theme_key: str) -> "Theme":
    """A theme of a programme's codebook. Raises ``NotFound``."""
    theme = get_theme(round_slug, theme_key)
    _as_programme(theme.round)
    return theme


def _as_programme(round_: Round) -> Round:
    if round_.type is not RoundType.PROGRAMME:
        raise NotFound("programme", round_.slug)
    return round_


def find_group(round_id: int, organisation_id: int) -> WorkingGroup | None:
    """A group of a programme, once the steering group knows anything of it."""
    query = select(WorkingGroup).where(
        WorkingGroup.round_id == round_id, WorkingGroup.organisation_id == organisation_id
    )
    return session().scalars(query).one_or_none()


def list_groups(round_id: int) -> Sequence[WorkingGroup]:
    """What is known of a programme's groups, with what they sent; a fixed number of queries."""
    query = (
        select(WorkingGroup)
        .where(WorkingGroup.round_id == round_id)
        .options(
            joinedload(WorkingGroup.organisation),
            joinedload(WorkingGroup.submission),
            selectinload(WorkingGroup.reports),
            selectinload(WorkingGroup.questions),
        )
        .order_by(WorkingGroup.id)
    )
    return session().scalars(query).all()


def get_sent_group(round_slug: str, group_id: str) -> WorkingGroup:
    """A group that has sent something. Raises ``NotFound`` for all others."""
    query = (
        select(WorkingGroup)
        .join(Round, Round.id == WorkingGroup.round_id)
        .where(
            Round.slug == round_slug,
            WorkingGroup.public_id == group_id,
            WorkingGroup.submission_id.is_not(None),
        )
    )
    return get_one(query, "group", group_id)


def get_group_question(round_slug: str, question_id: str) -> GroupQuestion:
    """A question that a group has handed back. Raises ``NotFound``."""
    query = (
        select(GroupQuestion)
        .join(WorkingGroup, WorkingGroup.id == GroupQuestion.group_id)
        .join(Round, Round.id == WorkingGroup.round_id)
        .where(Round.slug == round_slug, GroupQuestion.public_id == question_id)
    )
    return get_one(query, "question", question_id)


def list_group_questions(round_id: int) -> Sequence[GroupQuestion]:
    """Every question that a programme's groups ask, group by group."""
    query = (
        select(GroupQuestion)
        .join(WorkingGroup, WorkingGroup.id == GroupQuestion.group_id)
        .where(WorkingGroup.round_id == round_id)
        .options(joinedload(GroupQuestion.group).joinedload(WorkingGroup.organisation))
        .order_by(WorkingGroup.id, GroupQuestion.number)
    )
    return session().scalars(query).all()


def find_sub_report(concern: "Concern") -> "Composition | None":
    """The report of a group on its own round, as far as it is written."""
    if concern.hearing is None:
        return None
    return find_composition(concern.organisation.id, concern.hearing.id, CompositionKind.REPORT)


def is_taking(concern: "Concern", *, now: datetime) -> bool:
    """Whether the programme takes the group's sub-report: in time, or to supplement it."""
    round_ = concern.round
    status = effective_status(
        round_.status, opens_at=round_.opens_at, closes_at=concern.closes_at, now=now
    )
    if status is RoundStatus.OPEN:
        return True
    group = find_group(round_.id, concern.organisation.id)
    latest = group.latest if group is not None else None
    return latest is not None and latest.verdict is Verdict.SUPPLEMENT


@dataclass(frozen=True, slots=True)
class Finding:
    """A passage of a sub-report that has a theme."""

    passage: Passage
    group: WorkingGroup
    theme_id: int


def list_findings(round_id: int, *, theme_id: int | None = None) -> list[Finding]:
    """The coded passages of the sub-reports as they stand, by theme; of one theme if given."""
    query = (
        select(Passage, WorkingGroup, Coding.theme_id)
        .join(Coding, Coding.passage_id == Passage.id)
        .join(WorkingGroup, WorkingGroup.submission_id == Passage.submission_id)
        .join(Submission, Submission.id == Passage.submission_id)
        .join(SubmissionVersion, SubmissionVersion.id == Passage.version_id)
        .where(
            WorkingGroup.round_id == round_id,
            Submission.status == SubmissionStatus.RECEIVED,
            SubmissionVersion.number == Submission.current_version_number,
        )
        .options(joinedload(Passage.answer), joinedload(Passage.submission))
        .order_by(Coding.theme_id, WorkingGroup.id, Passage.position, Passage.id)
    )
    if theme_id is not None:
        query = query.where(Coding.theme_id == theme_id)
    return [Finding(*row) for row in session().execute(query)]


def comparisons_of(round_id: int) -> dict[int, ThemeComparison]:
    """What was found about each theme, by the theme's id."""
    query = select(ThemeComparison).where(ThemeComparison.round_id == round_id)
    return {one.theme_id: one for one in session().scalars(query)}


def beneath_passages(passage_ids: Collection[int]) -> dict[int, Beneath]:
    """What passages of sub-reports rest on, by the passages' ids; nothing for other passages."""
    if not passage_ids:
        return {}
    query = (
        select(Passage.id, Answer.position, SentReport, Submission.name)
        .join(Answer, Answer.id == Passage.answer_id)
        .join(SentReport, SentReport.version_id == Passage.version_id)
        .join(Submission, Submission.id == Passage.submission_id)
        .where(Passage.id.in_(passage_ids))
    )
    found: dict[int, Beneath] = {}
    pieces: dict[int, tuple[Piece, ...]] = {}
    for passage_id, position, sent, name in session().execute(query):
        if sent.id not in pieces:
            pieces[sent.id] = sent.sent_up.pieces
        if position < len(pieces[sent.id]) and pieces[sent.id][position].total:
            found[passage_id] = Beneath(name, pieces[sent.id][position])
    return found


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a report rests on in its own round, as far as it may be passed on.

    Attributes:
        evidence: By the mark's id: the input, or the number of its answer where it may not be
            printed.
        passages: The same by the passage's public id.
        answers: How many answers count.
        held: Whether words are quoted that may not be.
    """

    evidence: Mapping[str, Input | int]
    passages: Mapping[str, Input | int]
    answers: int
    held: bool


def gather_inputs(composition: "Composition") -> Gathered:
    """The inputs behind a report, read by its writers when they send it."""
    resting = (
        session()
        .execute(
            select(Evidence.public_id, Evidence.use, Passage)
            .join(Part, Part.id == Evidence.part_id)
            .join(Passage, Passage.id == Evidence.passage_id)
            .where(
                Part.composition_id == composition.id,
                Part.removed_at.is_(None),
                Evidence.removed_at.is_(None),
            )
            .options(joinedload(Passage.submission))
        )
        .all()
    )
    grounds = (
        select(Passage)
        .join(Ground, Ground.passage_id == Passage.id)
        .join(Recommendation, Recommendation.id == Ground.recommendation_id)
        .where(Recommendation.composition_id == composition.id, Ground.removed_at.is_(None))
        .options(joinedload(Passage.submission))
    )
    passages = {one.id: one for one in session().scalars(grounds)}
    passages |= {row.Passage.id: row.Passage for row in resting}
    told = find_printable(composition, list(passages.values()))
    inputs = {key: _input(one, told[key]) for key, one in passages.items() if _counts(one)}
    return Gathered(
        evidence={
            row.public_id: inputs[row.Passage.id] for row in resting if row.Passage.id in inputs
        },
        passages={one.public_id: inputs[key] for key, one in passages.items() if key in inputs},
        answers=_count_answers(composition.round_id),
        held=any(
            row.use is EvidenceUse.QUOTED and told[row.Passage.id].barrier is not None
            for row in resting
        ),
    )


def _count_answers(round_id: int) -> int:
    query = select(func.count(Submission.id)).where(
        Submission.round_id == round_id, Submission.status == SubmissionStatus.RECEIVED
    )
    return session().scalar(query) or 0


def _counts(passage: Passage) -> bool:
    """Whether the answer still stands."""
    return passage.submission.status is SubmissionStatus.RECEIVED


def _input(passage: Passage, told: Printable) -> Input | int:
    if told.barrier is not None:
        return passage.submission.number
    return Input(passage.submission.number, told.sender, passage.quote, passage.submission.language)
