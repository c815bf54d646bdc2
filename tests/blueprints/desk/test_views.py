"""Views across all answers: each as a page, a table and a figure."""

import csv
import io

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.coding.service.coding import apply_theme
from consult.domain.coding.service.stances import code_stance
from consult.domain.organisations.types import ActorType, Role
from consult.domain.rounds.service import invite
from consult.domain.rounds.types import InvitationReason
from consult.domain.submissions.types import Publication, Stance
from tests.support.coded import passages_of, receive, theme
from tests.support.queries import count_queries


@pytest.fixture
def round_(make):
    return make.round()


@pytest.fixture
def desk(client, make, round_):
    return client.sign_in(make.member(round_.owner, Role.COORDINATOR))


def url(round_, rest: str) -> str:
    return f"/desk/rounds/{round_.slug}/{rest}"


@pytest.fixture
def coded(make, round_):
    """Two bodies and six persons on "Tid"; two of the persons and one body on "Reise" as well."""
    time, travel = theme(round_, "Tid"), theme(round_, "Reise")
    solvik = make.organisation(name="Solvik kommune", county="Nordhav")
    for body in (solvik, make.organisation(name="Taus kommune")):
        invite(round_, body, reason=InvitationReason.AFFECTED, by=SYSTEM)
    bodies = (
        receive(round_, "Begge.", name=solvik.name, organisation_id=solvik.id),
        receive(round_, "Bare tid.", name="Forbundet", actor_type=ActorType.UNION, language="nn"),
    )
    persons = [
        receive(round_, f"Jeg, {n}.", name=f"P{n}", actor_type=ActorType.PRIVATE_PERSON)
        for n in range(6)
    ]
    for submission in (*bodies, *persons):
        apply_theme(passages_of(submission)[0], time, by=SYSTEM)
    for submission in (bodies[0], *persons[:2]):
        apply_theme(passages_of(submission)[0], travel, by=SYSTEM)
    return round_


def table(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.text.removeprefix("\ufeff"))))


@pytest.mark.scenario(81)
def test_the_matrix_hides_few_persons_and_still_leads_to_them(desk, coded):
    page = desk.get(url(coded, "matrix"))
    hidden = page.find("//td/a[@aria-label='Reise, Private person: hidden answers']")
    assert hidden.text == "hidden"
    assert "fewer than 5 persons are hidden" in page.words
    assert "3 passages from" not in page.words
    assert "2 passages from 2 answers" in desk.get(hidden.get("href")).words
    everything = desk.get(url(coded, "matrix?numbers=all"))
    assert everything.find("//td/a[@aria-label='Reise, Private person: 2 answers']").text == "2"
    rows = table(desk.raw(url(coded, "matrix.csv?numbers=all")))
    assert ["Reise", "1", "0", "hidden", "1+"] in rows


def test_narrowing_stands_in_the_address_and_is_taken_back_by_a_chip(desk, coded, make):
    proposal = make.proposal(coded, key="4.1")
    union = receive(coded, "Mot.", name="Mot", actor_type=ActorType.UNION, language="nn")
    code_stance(union, proposal, value=Stance.OPPOSE, by=SYSTEM)
    page = desk.get(url(coded, "matrix?language=nn&stance=4.1:oppose&county=&since=x"))
    assert "of 1 received" in page.words
    assert "Stance on a proposal: 4.1: Does not support" in page.words
    chip = page.find("//ul[@class='chips']//a[contains(., 'Written in')]")
    assert chip.get("href") == url(coded, "matrix?unit=submissions&by=type&stance=4.1:oppose")
    assert desk.get(url(coded, "matrix?narrow=1")).find("//select[@name='channel']") is not None
    page = desk.get(url(coded, "matrix?county=Nordhav"))
    link = page.find("//td/a[@aria-label='Tid, Municipality: 1 answers']")
    assert "county=Nordhav" in link.get("href")
    assert "1 passage from 1 answer" in desk.get(link.get("href")).words
    assert "0 passages" in desk.get(url(coded, "passages?theme=tid&until=2020-01-01")).words
    assert "8 passages" in desk.get(url(coded, "passages?theme=tid&coder=system")).words


def test_a_narrowed_file_tells_nothing_of_persons(desk, coded):
    rows = table(desk.raw(url(coded, "matrix.csv?since=2020-01-01")))
    assert ["Tid", "1", "1", "hidden", "2+"] in rows


def test_what_goes_together(desk, coded):
    assert "Reise" in desk.get(url(coded, "views/together")).words
    rows = table(desk.raw(url(coded, "views/together.csv")))
    assert ["Reise", "Tid", "1+"] in rows
    assert "<svg" in desk.raw(url(coded, "views/together.svg")).text


def test_who_is_silent(desk, coded):
    page = desk.get(url(coded, "views/silent"))
    assert "Not answered yet: Taus kommune." in page.words
    rows = table(desk.raw(url(coded, "views/silent.csv")))
    assert ["Municipalities and counties", "2", "1", "1"] in rows
    assert ["Reise", "Working life", "0", "None"] in rows


def test_when_answers_came_and_whence(desk, coded):
    assert "8" in desk.get(url(coded, "views/arrivals")).words
    page = desk.get(url(coded, "views/counties"))
    assert "Nordhav 1" in page.words
    assert "who are not asked where they live: 6." in page.words
    page = desk.get(url(coded, "views/counties?theme=tid"))
    assert "who are not asked" not in page.words
    desk.get(url(coded, "views/elsewhere"), status=404)


def test_empty_views_say_so(desk, round_):
    for name in ("together", "arrivals", "counties"):
        assert "There is nothing to count yet" in desk.get(url(round_, f"views/{name}")).words
    assert desk.raw(url(round_, "views/arrivals.svg")).status_code == 404
    assert "No passage is quoted yet" in desk.get(url(round_, "quotes")).words


def test_stances_as_files_tell_of_persons_together(desk, coded, make):
    proposal = make.proposal(coded, key="4.1")
    persons = [
        receive(coded, "Ja.", name=f"Q{n}", actor_type=ActorType.PRIVATE_PERSON) for n in range(8)
    ]
    for submission in persons[:7]:
        code_stance(submission, proposal, value=Stance.SUPPORT, by=SYSTEM)
    code_stance(persons[7], proposal, value=Stance.OPPOSE, by=SYSTEM)
    rows = table(desk.raw(url(coded, "proposals/4.1.csv")))
    assert rows[-2] == ["People", "7", "hidden", "hidden", "14"]
    assert rows[1] == ["Municipalities and counties", "0", "0", "1", "1"]
    figure = desk.raw(url(coded, "proposals/4.1.svg")).text
    assert "Municipalities" in figure
    assert "People" not in figure  # a part of it is hidden
    assert "hidden" in desk.raw(url(coded, "matrix.svg")).text


def test_a_theme_by_sides(desk, make, round_):
    tid, proposal = theme(round_, "Tid"), make.proposal(round_, key="4.1")
    for name, stance in (("Ja kommune", Stance.SUPPORT), ("Nei kommune", Stance.OPPOSE)):
        [passage] = passages_of(receive(round_, f"{name} mener.", name=name))
        apply_theme(passage, tid, by=SYSTEM)
        code_stance(passage.submission, proposal, value=stance, passage=passage, by=SYSTEM)
    apply_theme(passages_of(receive(round_, "Tja.", name="Tja kommune"))[0], tid, by=SYSTEM)
    for side, said in (("for", "Ja"), ("against", "Nei"), ("neither", "Tja")):
        page = desk.get(url(round_, f"themes/tid?side={side}"))
        [quote] = page.tree.xpath("//blockquote")
        assert quote.text.startswith(said)
    assert "3 passages" in desk.get(url(round_, "themes/tid?unused=1")).words
    desk.get(url(round_, "themes/ukjent?side=for"), status=404)


def test_a_coordinator_changes_the_threshold(desk, round_):
    page = desk.get(url(round_, "setup/small-groups"))
    refused = desk.submit(page, {"threshold": "2"}, status=422)
    assert "Write a number between 3 and 50" in refused.words
    desk.submit(page, {"threshold": "10"})
    session().refresh(round_)
    assert round_.small_groups == 10


def test_the_number_of_queries_does_not_grow(desk, make, round_):
    def fill(answers: int) -> None:
        for index in range(answers):
            submission = receive(
                round_, "Ett.\n\nTo.", name=f"K{index}", publication=Publication.WITH_NAME
            )
            for passage in passages_of(submission):
                apply_theme(passage, tid, by=SYSTEM)

    def queries() -> list[int]:
        numbers = []
        for page in ("views/together", "views/silent", "views/counties", "quotes", "matrix"):
            with count_queries() as found:
                desk.get(url(round_, page))
            numbers.append(found.number)
        return numbers

    tid = theme(round_, "Tid")
    fill(1)
    queries()
    before = queries()
    fill(3)
    assert queries() == before
