"""Approving a meeting: its notes become a text that can be coded, and count as no answer."""

from datetime import datetime
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.types import Tag
from consult.domain.meetings.errors import GroupsNotApproved, NothingNoted
from consult.domain.meetings.models import Meeting, MeetingGroup, MeetingNote
from consult.domain.meetings.service.planning import check_writable, record_change
from consult.domain.meetings.types import MeetingState
from consult.domain.organisations.types import ActorType
from consult.domain.submissions.service.receiving import receive_submission
from consult.domain.submissions.types import (
    AnswerContent,
    Channel,
    Publication,
    Respondent,
    SubmissionContent,
    SubmissionStatus,
)
from consult.kernel.clock import to_oslo
from consult.kernel.i18n import N_, choose_locale, translator

if TYPE_CHECKING:
    from consult.domain.submissions.models import Submission


def group_name(group: MeetingGroup, locale: str) -> str:
    """``Group 2``: how a group is called, for its host's name is nobody's business."""
    say = translator(choose_locale(locale)).gettext
    return say(N_("Group %(number)s")) % {"number": group.number}


def validate_meeting(meeting: Meeting, *, by: Actor, at: datetime) -> "Submission":
    """Let the notes stand as they are and make them the text that is coded.

    One submission for the whole meeting, one part of it for each note, in the order of groups,
    prompts and time. Its status keeps it out of every count of answers.

    Raises:
        MeetingClosed: It has been done.
        NothingNoted: There is no note.
        GroupsNotApproved: A group with notes has not approved them.
    """
    check_writable(meeting)
    notes = [note for group in meeting.groups for note in _in_order(group)]
    if not notes:
        raise NothingNoted
    waiting = [g for g in meeting.groups if g.notes and g.approved_at is None]
    if waiting:
        raise GroupsNotApproved(tuple(group_name(g, meeting.language) for g in waiting))
    submission, _token = receive_submission(
        meeting.round,
        _content(meeting, notes),
        by=by,
        received_at=at,
        is_registered=True,
        status=SubmissionStatus.MINUTES,
    )
    for note, answer in zip(notes, submission.current_version.answers, strict=True):
        note.answer_id = answer.id
    meeting.submission = submission
    meeting.state = MeetingState.VALIDATED
    meeting.validated_at = at
    meeting.validated_by = by.reference
    session().flush()
    record_change(Tag.MEETING_VALIDATED, meeting, by=by, data={"notes": len(notes)})
    return submission


def _in_order(group: MeetingGroup) -> list[MeetingNote]:
    """By prompt, what is about none last; within a prompt as they were written."""
    return sorted(
        group.notes,
        key=lambda note: (note.prompt is None, note.prompt.number if note.prompt else 0),
    )


def _content(meeting: Meeting, notes: list[MeetingNote]) -> SubmissionContent:
    return SubmissionContent(
        respondent=Respondent(name=meeting.title, actor_type=ActorType.ANONYMOUS_PARTICIPANT),
        channel=Channel.MEETING,
        language=meeting.language,
        publication=Publication.WITH_NAME,
        answers=tuple(
            AnswerContent(
                question_id=note.prompt.question_id if note.prompt else None,
                text=note.body,
                source_heading=_heading(note, meeting.language),
            )
            for note in notes
        ),
        document_date=to_oslo(meeting.starts_at).date(),
        discussed_on=to_oslo(meeting.starts_at).date(),
    )


def _heading(note: MeetingNote, locale: str) -> str:
    own_words = note.prompt.text if note.prompt is not None else ""
    return ": ".join(filter(None, (group_name(note.group, locale), own_words)))[:500]
