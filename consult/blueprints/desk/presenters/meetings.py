"""Shaping meetings for the desk."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.desk.presenters.overview import Step
from consult.blueprints.shared.context import format_clock, format_day, format_moment
from consult.domain.meetings.types import (
    MEETING_KIND_LABELS,
    WORDING_LABELS,
    MeetingCount,
    MeetingTotals,
    Wording,
)
from consult.domain.organisations.types import ACTOR_TYPE_LABELS

if TYPE_CHECKING:
    from consult.domain.meetings.models import Meeting, MeetingGroup, MeetingNote, MeetingPrompt
    from consult.domain.rounds.models import Round


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note in a list.

    Attributes:
        when: Local time of writing; with the day where it is not that of the meeting.
        came_later: Whether it was kept on the phone for a while before it reached us.
    """

    public_id: str
    body: str
    wording: str
    is_verbatim: bool
    when: str
    came_later: bool
    is_struck: bool


@dataclass(frozen=True, slots=True)
class PromptNotes:
    """The notes about one thing that the group talked about; ``None`` is everything else."""

    prompt: "MeetingPrompt | None"
    notes: tuple[NoteRow, ...]


_LATER_SECONDS = 120


def facts(meeting: "Meeting") -> list[tuple[str, str]]:
    """What is said of a meeting, as pairs."""
    times = f"{format_clock(meeting.starts_at)}–{format_clock(meeting.ends_at)}"
    pairs = [
        (_("Kind"), _(MEETING_KIND_LABELS[meeting.kind])),
        (_("When"), f"{format_day(meeting.starts_at)}, {times}"),
        (_("Place"), meeting.place),
        (_("Who held it"), meeting.organiser),
    ]
    if meeting.validated_at is not None:
        pairs.append((_("Notes approved"), format_moment(meeting.validated_at)))
    return pairs


def participant_rows(counted: MeetingCount) -> list[tuple[str, int]]:
    """Kinds of participants with their numbers, in the order of a list of senders."""
    return [(_(ACTOR_TYPE_LABELS[kind]), n) for kind, n in (counted.participants or {}).items()]


def note_rows(group: "MeetingGroup") -> list[PromptNotes]:
    """The notes of a group by what they are about, each in the order of writing."""
    found = [
        PromptNotes(
            prompt,
            tuple(_row(note, group) for note in group.notes if note.prompt_id == prompt.id),
        )
        for prompt in group.meeting.prompts
    ]
    others = tuple(_row(note, group) for note in group.notes if note.prompt_id is None)
    found.append(PromptNotes(None, others))
    return [part for part in found if part.notes]


def _row(note: "MeetingNote", group: "MeetingGroup") -> NoteRow:
    is_same_day = format_day(note.written_at) == format_day(group.meeting.starts_at)
    when = format_clock(note.written_at) if is_same_day else format_moment(note.written_at)
    waited = (note.received_at - note.written_at).total_seconds()
    return NoteRow(
        public_id=note.public_id,
        body=note.body,
        wording=_(WORDING_LABELS[note.wording]),
        is_verbatim=note.wording is Wording.VERBATIM,
        when=when,
        came_later=waited > _LATER_SECONDS,
        is_struck=note.struck_at is not None,
    )


def link_state(group: "MeetingGroup", *, now: datetime) -> tuple[str, str]:
    """How the host's link stands, in words and as a tone."""
    if group.link_digest is None:
        return _("No link yet"), "neutral"
    if group.link_revoked_at is not None:
        return _("Link revoked"), "warning"
    if not group.is_link_live(now):
        return _("Link has run out"), "neutral"
    return _("Link works"), "success"


def meeting_tiles(round_: "Round", held: MeetingTotals) -> list[dict[str, Any]]:
    """The meetings in one figure, beside the answers and never among them."""
    if not held.meetings:
        return []
    return [
        {
            "value": held.meetings,
            "unit": ngettext("meeting", "meetings", held.meetings),
            "note": _(
                "%(groups)s groups, %(notes)s notes, %(people)s participants; counted apart",
                groups=held.groups,
                notes=held.notes,
                people=held.participants,
            ),
            "href": url_for("desk.meetings", round_slug=round_.slug),
        }
    ]


def meetings_waiting(round_: "Round", held: MeetingTotals) -> list[Step]:
    """That notes wait to be approved."""
    if not held.unfinished:
        return []
    text = ngettext(
        "%(num)d meeting has notes that are not approved",
        "%(num)d meetings have notes that are not approved",
        held.unfinished,
    )
    return [Step(text, url_for("desk.meetings", round_slug=round_.slug), "manage_meetings")]
