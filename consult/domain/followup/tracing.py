"""From a measure back to what was said: proposal, passage, answer, and the question as it was."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consult.db import session
from consult.domain.coding.models import Passage
from consult.domain.composing.frozen import unfreeze
from consult.domain.composing.types import FrozenRecommendation, Side
from consult.domain.disclosure.queries import publishable_versions
from consult.domain.disclosure.quoting import Quotable, quotable_in_round
from consult.domain.rounds.models import Question
from consult.domain.submissions.models import Answer

if TYPE_CHECKING:
    from consult.domain.followup.models import Measure


@dataclass(frozen=True, slots=True)
class TracedGround:
    """A passage that a proposal was weighed by, as the approved report has it.

    Attributes:
        reason: Why it is for or against, in the words of the report.
        quote: The passage's words when the report was approved.
    """

    passage: Passage
    side: Side
    reason: str
    quote: str

    @property
    def asked(self) -> Mapping[str, str] | None:
        """The question in the wording that was answered, by language; ``None`` for other parts."""
        answer = self.passage.answer
        return answer.question.as_worded(answer.wording).text if answer.question else None

    @property
    def is_former_wording(self) -> bool:
        """Whether the question has been worded differently since it was answered."""
        answer = self.passage.answer
        return answer.question is not None and answer.wording < answer.question.wording

    @property
    def received_at(self) -> datetime:
        """When the version came in which the passage stands."""
        return self.passage.version.received_at or self.passage.submission.received_at


@dataclass(frozen=True, slots=True)
class Trace:
    """What a measure rests on.

    Attributes:
        proposal: The record in the approved report.
        withheld: How many grounds there are that are not in ``grounds``.
    """

    proposal: FrozenRecommendation
    grounds: Sequence[TracedGround]
    withheld: int = 0


def trace(measure: "Measure") -> Trace:
    """All that a measure rests on, for its owner's desk."""
    proposal = proposal_of(measure)
    passages = _passages([one.passage for one in proposal.grounds])
    found = [
        TracedGround(passages[one.passage], one.side, one.reason, one.quote)
        for one in proposal.grounds
        if one.passage in passages
    ]
    return Trace(proposal, found, withheld=len(proposal.grounds) - len(found))


def published_part(whole: Trace, *, open_rounds: Collection[int]) -> Trace:
    """What everybody may read of what a measure rests on.

    A passage is shown while its version is the published one of its answer; what was taken out of
    that since is not in ``quote``.

    Args:
        whole: All that it rests on.
        open_rounds: Ids of the rounds whose published answers the reader may see.
    """
    rounds = {one.passage.round_id for one in whole.grounds} & set(open_rounds)
    shown = {one: frozenset(session().scalars(publishable_versions(one))) for one in rounds}
    quotable = {one: quotable_in_round(one) for one in rounds}
    grounds = [
        _as_published(one, quotable[one.passage.round_id])
        for one in whole.grounds
        if one.passage.version_id in shown.get(one.passage.round_id, ())
    ]
    withheld = len(whole.proposal.grounds) - len(grounds)
    return Trace(whole.proposal, grounds, withheld=withheld)


def proposal_of(measure: "Measure") -> FrozenRecommendation:
    """The record that a measure is, as the approved report has it."""
    recommendations = unfreeze(measure.version.content).recommendations
    return next(one for one in recommendations if one.key == measure.key)


def _as_published(ground: TracedGround, quotable: Quotable) -> TracedGround:
    passage = ground.passage
    words = quotable.words(
        passage.quote, version_id=passage.version_id, start=passage.start, end=passage.end
    )
    return TracedGround(passage, ground.side, ground.reason, words)


def _passages(public_ids: Collection[str]) -> Mapping[str, Passage]:
    answer = joinedload(Passage.answer)
    query = (
        select(Passage)
        .where(Passage.public_id.in_(public_ids))
        .options(
            joinedload(Passage.round),
            joinedload(Passage.submission),
            joinedload(Passage.version),
            answer.joinedload(Answer.question).selectinload(Question.former_wordings),
        )
    )
    return {one.public_id: one for one in session().scalars(query)}
