"""Which passages on a theme speak for or against a proposal: those with a stance of their own.

The rule is that of the summary (ADR 15): a reader found the stance in that very passage, or nobody
pointed one out and the passage is all that the answer says about the proposal.
"""

from collections import defaultdict
from collections.abc import Collection
from enum import StrEnum

from sqlalchemy import func, select

from consult.db import session
from consult.domain.analysis.queries.positions import find_positions
from consult.domain.analysis.rules import FOR, NEUTRAL
from consult.domain.coding.models import CodedStance, Coding, Passage
from consult.domain.coding.queries.scope import counted_as, counts, is_current
from consult.domain.rounds.models import Question
from consult.domain.submissions.models import Answer, Submission, SubmissionVersion
from consult.domain.submissions.types import Stance, Voice
from consult.kernel.i18n import N_


class Side(StrEnum):
    """What a passage does with what it is about."""

    FOR = "for"
    AGAINST = "against"
    NEITHER = "neither"


SIDE_LABELS: dict[Side, str] = {
    Side.FOR: N_("For"),
    Side.AGAINST: N_("With objections"),
    Side.NEITHER: N_("Without a stance of its own"),
}


def sides_on(round_id: int, theme_ids: Collection[int]) -> dict[int, Side]:
    """The side of each passage that has one of the themes itself, by the passage's id.

    One that is for one proposal and against another is neither, and so is a minority's.
    """
    about = func.coalesce(Answer.proposal_id, Question.proposal_id)
    query = (
        select(Passage.id, counted_as(), Passage.submission_id, about, Answer.voice)
        .join(Answer, Passage.answer_id == Answer.id)
        .outerjoin(Question, Answer.question_id == Question.id)
        .join(SubmissionVersion, Passage.version_id == SubmissionVersion.id)
        .join(Submission, Passage.submission_id == Submission.id)
        .where(
            counts(round_id),
            is_current(),
            Passage.id.in_(select(Coding.passage_id).where(Coding.theme_id.in_(theme_ids))),
        )
    )
    rows = session().execute(query).all()
    submission_ids = {row[2] for row in rows}
    positions = find_positions(round_id, submission_ids=submission_ids)
    read_in = _read_in(submission_ids)
    pointed_out = {place for places in read_in.values() for place in places}
    alone = _said_once(submission_ids)
    found: dict[int, Side] = {}
    for passage_id, paragraph_id, submission_id, proposal_id, voice in rows:
        stances = [positions[place].value for place in read_in.get(passage_id, ())]
        place = (submission_id, proposal_id)
        is_all = place in positions and place not in pointed_out and place in alone
        if is_all and passage_id == paragraph_id:
            stances.append(positions[place].value)
        sides = {_side_of(stance) for stance in stances if voice is not Voice.MINORITY}
        found[passage_id] = sides.pop() if len(sides) == 1 else Side.NEITHER
    return found


def _read_in(submission_ids: Collection[int]) -> dict[int, list[tuple[int, int]]]:
    """The answers and proposals whose stance a reader found in a passage, by that passage."""
    query = select(
        CodedStance.passage_id, CodedStance.submission_id, CodedStance.proposal_id
    ).where(CodedStance.submission_id.in_(submission_ids), CodedStance.passage_id.is_not(None))
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for passage_id, submission_id, proposal_id in session().execute(query):
        if passage_id is not None:
            found[passage_id].append((submission_id, proposal_id))
    return found


def _said_once(submission_ids: Collection[int]) -> frozenset[tuple[int, int]]:
    """The answers, with proposals, that say one thing only about the proposal."""
    about = func.coalesce(Answer.proposal_id, Question.proposal_id)
    query = (
        select(Passage.submission_id, about)
        .join(Answer, Passage.answer_id == Answer.id)
        .outerjoin(Question, Answer.question_id == Question.id)
        .join(SubmissionVersion, Passage.version_id == SubmissionVersion.id)
        .join(Submission, Passage.submission_id == Submission.id)
        .where(Passage.submission_id.in_(submission_ids), is_current(), about.is_not(None))
        .group_by(Passage.submission_id, about)
        .having(func.count(counted_as().distinct()) == 1)
    )
    return frozenset((row[0], row[1]) for row in session().execute(query))


def _side_of(stance: Stance) -> Side:
    if stance in FOR:
        return Side.FOR
    return Side.NEITHER if stance in NEUTRAL else Side.AGAINST
