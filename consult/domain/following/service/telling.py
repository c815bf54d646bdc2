"""Telling everybody whom it concerns what has happened to a round: once, in their language."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.following import queries
from consult.domain.following.types import TELL_WITHIN
from consult.domain.following.wording import correction_of, note_of
from consult.domain.notifications import news as mails
from consult.domain.notifications.measures import send_followed_up
from consult.domain.notifications.news import Concern, RoundNote
from consult.domain.notifications.rules import round_topic
from consult.domain.notifications.types import Choice, Recipient
from consult.domain.rounds.types import ROUND_RULES, MailPlace, NewsKind
from consult.domain.submissions.queries import own_deadline
from consult.domain.submissions.rules import letter_locale
from consult.domain.submissions.service.linking import add_mail_link, link_address
from consult.domain.submissions.service.statement import is_changed
from consult.kernel.errors import NotFound
from consult.kernel.i18n import choose_locale

if TYPE_CHECKING:
    from consult.domain.notifications.models import OutboxMessage
    from consult.domain.rounds.models import Round, RoundNews
    from consult.domain.submissions.models import Draft

_CONCERNED: Mapping[NewsKind, frozenset[Concern]] = {
    NewsKind.OPENED: frozenset({Concern.FOLLOWING}),
    NewsKind.DEADLINE_MOVED: frozenset(Concern),
    NewsKind.CLOSED_EARLY: frozenset(
        {Concern.DRAFT, Concern.CHANGES, Concern.INVITATION, Concern.FOLLOWING}
    ),
    NewsKind.CORRECTED: frozenset({Concern.DRAFT, Concern.ANSWER, Concern.FOLLOWING}),
    NewsKind.REPORTED: frozenset({Concern.ANSWER, Concern.FOLLOWING}),
    NewsKind.FOLLOWED_UP: frozenset({Concern.ANSWER, Concern.FOLLOWING}),
    NewsKind.PUBLISHED: frozenset({Concern.ANSWER, Concern.FOLLOWING}),
    NewsKind.CANCELLED: frozenset(Concern),
}

_PLACES: Mapping[NewsKind, MailPlace] = {
    NewsKind.DEADLINE_MOVED: MailPlace.DEADLINE,
    NewsKind.REPORTED: MailPlace.REPORT,
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who is told, and what they have with the round.

    Attributes:
        about: Reference of what the mail goes away with.
        draft: What they have begun.
        receipt_number: What they have sent; empty when nothing.
    """

    to: Recipient
    concern: Concern
    about: str | None = None
    draft: "Draft | None" = None
    receipt_number: str = ""


def tell_news(news_id: int, *, base_url: str, now: datetime) -> int:
    """Write the mails about one thing that happened, in one transaction; returns how many.

    Several of the same kind that wait together are told as one. Nobody gets two mails about it,
    whatever they have with the round.
    """
    waiting = queries.hold_waiting(news_id)
    for one in waiting:
        one.told_at = now
    if not waiting or not _is_news(waiting[-1], now=now):
        session().flush()
        return 0
    latest = waiting[-1]
    told: set[str] = set()
    number = 0
    is_confidential = not ROUND_RULES[latest.round.type].is_open_to_all
    for found in _readers(latest):
        reader = replace(found, to=replace(found.to, is_confidential=is_confidential))
        address = reader.to.email.lower()
        if address not in told:
            told.add(address)
            number += _write(reader, waiting, base_url=base_url) is not None
    record(
        Tag.ROUND_NEWS_TOLD,
        subject=latest.round.reference,
        by=SYSTEM.reference,
        stream=organisation_stream(latest.round.owner_id),
        data={"kind": latest.kind.value, "number": number},
        at=now,
    )
    return number


def draft_address(draft: "Draft", *, base_url: str) -> str:
    """Where a writer goes on: a personal link, or the draft itself for whoever signs in."""
    if draft.person_id is None and draft.organisation_id is None:
        return link_address(base_url, add_mail_link(draft))
    return f"{base_url}/answer/drafts/{draft.public_id}"


def _is_news(news: "RoundNews", *, now: datetime) -> bool:
    """Whether it is still worth telling: not old, not taken back, not removed since."""
    if news.at < now - TELL_WITHIN:
        return False
    if news.kind is NewsKind.CLOSED_EARLY:
        return news.round.closes_at <= now
    if news.kind is not NewsKind.CORRECTED:
        return True
    try:
        correction_of(news.round, news.data)
    except NotFound:
        return False
    return True


def _readers(news: "RoundNews") -> Iterator[Reader]:
    """Everybody whom it concerns; those who have written come before those who only follow."""
    sources: dict[Concern, Callable[[RoundNews], Iterator[Reader]]] = {
        Concern.DRAFT: _writers,
        Concern.CHANGES: _changers,
        Concern.ANSWER: _senders,
        Concern.INVITATION: _invited,
        Concern.FOLLOWING: _followers,
    }
    for concern, source in sources.items():
        if concern in _CONCERNED[news.kind]:
            yield from source(news)


def _writers(news: "RoundNews") -> Iterator[Reader]:
    for draft, email, name in queries.unsent_drafts(news.round_id):
        if _is_too_late(news, draft.organisation_id):
            to = Recipient(email, name, letter_locale(draft.language, draft.locale))
            yield Reader(to, Concern.DRAFT, about=draft.reference, draft=draft)


def _changers(news: "RoundNews") -> Iterator[Reader]:
    """Those who have changed what they sent, and not sent the change."""
    for draft, email, name in queries.unsent_changes(news.round_id):
        if draft.amends is not None and is_changed(draft):
            to = Recipient(email, name, letter_locale(draft.language, draft.locale))
            number = draft.amends.receipt_number
            yield Reader(
                to, Concern.CHANGES, about=draft.reference, draft=draft, receipt_number=number
            )


def _senders(news: "RoundNews") -> Iterator[Reader]:
    about: dict[str, int] = {}
    if news.kind is NewsKind.CORRECTED:
        part = correction_of(news.round, news.data).part
        about = {f"{news.data['part']}_id": part.id}
    is_asked = news.kind is NewsKind.FOLLOWED_UP
    for answer in queries.reachable_answers(news.round_id, who_asked=is_asked, **about):
        to = Recipient(
            answer.contact_email or "",
            answer.contact_name or answer.name,
            letter_locale(answer.language, answer.locale),
        )
        concern = Concern.REGISTERED if answer.registered_by else Concern.ANSWER
        yield Reader(to, concern, receipt_number=answer.receipt_number)


def _invited(news: "RoundNews") -> Iterator[Reader]:
    for invitation in queries.silent_invited(news.round_id):
        if invitation.address is not None and _is_too_late(news, invitation.organisation_id):
            body = invitation.organisation
            to = Recipient(invitation.address, body.name, choose_locale(body.language))
            yield Reader(to, Concern.INVITATION)


def _followers(news: "RoundNews") -> Iterator[Reader]:
    for follower in queries.single_followers(news.round_id):
        to = Recipient(follower.email, "", follower.locale)
        yield Reader(to, Concern.FOLLOWING, about=follower.reference)


def _is_too_late(news: "RoundNews", organisation_id: int | None) -> bool:
    """Whether an early closing holds for a body: one with a later deadline of its own can answer.

    True of all other news, which concern everybody.
    """
    own = own_deadline(news.round_id, organisation_id)
    return news.kind is not NewsKind.CLOSED_EARLY or own is None or own <= news.round.closes_at


def _write(
    reader: Reader, waiting: Sequence["RoundNews"], *, base_url: str
) -> "OutboxMessage | None":
    """The mail to one reader; ``None`` when they have declined."""
    first, latest = waiting[0], waiting[-1]
    round_ = latest.round
    choice = Choice(round_topic(round_.public_id), base_url, about=reader.about)
    note = _note(reader, round_, kind=latest.kind, base_url=base_url)
    match latest.kind:
        case NewsKind.OPENED:
            return mails.send_round_opened(reader.to, note, choice)
        case NewsKind.DEADLINE_MOVED:
            return mails.send_deadline_moved(
                reader.to,
                note,
                choice,
                old=datetime.fromisoformat(first.data["old"]),
                new=datetime.fromisoformat(latest.data["new"]),
                reason=latest.data["reason"],
            )
        case NewsKind.CLOSED_EARLY:
            old, reason = datetime.fromisoformat(first.data["old"]), latest.data["reason"]
            return mails.send_round_closed(reader.to, note, choice, old=old, reason=reason)
        case NewsKind.CORRECTED:
            corrected = correction_of(round_, latest.data, since=int(first.data["wording"]))
            correction = corrected.told_in(reader.to.locale)
            return mails.send_correction(reader.to, note, choice, correction=correction)
        case NewsKind.REPORTED:
            return mails.send_report_published(reader.to, note, choice)
        case NewsKind.PUBLISHED:
            report = replace(note, link=f"{note.link}/reports/{latest.data['kind']}")
            return mails.send_report_published(reader.to, report, choice)
        case NewsKind.FOLLOWED_UP:
            told = replace(note, link=f"{note.link}/follow-up")
            data = latest.data
            accepted = data["accepted"] + data["partly"]
            return send_followed_up(
                reader.to,
                told,
                choice,
                total=data["total"],
                accepted=accepted,
                declined=data["declined"],
            )
        case NewsKind.CANCELLED:
            reason = round_.cancel_reason or ""
            return mails.send_round_cancelled(reader.to, note, choice, reason=reason)


def _note(reader: Reader, round_: "Round", *, kind: NewsKind, base_url: str) -> RoundNote:
    goes_on = reader.draft is not None and kind is not NewsKind.CANCELLED
    return note_of(
        round_,
        locale=reader.to.locale,
        base_url=base_url,
        concern=reader.concern,
        draft_link=(
            draft_address(reader.draft, base_url=base_url) if goes_on and reader.draft else ""
        ),
        receipt_number=reader.receipt_number,
        place=_PLACES.get(kind),
    )
