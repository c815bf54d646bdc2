"""Planning meetings: details, groups, prompts, who took part, and the links of table hosts."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.meetings.errors import MeetingClosed
from consult.domain.meetings.models import (
    Meeting,
    MeetingGroup,
    MeetingOrganisation,
    MeetingParticipants,
    MeetingPrompt,
)
from consult.domain.meetings.rules import check_details, is_writable
from consult.domain.meetings.types import (
    MAX_GROUPS,
    MAX_PARTICIPANTS,
    MeetingDetails,
    MeetingState,
    PromptSpec,
)
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.queries import list_questions
from consult.domain.submissions.rules import check_free_text
from consult.kernel.errors import InvalidInput
from consult.kernel.ids import new_token, token_digest

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation
    from consult.domain.rounds.models import Round


def plan_meeting(
    round_: "Round",
    details: MeetingDetails,
    *,
    prompts: Sequence[PromptSpec],
    hosts: Sequence[str],
    by: Actor,
    at: datetime,
) -> Meeting:
    """Make a meeting with its prompts and one group for each host; a host may be nameless.

    Raises:
        InvalidInput: As :func:`consult.domain.meetings.rules.check_details`; ``prompts``
            (``unknown``, ``required``) or ``groups`` (``too_many``, ``required``).
    """
    check_details(details)
    _check_number_of_groups(len(hosts))
    meeting = Meeting(round=round_, state=MeetingState.OPEN, created_at=at, **_columns(details))
    meeting.prompts = _prompts(round_, prompts)
    meeting.groups = [
        MeetingGroup(number=number, host=_checked("groups", host))
        for number, host in enumerate(hosts, 1)
    ]
    session().add(meeting)
    session().flush()
    data = {"kind": details.kind.value, "groups": len(hosts), "prompts": len(prompts)}
    record_change(Tag.MEETING_PLANNED, meeting, by=by, data=data)
    return meeting


def change_meeting(meeting: Meeting, details: MeetingDetails, *, by: Actor) -> None:
    """Correct what is said of a meeting; its notes and groups stay. Raises ``InvalidInput``."""
    check_details(details)
    after = _columns(details)
    changed = [name for name, value in after.items() if getattr(meeting, name) != value]
    for name in changed:
        setattr(meeting, name, after[name])
    if changed:
        session().flush()
        record_change(Tag.MEETING_CHANGED, meeting, by=by, data={"changed": changed})


def add_group(meeting: Meeting, *, host: str, by: Actor) -> MeetingGroup:
    """Set up one more table. Raises :class:`MeetingClosed` or ``InvalidInput`` (``groups``)."""
    check_writable(meeting)
    _check_number_of_groups(len(meeting.groups) + 1)
    group = MeetingGroup(number=len(meeting.groups) + 1, host=_checked("host", host))
    meeting.groups.append(group)
    session().flush()
    record_change(Tag.MEETING_CHANGED, meeting, by=by, data={"groups": group.number})
    return group


def set_participants(meeting: Meeting, kind: ActorType, number: int, *, by: Actor) -> None:
    """Say how many of one kind took part; none takes the kind off the list.

    Raises ``InvalidInput`` (``number``).
    """
    if not 0 <= number <= MAX_PARTICIPANTS:
        raise InvalidInput("number", "out_of_range", limit=MAX_PARTICIPANTS)
    known = next((row for row in meeting.participants if row.actor_type is kind), None)
    if known is None and number:
        meeting.participants.append(MeetingParticipants(actor_type=kind, number=number))
    elif known is not None and number:
        known.number = number
    elif known is not None:
        meeting.participants.remove(known)
    session().flush()
    data = {"participants": {kind.value: number}}
    record_change(Tag.MEETING_CHANGED, meeting, by=by, data=data)


def add_organisation(meeting: Meeting, organisation: "Organisation", *, by: Actor) -> None:
    """Note that a registered organisation took part; nothing changes when it is noted already."""
    if any(row.organisation_id == organisation.id for row in meeting.organisations):
        return
    meeting.organisations.append(MeetingOrganisation(organisation_id=organisation.id))
    session().flush()
    data = {"organisation_added": organisation.reference}
    record_change(Tag.MEETING_CHANGED, meeting, by=by, data=data)


def remove_organisation(meeting: Meeting, organisation: "Organisation", *, by: Actor) -> None:
    """Take an organisation off the list of those that took part."""
    row = next((r for r in meeting.organisations if r.organisation_id == organisation.id), None)
    if row is None:
        return
    meeting.organisations.remove(row)
    session().flush()
    data = {"organisation_removed": organisation.reference}
    record_change(Tag.MEETING_CHANGED, meeting, by=by, data=data)


def issue_link(group: MeetingGroup, *, by: Actor) -> str:
    """Make the link by which a group's host writes, and return its secret.

    An earlier link stops working, also in browsers in which it was opened. Raises
    :class:`MeetingClosed`.
    """
    check_writable(group.meeting)
    token = new_token()
    group.link_digest = token_digest(token)
    group.link_revoked_at = None
    session().flush()
    _record_link(Tag.MEETING_LINK_ISSUED, group, by=by)
    return token


def revoke_link(group: MeetingGroup, *, by: Actor, at: datetime) -> None:
    """Let nobody write by a group's link any more; what was written stays."""
    if group.link_digest is None or group.link_revoked_at is not None:
        return
    group.link_revoked_at = at
    session().flush()
    _record_link(Tag.MEETING_LINK_REVOKED, group, by=by)


def check_writable(meeting: Meeting) -> None:
    """Raise :class:`MeetingClosed` once the notes are approved."""
    if not is_writable(meeting.state):
        raise MeetingClosed


def record_change(
    tag: Tag, meeting: Meeting, *, by: Actor, data: Mapping[str, object] | None = None
) -> None:
    """Note in the owner's log what happened to a meeting."""
    record(
        tag,
        subject=meeting.reference,
        by=by.reference,
        stream=organisation_stream(meeting.round.owner_id),
        data=data,
    )


def _record_link(tag: Tag, group: MeetingGroup, *, by: Actor) -> None:
    record_change(tag, group.meeting, by=by, data={"group": group.number})


def _columns(details: MeetingDetails) -> dict[str, object]:
    columns: dict[str, object] = {
        field.name: getattr(details, field.name) for field in fields(details)
    }
    for name in ("title", "place", "organiser"):
        columns[name] = " ".join(getattr(details, name).split())
    return columns


def _checked(field: str, text: str) -> str:
    check_free_text(field, text)
    return " ".join(text.split())


def _check_number_of_groups(number: int) -> None:
    if number < 1:
        raise InvalidInput("groups", "required")
    if number > MAX_GROUPS:
        raise InvalidInput("groups", "too_many", limit=MAX_GROUPS)


def _prompts(round_: "Round", specs: Sequence[PromptSpec]) -> list[MeetingPrompt]:
    questions = {question.key: question for question in list_questions(round_.id)}
    prompts = []
    for number, spec in enumerate(specs, 1):
        if spec.question is not None and spec.question not in questions:
            raise InvalidInput("prompts", "unknown", key=spec.question)
        if spec.question is None and not spec.text.strip():
            raise InvalidInput("prompts", "required")
        check_free_text("prompts", spec.text)
        prompts.append(
            MeetingPrompt(
                number=number,
                question=questions[spec.question] if spec.question else None,
                text="" if spec.question else spec.text.strip(),
            )
        )
    return prompts
