"""Discussing a document beside its text. Whatever was said stays, also what was changed."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.composing.models import CommentPost, CommentThread
from consult.domain.composing.rules import stands_in
from consult.domain.composing.threads import list_mentionable
from consult.domain.notifications.discussing import CommentNote, send_mentioned
from consult.domain.notifications.types import Recipient
from consult.kernel.clock import utc_now
from consult.kernel.errors import Conflict, InvalidInput
from consult.kernel.i18n import choose_locale, localised, localised_language
from consult.kernel.text.rich.codec import from_tree

if TYPE_CHECKING:
    from consult.domain.accounts.models import Person
    from consult.domain.coding.models import Passage
    from consult.domain.composing.models import Part

CHANGEABLE_FOR = timedelta(minutes=10)
"""For how long one may change what one has said."""

LONGEST_COMMENT = 4000


class NotChangeable(Conflict):
    """It is somebody else's comment, or it was written too long ago."""


def open_thread(
    part: "Part",
    text: str,
    *,
    base_url: str,
    by: Actor,
    quote: str = "",
    passage: "Passage | None" = None,
    mentions: Collection[int] = (),
    at: datetime | None = None,
) -> CommentThread:
    """Begin a discussion at a part, at words of it, or at a passage beside it.

    Args:
        part: The part.
        text: The first comment.
        base_url: Address that links in mails start with.
        by: Who says it.
        quote: Words of the part that it is about.
        passage: That it is about. That it is of the document's own hearings is the caller's
            question (:func:`consult.domain.composing.sources.get_sources`).
        mentions: Ids of members who are told by mail where they are mentioned, not what is said.
        at: When, if not now.

    Raises:
        InvalidInput: ``text`` (``missing``, ``too_long``), ``quote`` (``not_there``) or
            ``mentions`` (``not_a_member``).
    """
    words = " ".join(quote.split())
    if words and not stands_in(words, from_tree(part.body)):
        raise InvalidInput("quote", "not_there")
    thread = _thread(part, quote=words, at=at or utc_now())
    thread.passage = passage
    _say(thread, text, mentions=mentions, base_url=base_url, by=by, at=at)
    return thread


def take_in_comment(part: "Part", text: str, *, quote: str, author: str, by: Actor) -> None:
    """Begin a discussion with what somebody wrote in the margin of a Word file."""
    thread = _thread(part, quote=" ".join(quote.split()), at=utc_now())
    post = _post(thread, text.strip()[:LONGEST_COMMENT], by=by, at=thread.opened_at)
    post.author = author or None
    session().flush()
    _log(Tag.COMMENT_WRITTEN, thread, by=by)


def say_by_link(part: "Part", text: str, *, by: Actor, at: datetime) -> CommentThread:
    """Begin a discussion with what a reader outside says.

    Raises:
        InvalidInput: ``text`` (``missing``, ``too_long``).
    """
    words = _checked(text)
    thread = _thread(part, quote="", at=at)
    post = _post(thread, words, by=by, at=at)
    post.author, post.is_by_link = by.name, True
    session().flush()
    _log(Tag.COMMENT_WRITTEN, thread, by=by)
    return thread


def reply(
    thread: CommentThread,
    text: str,
    *,
    base_url: str,
    by: Actor,
    mentions: Collection[int] = (),
    at: datetime | None = None,
) -> CommentPost:
    """Say something in a discussion; one that was resolved is open again.

    Raises:
        InvalidInput: as :func:`open_thread`.
    """
    if not thread.is_open:
        reopen(thread, by=by)
    return _say(thread, text, mentions=mentions, base_url=base_url, by=by, at=at)


def can_change(post: CommentPost, *, by: Actor, now: datetime) -> bool:
    """Whether somebody may change a comment: their own, shortly after they wrote it."""
    is_own = post.written_by == by.reference and post.author is None
    return is_own and now - post.written_at <= CHANGEABLE_FOR


def change_comment(post: CommentPost, text: str, *, by: Actor) -> None:
    """Say it otherwise; what it said before is kept and can be read.

    Raises:
        NotChangeable: It is somebody else's, or it is too late.
        InvalidInput: ``text`` (``missing``, ``too_long``).
    """
    now = utc_now()
    if not can_change(post, by=by, now=now):
        raise NotChangeable
    words = _checked(text)
    if words == post.text:
        return
    post.earlier = [*post.earlier, post.text]
    post.text, post.changed_at = words, now
    session().flush()
    _log(Tag.COMMENT_CHANGED, post.thread, by=by)


def resolve(thread: CommentThread, *, by: Actor, at: datetime | None = None) -> None:
    """Put a discussion aside: nobody has to do anything about it any more."""
    if thread.is_open:
        thread.resolved_at, thread.resolved_by = at or utc_now(), by.reference
        session().flush()
        _log(Tag.COMMENTS_RESOLVED, thread, by=by)


def reopen(thread: CommentThread, *, by: Actor) -> None:
    """Take a discussion up again."""
    if not thread.is_open:
        thread.resolved_at = thread.resolved_by = None
        session().flush()
        _log(Tag.COMMENTS_REOPENED, thread, by=by)


def _thread(part: "Part", *, quote: str, at: datetime) -> CommentThread:
    thread = CommentThread(part=part, quote=quote, opened_at=at)
    session().add(thread)
    return thread


def _say(
    thread: CommentThread,
    text: str,
    *,
    mentions: Collection[int],
    base_url: str,
    by: Actor,
    at: datetime | None,
) -> CommentPost:
    words = _checked(text)
    organisation_id = thread.part.composition.organisation_id
    members = {
        one.person_id: one.person for one in list_mentionable(organisation_id, now=utc_now())
    }
    if not set(mentions) <= set(members):
        raise InvalidInput("mentions", "not_a_member")
    told = [members[one] for one in dict.fromkeys(mentions)]
    post = _post(thread, words, by=by, at=at or utc_now())
    post.mentions = [person.reference for person in told]
    session().flush()
    _log(Tag.COMMENT_WRITTEN, thread, by=by)
    for person in told:
        _tell(thread, person, name=by.name, base_url=base_url)
    return post


def _checked(text: str) -> str:
    words = text.strip()
    if not words:
        raise InvalidInput("text", "missing")
    if len(words) > LONGEST_COMMENT:
        raise InvalidInput("text", "too_long", limit=LONGEST_COMMENT)
    return words


def _post(thread: CommentThread, text: str, *, by: Actor, at: datetime) -> CommentPost:
    post = CommentPost(
        thread=thread, text=text, mentions=[], earlier=[], written_at=at, written_by=by.reference
    )
    session().add(post)
    return post


def _tell(thread: CommentThread, person: "Person", *, name: str, base_url: str) -> None:
    composition = thread.part.composition
    organisation, round_ = composition.organisation, composition.round
    locale = choose_locale(person.locale or organisation.language)
    note = CommentNote(
        organisation=organisation.name_in(locale),
        title=localised(round_.title, locale),
        language=localised_language(round_.title, locale),
        link=f"{base_url}{composition.path}/draft/comments?show=all#thread-{thread.public_id}",
    )
    send_mentioned(Recipient(email=person.email, name=person.name, locale=locale), note, name=name)


def _log(tag: Tag, thread: CommentThread, *, by: Actor) -> None:
    part = thread.part
    record(
        tag,
        subject=thread.reference,
        by=by.reference,
        stream=organisation_stream(part.composition.organisation_id),
        data={"part": part.key},
    )
