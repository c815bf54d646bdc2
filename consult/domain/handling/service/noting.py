"""What a team says among itself about an answer. Whatever was said stays."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.handling.models import NotePost, NoteThread, NoteWording
from consult.domain.handling.service.telling import tell_mentioned
from consult.domain.submissions.rules import check_free_text
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.text.plain import canonical

if TYPE_CHECKING:
    from consult.domain.accounts.models import Person
    from consult.domain.submissions.models import Submission

LONGEST_NOTE = 4000


def open_note(
    submission: "Submission",
    text: str,
    *,
    by: Actor,
    base_url: str,
    mentions: Sequence["Person"] = (),
) -> NoteThread:
    """Begin a discussion about an answer; who is mentioned is told by mail, not what is said.

    That they are of the team is the caller's question (``queries.tasks.list_team``).

    Raises:
        InvalidInput: ``text`` (``required``, ``too_long``, ``identity_number``).
    """
    words = _checked(text)
    thread = NoteThread(submission=submission, opened_at=utc_now())
    session().add(thread)
    _say(thread, words, by=by, base_url=base_url, mentions=mentions)
    return thread


def reply_to_note(
    thread: NoteThread,
    text: str,
    *,
    by: Actor,
    base_url: str,
    mentions: Sequence["Person"] = (),
) -> None:
    """Say something in a discussion; one that was settled is open again. Raises as above."""
    words = _checked(text)
    if not thread.is_open:
        reopen_note(thread, by=by)
    _say(thread, words, by=by, base_url=base_url, mentions=mentions)


def change_note(post: NotePost, text: str, *, by: Actor) -> bool:
    """Let a note say something else; what it said before stays beside it. Whether it changed.

    That it is one's own is the policy's question. Nobody is told by mail again. Raises as above.
    """
    words = _checked(text)
    if words == post.text:
        return False
    post.earlier.append(NoteWording(text=post.text, replaced_at=utc_now()))
    post.text = words
    session().flush()
    _log(Tag.NOTE_CHANGED, post.thread, by=by)
    return True


def settle_note(thread: NoteThread, *, by: Actor) -> None:
    """Put a discussion aside: nobody has to do anything about it any more."""
    if thread.is_open:
        thread.resolved_at, thread.resolved_by = utc_now(), by.reference
        session().flush()
        _log(Tag.NOTES_SETTLED, thread, by=by)


def reopen_note(thread: NoteThread, *, by: Actor) -> None:
    """Take a discussion up again."""
    if not thread.is_open:
        thread.resolved_at = thread.resolved_by = None
        session().flush()
        _log(Tag.NOTES_REOPENED, thread, by=by)


def _checked(text: str) -> str:
    words = canonical(text).strip()
    if not words:
        raise InvalidInput("text", "required")
    if len(words) > LONGEST_NOTE:
        raise InvalidInput("text", "too_long", limit=LONGEST_NOTE)
    check_free_text("text", words)
    return words


def _say(
    thread: NoteThread,
    words: str,
    *,
    by: Actor,
    base_url: str,
    mentions: Sequence["Person"],
) -> None:
    told = list(dict.fromkeys(mentions))
    post = NotePost(
        thread=thread,
        text=words,
        mentions=[person.reference for person in told],
        written_at=utc_now(),
        written_by=by.reference,
    )
    session().add(post)
    session().flush()
    _log(Tag.NOTE_WRITTEN, thread, by=by)
    for person in told:
        tell_mentioned(thread, person, name=by.name, base_url=base_url)


def _log(tag: Tag, thread: NoteThread, *, by: Actor) -> None:
    """Note in the owner's log that something was said, never what."""
    record(
        tag,
        subject=thread.submission.reference,
        by=by.reference,
        stream=organisation_stream(thread.round.owner_id),
        data={"thread": thread.public_id},
    )
