"""Mails about rounds that somebody follows, has begun to answer or has answered.

All but the confirmation can be declined.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from consult.domain.notifications.models import OutboxMessage
from consult.domain.notifications.service import enqueue, enqueue_declinable
from consult.domain.notifications.types import Choice, OwnWords, Recipient


class Concern(StrEnum):
    """Why somebody is told: what the mail then says they can do."""

    DRAFT = "draft"
    CHANGES = "changes"
    ANSWER = "answer"
    REGISTERED = "registered"
    INVITATION = "invitation"
    FOLLOWING = "following"


@dataclass(frozen=True, slots=True)
class RoundNote:
    """The round that a mail is about, in the recipient's language.

    Attributes:
        language: The language of the title.
        link: Address of the round's page.
        draft_link: Where the recipient goes on with what they have begun; empty for others.
        receipt_number: The number of what they have sent; empty for others.
        own_words: What the owner wants said as well.
    """

    title: str
    language: str
    owner: str
    closes_at: datetime
    contact: str
    link: str
    concern: Concern
    draft_link: str = ""
    receipt_number: str = ""
    own_words: OwnWords | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What was corrected.

    Attributes:
        place: "Question 3" or "Proposal 4.2", in the recipient's language.
        language: The language of both texts.
    """

    place: str
    before: str
    after: str
    language: str


@dataclass(frozen=True, slots=True)
class DigestItem:
    """What happened to one round, in a digest: sentences in the recipient's language."""

    title: str
    language: str
    texts: tuple[str, ...]
    link: str


def send_follow_confirmation(
    to: Recipient, *, about: str, round_title: str, language: str, link: str, days: int
) -> OutboxMessage:
    """Ask whether an address really wants to follow a round; nothing else is sent until it says so.

    Args:
        to: Who is said to want it.
        about: Reference of the follower, with whom the mail is forgotten.
        round_title: The round's title in the recipient's language.
        language: The language of that title.
        link: Confirms it.
        days: How long the link works.
    """
    return enqueue(
        "follow_confirmation",
        to,
        about=about,
        round_title=round_title,
        language=language,
        link=link,
        days=days,
    )


def send_round_opened(to: Recipient, note: RoundNote, choice: Choice) -> OutboxMessage | None:
    """Tell that a round takes answers now."""
    return enqueue_declinable("round_opened", to, choice, note=note)


def send_deadline_moved(
    to: Recipient, note: RoundNote, choice: Choice, *, old: datetime, new: datetime, reason: str
) -> OutboxMessage | None:
    """Tell that there is more time: both dates and why."""
    return enqueue_declinable(
        "deadline_moved", to, choice, note=note, old=old, new=new, reason=reason
    )


def send_correction(
    to: Recipient, note: RoundNote, choice: Choice, *, correction: Correction
) -> OutboxMessage | None:
    """Tell that something asked or proposed was corrected: both wordings."""
    return enqueue_declinable("correction", to, choice, note=note, correction=correction)


def send_report_published(to: Recipient, note: RoundNote, choice: Choice) -> OutboxMessage | None:
    """Tell that the round has been summed up."""
    return enqueue_declinable("report_published", to, choice, note=note)


def send_round_cancelled(
    to: Recipient, note: RoundNote, choice: Choice, *, reason: str
) -> OutboxMessage | None:
    """Tell that a round was given up, and why."""
    return enqueue_declinable("round_cancelled", to, choice, note=note, reason=reason)


def send_draft_reminder(
    to: Recipient, note: RoundNote, choice: Choice, *, days: int
) -> OutboxMessage | None:
    """Remind of what was begun and is not sent; ``days`` are left."""
    return enqueue_declinable("draft_reminder", to, choice, note=note, days=days)


def send_change_reminder(
    to: Recipient, note: RoundNote, choice: Choice, *, days: int
) -> OutboxMessage | None:
    """Remind of changes to a sent answer that are not sent; what was sent counts until then."""
    return enqueue_declinable("change_reminder", to, choice, note=note, days=days)


def send_round_closed(
    to: Recipient, note: RoundNote, choice: Choice, *, old: datetime, reason: str
) -> OutboxMessage | None:
    """Tell that a round takes no more answers, before the deadline it had, and why."""
    return enqueue_declinable("round_closed", to, choice, note=note, old=old, reason=reason)


def send_digest(to: Recipient, items: Sequence[DigestItem], choice: Choice) -> OutboxMessage | None:
    """Tell in one mail what happened in the rounds that somebody follows."""
    return enqueue_declinable("news_digest", to, choice, items=list(items))
