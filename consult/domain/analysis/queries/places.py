"""Where a theme is spoken of: how many passages of which answers, under which proposals.

Thousands of passages may have a theme. They are counted by the database, from the indexes of the
codings alone; only those that repeat another answer are read one by one, for they count as that.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from consult.db import session
from consult.domain.coding.models import Coding, Passage
from consult.domain.coding.queries.scope import counts, has_copies, is_current, stands_alone
from consult.domain.coding.types import PassageKind
from consult.domain.rounds.models import Question
from consult.domain.submissions.models import Answer, Submission, SubmissionVersion


class Told(NamedTuple):
    """Passages that an answer has on the themes under one of its questions or proposals.

    Attributes:
        submission_id: The answer.
        proposal_id: What it is about, if a proposal.
        passages: Paragraphs and bullets.
        rows: The same, and each part that was chosen from one.
    """

    submission_id: int
    proposal_id: int | None
    passages: int
    rows: int


class Repeated(NamedTuple):
    """A passage that repeats one on the themes.

    Attributes:
        origin_id: What it repeats.
        origin_answer_id: The answer in which that stands; ``None`` where only some passages are
            asked for, and that is not among them.
    """

    submission_id: int
    proposal_id: int | None
    origin_id: int
    origin_answer_id: int | None


@dataclass(frozen=True, slots=True)
class Places:
    """Where some themes are spoken of."""

    told: Sequence[Told]
    repeated: Sequence[Repeated]

    @property
    def answers(self) -> AbstractSet[int]:
        """The ids of the answers."""
        return {one.submission_id for one in self.told} | {
            one.submission_id for one in self.repeated
        }

    @property
    def rows(self) -> Mapping[int, int]:
        """How many passages a list has of each answer, by its id."""
        found = Counter[int]()
        for one in self.told:
            found[one.submission_id] += one.rows
        found.update(one.submission_id for one in self.repeated)
        return found

    @property
    def passages(self) -> int:
        """How many different passages there are: what repeats one of them is no other."""
        told = {one.submission_id for one in self.told}
        apart = {one.origin_id for one in self.repeated if one.origin_answer_id not in told}
        return sum(one.passages for one in self.told) + len(apart)

    def of(self, submission_ids: Collection[int]) -> "Places":
        """Those in some of the answers."""
        return Places(
            [one for one in self.told if one.submission_id in submission_ids],
            [one for one in self.repeated if one.submission_id in submission_ids],
        )

    def speaking_of_proposals(self) -> Mapping[int, AbstractSet[int]]:
        """The answers that speak of the themes under a proposal, by its id."""
        found: dict[int, set[int]] = defaultdict(set)
        of_both = [(one.proposal_id, one.submission_id) for one in self.told]
        of_both += [(one.proposal_id, one.submission_id) for one in self.repeated]
        for proposal_id, submission_id in of_both:
            if proposal_id is not None:
                found[proposal_id].add(submission_id)
        return found


_PROPOSAL_ID = func.coalesce(Answer.proposal_id, Question.proposal_id)


def find_places(
    round_id: int, theme_ids: Collection[int], *, only: Collection[int] | None = None
) -> Places:
    """Where any of the themes is spoken of in the answers that count; ``only`` some passages."""
    told = (
        select(
            SubmissionVersion.submission_id,
            Coding.answer_id,
            func.count(Coding.paragraph_id.distinct()).label("passages"),
            func.count(Coding.passage_id.distinct()).label("rows"),
        )
        .select_from(Coding)
        .join(SubmissionVersion, Coding.version_id == SubmissionVersion.id)
        .join(Submission, SubmissionVersion.submission_id == Submission.id)
        .where(
            Coding.theme_id.in_(theme_ids),
            counts(round_id),
            is_current(),
            stands_alone(round_id),
            *([] if only is None else [Coding.passage_id.in_(only)]),
        )
        .group_by(SubmissionVersion.submission_id, Coding.answer_id)
        .subquery("told")
    )
    query = (
        select(told.c.submission_id, _PROPOSAL_ID, told.c.passages, told.c.rows)
        .join(Answer, Answer.id == told.c.answer_id)
        .outerjoin(Question, Answer.question_id == Question.id)
    )
    found = [Told(*row) for row in session().execute(query)]
    return Places(found, _find_repeated(round_id, theme_ids, only))


def _find_repeated(
    round_id: int, theme_ids: Collection[int], only: Collection[int] | None
) -> Sequence[Repeated]:
    if not has_copies(round_id):
        return []
    origin = aliased(Passage)
    has_theme = select(Coding.paragraph_id).where(Coding.theme_id.in_(theme_ids))
    query = (
        select(Passage.submission_id, _PROPOSAL_ID, origin.id, origin.submission_id)
        .join(origin, Passage.copy_of_id == origin.id)
        .join(SubmissionVersion, Passage.version_id == SubmissionVersion.id)
        .join(Submission, Passage.submission_id == Submission.id)
        .join(Answer, Passage.answer_id == Answer.id)
        .outerjoin(Question, Answer.question_id == Question.id)
        .where(
            Passage.round_id == round_id,
            Passage.kind != PassageKind.CHOSEN,
            Passage.copy_of_id.in_(has_theme),
            counts(round_id),
            is_current(),
            *([] if only is None else [Passage.id.in_(only)]),
        )
    )
    found = [Repeated(*row) for row in session().execute(query)]
    if only is None:
        return found
    return [one if one.origin_id in only else one._replace(origin_answer_id=None) for one in found]
