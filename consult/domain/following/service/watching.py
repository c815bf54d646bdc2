"""Telling senders who have asked for it what happens with their answer: at most one mail a day."""

from datetime import datetime
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.coding.queries.versions import themes_changed_at
from consult.domain.disclosure.queries import published_from
from consult.domain.following import queries
from consult.domain.following.models import AnswerWatch
from consult.domain.following.outcomes import told_of_answer
from consult.domain.following.rules import changes_since
from consult.domain.following.types import ANSWER_CHANGE_TEXTS, AnswerChange
from consult.domain.notifications.news import send_answer_news
from consult.domain.notifications.rules import answer_topic
from consult.domain.notifications.stopping import allow_mail
from consult.domain.notifications.types import Choice
from consult.domain.rounds.types import RoundStatus
from consult.domain.submissions.reaching import recipient_of
from consult.domain.submissions.service.linking import add_mail_link, link_address
from consult.domain.submissions.types import SubmissionStatus
from consult.kernel.i18n import localised, localised_language, translator

if TYPE_CHECKING:
    from consult.domain.submissions.models import Submission


def watch_answer(submission: "Submission", *, by: Actor, now: datetime) -> bool:
    """Tell the sender from now on what happens with the answer; false when it has no address."""
    if submission.contact_email is None:
        return False
    allow_mail(submission.contact_email, answer_topic(submission.public_id))
    if queries.find_watch(submission) is None:
        session().add(AnswerWatch(submission=submission, told_at=now))
        session().flush()
        _record(submission, by=by, is_on=True)
    return True


def end_watch(watch: AnswerWatch, *, by: Actor) -> None:
    """Tell the sender nothing more about the answer."""
    _record(watch.submission, by=by, is_on=False)
    session().delete(watch)
    session().flush()


def tell_sender(watch_id: int, *, base_url: str, now: datetime) -> bool:
    """Look at one answer, and write what has happened with it since; says whether a mail went.

    That it was looked at is noted in the same transaction, so that no restart tells it twice.
    """
    watch = queries.hold_watch(watch_id)
    if watch is None:
        return False
    submission, since = watch.submission, watch.told_at
    watch.told_at = now
    session().flush()
    if not _is_followed_up(submission):
        return False
    changes = changes_since(
        since,
        themes_shown_at=submission.round.themes_shown_at,
        themes_changed_at=themes_changed_at(submission.id),
        outcome_told_at=max((one.told_at for one in told_of_answer(submission)), default=None),
        published_at=published_from(submission),
        now=now,
    )
    return bool(changes) and _write(submission, changes, base_url=base_url)


def _is_followed_up(submission: "Submission") -> bool:
    return (
        submission.contact_email is not None
        and submission.status is SubmissionStatus.RECEIVED
        and submission.round.status is not RoundStatus.ARCHIVED
    )


def _write(submission: "Submission", changes: tuple[AnswerChange, ...], *, base_url: str) -> bool:
    round_ = submission.round
    recipient = recipient_of(submission)
    if recipient is None:
        return False
    locale = recipient.locale
    say = translator(locale).gettext
    sent = send_answer_news(
        recipient,
        Choice(answer_topic(submission.public_id), base_url, about=submission.reference),
        receipt_number=submission.receipt_number,
        round_title=localised(round_.title, locale),
        language=localised_language(round_.title, locale),
        texts=[say(ANSWER_CHANGE_TEXTS[one]) % {"owner": round_.owner.name} for one in changes],
        link=_address(submission, base_url=base_url),
    )
    return sent is not None


def _address(submission: "Submission", *, base_url: str) -> str:
    """A personal link, or the answer's page for the members of the body that sent it."""
    if submission.organisation_id is None:
        return link_address(base_url, add_mail_link(submission))
    return f"{base_url}/answer/receipts/{submission.public_id}/uses"


def _record(submission: "Submission", *, by: Actor, is_on: bool) -> None:
    record(
        Tag.FOLLOWING_STARTED if is_on else Tag.FOLLOWING_ENDED,
        subject=submission.reference,
        by=by.reference,
        stream=organisation_stream(submission.round.owner_id),
    )
