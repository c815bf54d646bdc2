"""Finding answers that say nearly the same, and what was decided about them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from consult.db import get_one, session
from consult.domain.coding.clusters import (
    ClusterKind,
    ClusterState,
    Line,
    MemberState,
    SenderKey,
)
from consult.domain.coding.likeness import Sketch, mark_sentences
from consult.domain.coding.models import ClusterMember, Passage, TextCluster, TextSketch
from consult.domain.coding.queries.scope import is_current, paragraph_id
from consult.domain.coding.types import PassageKind
from consult.domain.disclosure.models import AnswerPrint, Burst
from consult.domain.disclosure.types import BurstKind, BurstState
from consult.domain.rounds.models import Proposal, Question, Round, Section
from consult.domain.submissions.models import Submission, SubmissionVersion
from consult.domain.submissions.types import STANDING_STATUSES, SubmissionStatus

_COMPARED = (*STANDING_STATUSES, SubmissionStatus.QUARANTINED)
"""Answers that are compared: those nothing is decided about, and those set aside as a flood."""


def get_cluster(round_slug: str, cluster_id: str) -> TextCluster:
    """A cluster of a round by public id. Raises ``NotFound``."""
    query = (
        select(TextCluster)
        .join(Round, TextCluster.round_id == Round.id)
        .where(Round.slug == round_slug, TextCluster.public_id == cluster_id)
        .options(joinedload(TextCluster.round))
    )
    return get_one(query, "cluster", cluster_id)


def rounds_to_group() -> Sequence[int]:
    """Ids of the rounds with answers that nobody has compared with the others."""
    query = select(TextSketch.round_id).where(TextSketch.is_new).distinct()
    return session().scalars(query).all()


_ONE_NEW = (
    select(TextSketch.id)
    .where(TextSketch.round_id == bindparam("round"), TextSketch.is_new)
    .limit(1)
)


def has_new_texts(round_id: int) -> bool:
    """Whether an answer of the round waits to be compared with the others."""
    return session().scalar(_ONE_NEW, {"round": round_id}) is not None


def load_sketches(round_id: int) -> tuple[dict[int, Sketch], tuple[int, ...]]:
    """What the answers of a round are compared by, and the ids of those that are new.

    Left out are those that a person has taken out of a cluster.
    """
    query = (
        select(
            TextSketch.submission_id,
            TextSketch.signature,
            TextSketch.sentences,
            TextSketch.is_new,
            Submission.status,
            ClusterMember.state,
        )
        .join(Submission, TextSketch.submission_id == Submission.id)
        .outerjoin(ClusterMember, ClusterMember.submission_id == Submission.id)
        .where(TextSketch.round_id == round_id)
        .order_by(Submission.number)
    )
    rows = session().execute(query).all()
    sketches = {
        row.submission_id: Sketch.unpack(row.signature, row.sentences)
        for row in rows
        if row.status in _COMPARED and row.state is not MemberState.OUT
    }
    return sketches, tuple(row.submission_id for row in rows if row.is_new)


def versions_without_sketch(limit: int) -> Sequence[SubmissionVersion]:
    """The present texts of answers that an older release took in."""
    query = (
        select(SubmissionVersion)
        .join(Submission, is_current())
        .outerjoin(TextSketch, TextSketch.submission_id == Submission.id)
        .where(TextSketch.id.is_(None), Submission.status != SubmissionStatus.MINUTES)
        .options(
            contains_eager(SubmissionVersion.submission), selectinload(SubmissionVersion.answers)
        )
        .limit(limit)
    )
    return session().scalars(query).all()


def paper_sentences(round_id: int) -> frozenset[int]:
    """Fingerprints of the sentences of the round's own paper: to quote them tells nothing."""
    texts: list[str] = []
    for column in (Question.text, Question.help, Proposal.text, Section.body):
        of_round = column.class_.round_id == round_id
        for by_language in session().scalars(select(column).where(of_round)):
            texts += by_language.values()
    return frozenset(mark for text in texts for mark in mark_sentences(text))


def members_by_answer(round_id: int) -> dict[int, ClusterMember]:
    """The membership of every answer that is in a cluster, or was taken out of it, by answer id."""
    query = (
        select(ClusterMember)
        .join(TextCluster, ClusterMember.cluster_id == TextCluster.id)
        .where(TextCluster.round_id == round_id)
        .options(joinedload(ClusterMember.cluster))
    )
    return {one.submission_id: one for one in session().scalars(query)}


def find_membership(submission_id: int) -> ClusterMember | None:
    """The cluster that an answer is in and that nobody has rejected."""
    query = (
        select(ClusterMember)
        .join(TextCluster, ClusterMember.cluster_id == TextCluster.id)
        .where(
            ClusterMember.submission_id == submission_id,
            ClusterMember.state != MemberState.OUT,
            TextCluster.state != ClusterState.REJECTED,
        )
        .options(joinedload(ClusterMember.cluster))
    )
    return session().scalars(query).one_or_none()


def confirmed_cluster_ids(round_id: int, *kinds: ClusterKind) -> Sequence[int]:
    """Ids of the clusters that a person has confirmed, of some kinds or of any."""
    query = select(TextCluster.id).where(
        TextCluster.round_id == round_id, TextCluster.state == ClusterState.CONFIRMED
    )
    if kinds:
        query = query.where(TextCluster.kind.in_(kinds))
    return session().scalars(query.order_by(TextCluster.number)).all()


def lines_of_cluster(
    cluster_id: int, *, states: Collection[MemberState] = (MemberState.IN,)
) -> list[Line]:
    """The paragraphs of a cluster's answers as they stand, by answer and as each runs."""
    query = (
        select(Passage.id, Submission.number, Passage.fingerprint, Passage.quote)
        .join(SubmissionVersion, Passage.version_id == SubmissionVersion.id)
        .join(Submission, Passage.submission_id == Submission.id)
        .join(ClusterMember, ClusterMember.submission_id == Submission.id)
        .where(
            ClusterMember.cluster_id == cluster_id,
            ClusterMember.state.in_(states),
            Passage.kind != PassageKind.CHOSEN,
            Passage.fingerprint.is_not(None),
            is_current(),
        )
        .order_by(Submission.number, Passage.position)
    )
    return [
        Line(row.id, row.number, row.fingerprint or "", row.quote)
        for row in session().execute(query)
    ]


def senders_of_clusters(cluster_ids: Collection[int]) -> dict[int, list[SenderKey]]:
    """Who seems to have sent the answers of some clusters, by the cluster's id."""
    found: dict[int, list[SenderKey]] = defaultdict(list)
    query = (
        select(
            ClusterMember.cluster_id,
            Submission.organisation_id,
            Submission.contact_email,
            Submission.name,
            Submission.actor_type,
        )
        .join(Submission, ClusterMember.submission_id == Submission.id)
        .where(ClusterMember.cluster_id.in_(cluster_ids), ClusterMember.state != MemberState.OUT)
        .order_by(Submission.number)
    )
    for row in session().execute(query):
        found[row.cluster_id].append(
            SenderKey(row.organisation_id, row.contact_email, row.name, row.actor_type)
        )
    return found


@dataclass(frozen=True, slots=True)
class ClusterCard:
    """A cluster and how much is in it.

    Attributes:
        answers: Answers in it that stand, also those set aside.
        waiting: Those that came after a person had confirmed it.
        senders: How many different senders they seem to be from.
        organisations: How many of those are bodies.
        set_aside: Answers that wait as part of a flood.
        opening: The first paragraphs of its first answer.
    """

    cluster: TextCluster
    answers: int
    waiting: int
    senders: int
    organisations: int
    set_aside: int
    first_at: datetime
    last_at: datetime
    first_number: int
    language: str
    opening: tuple[str, ...]


_OPENING = 3
"""Paragraphs of the first answer on a card."""


def list_clusters(round_id: int, *, cluster_id: int | None = None) -> list[ClusterCard]:
    """The clusters of a round with their counts: those to decide first, the largest first."""
    query = select(TextCluster).where(TextCluster.round_id == round_id)
    if cluster_id is not None:
        query = query.where(TextCluster.id == cluster_id)
    clusters = {one.id: one for one in session().scalars(query)}
    senders = senders_of_clusters(clusters)
    numbers = session().execute(_numbers(clusters)).all()
    firsts = _first_answers(round_id, [row.first_number for row in numbers])
    cards = []
    for row in numbers:
        cluster = clusters[row.cluster_id]
        is_listed = row.answers > 1 or cluster_id is not None
        if cluster.state is ClusterState.SUGGESTED and not is_listed:
            continue
        bodies = {one.key: one.actor_type.is_organisation for one in senders[cluster.id]}
        language, opening = firsts[row.first_number]
        cards.append(
            ClusterCard(
                cluster=cluster,
                answers=row.answers,
                waiting=row.found if cluster.state is ClusterState.CONFIRMED else 0,
                senders=len(bodies),
                organisations=sum(bodies.values()),
                set_aside=row.set_aside,
                first_at=row.first_at,
                last_at=row.last_at,
                first_number=row.first_number,
                language=language,
                opening=opening,
            )
        )
    order = list(ClusterState)
    return sorted(
        cards,
        key=lambda one: (order.index(one.cluster.state), -one.answers, one.cluster.number),
    )


def _numbers(cluster_ids: Collection[int]) -> Select[*tuple[Any, ...]]:
    """How many answers of each cluster stand, and when and with which number they begin."""
    is_found = ClusterMember.state == MemberState.FOUND
    is_aside = Submission.status == SubmissionStatus.QUARANTINED
    return (
        select(
            ClusterMember.cluster_id,
            func.count().label("answers"),
            func.count(case((is_found, 1))).label("found"),
            func.count(case((is_aside, 1))).label("set_aside"),
            func.min(Submission.received_at).label("first_at"),
            func.max(Submission.received_at).label("last_at"),
            func.min(Submission.number).label("first_number"),
        )
        .join(Submission, ClusterMember.submission_id == Submission.id)
        .where(
            ClusterMember.cluster_id.in_(cluster_ids),
            ClusterMember.state != MemberState.OUT,
            Submission.status.in_(_COMPARED),
        )
        .group_by(ClusterMember.cluster_id)
    )


def _first_answers(
    round_id: int, numbers: Collection[int]
) -> dict[int, tuple[str, tuple[str, ...]]]:
    """The language and the first paragraphs of some answers, by number."""
    query = (
        select(Submission.number, Submission.language, Passage.quote)
        .join(SubmissionVersion, Passage.version_id == SubmissionVersion.id)
        .join(Submission, Passage.submission_id == Submission.id)
        .where(
            Submission.round_id == round_id,
            Submission.number.in_(numbers),
            Passage.kind != PassageKind.CHOSEN,
            is_current(),
        )
        .order_by(Submission.number, Passage.position)
    )
    languages: dict[int, str] = {}
    quotes: dict[int, list[str]] = defaultdict(list)
    for number, language, quote in session().execute(query):
        languages[number] = language
        quotes[number].append(quote)
    return {
        number: (languages.get(number, "nb"), tuple(quotes[number][:_OPENING]))
        for number in numbers
    }


def list_members(
    cluster_id: int,
    *,
    is_out: bool = False,
    numbers: Collection[int] | None = None,
    offset: int = 0,
    limit: int | None = None,
) -> Sequence[ClusterMember]:
    """The answers in a cluster, or those taken out of it, by number; all or some of them."""
    state = ClusterMember.state == MemberState.OUT
    query = (
        select(ClusterMember)
        .join(ClusterMember.submission)
        .where(ClusterMember.cluster_id == cluster_id, state if is_out else ~state)
        .options(contains_eager(ClusterMember.submission))
        .order_by(Submission.number)
        .offset(offset)
        .limit(limit)
    )
    if numbers is not None:
        query = query.where(Submission.number.in_(numbers))
    return session().scalars(query).all()


def count_members(cluster_id: int) -> int:
    """How many answers are in a cluster, whatever has become of them."""
    query = select(func.count()).where(
        ClusterMember.cluster_id == cluster_id, ClusterMember.state != MemberState.OUT
    )
    return session().scalar(query) or 0


def bursts_of_cluster(cluster_id: int) -> Sequence[Burst]:
    """The floods of one text that answers of a cluster stand aside in."""
    query = (
        select(Burst)
        .join(AnswerPrint, AnswerPrint.burst_id == Burst.id)
        .join(ClusterMember, ClusterMember.submission_id == AnswerPrint.submission_id)
        .where(
            ClusterMember.cluster_id == cluster_id,
            ClusterMember.state == MemberState.IN,
            Burst.state == BurstState.WAITING,
            Burst.kind == BurstKind.IDENTICAL,
        )
        .distinct()
    )
    return session().scalars(query).all()


def count_undecided(round_id: int) -> int:
    """How many clusters wait for a person to decide, or have got new answers since."""
    has_new = (
        select(ClusterMember.id)
        .where(ClusterMember.cluster_id == TextCluster.id, ClusterMember.state == MemberState.FOUND)
        .exists()
    )
    query = select(func.count()).where(
        TextCluster.round_id == round_id, TextCluster.state != ClusterState.REJECTED, has_new
    )
    return session().scalar(query) or 0


def campaign_of_answers(round_id: int) -> dict[int, int]:
    """The number of the campaign that each answer is confirmed to be part of, by answer id."""
    query = (
        select(ClusterMember.submission_id, TextCluster.number)
        .join(TextCluster, ClusterMember.cluster_id == TextCluster.id)
        .where(*_in_campaign(round_id))
    )
    return {row.submission_id: row.number for row in session().execute(query)}


def is_repeated(round_id: int) -> ColumnElement[bool]:
    """Another passage of the round repeats this one, or the paragraph that it was chosen in."""
    repeated = select(Passage.copy_of_id).where(
        Passage.round_id == round_id, Passage.copy_of_id.is_not(None)
    )
    return paragraph_id().in_(repeated)


def common_passages(round_id: int) -> frozenset[int]:
    """Ids of the passages that campaigns' answers have in common with others of the same campaign.

    They are those that repeat another, and those that are repeated.
    """
    members = select(ClusterMember.submission_id).where(*_in_campaign(round_id))
    query = select(Passage.id).where(
        Passage.round_id == round_id,
        Passage.submission_id.in_(members),
        Passage.copy_of_id.is_not(None) | is_repeated(round_id),
    )
    return frozenset(session().scalars(query))


def answers_with_own_words(round_id: int) -> frozenset[int]:
    """Ids of the answers of campaigns that say something besides what they have in common."""
    members = select(ClusterMember.submission_id).where(*_in_campaign(round_id))
    query = (
        select(Passage.submission_id)
        .join(SubmissionVersion, Passage.version_id == SubmissionVersion.id)
        .join(Submission, Passage.submission_id == Submission.id)
        .where(
            Passage.round_id == round_id,
            Passage.submission_id.in_(members),
            Passage.kind != PassageKind.CHOSEN,
            Passage.copy_of_id.is_(None),
            ~is_repeated(round_id),
            is_current(),
        )
        .distinct()
    )
    return frozenset(session().scalars(query))


@dataclass(frozen=True, slots=True)
class SharedWords:
    """What an answer of a confirmed cluster has in common with others, by public ids of passages.

    Attributes:
        same_as: The number of the answer that has it first, for what repeats it.
        own: Passages that no other answer has.
    """

    same_as: Mapping[str, int]
    own: Collection[str]


def shared_words(submission_id: int, passages: Collection[Passage]) -> SharedWords:
    """What some passages of an answer have in common with others; nothing for most answers."""
    of_others = [one.copy_of_id for one in passages if one.copy_of_id is not None]
    member = find_membership(submission_id)
    same_as: dict[str, int] = {}
    if of_others:
        query = (
            select(Passage.id, Submission.number)
            .join(Submission, Passage.submission_id == Submission.id)
            .where(Passage.id.in_(of_others))
        )
        numbers = {row.id: row.number for row in session().execute(query)}
        same_as = {
            one.public_id: numbers[one.copy_of_id] for one in passages if one.copy_of_id is not None
        }
    if member is None or member.state is not MemberState.IN:
        return SharedWords(same_as, ())
    ids = [one.id for one in passages]
    repeated = set(
        session().scalars(select(Passage.copy_of_id).where(Passage.copy_of_id.in_(ids)).distinct())
    )
    own = {
        one.public_id
        for one in passages
        if one.kind is not PassageKind.CHOSEN and one.copy_of_id is None and one.id not in repeated
    }
    return SharedWords(same_as, own)


def _in_campaign(round_id: int) -> tuple[ColumnElement[bool], ...]:
    campaigns = select(TextCluster.id).where(
        TextCluster.round_id == round_id,
        TextCluster.kind == ClusterKind.CAMPAIGN,
        TextCluster.state == ClusterState.CONFIRMED,
    )
    return (ClusterMember.cluster_id.in_(campaigns), ClusterMember.state == MemberState.IN)
