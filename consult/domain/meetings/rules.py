"""Rules of meetings."""

from datetime import datetime, timedelta

from consult.domain.meetings.types import (
    LINK_OUTLIVES_MEETING,
    MAX_NOTE_LENGTH,
    Area,
    MeetingDetails,
    MeetingState,
)
from consult.domain.submissions.rules import check_free_text
from consult.kernel.errors import InvalidInput
from consult.kernel.ids import content_digest
from consult.kernel.text.plain import canonical

_CLOCK_SLACK = timedelta(minutes=5)
_LONGEST_ID = 64


def link_expires_at(ends_at: datetime) -> datetime:
    """When a table host's link stops working."""
    return ends_at + LINK_OUTLIVES_MEETING


def is_link_live(
    *, digest: str | None, revoked_at: datetime | None, ends_at: datetime, now: datetime
) -> bool:
    """Whether a table host may write by the link: made, not revoked, not run out."""
    return digest is not None and revoked_at is None and now <= link_expires_at(ends_at)


def believable_time(written_at: datetime | None, *, received_at: datetime) -> datetime:
    """When a note was written: as the phone says, unless its clock is ahead of ours or it is mute.

    A phone without coverage may come days later; a moment in the future is a wrong clock.
    """
    if written_at is None or written_at > received_at + _CLOCK_SLACK:
        return received_at
    return written_at


def check_details(details: MeetingDetails) -> None:
    """Raise ``InvalidInput`` for a missing word or a meeting that ends before it begins."""
    for field in ("title", "place", "organiser"):
        value: str = getattr(details, field)
        if not value.strip():
            raise InvalidInput(field, "required")
        check_free_text(field, value)
    if details.ends_at <= details.starts_at:
        raise InvalidInput("ends_at", "before_start")


def check_note(client_id: str, body: str) -> str:
    """The note's text as it is stored.

    Raises:
        InvalidInput: ``body`` (``required``, ``too_long``, ``identity_number``) or ``client_id``.
    """
    if not 0 < len(client_id) <= _LONGEST_ID:
        raise InvalidInput("client_id", "unknown")
    text = canonical(body)
    if not text:
        raise InvalidInput("body", "required")
    if len(text) > MAX_NOTE_LENGTH:
        raise InvalidInput("body", "too_long", limit=MAX_NOTE_LENGTH)
    check_free_text("body", text)
    return text


def post_key(client_id: str, text: str) -> str:
    """What tells a repeated post: the phone's id together with the words.

    A browser that goes back may send other words with an old id; those are another note, for no
    words may be lost.
    """
    return f"{client_id}.{content_digest(text.encode())[:12]}"


def check_areas(areas: tuple[Area, ...]) -> None:
    """Raise ``InvalidInput`` for a rectangle that is empty or reaches outside the picture."""
    for number, area in enumerate(areas, 1):
        is_inside = (
            area.left >= 0
            and area.top >= 0
            and area.left + area.width <= 100
            and area.top + area.height <= 100
        )
        if not is_inside or area.width <= 0 or area.height <= 0:
            raise InvalidInput("areas", "outside", number=number)


def is_writable(state: MeetingState) -> bool:
    """Whether notes may be written, changed and taken out without a trace in the text."""
    return state is MeetingState.OPEN
