"""Letting somebody outside read a draft and comment on it, by a link of their own (ADR 58)."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.composing.models import ReaderLink
from consult.domain.composing.service.discussing import say_by_link
from consult.domain.submissions.rules import check_free_text
from consult.kernel.clock import to_oslo
from consult.kernel.errors import InvalidInput
from consult.kernel.ids import new_token, token_digest

if TYPE_CHECKING:
    from consult.domain.composing.models import CommentThread, Composition, Part

LONGEST_NAME = 200
MOST_DAYS = 90
"""For how many days a link may work."""

_MOST_COMMENTS = 200


def default_end(today: date) -> date:
    """The last day where nobody has chosen another."""
    return today + timedelta(days=14)


def invite_reader(
    composition: "Composition", name: str, *, ends_on: date, by: Actor, at: datetime
) -> tuple[ReaderLink, str]:
    """Make a link for a reader outside.

    Returns:
        The link and its secret, which cannot be found again.

    Raises:
        InvalidInput: ``name`` (``required``, ``too_long``, ``identity_number``) or ``ends_on``
            (``past``, ``too_late``).
    """
    words, today = " ".join(name.split()), to_oslo(at).date()
    if not words:
        raise InvalidInput("name", "required")
    if len(words) > LONGEST_NAME:
        raise InvalidInput("name", "too_long", limit=LONGEST_NAME)
    check_free_text("name", words)
    if ends_on < today:
        raise InvalidInput("ends_on", "past")
    if ends_on > today + timedelta(days=MOST_DAYS):
        raise InvalidInput("ends_on", "too_late", limit=MOST_DAYS)
    token = new_token()
    link = ReaderLink(
        composition=composition,
        name=words,
        token_digest=token_digest(token),
        ends_on=ends_on,
        made_at=at,
        made_by=by.reference,
    )
    session().add(link)
    session().flush()
    _log(Tag.READER_INVITED, link, by=by)
    return link, token


def end_link(link: ReaderLink, *, by: Actor, at: datetime) -> None:
    """Let nobody read by a link any more; what was said stays."""
    if link.ended_at is None:
        link.ended_at, link.ended_by = at, by.reference
        session().flush()
        _log(Tag.READER_ENDED, link, by=by)


def comment_by_link(
    link: ReaderLink, part: "Part", text: str, *, said: int, at: datetime
) -> "CommentThread":
    """Begin a discussion at a part in the name of whoever the link is for.

    Args:
        link: By which it is read.
        part: Of the draft.
        text: The comment.
        said: How many comments have come by the link already.
        at: When.

    Raises:
        InvalidInput: ``text`` (``missing``, ``too_long``, ``too_many``, ``identity_number``).
    """
    if said >= _MOST_COMMENTS:
        raise InvalidInput("text", "too_many", limit=_MOST_COMMENTS)
    check_free_text("text", text)
    return say_by_link(part, text, by=link.actor, at=at)


def _log(tag: Tag, link: ReaderLink, *, by: Actor) -> None:
    record(
        tag,
        subject=link.reference,
        by=by.reference,
        stream=organisation_stream(link.composition.organisation_id),
        data={"report": link.composition.reference, "ends_on": link.ends_on.isoformat()},
    )
