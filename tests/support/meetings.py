"""Meetings as tests need them."""

from datetime import timedelta

from consult.domain.accounts.types import SYSTEM
from consult.domain.meetings.models import Meeting, MeetingGroup, MeetingNote
from consult.domain.meetings.service.planning import plan_meeting
from consult.domain.meetings.service.validating import validate_meeting
from consult.domain.meetings.service.writing import approve_group, write_note
from consult.domain.meetings.types import (
    MeetingDetails,
    MeetingKind,
    PromptSpec,
    Wording,
    WrittenNote,
)
from consult.domain.rounds.models import Round
from consult.kernel.clock import utc_now


def details(**values) -> MeetingDetails:
    """A dialogue café that began two hours ago and lasts one hour more."""
    now = utc_now().replace(microsecond=0)
    given = {
        "kind": MeetingKind.DIALOGUE_CAFE,
        "title": "Dialogkafé i Solvik",
        "place": "Biblioteket",
        "organiser": "Lokalkontoret",
        "language": "en",
        "starts_at": now - timedelta(hours=2),
        "ends_at": now + timedelta(hours=1),
    }
    return MeetingDetails(**given | values)


def meeting_of(round_: Round, *, groups: int = 2, **values) -> Meeting:
    """A meeting about every question of the round."""
    prompts = [PromptSpec(question=question.key) for question in round_.questions]
    return plan_meeting(
        round_, details(**values), prompts=prompts, hosts=[""] * groups, by=SYSTEM, at=utc_now()
    )


def note_in(
    group: MeetingGroup, body: str, *, client_id: str | None = None, **values
) -> MeetingNote:
    """A note about the first prompt."""
    written = WrittenNote(client_id=client_id or f"id {body}", body=body, **{"prompt": 1} | values)
    stored = write_note(group, written, by=group.reference, received_at=utc_now())
    assert stored is not None
    return stored


def validated(meeting: Meeting):
    """The meeting's text, after every group has approved it."""
    for group in meeting.groups:
        approve_group(group, by=SYSTEM, at=utc_now())
    return validate_meeting(meeting, by=SYSTEM, at=utc_now())


__all__ = ["Wording", "details", "meeting_of", "note_in", "validated"]
