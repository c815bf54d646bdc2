"""Finding followers, news that waits, and everybody whom something concerns."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from consult.db import get_one, session
from consult.domain.accounts.models import Person
from consult.domain.following.models import AnswerWatch, DraftReminder, Follower, Following
from consult.domain.following.types import QUIET_FOR, REMIND_DAYS, TELL_WITHIN, Rhythm
from consult.domain.notifications.rules import is_about_answer
from consult.domain.organisations.models import Organisation
from consult.domain.rounds.models import Invitation, Round, RoundNews
from consult.domain.rounds.types import RoundStatus
from consult.domain.submissions.models import Answer, Draft, Submission, SubmissionVersion
from consult.domain.submissions.types import SubmissionStatus
from consult.kernel.clock import end_of_day, start_of_day, to_oslo
from consult.kernel.ids import token_digest


def find_follower(email: str) -> Follower | None:
    """The follower with an address."""
    query = select(Follower).where(Follower.email == email.strip().lower())
    return session().scalars(query).one_or_none()


def find_follower_by_digest(digest: str) -> Follower | None:
    """The follower whose address a mail's link stands for."""
    query = select(Follower).where(Follower.address_digest == digest)
    return session().scalars(query).one_or_none()


def find_follower_of_person(person_id: int | None) -> Follower | None:
    """The follower that a signed-in person is."""
    query = select(Follower).where(Follower.person_id == person_id)
    return session().scalars(query).one_or_none() if person_id else None


def find_following(follower: Follower, round_: Round) -> Following | None:
    """What an address has with a round."""
    query = select(Following).where(
        Following.follower_id == follower.id, Following.round_id == round_.id
    )
    return session().scalars(query).one_or_none()


def is_following(round_: Round, person_id: int | None) -> bool:
    """Whether a signed-in person follows a round."""
    query = (
        select(Following.id)
        .join(Following.follower)
        .where(
            Follower.person_id == person_id,
            Following.round_id == round_.id,
            Following.confirmed_at.is_not(None),
        )
    )
    return person_id is not None and session().scalar(query) is not None


def get_pending(token: str, *, since: datetime) -> Following:
    """What a confirmation link is about, if it was asked for since. Raises :class:`NotFound`."""
    query = (
        select(Following)
        .where(Following.token_digest == token_digest(token), Following.asked_at >= since)
        .options(joinedload(Following.round), joinedload(Following.follower))
    )
    return get_one(query, "following", "")


def list_followed(follower: Follower | None) -> Sequence[Following]:
    """The rounds that an address has confirmed to follow, the earliest deadline first."""
    if follower is None:
        return ()
    query = (
        select(Following)
        .join(Following.round)
        .where(Following.follower_id == follower.id, Following.confirmed_at.is_not(None))
        .options(joinedload(Following.round).joinedload(Round.owner))
        .order_by(Round.closes_at, Following.id)
    )
    return session().scalars(query).all()


def list_unconfirmed(*, before: datetime) -> Sequence[Following]:
    """What was asked for before a moment and never confirmed."""
    query = select(Following).where(Following.confirmed_at.is_(None), Following.asked_at < before)
    return session().scalars(query).all()


def waiting_news_ids() -> Sequence[int]:
    """Ids of what has happened and is not told yet, oldest first."""
    query = select(RoundNews.id).where(RoundNews.told_at.is_(None)).order_by(RoundNews.id)
    return session().scalars(query).all()


def hold_waiting(news_id: int) -> Sequence[RoundNews]:
    """News that waits and later ones of the same kind and subject, kept from other workers."""
    first = session().get(RoundNews, news_id)
    if first is None or first.told_at is not None:
        return ()
    query = (
        select(RoundNews)
        .where(
            RoundNews.round_id == first.round_id,
            RoundNews.kind == first.kind,
            RoundNews.told_at.is_(None),
        )
        .order_by(RoundNews.id)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    held = session().scalars(query).all()
    subject = (first.data.get("part"), first.data.get("key"))
    return [one for one in held if (one.data.get("part"), one.data.get("key")) == subject]


def _is_unsent_answer() -> ColumnElement[bool]:
    """The draft is of an answer that was never sent.

    Whoever has begun to change what was sent has answered, and is told as a sender.
    """
    return and_(Draft.submission_id.is_(None), Draft.amends_id.is_(None))


def _is_unsent_change() -> ColumnElement[bool]:
    """The draft is to be a new version of an answer that counts, and was written in."""
    counts = (
        select(Submission.id)
        .where(Submission.id == Draft.amends_id, Submission.status == SubmissionStatus.RECEIVED)
        .correlate(Draft)
        .exists()
    )
    return and_(Draft.submission_id.is_(None), Draft.updated_at > Draft.created_at, counts)


def unsent_drafts(round_id: int) -> Sequence[tuple[Draft, str, str]]:
    """Drafts that are not sent with the address and name of their writer, where there is one."""
    return _reachable(round_id, _is_unsent_answer())


def unsent_changes(round_id: int) -> Sequence[tuple[Draft, str, str]]:
    """Unsent drafts that amend an answer, with the address and name of their writer."""
    return _reachable(round_id, _is_unsent_change())


def _reachable(round_id: int, which: ColumnElement[bool]) -> Sequence[tuple[Draft, str, str]]:
    query = (
        select(Draft, Person.email, Person.name)
        .outerjoin(Person, Draft.person_id == Person.id)
        .where(Draft.round_id == round_id, which)
        .order_by(Draft.id)
    )
    return [
        (draft, draft.contact_email or email, draft.contact_name or name or draft.name)
        for draft, email, name in session().execute(query)
        if draft.contact_email or email
    ]


def reachable_answers(
    round_id: int,
    *,
    question_id: int | None = None,
    proposal_id: int | None = None,
    who_asked: bool = False,
) -> Sequence[Submission]:
    """Answers that count and have an address; only those to a question or proposal if named.

    ``who_asked`` keeps those whose senders want to be told what becomes of their answer.
    """
    query = select(Submission).where(
        Submission.round_id == round_id,
        Submission.contact_email.is_not(None),
        Submission.status == SubmissionStatus.RECEIVED,
    )
    if question_id is not None or proposal_id is not None:
        about = or_(
            Answer.question_id == (question_id or 0), Answer.proposal_id == (proposal_id or 0)
        )
        query = query.where(
            Submission.id.in_(
                select(SubmissionVersion.submission_id)
                .join(SubmissionVersion.answers)
                .where(about, SubmissionVersion.number == Submission.current_version_number)
                .correlate(Submission)
            )
        )
    if who_asked:
        watched = select(AnswerWatch.submission_id).where(
            AnswerWatch.submission_id == Submission.id
        )
        query = query.where(watched.correlate(Submission).exists())
    return session().scalars(query.order_by(Submission.id)).all()


def silent_invited(round_id: int) -> Sequence[Invitation]:
    """Invitations that were sent to bodies that have not answered."""
    answered = select(Submission.organisation_id).where(
        Submission.round_id == round_id, Submission.organisation_id.is_not(None)
    )
    query = (
        select(Invitation)
        .join(Invitation.organisation)
        .where(
            Invitation.round_id == round_id,
            Invitation.sent_at.is_not(None),
            Invitation.organisation_id.not_in(answered),
        )
        .options(joinedload(Invitation.organisation))
        .order_by(Organisation.name, Invitation.id)
    )
    return session().scalars(query).all()


def single_followers(round_id: int) -> Sequence[Follower]:
    """Those who follow a round and want a mail each time."""
    query = (
        select(Follower)
        .join(Follower.followings)
        .where(
            Following.round_id == round_id,
            Following.confirmed_at.is_not(None),
            Follower.rhythm == Rhythm.SINGLE,
        )
        .order_by(Follower.id)
    )
    return session().scalars(query).all()


def daily_follower_ids(now: datetime) -> Sequence[int]:
    """Ids of followers who want digests and for whom something has happened since the last."""
    query = (
        select(Follower.id)
        .join(Follower.followings)
        .join(RoundNews, RoundNews.round_id == Following.round_id)
        .where(Follower.rhythm == Rhythm.DAILY, _is_fresh(now))
        .group_by(Follower.id)
        .order_by(Follower.id)
    )
    return session().scalars(query).all()


def news_for(follower: Follower, *, now: datetime) -> Sequence[RoundNews]:
    """What has happened in the rounds an address follows since its last digest."""
    query = (
        select(RoundNews)
        .join(Following, Following.round_id == RoundNews.round_id)
        .join(Following.follower)
        .where(Follower.id == follower.id, _is_fresh(now))
        .options(joinedload(RoundNews.round))
        .order_by(RoundNews.round_id, RoundNews.id)
    )
    return session().scalars(query).all()


def _is_fresh(now: datetime) -> ColumnElement[bool]:
    """News after an address confirmed and after its last digest, and not too old to be told."""
    return and_(
        RoundNews.at > now - TELL_WITHIN,
        RoundNews.at <= now,
        RoundNews.at > Following.confirmed_at,
        or_(Follower.digested_at.is_(None), RoundNews.at > Follower.digested_at),
    )


def drafts_to_remind(now: datetime) -> Sequence[int]:
    """Ids of unsent drafts whose writer can be reached and may be due for a reminder."""
    return _to_remind(_is_unsent_answer(), now=now)


def changes_to_remind(now: datetime) -> Sequence[int]:
    """Ids of drafts that amend an answer, whose writer can be reached and was not reminded yet."""
    reminded = select(DraftReminder.id).where(DraftReminder.draft_id == Draft.id).correlate(Draft)
    return _to_remind(and_(_is_unsent_change(), ~reminded.exists()), now=now)


def _to_remind(which: ColumnElement[bool], *, now: datetime) -> Sequence[int]:
    """Ids of such drafts before the deadline: the round's, or later that of the draft's body."""
    own = (
        select(func.max(Invitation.deadline_at))
        .where(
            Invitation.round_id == Draft.round_id,
            Invitation.organisation_id == Draft.organisation_id,
        )
        .correlate(Draft)
        .scalar_subquery()
    )
    deadline = case((own > Round.closes_at, own), else_=Round.closes_at)
    today = to_oslo(now).date()
    due = [
        (deadline <= end_of_day(today + timedelta(days=days))) & ~_is_reminded(days)
        for days in REMIND_DAYS
    ]
    query = (
        select(Draft.id)
        .join(Draft.round)
        .where(
            which,
            Draft.updated_at <= now - QUIET_FOR,
            or_(Draft.contact_email.is_not(None), Draft.person_id.is_not(None)),
            Round.status.in_((RoundStatus.OPEN, RoundStatus.CLOSED)),
            deadline >= now,
            or_(*due),
        )
        .order_by(Draft.id)
    )
    return session().scalars(query).all()


def _is_reminded(days: int) -> ColumnElement[bool]:
    """Whether a draft's writer has got this reminder or a later one."""
    return (
        select(DraftReminder.id)
        .where(DraftReminder.draft_id == Draft.id, DraftReminder.days <= days)
        .correlate(Draft)
        .exists()
    )


def reminders_sent(draft_id: int) -> frozenset[int]:
    """Which reminders a draft's writer has got."""
    query = select(DraftReminder.days).where(DraftReminder.draft_id == draft_id)
    return frozenset(session().scalars(query))


def hold_unsent_draft(draft_id: int, *, is_change: bool = False) -> tuple[Draft, str, str] | None:
    """An unsent draft with its writer's address and name, kept from other workers.

    Args:
        draft_id: Internal id.
        is_change: Whether it is to amend an answer; it is not found as the other kind.
    """
    which = _is_unsent_change() if is_change else _is_unsent_answer()
    query = (
        select(Draft)
        .where(Draft.id == draft_id, which)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    draft = session().scalars(query).one_or_none()
    if draft is None:
        return None
    person = session().get(Person, draft.person_id) if draft.person_id else None
    email = draft.contact_email or (person.email if person else None)
    if email is None:
        return None
    return draft, email, draft.contact_name or (person.name if person else draft.name)


def find_watch(submission: Submission) -> AnswerWatch | None:
    """What a sender has asked to be told about an answer."""
    query = select(AnswerWatch).where(AnswerWatch.submission_id == submission.id)
    return session().scalars(query).one_or_none()


def find_watch_by_topic(topic: str) -> AnswerWatch | None:
    """The watch that mails with a topic come from."""
    query = (
        select(AnswerWatch)
        .join(AnswerWatch.submission)
        .where(Submission.public_id == topic.partition(":")[2])
    )
    return session().scalars(query).one_or_none() if is_about_answer(topic) else None


def watch_ids_to_look_at(now: datetime) -> Sequence[int]:
    """Ids of watches that have not been looked at today; days are Norwegian."""
    query = (
        select(AnswerWatch.id)
        .where(AnswerWatch.told_at < start_of_day(to_oslo(now).date()))
        .order_by(AnswerWatch.id)
    )
    return session().scalars(query).all()


def hold_watch(watch_id: int) -> AnswerWatch | None:
    """A watch by internal id, kept from other workers."""
    query = (
        select(AnswerWatch)
        .where(AnswerWatch.id == watch_id)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return session().scalars(query).one_or_none()


def hold_follower(follower_id: int) -> Follower | None:
    """A follower by internal id, kept from other workers."""
    query = (
        select(Follower)
        .where(Follower.id == follower_id)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return session().scalars(query).one_or_none()
