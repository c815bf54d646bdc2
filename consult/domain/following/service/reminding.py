"""Reminding writers of what they have not sent, and the digest of those who follow."""

from datetime import datetime
from itertools import groupby

from consult.db import session
from consult.domain.following import queries
from consult.domain.following.models import DraftReminder
from consult.domain.following.rules import calendar_days_left, due_reminder, is_digest_due
from consult.domain.following.service.telling import draft_address
from consult.domain.following.types import Rhythm
from consult.domain.following.wording import digest_item, note_of
from consult.domain.notifications.news import Concern, send_digest, send_draft_reminder
from consult.domain.notifications.rules import FOLLOWED, round_topic
from consult.domain.notifications.types import Choice, Recipient
from consult.domain.rounds.types import MailPlace
from consult.domain.submissions.queries import own_deadline
from consult.domain.submissions.rules import letter_locale


def remind_writer(draft_id: int, *, base_url: str, now: datetime) -> bool:
    """Remind the writer of an unsent draft, if that is due and was not done; says whether it was.

    That it was done is noted in the same transaction, so that no restart repeats it.
    """
    held = queries.hold_unsent_draft(draft_id)
    if held is None:
        return False
    draft, email, name = held
    own = own_deadline(draft.round_id, draft.organisation_id)
    closes_at = max(draft.round.closes_at, own) if own else draft.round.closes_at
    days = due_reminder(
        closes_at=closes_at,
        written_at=draft.updated_at,
        sent=queries.reminders_sent(draft.id),
        now=now,
    )
    if days is None:
        return False
    session().add(DraftReminder(draft_id=draft.id, days=days, sent_at=now))
    session().flush()
    locale = letter_locale(draft.language, draft.locale)
    note = note_of(
        draft.round,
        locale=locale,
        base_url=base_url,
        concern=Concern.DRAFT,
        draft_link=draft_address(draft, base_url=base_url),
        place=MailPlace.REMINDER,
        closes_at=closes_at,
    )
    choice = Choice(round_topic(draft.round.public_id), base_url, about=draft.reference)
    left = calendar_days_left(closes_at, now=now)
    to = Recipient(email, name, locale, is_confidential=draft.is_internal)
    sent = send_draft_reminder(to, note, choice, days=left)
    return sent is not None


def write_digest(follower_id: int, *, base_url: str, now: datetime) -> bool:
    """Write today's digest to a follower, if there is something to tell; says whether it was."""
    follower = queries.hold_follower(follower_id)
    if follower is None or follower.rhythm is not Rhythm.DAILY:
        return False
    news = queries.news_for(follower, now=now)
    if not news or not is_digest_due(follower.digested_at, now=now):
        return False
    follower.digested_at = now
    session().flush()
    items = [
        digest_item(list(one), locale=follower.locale, base_url=base_url)
        for _round, one in groupby(news, key=lambda one: one.round_id)
    ]
    choice = Choice(FOLLOWED, base_url, about=follower.reference)
    to = Recipient(follower.email, "", follower.locale)
    return send_digest(to, items, choice) is not None
