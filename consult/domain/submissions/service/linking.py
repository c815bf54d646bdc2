"""Personal links and codes: made, opened, replaced and turned off (docs/adr/0017)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.orm import joinedload

from consult.db import session, table_of
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import SYSTEM_STREAM, Tag, organisation_stream
from consult.domain.notifications.limits import take_link_mail
from consult.domain.notifications.messages import FoundLink, send_draft_link, send_found_links
from consult.domain.notifications.types import Recipient
from consult.domain.rounds.types import ROUND_RULES, RoundStatus
from consult.domain.submissions.models import Draft, PersonalLink, Submission
from consult.domain.submissions.queries import own_deadline_of
from consult.domain.submissions.rules import answer_access_ends, draft_access_ends, letter_locale
from consult.domain.submissions.senders import IdentityLevel, LinkKind
from consult.kernel.clock import utc_now
from consult.kernel.codes import new_spoken_code, read_spoken_code, spoken_code_digest
from consult.kernel.i18n import localised
from consult.kernel.ids import new_token, token_digest

_NEW_LINK = insert(table_of(PersonalLink))

Accessible: TypeAlias = Draft | Submission
"""What a personal link or code opens: a draft, or an answer that was sent. Never both."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link or a code leads to.

    Attributes:
        is_mailed: It is the link that was mailed, so whoever has it reads the mailbox.
    """

    thing: Accessible
    is_mailed: bool

    @property
    def is_draft(self) -> bool:
        """Whether it is a draft."""
        return isinstance(self.thing, Draft)


def link_address(base_url: str, token: str) -> str:
    """The address of a personal link. It leads at once to one without the secret."""
    return f"{base_url}/answer/link/{token}"


def answer_address(submission: Submission, *, base_url: str) -> str:
    """Where the sender finds an answer: a personal link, or inside an organisation, its page."""
    if not ROUND_RULES[submission.round.type].is_open_to_all:
        return f"{base_url}/answer/receipts/{submission.public_id}"
    return link_address(base_url, renew_mail_link(submission))


def further_address(submission: Submission, *, base_url: str) -> str:
    """As :func:`answer_address`, in a mail that nobody asked for: earlier links go on working."""
    if submission.is_internal:
        return answer_address(submission, base_url=base_url)
    return link_address(base_url, add_mail_link(submission))


def find_by_link(token: str, *, now: datetime) -> Opened | None:
    """What a personal link opens at this moment, if anything."""
    return _find(token_digest(token), (LinkKind.SHOWN, LinkKind.MAILED), now=now)


def find_by_code(typed: str, *, now: datetime) -> Opened | None:
    """What a printed code opens at this moment, however it was typed, if anything."""
    letters = read_spoken_code(typed)
    if letters is None:
        return None
    return _find(spoken_code_digest(letters), (LinkKind.CODE,), now=now)


def access_ends(thing: Accessible) -> datetime:
    """When its personal link and code stop working."""
    closes_at = thing.round.closes_at
    if isinstance(thing, Draft):
        return draft_access_ends(closes_at, own_deadline_of(thing))
    return answer_access_ends(closes_at, thing.received_at)


def confirm_email(opened: Opened, *, now: datetime) -> None:
    """Note that whoever opened the mailed link reads the mailbox; other links say nothing."""
    if not opened.is_mailed:
        return
    if isinstance(opened.thing, Draft):
        opened.thing.email_confirmed_at = opened.thing.email_confirmed_at or now
    elif opened.thing.identity is IdentityLevel.UNVERIFIED:
        opened.thing.identity = IdentityLevel.EMAIL_CONFIRMED
    session().flush()


def add_link(thing: Accessible) -> str:
    """Give a draft or an answer that is new its link for the browser."""
    return _new_link(thing, LinkKind.SHOWN)


def renew_link(thing: Accessible) -> str:
    """Give a draft or an answer a new link for the browser, in the place of the one before."""
    end_links(thing, LinkKind.SHOWN)
    return _new_link(thing, LinkKind.SHOWN)


def renew_mail_link(thing: Accessible) -> str:
    """Give a draft or an answer a new link to be mailed, in the place of those before."""
    end_links(thing, LinkKind.MAILED)
    return _new_link(thing, LinkKind.MAILED)


def add_mail_link(thing: Accessible) -> str:
    """Give a draft or an answer one more link to be mailed, for a mail that nobody asked for.

    Those in earlier mails go on working; all of them end together.
    """
    return _new_link(thing, LinkKind.MAILED)


def renew_code(thing: Accessible) -> str:
    """Give a draft or an answer a new code to print, in the place of the one before."""
    end_links(thing, LinkKind.CODE)
    code = new_spoken_code()
    _keep(thing, LinkKind.CODE, spoken_code_digest(code.replace("-", "")))
    return code


def end_links(thing: Accessible, *kinds: LinkKind) -> None:
    """Turn off the links and codes of these kinds; all of them when none is named."""
    query = delete(PersonalLink).where(_opens(thing), PersonalLink.kind.in_(kinds or LinkKind))
    session().execute(query)


def replace_access(thing: Accessible, *, by: Actor) -> str:
    """Make a new link and turn off everything handed out before: links, code, other browsers."""
    thing.access_epoch += 1
    end_links(thing)
    token = renew_link(thing)
    _record(thing, by=by, change="replaced")
    return token


def turn_off_link(opened: Opened, *, by: Actor) -> None:
    """Turn off links and code for somebody who got a link that is not theirs.

    Browsers stay open, for the writer's own is one of them. If the link came by mail, the address
    was wrong: it is taken out, and nothing more goes there.
    """
    thing = opened.thing
    end_links(thing)
    if opened.is_mailed:
        thing.contact_email = None
    session().flush()
    _record(thing, by=by, change="turned_off")


def mail_draft_link(draft: Draft, *, base_url: str, now: datetime) -> bool:
    """Mail the writer the link to a draft; false when there is no address or it got too many."""
    if draft.contact_email is None or not take_link_mail(draft.contact_email, now=now):
        return False
    locale = letter_locale(draft.language, draft.locale)
    send_draft_link(
        Recipient(draft.contact_email, draft.contact_name or draft.name, locale),
        about=draft.reference,
        round_title=localised(draft.round.title, locale),
        link=link_address(base_url, renew_mail_link(draft)),
        closes_at=draft.round.closes_at,
    )
    return True


def mail_found_links(email: str, *, locale: str, base_url: str, now: datetime) -> None:
    """Mail an address new links to all that it stands on; tell the caller nothing either way.

    Only what was mailed before is replaced: links and codes in the sender's own hands keep working,
    so that nobody can lock somebody else out by asking.
    """
    found = [thing for thing in _things_of(email) if _is_open(thing, now)]
    if not found or not take_link_mail(email, now=now):
        return
    links = [
        FoundLink(
            round_title=localised(thing.round.title, locale),
            receipt_number=thing.receipt_number if isinstance(thing, Submission) else None,
            link=link_address(base_url, renew_mail_link(thing)),
        )
        for thing in found
    ]
    address, name = found[0].contact_email or email, found[0].contact_name or found[0].name
    send_found_links(Recipient(address, name, locale), links)


_MOST_FOUND = 20


def _things_of(email: str) -> Sequence[Accessible]:
    address = email.strip().lower()
    drafts = (
        select(Draft)
        .where(
            func.lower(Draft.contact_email) == address,
            Draft.submission_id.is_(None),
            Draft.organisation_id.is_(None),
        )
        .options(joinedload(Draft.round))
        .order_by(Draft.id.desc())
        .limit(_MOST_FOUND)
    )
    answers = (
        select(Submission)
        .where(func.lower(Submission.contact_email) == address, Submission.registered_by.is_(None))
        .options(joinedload(Submission.round))
        .order_by(Submission.id.desc())
        .limit(_MOST_FOUND)
    )
    found: Collection[Accessible] = (*session().scalars(drafts), *session().scalars(answers))
    return tuple(found)[:_MOST_FOUND]


def _find(digest: str, kinds: Collection[LinkKind], *, now: datetime) -> Opened | None:
    query = select(PersonalLink).where(PersonalLink.digest == digest, PersonalLink.kind.in_(kinds))
    link = session().scalars(query).one_or_none()
    thing = (link.draft or link.submission) if link else None
    if link is None or thing is None or not _is_open(thing, now):
        return None
    return Opened(thing, is_mailed=link.kind is LinkKind.MAILED)


def _new_link(thing: Accessible, kind: LinkKind) -> str:
    token = new_token()
    _keep(thing, kind, token_digest(token))
    return token


def _keep(thing: Accessible, kind: LinkKind, digest: str) -> None:
    session().flush()
    place = "draft_id" if isinstance(thing, Draft) else "submission_id"
    link = {place: thing.id, "kind": kind, "digest": digest, "created_at": utc_now()}
    session().execute(_NEW_LINK, link)


def _opens(thing: Accessible) -> ColumnElement[bool]:
    if isinstance(thing, Draft):
        return PersonalLink.draft_id == thing.id
    return PersonalLink.submission_id == thing.id


def _is_open(thing: Accessible, now: datetime) -> bool:
    """Whether links to it work: not after its time, nor to a draft that has become an answer.

    What is said inside an organisation has none: a role opens it, and no longer than it lasts.
    """
    if isinstance(thing, Draft) and thing.submission_id is not None:
        return False
    if not ROUND_RULES[thing.round.type].is_open_to_all:
        return False
    return thing.round.status is not RoundStatus.ARCHIVED and now < access_ends(thing)


def _record(thing: Accessible, *, by: Actor, change: str) -> None:
    """Log the change where it belongs: what happens to drafts is not for the round's owner."""
    if isinstance(thing, Submission):
        tag, stream = Tag.SUBMISSION_LINK_CHANGED, organisation_stream(thing.round.owner_id)
    else:
        tag, stream = Tag.DRAFT_LINK_CHANGED, SYSTEM_STREAM
    actor = by.reference if isinstance(thing, Draft) else "sender"
    record(tag, subject=thing.reference, by=actor, stream=stream, data={"change": change})
