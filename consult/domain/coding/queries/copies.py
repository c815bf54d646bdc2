"""Finding answers that repeat one another, and what was decided about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased, joinedload

from consult.db import get_one, session
from consult.domain.coding.clusters import MemberState
from consult.domain.coding.copies import SHORTEST, Marked, Proposed, propose_copies
from consult.domain.coding.models import ClusterMember, Passage, TextCopy
from consult.domain.coding.queries.scope import counts, is_current
from consult.domain.coding.types import PassageKind
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.models import Round
from consult.domain.submissions.models import Submission, SubmissionVersion

_BODIES = tuple(kind for kind in ActorType if kind.is_organisation)


@dataclass(frozen=True, slots=True)
class FoundCopy:
    """Two answers that share paragraphs, and nobody has decided about them.

    ``quotes`` are the paragraphs, as they stand in the later one.
    """

    copy: Submission
    first: Submission
    found: Proposed
    quotes: tuple[str, ...]


def find_copies(round_id: int) -> list[FoundCopy]:
    """Answers of bodies that seem to repeat an earlier one, without those that are decided on.

    Persons are left out: many who send the same words are a campaign, which is described and not
    taken apart. So are answers that say nearly the same as a whole: they stand in a cluster.
    """
    decided = {(one.copy.number, one.first.number) for one in list_decided(round_id)}
    cluster_of = _clusters_by_number(round_id)
    proposed = [
        one
        for one in propose_copies(_shared_marks(round_id))
        if (one.copy, one.first) not in decided
        and (one.copy not in cluster_of or cluster_of[one.copy] != cluster_of.get(one.first))
    ]
    numbers = {number for one in proposed for number in (one.copy, one.first)}
    query = select(Submission).where(
        Submission.round_id == round_id, Submission.number.in_(numbers)
    )
    by_number = {one.number: one for one in session().scalars(query)} if numbers else {}
    ids = [passage_id for one in proposed for passage_id in one.passages]
    rows = session().execute(select(Passage.id, Passage.quote).where(Passage.id.in_(ids)))
    quotes = {row.id: row.quote for row in rows}
    return [
        FoundCopy(
            by_number[one.copy],
            by_number[one.first],
            one,
            tuple(quotes[passage_id] for passage_id in one.passages),
        )
        for one in proposed
    ]


def _clusters_by_number(round_id: int) -> dict[int, int]:
    query = (
        select(Submission.number, ClusterMember.cluster_id)
        .join(Submission, ClusterMember.submission_id == Submission.id)
        .where(Submission.round_id == round_id, ClusterMember.state != MemberState.OUT)
    )
    return {row.number: row.cluster_id for row in session().execute(query)}


def _shared_marks(round_id: int) -> list[Marked]:
    """The paragraphs of every answer that holds one which stands in another answer too."""
    shared = (
        _marked(select(Passage.fingerprint), round_id)
        .where(func.length(Passage.quote) >= SHORTEST)
        .group_by(Passage.fingerprint)
        .having(func.count(Passage.submission_id.distinct()) > 1)
    )
    holding = select(Passage.submission_id).where(
        Passage.round_id == round_id, Passage.fingerprint.in_(shared)
    )
    query = _marked(_MARK, round_id).where(Passage.submission_id.in_(holding))
    query = query.order_by(Submission.number, Passage.position, Passage.id)
    return [Marked(*row) for row in session().execute(query)]


_MARK = select(Passage.id, Submission.number, Passage.fingerprint, func.length(Passage.quote))


def _marked(query: Select[*tuple[Any, ...]], round_id: int) -> Select[*tuple[Any, ...]]:
    """The query over the paragraphs of bodies' answers that count."""
    return (
        query.select_from(Passage)
        .join(SubmissionVersion, Passage.version_id == SubmissionVersion.id)
        .join(Submission, Passage.submission_id == Submission.id)
        .where(
            Passage.round_id == round_id,
            Passage.kind != PassageKind.CHOSEN,
            Passage.fingerprint.is_not(None),
            Submission.actor_type.in_(_BODIES),
            counts(round_id),
            is_current(),
        )
    )


def marks_of(submission: Submission) -> list[Marked]:
    """The paragraphs of an answer as it stands, in the order of the text."""
    query = (
        _MARK.join(SubmissionVersion, Passage.version_id == SubmissionVersion.id)
        .join(Submission, Passage.submission_id == Submission.id)
        .where(
            Passage.submission_id == submission.id,
            Passage.kind != PassageKind.CHOSEN,
            Passage.fingerprint.is_not(None),
            is_current(),
        )
        .order_by(Passage.position)
    )
    return [Marked(*row) for row in session().execute(query)]


def list_decided(round_id: int) -> Sequence[TextCopy]:
    """What holds about answers that share paragraphs, by the number of the later one."""
    query = (
        select(TextCopy)
        .join(TextCopy.copy)
        .where(TextCopy.round_id == round_id, TextCopy.taken_back_at.is_(None))
        .options(joinedload(TextCopy.copy), joinedload(TextCopy.first))
        .order_by(Submission.number, TextCopy.id)
    )
    return session().scalars(query).all()


def copies_about(submission: Submission) -> Sequence[TextCopy]:
    """The copies that an answer is part of, as the later or as the earlier one."""
    return [
        one
        for one in list_decided(submission.round_id)
        if one.is_copy and submission.id in (one.copy_id, one.first_id)
    ]


def find_copies_about(submission: Submission) -> Sequence[Submission]:
    """Other bodies' answers that share a telling paragraph with one, and are not decided on."""
    if not submission.actor_type.is_organisation:
        return ()
    own = [one.fingerprint for one in marks_of(submission) if one.length >= SHORTEST]
    decided = {
        one.first_id if one.copy_id == submission.id else one.copy_id
        for one in list_decided(submission.round_id)
        if submission.id in (one.copy_id, one.first_id)
    }
    sharing = _marked(select(Passage.submission_id), submission.round_id).where(
        Passage.fingerprint.in_(own),
        Passage.submission_id.not_in({submission.id, *decided}),
        Passage.submission_id.not_in(_with_it_in_a_cluster(submission.id)),
    )
    query = select(Submission).where(Submission.id.in_(sharing)).order_by(Submission.number)
    return session().scalars(query).all() if own else ()


def _with_it_in_a_cluster(submission_id: int) -> Select[int]:
    mine = aliased(ClusterMember)
    return (
        select(ClusterMember.submission_id)
        .join(mine, mine.cluster_id == ClusterMember.cluster_id)
        .where(mine.submission_id == submission_id, mine.state != MemberState.OUT)
        .where(ClusterMember.state != MemberState.OUT)
    )


def get_copy(round_slug: str, copy_id: str) -> TextCopy:
    """What was decided about two answers, by public id. Raises ``NotFound``."""
    query = (
        select(TextCopy)
        .join(Round, TextCopy.round_id == Round.id)
        .where(Round.slug == round_slug, TextCopy.public_id == copy_id)
        .options(joinedload(TextCopy.copy), joinedload(TextCopy.first))
    )
    return get_one(query, "copy", copy_id)
