"""Following a round with nothing but an address, and stopping in one click."""

from datetime import timedelta

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.following.models import Follower
from consult.domain.following.queries import find_follower, is_following
from consult.domain.following.types import CONFIRM_WITHIN, Rhythm
from consult.domain.notifications.models import MailStop, OutboxMessage
from consult.domain.notifications.queries import list_messages
from consult.domain.rounds.service import change_question, extend_deadline
from consult.domain.rounds.types import QuestionKind, QuestionSpec, RoundStatus
from consult.jobs.clock import tell_people
from consult.kernel.clock import utc_now
from tests.support.queries import count_queries

pytestmark = pytest.mark.at("2026-10-19T10:00:00+02:00")


@pytest.fixture
def round_(make):
    return make.round(slug="apne-dorer")


def _path_in(mail: OutboxMessage, place: str) -> str:
    return place + mail.body_text.split(place)[1].split()[0]


def _follow(client, **fields):
    """Ask on the round's page, and press the button in the mail."""
    page = client.get("/rounds/apne-dorer/follow")
    page = client.submit(page, {"email": "kari@x.example", **fields})
    assert page.h1 == "Look in your inbox"
    (mail, *_older) = list_messages()
    assert "List-Unsubscribe" not in mail.headers
    page = client.get(_path_in(mail, "/follow/"))
    assert session().query(Follower).one().followings[-1].confirmed_at is None, "not by looking"
    return client.submit(page)


def _news(round_) -> OutboxMessage | None:
    """Something happens, and the clock tells it."""
    at = utc_now()
    extend_deadline(round_, round_.closes_at + timedelta(days=7), reason="Flom", by=SYSTEM, at=at)
    session().commit()
    tell_people()
    return next(iter(list_messages()), None)


def test_following_takes_an_address_and_one_press_in_the_mail(client, round_):
    assert client.get("/rounds/apne-dorer").has_link("/rounds/apne-dorer/follow")
    page = _follow(client)
    assert page.h1 == "You follow the round"
    assert find_follower("kari@x.example").rhythm is Rhythm.SINGLE
    assert _news(round_).kind == "deadline_moved"
    before = session().query(OutboxMessage).count()
    page = client.get("/rounds/apne-dorer/follow")
    again = client.submit(page, {"email": "KARI@x.example", "rhythm": "daily"})
    assert again.h1 == "Look in your inbox", "nobody learns who follows what"
    assert session().query(OutboxMessage).count() == before
    assert find_follower("kari@x.example").rhythm is Rhythm.SINGLE, "nobody else decides that"


@pytest.mark.parametrize("email", ["", "kari"])
def test_an_address_that_is_none_is_refused(client, round_, email):
    page = client.get("/rounds/apne-dorer/follow")
    assert "e-mail address" in client.submit(page, {"email": email}, status=422).words


def test_the_confirmation_is_in_the_readers_language_and_ends_after_a_week(client, round_):
    client.headers = {"Accept-Language": "nn"}
    client.post("/rounds/apne-dorer/follow", {"email": "kari@x.example", "rhythm": "single"})
    (mail,) = list_messages()
    assert mail.locale == "nn"
    session().query(Follower).one().followings[0].asked_at -= CONFIRM_WITHIN + timedelta(minutes=1)
    session().flush()
    client.get(_path_in(mail, "/follow/"), status=404)


def test_a_mail_program_declines_without_cookie_or_form_token(client, new_client, round_):
    _follow(client)
    mail = _news(round_)
    link = mail.headers["List-Unsubscribe"].strip("<>")
    path = _path_in(mail, "/mail/")
    assert link.endswith(path)
    page = new_client().get(path)
    assert page.h1 == "No more mail about this?"
    assert find_follower("kari@x.example") is not None, "reading the page changes nothing"
    for _ in range(2):
        response = new_client().raw(
            path, method="POST", data={"List-Unsubscribe": "One-Click"}, headers={"Cookie": ""}
        )
        assert response.status_code == 200
    assert session().query(Follower).count() == 0, "the address is gone"
    assert "kari" not in str([vars(stop) for stop in session().query(MailStop)])
    client.get("/mail/wrong", status=404)
    assert new_client().raw("/mail/wrong", method="POST").status_code == 404


def test_from_any_mail_one_sees_what_one_follows_and_how_often(client, make, round_):
    _follow(client)
    other = make.round(slug="rom")
    client.post("/rounds/rom/follow", {"email": "kari@x.example", "rhythm": "single"})
    client.submit(client.get(_path_in(list_messages()[0], "/follow/")))
    path = _path_in(_news(round_), "/mail/")
    page = client.get(path)
    assert other.title["en"] in page.words
    client.submit(page, {"rhythm": "daily"}, action=f"{page.url}/rhythm")
    assert find_follower("kari@x.example").rhythm is Rhythm.DAILY
    page = client.submit(client.get(path), action=f"{page.url}/rounds/rom")
    assert other.title["en"] not in page.words
    assert len(find_follower("kari@x.example").followings) == 1


def test_whoever_is_signed_in_follows_in_one_click(client, make, round_):
    person = make.person(email="ola@x.example")
    client.sign_in(person)
    page = client.submit(client.get("/rounds/apne-dorer"), action="/rounds/apne-dorer/follow/on")
    assert "You follow this round. We write to ola@x.example." in page.words
    assert is_following(round_, person.id)
    assert "Stop following" in client.get("/rounds/apne-dorer/follow").words
    page = client.get("/following")
    assert round_.title["en"] in page.words
    page = client.submit(page, {"rhythm": "daily"}, action="/following")
    assert find_follower("ola@x.example").rhythm is Rhythm.DAILY
    page = client.submit(page, action="/rounds/apne-dorer/follow/off")
    assert "You follow no round" in page.words
    assert find_follower("ola@x.example") is None


def test_what_is_followed_takes_as_many_queries_for_three_as_for_one(client, make, round_):
    person = make.person(email="ola@x.example")
    client.sign_in(person)
    numbers = []
    for slug in ("apne-dorer", "rom", "vei"):
        if slug != "apne-dorer":
            make.round(slug=slug)
        client.post(f"/rounds/{slug}/follow/on")
        session().expire_all()
        with count_queries() as queries:
            client.get("/following")
        numbers.append(queries.number)
    assert numbers[0] == numbers[2]


def test_a_visitor_without_an_account_is_led_to_the_form(client, round_):
    response = client.raw(
        "/rounds/apne-dorer/follow/on", method="POST", data={"csrf_token": client.csrf_token()}
    )
    assert response.headers["Location"].endswith("/rounds/apne-dorer/follow")


def test_the_deadline_goes_into_ones_calendar_and_moves_with_it(client, round_):
    assert client.get("/rounds/apne-dorer").has_link("/rounds/apne-dorer/deadline.ics")
    first = client.raw("/rounds/apne-dorer/deadline.ics")
    assert first.mimetype == "text/calendar"
    assert "SEQUENCE:0" in first.text
    _news(round_)
    client.headers = {"Accept-Language": "nb"}
    second = client.raw("/rounds/apne-dorer/deadline.ics").text
    assert "SEQUENCE:1" in second
    assert round_.title["nb"] in second
    uids = [
        next(x for x in text.splitlines() if x.startswith("UID")) for text in (first.text, second)
    ]
    assert uids[0] == uids[1]


@pytest.mark.scenario(74)
def test_a_correction_is_shown_with_both_wordings(client, make, round_):
    question = round_.questions[0]
    spec = QuestionSpec(QuestionKind.OPEN, {**question.text, "en": "How often should it be open?"})
    change_question(question, spec, by=SYSTEM)
    page = client.get("/rounds/apne-dorer")
    for words in (
        "How often should it be open?",
        "Corrected on 19 October 2026",
        "Question 1? (en)",
    ):
        assert words in page.words


def test_a_round_that_only_its_desk_sees_cannot_be_followed(client, make):
    make.round(slug="hemmelig", status=RoundStatus.PLANNED)
    assert client.raw("/rounds/hemmelig/follow").status_code == 302
    assert client.raw("/rounds/hemmelig/deadline.ics").status_code == 302
