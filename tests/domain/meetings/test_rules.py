"""Rules of meetings."""

from datetime import UTC, datetime, timedelta

import pytest

from consult.domain.meetings.rules import (
    believable_time,
    check_areas,
    check_details,
    check_note,
    is_link_live,
)
from consult.domain.meetings.types import (
    LINK_OUTLIVES_MEETING,
    MAX_NOTE_LENGTH,
    Area,
    MeetingDetails,
    MeetingKind,
)
from consult.kernel.errors import InvalidInput

NOW = datetime(2026, 3, 3, 18, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_phones_time_is_believed_unless_it_is_ahead():
    assert believable_time(NOW - timedelta(days=2), received_at=NOW) == NOW - timedelta(days=2)
    assert believable_time(NOW + timedelta(minutes=4), received_at=NOW) > NOW
    assert believable_time(NOW + HOUR, received_at=NOW) == NOW
    assert believable_time(None, received_at=NOW) == NOW


@pytest.mark.parametrize(
    ("digest", "revoked_at", "now", "live"),
    [
        ("d", None, NOW, True),
        ("d", None, NOW + LINK_OUTLIVES_MEETING, True),
        ("d", None, NOW + LINK_OUTLIVES_MEETING + HOUR, False),
        ("d", NOW, NOW, False),
        (None, None, NOW, False),
    ],
)
def test_a_link_ends_with_the_meeting_and_some_days(digest, revoked_at, now, live):
    assert is_link_live(digest=digest, revoked_at=revoked_at, ends_at=NOW, now=now) is live


@pytest.mark.parametrize(
    ("client_id", "body", "field", "reason"),
    [
        ("", "Noe", "client_id", "unknown"),
        ("x" * 65, "Noe", "client_id", "unknown"),
        ("a", " \n ", "body", "required"),
        ("a", "x" * (MAX_NOTE_LENGTH + 1), "body", "too_long"),
        ("a", "Hun heter noe og har 13097248022.", "body", "identity_number"),
    ],
)
def test_a_note_that_is_refused(client_id, body, field, reason):
    with pytest.raises(InvalidInput) as refused:
        check_note(client_id, body)
    assert (refused.value.field, refused.value.reason) == (field, reason)


def test_a_note_is_kept_in_canonical_form():
    assert check_note("a", "Åpne dører. \r\n- Ja  ") == "Åpne dører.\n- Ja"


@pytest.mark.parametrize("missing", ["title", "place", "organiser"])
def test_a_meeting_needs_its_words(missing):
    values = {"title": "Kafé", "place": "Solvik", "organiser": "Kontoret"} | {missing: " "}
    meeting = MeetingDetails(
        kind=MeetingKind.INTERVIEW, starts_at=NOW, ends_at=NOW + HOUR, **values
    )
    with pytest.raises(InvalidInput) as refused:
        check_details(meeting)
    assert refused.value.field == missing


def test_a_meeting_does_not_end_before_it_begins():
    meeting = MeetingDetails(
        MeetingKind.INTERVIEW, "Kafé", "Solvik", "Kontoret", starts_at=NOW, ends_at=NOW
    )
    with pytest.raises(InvalidInput) as refused:
        check_details(meeting)
    assert refused.value.field == "ends_at"


@pytest.mark.parametrize(
    "area", [Area(0, 0, 0, 10), Area(-1, 0, 10, 10), Area(95, 0, 10, 10), Area(0, 91, 10, 10)]
)
def test_a_rectangle_lies_inside_the_picture(area):
    with pytest.raises(InvalidInput):
        check_areas((Area(0, 0, 100, 100), area))
