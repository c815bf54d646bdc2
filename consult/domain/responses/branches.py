"""The branches that have answered an internal hearing, and what each is told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consult.db import session
from consult.domain.coding.models import Passage
from consult.domain.composing.models import Composition, Part
from consult.domain.composing.queries import find_composition, list_parts
from consult.domain.composing.sources import (
    Hearings,
    Point,
    Use,
    find_hearings,
    list_points,
    reasons_for_leaving_out,
    uses_of_passages,
)
from consult.domain.composing.types import PointCount, PointState
from consult.domain.responses.feedback import (
    FeedbackState,
    PartAbout,
    PlaceOfUse,
    SentText,
    Told,
    ToldPoint,
    count_told,
    state_of,
    texts_of_parts,
)
from consult.domain.responses.models import BranchFeedback, ResponseCase
from consult.domain.submissions.models import Submission
from consult.domain.submissions.queries import get_sent_answers
from consult.domain.submissions.types import DeadlineStatus, SubmissionStatus
from consult.kernel.errors import NotFound
from consult.kernel.text.plain import excerpt

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation

_HEADING = 120
"""Characters of what a part is called."""


@dataclass(frozen=True, slots=True)
class BranchAnswer:
    """A branch's answer to our internal hearing, and what the branch is told about it.

    Attributes:
        told: What it would be told if it were sent now.
        quotes: The branch's words, by the passage's public id.
    """

    submission: Submission
    feedback: BranchFeedback | None
    told: Told
    quotes: dict[str, str]

    @property
    def count(self) -> PointCount:
        """What has become of its points."""
        return count_told(self.told.points)

    @property
    def state(self) -> FeedbackState:
        """Whether the branch knows all this."""
        sent = self.feedback.sent if self.feedback is not None else None
        return state_of(self.told, Told.from_json(sent) if sent is not None else None)

    @property
    def can_be_told(self) -> bool:
        """Whether it is a body in the register: only a role in it opens the answer's page."""
        return self.submission.organisation_id is not None


@dataclass(frozen=True, slots=True)
class SentFeedback:
    """What a branch has been told about its answer.

    Attributes:
        sender: Who heard it.
        quotes: Its own words, by the passage's public id.
        texts: What the response says in each part, by the part's key; empty until it is sent.
        texts_language: The response's language.
    """

    sender: "Organisation"
    sent_at: datetime
    told: Told
    quotes: dict[str, str]
    texts: dict[str, str]
    texts_language: str


def list_branch_answers(case: ResponseCase, composition: Composition) -> list[BranchAnswer]:
    """Every branch that has answered, in the order the answers came; a fixed number of queries."""
    parts = list_parts(composition.id)
    hearings = find_hearings(composition, parts)
    return _branch_answers(case, composition, parts, hearings, _answers(hearings))


def get_branch_answer(case: ResponseCase, composition: Composition, public_id: str) -> BranchAnswer:
    """One of them by the answer's public id. Raises ``NotFound``: not there, or not to us."""
    parts = list_parts(composition.id)
    hearings = find_hearings(composition, parts)
    found = [one for one in _answers(hearings) if one.public_id == public_id]
    if not found:
        raise NotFound("answer", public_id)
    return _branch_answers(case, composition, parts, hearings, found)[0]


def find_sent_feedback(submission: Submission) -> SentFeedback | None:
    """What the sender of an answer has been told about it, if anything; the answer still counts."""
    if submission.status is not SubmissionStatus.RECEIVED:
        return None
    query = (
        select(BranchFeedback)
        .where(BranchFeedback.submission_id == submission.id, BranchFeedback.sent_at.is_not(None))
        .options(
            joinedload(BranchFeedback.case).joinedload(ResponseCase.organisation),
            joinedload(BranchFeedback.case).joinedload(ResponseCase.submission),
        )
    )
    found = session().scalars(query).one_or_none()
    if found is None or found.sent is None or found.sent_at is None:
        return None
    told = Told.from_json(found.sent)
    return SentFeedback(
        sender=found.case.organisation,
        sent_at=found.sent_at,
        told=told,
        quotes=_quotes_of(submission, told),
        texts=_texts(found.case),
        texts_language=found.case.submission.language if found.case.submission else told.language,
    )


def has_feedback(submission: Submission) -> bool:
    """Whether the sender of an answer has been told where its points went."""
    query = select(BranchFeedback.id).where(
        BranchFeedback.submission_id == submission.id, BranchFeedback.sent_at.is_not(None)
    )
    is_received = submission.status is SubmissionStatus.RECEIVED
    return is_received and session().scalars(query).first() is not None


def _answers(hearings: Hearings) -> Sequence[Submission]:
    query = (
        select(Submission)
        .where(
            Submission.round_id.in_(hearings.round_ids),
            Submission.status == SubmissionStatus.RECEIVED,
            Submission.deadline_status != DeadlineStatus.LATE_EXCLUDED,
        )
        .options(joinedload(Submission.organisation))
        .order_by(Submission.number, Submission.id)
    )
    return session().scalars(query).all()


def _branch_answers(
    case: ResponseCase,
    composition: Composition,
    parts: Sequence[Part],
    hearings: Hearings,
    submissions: Sequence[Submission],
) -> list[BranchAnswer]:
    only = submissions[0].id if len(submissions) == 1 else None
    points: dict[int, list[Point]] = {}
    for point in list_points(hearings, only):
        points.setdefault(point.submission_id, []).append(point)
    names = {part.key: _name_of(part, composition.language) for part in parts}
    uses = uses_of_passages(hearings)
    reasons = {key: one.reason for key, one in reasons_for_leaving_out(hearings).items()}
    written = _written(case, submissions)
    return [
        BranchAnswer(
            submission=one,
            feedback=written.get(one.id),
            told=Told(
                text=written[one.id].text if one.id in written else "",
                language=composition.language,
                points=tuple(
                    _told(point, uses.get(point.id, ()), reasons.get(point.id), names)
                    for point in points.get(one.id, ())
                ),
            ),
            quotes={point.public_id: point.quote for point in points.get(one.id, ())},
        )
        for one in submissions
    ]


def _told(
    point: Point, uses: Iterable[Use], reason: str | None, names: dict[str, dict[str, str]]
) -> ToldPoint:
    places = tuple(PlaceOfUse(use.part_key, use.use, names[use.part_key]) for use in uses)
    if places:
        return ToldPoint(point.public_id, PointState.USED, places)
    if reason is not None:
        return ToldPoint(point.public_id, PointState.LEFT_OUT, reason=reason)
    return ToldPoint(point.public_id, PointState.OPEN)


def _name_of(part: Part, language: str) -> dict[str, str]:
    """What a part is called, by language: its own heading, or what it is about."""
    if part.heading:
        return {language: excerpt(part.heading, _HEADING)}
    if part.question is not None:
        number, texts = f"{part.question.position}.", part.question.text
    elif part.proposal is not None:
        number, texts = part.proposal.key, part.proposal.title
    else:
        return {}
    return {code: f"{number} {excerpt(text, _HEADING)}" for code, text in texts.items() if text}


def _written(case: ResponseCase, submissions: Sequence[Submission]) -> dict[int, BranchFeedback]:
    query = select(BranchFeedback).where(
        BranchFeedback.case_id == case.id,
        BranchFeedback.submission_id.in_([one.id for one in submissions]),
    )
    return {one.submission_id: one for one in session().scalars(query)}


def _quotes_of(submission: Submission, told: Told) -> dict[str, str]:
    """The branch's own words: passages of no other answer, whatever was kept."""
    query = select(Passage.public_id, Passage.quote).where(
        Passage.submission_id == submission.id,
        Passage.public_id.in_([point.passage for point in told.points]),
    )
    return {row.public_id: row.quote for row in session().execute(query)}


def _texts(case: ResponseCase) -> dict[str, str]:
    """What our response says, once it has been sent and as long as it stands."""
    sent = case.submission
    composition = find_composition(case.organisation_id, case.round_id)
    if sent is None or sent.status is not SubmissionStatus.RECEIVED or composition is None:
        return {}
    parts = [
        PartAbout(part.key, part.question_id, part.proposal_id, part.heading)
        for part in list_parts(composition.id)
    ]
    texts = [
        SentText(one.text, one.question_id, one.proposal_id, one.source_heading or "")
        for one in get_sent_answers(sent)
    ]
    return texts_of_parts(parts, texts)
