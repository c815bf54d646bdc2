"""Reading reviews, what is published, and bursts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, literal, or_, select
from sqlalchemy.orm import joinedload, selectinload

from consult.db import get_one, session
from consult.domain.audit.models import AuditEntry
from consult.domain.audit.types import Tag
from consult.domain.disclosure.models import (
    AnswerPrint,
    AnswerReview,
    Burst,
    PublishedFile,
    ReviewFinding,
    Support,
)
from consult.domain.disclosure.rules import email_digest, public_since
from consult.domain.disclosure.types import BurstState, Outcomes, ReviewState
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.models import Round
from consult.domain.rounds.types import AnswerPublishing
from consult.domain.submissions.models import Answer, Attachment, Submission, SubmissionVersion
from consult.domain.submissions.private import asks_in_private, is_private_answer
from consult.domain.submissions.types import DeadlineStatus, Publication, SubmissionStatus
from consult.kernel.errors import NotFound
from consult.kernel.ids import token_digest


def _stands() -> ColumnElement[bool]:
    """The answer counts, and the version is the one that counts now."""
    return and_(
        Submission.status == SubmissionStatus.RECEIVED,
        Submission.deadline_status != DeadlineStatus.LATE_EXCLUDED,
        SubmissionVersion.number == Submission.current_version_number,
    )


def current_reviews(round_id: int) -> Select[AnswerReview]:
    """The reviews of what counts in a round, joined with answers and versions."""
    return (
        select(AnswerReview)
        .join(AnswerReview.submission)
        .join(AnswerReview.version)
        .where(AnswerReview.round_id == round_id, _stands())
    )


def is_published() -> ColumnElement[bool]:
    """The answer was looked through, and its sender lets it stand on the web."""
    return and_(
        AnswerReview.state == ReviewState.CLEARED,
        Submission.publication != Publication.NOT_ON_WEB,
    )


def publishable_versions(round_id: int) -> Select[int]:
    """Ids of the versions whose publishable variant may be handed to others."""
    reviews = current_reviews(round_id).where(is_published())
    return reviews.with_only_columns(AnswerReview.version_id)


_OPEN_FINDINGS = (
    select(func.count(ReviewFinding.id))
    .where(ReviewFinding.review_id == AnswerReview.id, ReviewFinding.decision.is_(None))
    .scalar_subquery()
)


_FILES = (
    select(func.count(Attachment.id))
    .where(Attachment.version_id == AnswerReview.version_id)
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """An answer in the queue.

    Attributes:
        open_findings: How much of what was found is not decided on.
        files: How many files came with it.
    """

    review: AnswerReview
    open_findings: int
    files: int


def list_reviews(
    round_id: int, state: ReviewState, *, offset: int = 0, limit: int = 50
) -> list[ReviewRow]:
    """Answers that count, in a state; those with something found come first."""
    query = (
        select(AnswerReview, _OPEN_FINDINGS, _FILES)
        .join(AnswerReview.submission)
        .join(AnswerReview.version)
        .where(AnswerReview.round_id == round_id, AnswerReview.state == state, _stands())
        .options(joinedload(AnswerReview.submission))
        .order_by(case((_OPEN_FINDINGS > 0, 0), else_=1), Submission.number)
        .offset(offset)
        .limit(limit)
    )
    return [ReviewRow(*row) for row in session().execute(query)]


def count_reviews(round_id: int) -> dict[ReviewState, int]:
    """How many answers that count are in each state; states without any are missing."""
    query = (
        select(AnswerReview.state, func.count())
        .join(AnswerReview.submission)
        .join(AnswerReview.version)
        .where(AnswerReview.round_id == round_id, _stands())
        .group_by(AnswerReview.state)
    )
    return {row[0]: row[1] for row in session().execute(query)}


def list_unremarkable(round_id: int) -> Sequence[AnswerReview]:
    """Answers of bodies that wait and in which nothing was found."""
    bodies = [kind for kind in ActorType if kind.is_organisation]
    query = (
        current_reviews(round_id)
        .where(
            AnswerReview.state == ReviewState.WAITING,
            Submission.actor_type.in_(bodies),
            ~AnswerReview.findings.any(),
        )
        .options(
            joinedload(AnswerReview.submission),
            joinedload(AnswerReview.round),
            selectinload(AnswerReview.findings),
            selectinload(AnswerReview.redactions),
        )
    )
    return session().scalars(query).all()


def get_review(round_slug: str, number: int) -> AnswerReview:
    """The review of the version that counts now of an answer that counts.

    Raises :class:`NotFound`: what does not count is neither published nor looked through.
    """
    query = (
        select(AnswerReview)
        .join(AnswerReview.submission)
        .join(AnswerReview.version)
        .join(AnswerReview.round)
        .where(
            Round.slug == round_slug,
            Submission.number == number,
            _stands(),
        )
        .options(*_WITH_ALL)
    )
    return get_one(query, "review", number)


_VERSION = joinedload(AnswerReview.version)
_WITH_ALL = (
    joinedload(AnswerReview.round).joinedload(Round.owner),
    joinedload(AnswerReview.submission),
    _VERSION.selectinload(SubmissionVersion.answers).joinedload(Answer.question),
    _VERSION.selectinload(SubmissionVersion.answers).joinedload(Answer.proposal),
    _VERSION.selectinload(SubmissionVersion.answers).joinedload(Answer.section),
    selectinload(AnswerReview.findings),
    selectinload(AnswerReview.redactions),
    selectinload(AnswerReview.published_files),
    selectinload(AnswerReview.held_files),
    _VERSION.selectinload(SubmissionVersion.parties),
    _VERSION.selectinload(SubmissionVersion.attachments).joinedload(Attachment.source),
)


def find_review_of(version_id: int) -> AnswerReview | None:
    """The review of a version."""
    query = select(AnswerReview).where(AnswerReview.version_id == version_id)
    return session().scalars(query).one_or_none()


def find_review_before(version: SubmissionVersion) -> AnswerReview | None:
    """The review of the latest version before this one."""
    query = (
        select(AnswerReview)
        .join(AnswerReview.version)
        .where(
            AnswerReview.submission_id == version.submission_id,
            SubmissionVersion.number < version.number,
        )
        .order_by(SubmissionVersion.number.desc())
        .limit(1)
    )
    return session().scalars(query).first()


def find_waiting_after(review: AnswerReview) -> int | None:
    """The number of the next answer that waits, after this one or from the top."""
    query = (
        select(Submission.number)
        .join(AnswerReview, AnswerReview.submission_id == Submission.id)
        .join(AnswerReview.version)
        .where(
            AnswerReview.round_id == review.round_id,
            AnswerReview.state == ReviewState.WAITING,
            AnswerReview.id != review.id,
            _stands(),
        )
        .order_by(
            case((Submission.number > review.submission.number, 0), else_=1), Submission.number
        )
        .limit(1)
    )
    return session().scalars(query).first()


def list_publishing_moments(round_ids: Collection[int]) -> list[tuple[int, datetime]]:
    """From when each answer that everybody may see in some rounds was public, with its round's id.

    Whether publishing is open in a round is the caller's to know.
    """
    return _publishing_moments(AnswerReview.round_id.in_(round_ids))


def published_from(submission: Submission) -> datetime | None:
    """From when everybody may read an answer, also in the future; ``None`` if that is not so."""
    if submission.round.answer_publishing is AnswerPublishing.NEVER:
        return None
    moments = _publishing_moments(AnswerReview.submission_id == submission.id)
    return moments[0][1] if moments else None


def _publishing_moments(which: ColumnElement[bool]) -> list[tuple[int, datetime]]:
    released_at = (
        select(func.max(AuditEntry.at))
        .where(
            AuditEntry.subject == literal("round:") + Round.public_id,
            AuditEntry.tag == Tag.ROUND_PUBLISHING_CHANGED,
        )
        .correlate(Round)
        .scalar_subquery()
    )
    columns = (AnswerReview.decided_at, Round.answer_publishing, Round.closes_at, released_at)
    query = (
        select(AnswerReview.round_id, *columns)
        .join(AnswerReview.submission)
        .join(AnswerReview.version)
        .join(AnswerReview.round)
        .where(
            which,
            _stands(),
            is_published(),
        )
    )
    return [
        (
            round_id,
            public_since(
                cleared_at, publishing=publishing, closes_at=closes_at, released_at=released
            ),
        )
        for round_id, cleared_at, publishing, closes_at, released in session().execute(query)
        if cleared_at is not None
    ]


def get_published(round_slug: str, number: int) -> AnswerReview:
    """A published answer. Raises :class:`NotFound`, whatever the reason it is not published."""
    query = (
        select(AnswerReview)
        .join(AnswerReview.submission)
        .join(AnswerReview.version)
        .join(AnswerReview.round)
        .where(Round.slug == round_slug, Submission.number == number, _stands(), is_published())
        .options(*_WITH_ALL)
    )
    return get_one(query, "answer", number)


def get_published_file(round_slug: str, number: int, file_id: str) -> PublishedFile:
    """A published file of a published answer. Raises :class:`NotFound`."""
    review = get_published(round_slug, number)
    for one in review.open_files:
        if one.attachment.public_id == file_id:
            return one
    raise NotFound("file", file_id)


def count_outcomes(round_id: int) -> Outcomes:
    """What became of the round's answers on the web."""
    query = (
        select(Submission.publication, AnswerReview.state, func.count())
        .join(AnswerReview, AnswerReview.submission_id == Submission.id)
        .join(AnswerReview.version)
        .where(Submission.round_id == round_id, _stands())
        .group_by(Submission.publication, AnswerReview.state)
    )
    tally = {(row[0], row[1]): row[2] for row in session().execute(query)}
    off_web = sum(
        number for (choice, _state), number in tally.items() if choice is Publication.NOT_ON_WEB
    )

    def on_web(wanted: ReviewState) -> int:
        return sum(
            number
            for (choice, state), number in tally.items()
            if choice is not Publication.NOT_ON_WEB and state is wanted
        )

    return Outcomes(
        published=on_web(ReviewState.CLEARED),
        not_on_web=off_web,
        waiting=on_web(ReviewState.WAITING),
        refused=on_web(ReviewState.REFUSED),
    )


def protected_places(
    round_id: int, *, version_ids: Collection[int] | None = None
) -> dict[int, list[tuple[int, int]]]:
    """Places that no document may quote, by version id: redacted, undecided, or all of a refused.

    What was answered to questions that promise not to publish it is among them.

    Those of a whole round, or of some versions.

    What a document quotes leaves the owner's team as well.
    """
    query = current_reviews(round_id).options(
        selectinload(AnswerReview.findings), selectinload(AnswerReview.redactions)
    )
    if version_ids is not None:
        query = query.where(AnswerReview.version_id.in_(version_ids))
    places = private_places(round_id, version_ids=version_ids)
    for review in session().scalars(query):
        if review.state is ReviewState.REFUSED:
            places[review.version_id] = [(0, _EVERYTHING)]
            continue
        some = [(one.start, one.end) for one in review.open_findings]
        some += [(one.start, one.end) for one in review.redactions]
        if some:
            places[review.version_id] = [*places.get(review.version_id, ()), *some]
    return places


def private_places(
    round_id: int, *, version_ids: Collection[int] | None = None
) -> dict[int, list[tuple[int, int]]]:
    """Where answers stand that are not published as their question promises, by version id."""
    if not asks_in_private(round_id):
        return {}
    query = (
        select(Answer.version_id, Answer.start, Answer.end)
        .join(Answer.version)
        .join(SubmissionVersion.submission)
        .where(Submission.round_id == round_id, is_private_answer())
    )
    if version_ids is not None:
        query = query.where(Answer.version_id.in_(version_ids))
    places: dict[int, list[tuple[int, int]]] = {}
    for version_id, start, end in session().execute(query):
        places.setdefault(version_id, []).append((start, end))
    return places


_EVERYTHING = 1 << 31


def _counting(wanted: ColumnElement[bool]) -> Select[int]:
    some = (
        select(AnswerPrint.id)
        .where(
            AnswerPrint.round_id == bindparam("round"),
            AnswerPrint.made_at > bindparam("since"),
            wanted,
        )
        .limit(bindparam("most"))
    )
    return select(func.count()).select_from(some.subquery())


_RANDOM_ONES = _counting(AnswerPrint.is_random.is_(True))
_SAME_ONES = _counting(AnswerPrint.fingerprint == bindparam("print"))


def count_prints(
    round_id: int, *, since: datetime, at_most: int, fingerprint: str | None = None
) -> int:
    """How many answers came since a moment: with a fingerprint, or else that look random.

    Nobody counts further than the given number: in a flood each answer would count all the others.
    """
    asked = {"round": round_id, "since": since, "most": at_most, "print": fingerprint}
    query = _RANDOM_ONES if fingerprint is None else _SAME_ONES
    return session().scalar(query, asked) or 0


def find_burst(round_id: int, fingerprint: str) -> Burst | None:
    """The burst that answers alike belong to."""
    query = select(Burst).where(Burst.round_id == round_id, Burst.fingerprint == fingerprint)
    return session().scalars(query).one_or_none()


def get_burst(round_slug: str, burst_id: str) -> Burst:
    """A burst by public id. Raises :class:`NotFound`."""
    query = (
        select(Burst)
        .join(Burst.round)
        .where(Round.slug == round_slug, Burst.public_id == burst_id)
        .options(joinedload(Burst.round).joinedload(Round.owner))
    )
    return get_one(query, "burst", burst_id)


def list_bursts(round_id: int) -> list[tuple[Burst, int]]:
    """A round's bursts with how many answers each holds; those that wait first."""
    query = (
        select(Burst, func.count(AnswerPrint.id))
        .outerjoin(AnswerPrint, AnswerPrint.burst_id == Burst.id)
        .where(Burst.round_id == round_id)
        .group_by(Burst.id)
        .order_by(case((Burst.state == BurstState.WAITING, 0), else_=1), Burst.begun_at.desc())
    )
    return [(row[0], row[1]) for row in session().execute(query)]


def list_burst_answers(burst: Burst, *, offset: int = 0, limit: int = 20) -> Sequence[AnswerPrint]:
    """Answers of a burst with their text, by number."""
    versions = joinedload(AnswerPrint.submission).selectinload(Submission.versions)
    query = (
        select(AnswerPrint)
        .join(AnswerPrint.submission)
        .where(AnswerPrint.burst_id == burst.id)
        .options(versions)
        .order_by(Submission.number)
        .offset(offset)
        .limit(limit)
    )
    return session().scalars(query).all()


def count_set_aside(round_id: int) -> int:
    """How many answers of a round stand aside."""
    query = select(func.count(Submission.id)).where(
        Submission.round_id == round_id, Submission.status == SubmissionStatus.QUARANTINED
    )
    return session().scalar(query) or 0


def get_set_aside(burst: Burst, number: int) -> AnswerPrint:
    """One answer of a burst, by its number in the round. Raises :class:`NotFound`."""
    query = (
        select(AnswerPrint)
        .join(AnswerPrint.submission)
        .where(AnswerPrint.burst_id == burst.id, Submission.number == number)
    )
    return get_one(query, "answer", number)


def count_burst_answers(burst: Burst) -> int:
    """How many answers a burst holds."""
    query = select(func.count(AnswerPrint.id)).where(AnswerPrint.burst_id == burst.id)
    return session().scalar(query) or 0


def find_support(submission_id: int, email: str) -> Support | None:
    """The support that an address has given, or was asked to confirm."""
    query = select(Support).where(
        Support.submission_id == submission_id, Support.email_digest == email_digest(email)
    )
    return session().scalars(query).one_or_none()


def get_support(token: str, *, since: datetime) -> Support:
    """The support that a link from a mail is about. Raises :class:`NotFound`.

    One that was never confirmed has to be asked for since.
    """
    query = (
        select(Support)
        .where(
            Support.access_digest == token_digest(token),
            or_(Support.confirmed_at.is_not(None), Support.asked_at >= since),
        )
        .options(joinedload(Support.submission).joinedload(Submission.round))
    )
    return get_one(query, "support", "link")


def count_supporters(submission_ids: Collection[int]) -> dict[int, int]:
    """How many stand behind each of some answers; those without any are missing."""
    query = (
        select(Support.submission_id, func.count())
        .where(Support.submission_id.in_(submission_ids), Support.confirmed_at.is_not(None))
        .group_by(Support.submission_id)
    )
    return {row[0]: row[1] for row in session().execute(query)}
