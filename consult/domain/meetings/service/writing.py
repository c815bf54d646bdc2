"""Writing notes at a table, and taking remarks back."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError

from consult.db import savepoint, session
from consult.domain.accounts.types import Actor
from consult.domain.audit.types import Tag
from consult.domain.meetings.models import MeetingGroup, MeetingNote, RemovedNote
from consult.domain.meetings.queries import find_note_by_post
from consult.domain.meetings.rules import believable_time, check_note, is_writable, post_key
from consult.domain.meetings.service.planning import check_writable, record_change
from consult.domain.meetings.types import WrittenNote
from consult.kernel.errors import InvalidInput


def write_note(
    group: MeetingGroup, note: WrittenNote, *, by: str, received_at: datetime
) -> MeetingNote | None:
    """Store a note once, whatever the number of times its phone sends it.

    A group that had approved its notes has to approve them again.

    Args:
        group: The table.
        note: What was written; the same words with the same ``client_id`` are the same post.
        by: Reference of who writes: the group itself for a host without an account.
        received_at: When it reached us.

    Returns:
        The note, or ``None`` when it was taken out again before this post came once more.

    Raises:
        MeetingClosed: The notes are approved, and this one is not among them.
        InvalidInput: As :func:`consult.domain.meetings.rules.check_note`, or ``prompt``.
    """
    text = check_note(note.client_id, note.body)
    key = post_key(note.client_id, text)
    known = find_note_by_post(group.id, key)
    if known is not None or _was_removed(group, key):
        return known
    check_writable(group.meeting)
    prompt = next((p for p in group.meeting.prompts if p.number == note.prompt), None)
    if note.prompt is not None and prompt is None:
        raise InvalidInput("prompt", "unknown")
    stored = MeetingNote(
        group_id=group.id,
        prompt_id=prompt.id if prompt else None,
        post_key=key,
        wording=note.wording,
        body=text,
        written_at=believable_time(note.written_at, received_at=received_at),
        received_at=received_at,
        written_by=by,
    )
    try:
        with savepoint():
            session().add(stored)
            session().flush()
    except IntegrityError:  # the same post came twice at once, and the other was faster
        return find_note_by_post(group.id, key)
    _reopen_approval(group)
    return stored


def strike_note(note: MeetingNote, *, by: Actor, at: datetime) -> None:
    """Take a remark back because somebody who took part asks for it.

    Before the notes are approved it is removed. Afterwards it is marked as struck: its words are
    part of a text that never changes, but they are not counted and never quoted.
    """
    meeting = note.group.meeting
    if note.struck_at is not None:
        return
    data: dict[str, object] = {"group": note.group.number, "note": note.reference}
    if is_writable(meeting.state):
        session().add(RemovedNote(group_id=note.group_id, post_key=note.post_key))
        _reopen_approval(note.group)
        session().delete(note)
        session().flush()
        record_change(Tag.MEETING_NOTE_REMOVED, meeting, by=by, data=data)
        return
    note.struck_at = at
    note.struck_by = by.reference
    session().flush()
    record_change(Tag.MEETING_NOTE_STRUCK, meeting, by=by, data=data)


def approve_group(group: MeetingGroup, *, by: Actor, at: datetime) -> None:
    """Note that the group has heard what stands and agrees to it. Raises :class:`MeetingClosed`."""
    check_writable(group.meeting)
    if group.approved_at is not None:
        return
    group.approved_at = at
    group.approved_by = by.reference
    session().flush()
    record_change(Tag.MEETING_GROUP_APPROVED, group.meeting, by=by, data={"group": group.number})


def _reopen_approval(group: MeetingGroup) -> None:
    group.approved_at = None
    group.approved_by = None
    session().expire(group, ["notes"])
    session().flush()


def _was_removed(group: MeetingGroup, key: str) -> bool:
    query = select(exists().where(RemovedNote.group_id == group.id, RemovedNote.post_key == key))
    return bool(session().scalar(query))
