"""What everybody sees of meetings, and the form to print."""

from io import BytesIO

import pytest
from PIL import Image

from consult.domain.accounts.types import SYSTEM
from consult.domain.meetings.service.pictures import (
    add_picture,
    publish_picture,
    review_picture,
)
from consult.domain.meetings.service.planning import set_participants
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.types import RoundStatus
from consult.kernel.clock import utc_now
from consult.kernel.files import FileStore
from tests.support.factories import days
from tests.support.meetings import meeting_of, note_in, validated


@pytest.mark.scenario(62)
def test_a_picture_is_seen_once_it_is_published(app, client, make):
    files: FileStore = app.extensions["files"]
    round_ = make.round(slug="apne-dorer")
    meeting = meeting_of(round_, title="Dialogkafé i Solvik")
    meeting_of(round_, title="Ikke godkjent")
    note_in(meeting.groups[0], "Det som ble sagt")
    set_participants(meeting, ActorType.UNION, 12, by=SYSTEM)
    validated(meeting)
    out = BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    given = {"files": files, "by": SYSTEM, "at": utc_now()}
    picture = add_picture(meeting, out.getvalue(), filename="tavle.png", **given)
    review_picture(picture, areas=(), text="Tre punkter om ventetid.", **given)
    address = f"/rounds/apne-dorer/meetings/pictures/{picture.public_id}.jpg"
    assert client.raw(address).status_code == 302
    page = client.get("/rounds/apne-dorer/meetings")
    assert "12 participants, 2 groups, 1 note" in page.words
    assert "Det som ble sagt" not in page.words
    assert "Ikke godkjent" not in page.words
    assert "Tre punkter" not in page.words
    publish_picture(picture, by=SYSTEM, at=utc_now())
    assert "Tre punkter om ventetid." in client.get("/rounds/apne-dorer/meetings").words
    response = client.raw(address)
    assert (response.status_code, response.mimetype) == (200, "image/jpeg")


def test_a_closed_round_tells_of_its_meetings_apart_from_answers(client, make):
    now = utc_now()
    round_ = make.round(
        slug="apne-dorer",
        status=RoundStatus.CLOSED,
        opens_at=days(now, -9),
        closes_at=days(now, -1),
    )
    meeting = meeting_of(round_)
    note_in(meeting.groups[0], "Noe")
    validated(meeting)
    page = client.get("/rounds/apne-dorer")
    assert "No answers were received." in page.words
    assert "Besides, 1 meeting was held." in page.words


def test_the_form_is_led_to_and_comes_in_the_language_of_the_page(client, make):
    make.round(slug="apne-dorer", questions=1)
    assert client.get("/rounds/apne-dorer").has_link("/rounds/apne-dorer/form.pdf")
    response = client.raw("/rounds/apne-dorer/form.pdf")
    assert response.mimetype == "application/pdf"
    assert 'filename="apne-dorer-en.pdf"' in response.headers["Content-Disposition"]
