"""What is new in a round since this browser last looked at it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from consult.blueprints.public.looking import MOST_ROUNDS
from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.disclosure.queries import get_review
from consult.domain.disclosure.rules import public_since
from consult.domain.disclosure.service.reviewing import clear_answer, take_back
from consult.domain.organisations.types import Role
from consult.domain.rounds.service import change_question
from consult.domain.rounds.service.deadlines import extend_deadline
from consult.domain.rounds.service.lifecycle import cancel, change_status, close_now
from consult.domain.rounds.service.publishing import change_publishing
from consult.domain.rounds.types import AnswerPublishing, QuestionKind, QuestionSpec, RoundStatus
from consult.kernel.clock import utc_now
from tests.support.coded import receive
from tests.support.factories import days, in_languages
from tests.support.meetings import meeting_of, note_in, validated
from tests.support.queries import count_queries

pytestmark = pytest.mark.at("2026-10-19T10:00:00+02:00")

RELEASED = {"slug": "apne-dorer", "answer_publishing": AnswerPublishing.WHEN_RELEASED}
NEWS = "/rounds/apne-dorer/news"


def later(number: float) -> time_machine.travel:
    """The clock, some days from now."""
    return time_machine.travel(utc_now() + timedelta(days=number), tick=False)


def lines(page, heading: str) -> list[str]:
    """What stands under a heading."""
    found = page.tree.xpath(f".//h2[starts-with(., '{heading}')]/following-sibling::ol[1]/li")
    return [" ".join(one.text_content().split()) for one in found]


def publish(round_) -> None:
    submission = receive(round_, "Vi er enige.")
    clear_answer(get_review(round_.slug, submission.number), by=SYSTEM)


def correct(round_, words: str) -> None:
    spec = QuestionSpec(kind=QuestionKind.OPEN, text=in_languages(words))
    change_question(round_.questions[0], spec, by=SYSTEM)


def hold_meeting(round_, title: str) -> None:
    meeting = meeting_of(round_, title=title)
    note_in(meeting.groups[0], "Noe")
    validated(meeting)


def test_everything_that_happened_stands_newest_first_with_links(client, make):
    round_ = make.round(status=RoundStatus.ANNOUNCED, **RELEASED)
    change_status(round_, RoundStatus.OPEN, by=SYSTEM, at=utc_now())
    closes_at = round_.closes_at
    with later(1):
        correct(round_, "Hva mener du?")
    with later(2):
        extend_deadline(
            round_, days(closes_at, 1), reason="Mange ba om det.", by=SYSTEM, at=utc_now()
        )
    with later(3):
        hold_meeting(round_, "Dialogkafé i Solvik")
    with later(4):
        publish(round_)
        publish(round_)
    with later(5):
        close_now(round_, reason="Nok svar.", by=SYSTEM, at=utc_now())
    with later(6):
        for status in (RoundStatus.ANALYSIS, RoundStatus.REPORTED):
            change_status(round_, status, by=SYSTEM, at=utc_now())
    page = client.get(NEWS)
    assert page.h1 == "What is new in this round"
    told = [one.partition(":")[2][3:] for one in lines(page, "So far")]
    assert [one[:40] for one in told] == [
        "The answers have been summed up, and the",
        "The deadline was moved from 30 October 2",
        "2 answers were published. Read the answe",
        "A meeting was published: Dialogkafé i So",
        "The deadline was moved from 29 October 2",
        "The wording of question 1 was corrected.",
        "The round opened for answers. Ways to an",
    ]
    assert "to 24 October 2026 at 10:00. Nok svar." in page.words
    assert "from 29 October 2026 at 09:00 to 30 October 2026 at 09:00. Mange" in page.words
    for path in ("#question-q1", "#deadline", "#answering", "#received", "/answers", "/meetings"):
        assert page.has_link(f"/rounds/apne-dorer{path}"), path


def test_what_is_new_is_said_in_words_and_stays_so_for_the_visit(client, make):
    round_ = make.round(**RELEASED)
    correct(round_, "Hva mener du?")
    first = client.get(NEWS)
    assert "The next time you look here" in first.words
    assert "new since you last looked" not in client.get("/").words
    with later(2):
        correct(round_, "Hva mener du nå?")
        publish(round_)
        session().commit()
        for path in ("/", "/rounds/apne-dorer"):
            page = client.get(path)
            assert "2 new since you last looked" in page.words
            assert page.has_link(NEWS)
        page = client.get(NEWS)
        assert len(lines(page, "New since your last visit on 19 October 2026 at 10:00")) == 2
        assert len(lines(page, "Before that")) == 1
        assert "new since you last looked" not in client.get("/").words
        assert lines(client.get(NEWS), "New since") == lines(page, "New since")
    with later(3):
        page = client.get(NEWS)
        assert "Nothing is new since your last visit on 21 October 2026 at 10:00." in page.words
        assert len(lines(page, "So far")) == 3


def test_the_page_of_the_round_counts_as_a_first_look(client, new_client, make):
    round_ = make.round(**RELEASED)
    assert "new since" not in client.get("/rounds/apne-dorer").words
    with later(1):
        correct(round_, "Hva mener du?")
        for _again in range(2):
            assert "1 new since you last looked" in client.get("/rounds/apne-dorer").words
        assert "new since" not in new_client().get("/rounds/apne-dorer").words


def test_a_signed_in_person_is_told_as_well(client, make):
    round_ = make.round(**RELEASED)
    client.sign_in(make.person()).get(NEWS)
    with later(1):
        correct(round_, "Hva mener du?")
        assert "1 new since you last looked" in client.get("/").words


def test_only_answers_that_are_public_now_are_told_of(client, make):
    round_ = make.round(**RELEASED)
    client.get(NEWS)
    with later(1):
        receive(round_, "Ikke lest ennå.")
        publish(round_)
        assert "1 answer was published." in client.get(NEWS).words
        take_back(get_review("apne-dorer", 2), by=SYSTEM)
        assert "was published" not in client.get(NEWS).words
        publish(round_)
        change_publishing(round_, AnswerPublishing.NEVER, by=SYSTEM)
        assert "was published" not in client.get(NEWS).words
    with later(2):
        change_publishing(round_, AnswerPublishing.WHEN_RELEASED, by=SYSTEM)
        page = client.get(NEWS)
        assert "21 October 2026 at 10:00 1 answer was published." in page.words


@pytest.mark.parametrize(
    ("publishing", "released", "day"),
    [
        (AnswerPublishing.WHEN_RELEASED, None, 3),
        (AnswerPublishing.WHEN_RELEASED, 2, 3),
        (AnswerPublishing.WHEN_RELEASED, 8, 8),
        (AnswerPublishing.AFTER_DEADLINE, 2, 5),
        (AnswerPublishing.AFTER_DEADLINE, 8, 8),
    ],
)
def test_an_answer_is_public_when_all_that_it_takes_has_happened(publishing, released, day):
    def on(number: int) -> datetime:
        return datetime(2026, 10, number, tzinfo=UTC)

    found = public_since(
        on(3),
        publishing=publishing,
        closes_at=on(5),
        released_at=on(released) if released else None,
    )
    assert found == on(day)


def test_a_cancelled_round_tells_its_desk_and_nobody_else(client, new_client, make):
    round_ = make.round(slug="apne-dorer")
    cancel(round_, reason="Saken er trukket.", by=SYSTEM, at=utc_now())
    desk = client.sign_in(make.member(round_.owner, Role.READER))
    assert "The round was cancelled. Saken er trukket." in desk.get(NEWS).words
    new_client().sign_in(make.person()).get(NEWS, status=404)


def test_a_correction_of_what_was_removed_leads_nowhere(client, make):
    round_ = make.round(questions=1, slug="apne-dorer")
    correct(round_, "Hva mener du?")
    session().delete(round_.questions[0])
    session().commit()
    page = client.get(NEWS)
    assert "The wording of question 1 was corrected." in page.words
    assert not page.has_link("/rounds/apne-dorer#question-")


def test_a_browser_remembers_a_few_rounds(client, make):
    for number in range(MOST_ROUNDS + 1):
        make.round(slug=f"runde-{number}")
        with time_machine.travel(days(utc_now(), number / 1000), tick=False):
            client.get(f"/rounds/runde-{number}/news")
    cookie = client.raw("/rounds/runde-1").headers["Set-Cookie"]
    assert "Expires=" in cookie, "it outlives the browser's window"
    assert len(cookie) < 1500
    with later(1):
        assert "Nothing is new since" in client.get("/rounds/runde-1/news").words
        assert "The next time you look here" in client.get("/rounds/runde-0/news").words


@pytest.mark.parametrize("path", ["/", "/rounds/apne-dorer", NEWS])
def test_as_many_queries_for_three_of_everything_as_for_one(client, make, path):
    round_ = make.round(**RELEASED)
    client.get(NEWS)

    def add(number: int) -> None:
        correct(round_, f"Hva mener du {number}?")
        publish(round_)
        hold_meeting(round_, f"Møte {number}")
        extend_deadline(
            round_, days(round_.closes_at, 1), reason="Mer tid.", by=SYSTEM, at=utc_now()
        )
        if path == "/":
            client.get(f"/rounds/{make.round().slug}")

    numbers = []
    with later(1):
        add(1)
        for more in (0, 2):
            for one in range(more):
                add(one + 2)
            session().commit()
            session().expire_all()
            with count_queries() as queries:
                client.get(path)
            numbers.append(queries.number)
    assert numbers[0] == numbers[1]


@pytest.mark.parametrize("locale", ["nb", "nn"])
def test_speaks_the_readers_language(client, make, locale):
    round_ = make.round(**RELEASED)
    correct(round_, "Hva mener du?")
    client.headers = {"Accept-Language": locale}
    assert client.get(NEWS).tree.get("lang") == locale
