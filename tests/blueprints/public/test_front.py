"""The front page."""

from datetime import timedelta

import pytest
import time_machine

from consult.domain.organisations.types import ActorType, Role
from consult.domain.rounds.types import RoundStatus, RoundType
from consult.kernel.clock import utc_now
from tests.support.factories import days, in_languages
from tests.support.queries import count_queries

pytestmark = pytest.mark.at("2026-10-19T10:00:00+02:00")


def _headings(page) -> list[str]:
    return [" ".join(h.text_content().split()) for h in page.tree.xpath(".//main//h2")]


def test_nothing_yet(client):
    page = client.get("/")
    assert page.h1 == "Have your say"
    assert "No round is open right now" in page.words


def test_rounds_stand_where_the_clock_puts_them(client, make):
    now = utc_now()
    make.round(title=in_languages("Biblioteket"), closes_at=days(now, 12.5))
    make.round(
        title=in_languages("Skoleveien"),
        status=RoundStatus.ANNOUNCED,
        opens_at=days(now, 3),
        closes_at=days(now, 30),
    )
    make.round(
        title=in_languages("Skal ha åpnet"),
        status=RoundStatus.ANNOUNCED,
        opens_at=days(now, -1),
        closes_at=days(now, 30),
    )
    make.round(title=in_languages("Skal ha stengt"), closes_at=days(now, -0.01))
    make.round(title=in_languages("Analysert"), status=RoundStatus.ANALYSIS, closes_at=now)
    page = client.get("/")
    shown = {
        title.text_content(): title.xpath("preceding::h2[1]")[0].text
        for title in page.tree.xpath(".//h3")
    }
    assert shown == {
        "Biblioteket (en)": "Open now",
        "Skal ha åpnet (en)": "Open now",
        "Skoleveien (en)": "Coming",
        "Skal ha stengt (en)": "Closed",
        "Analysert (en)": "Closed",
    }
    assert "12 days left – until 31 October 2026 at 21:00" in page.words
    assert "Opens in 3 days – from 22 October 2026 until 18 November 2026" in page.words


@pytest.mark.parametrize(
    "values",
    [
        {"status": RoundStatus.PLANNED},
        {"status": RoundStatus.CANCELLED},
        {"status": RoundStatus.ARCHIVED},
        {"type": RoundType.INTERNAL_HEARING},
        {"type": RoundType.ADVISORY_CASE},
    ],
)
def test_what_is_not_for_everybody_is_not_listed_to_anybody(client, new_client, make, values):
    round_ = make.round(title=in_languages("Hemmelig"), **values)
    assert "Hemmelig" not in client.get("/").text
    assert round_.owner.name not in client.get("/").text
    member = new_client().sign_in(make.member(round_.owner, Role.COORDINATOR))
    assert "Hemmelig" not in member.get("/").text


def test_the_last_second_of_the_deadline_counts(client, make):
    make.round(closes_at=utc_now())
    with time_machine.travel(utc_now() + timedelta(milliseconds=900), tick=False):
        assert _headings(client.get("/")) == ["Open now"]
        assert "Last day" in client.get("/").words
    with time_machine.travel(utc_now() + timedelta(seconds=1), tick=False):
        assert "Closed" in _headings(client.get("/"))


@pytest.mark.parametrize("text", ["ØVELSE", "øvelse", "Øvelse i", "čáppa", "ČÁPPA", "fjellmyra"])
def test_words_are_found_whatever_their_case(client, make, text):
    make.round(
        owner=make.organisation(name="Fjellmyra kommune"),
        title=in_languages("Øvelse i åpenhet"),
        introduction=in_languages("Om Čáppa bygg."),
    )
    make.round(title=in_languages("Noe annet"))
    page = client.get("/?q=" + text.replace(" ", "+"))
    assert "Øvelse i åpenhet" in page.words
    assert "Noe annet" not in page.words
    assert "1 round matches." in page.words


@pytest.mark.parametrize("text", ["plassen", "forslaget", "hvorfor", "lettlest", "sámegiella"])
def test_words_of_the_paper_are_found_too(client, make, text):
    round_ = make.round(plain=in_languages("Dette er lettlest."))
    make.section(round_, title={"nb": "Plassen"}, body={"se": "Sámegiella"})
    make.proposal(round_, text=in_languages("Forslaget er nytt."))
    make.question(round_, text=in_languages("Hvorfor det?"))
    make.round(title=in_languages("Noe annet"))
    assert "1 round matches." in client.get(f"/?q={text}").words


@pytest.mark.parametrize("text", ["100%25", "_", "'", "%5C", "<b>", "a%00b"])
def test_signs_with_a_meaning_for_databases_are_only_signs(client, make, text):
    make.round(title=in_languages("Biblioteket"))
    assert "No round matches" in client.get(f"/?q={text}").words


def test_filter_by_owner_and_kind(client, make):
    owner = make.organisation(name="Solvik", slug="solvik")
    make.round(title=in_languages("Bussen"), owner=owner)
    make.round(title=in_languages("Ferja"), owner=owner, type=RoundType.HEARING)
    make.round(title=in_languages("Toget"), type=RoundType.HEARING)
    page = client.get("/")
    page = client.submit(page, {"owner": "solvik", "type": "hearing"})
    assert "Ferja" in page.words
    assert "Bussen" not in page.words
    assert "Toget" not in page.words
    assert page.find(".//select[@id='owner']/option[@selected]").text == "Solvik"
    assert "Toget" in client.get("/?owner=&type=nonsense").words


def test_who_is_asked_stands_on_the_card(client, make, invite):
    round_ = make.round()
    make.round()
    for kind in (ActorType.UNION, ActorType.MUNICIPALITY, ActorType.COUNTY):
        invite(round_, kind)
    words = client.get("/").words
    assert (
        "Asked: municipalities and counties and working life"
        " – and everyone else who wants to answer" in words
    )
    assert "Asked: everyone who wants to answer" in words


def test_closed_rounds_are_paged_with_the_filters_kept(client, make):
    owner = make.organisation(slug="solvik")
    for number in range(14):
        make.round(
            questions=0,
            owner=owner,
            title=in_languages(f"Runde {number:02}"),
            status=RoundStatus.CLOSED,
            closes_at=days(utc_now(), -number - 1),
        )
    first = client.get("/?owner=solvik&q=runde")
    assert "Runde 11" in first.words
    assert "Runde 12" not in first.words
    link = first.find(".//a[@rel='next']").get("href")
    second = client.get(link.split("#")[0])
    assert "Runde 13" in second.words
    assert "14 rounds match." in second.words
    assert "Runde 13" in client.get("/?page=99").words
    assert "Runde 00" in client.get("/?page=-3").words


@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
def test_speaks_the_browsers_language_and_shows_the_round_in_it(client, make, locale):
    make.round(title=in_languages("Biblioteket"))
    make.round(title={"en": "Only English"}, introduction={"en": "Why."})
    client.headers = {"Accept-Language": locale}
    page = client.get("/")
    assert page.tree.get("lang") == locale
    assert "Biblioteket" in page.words
    foreign = page.tree.xpath(".//h3[@lang='en']")
    assert len(foreign) == (0 if locale == "en" else 1)


def test_as_many_queries_for_three_rounds_as_for_one(client, make, invite):
    def one_of_each() -> None:
        invite(make.round(), ActorType.UNION)
        make.round(
            status=RoundStatus.ANNOUNCED, opens_at=days(utc_now(), 1), closes_at=days(utc_now(), 9)
        )
        make.round(status=RoundStatus.CLOSED)

    one_of_each()
    client.get("/")
    with count_queries() as one:
        client.get("/")
    one_of_each()
    one_of_each()
    with count_queries() as three:
        client.get("/")
    assert one.number == three.number
    assert one.number > 0
