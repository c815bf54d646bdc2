"""Matrix, theme pages, passages and proposals."""

import csv
import io
from zipfile import ZipFile

import pytest
from lxml import etree
from sqlalchemy import select

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.audit.models import AuditEntry
from consult.domain.audit.types import Tag
from consult.domain.coding.service.coding import apply_theme
from consult.domain.coding.service.stances import code_stance
from consult.domain.organisations.types import ActorType, Role
from consult.domain.submissions.types import Publication, Stance, StanceModifier
from tests.support.coded import passages_of, receive, theme
from tests.support.queries import count_queries

PAGES = (
    "codebook",
    "matrix",
    "matrix?unit=organisations&by=group",
    "themes/tid",
    "passages?theme=tid",
    "proposals",
    "proposals/4.1",
)


@pytest.fixture
def round_(make):
    return make.round()


@pytest.fixture
def desk(client, make, round_):
    return client.sign_in(make.member(round_.owner, Role.READER))


def url(round_, rest: str) -> str:
    return f"/desk/rounds/{round_.slug}/{rest}"


def test_empty_pages_say_what_will_come(desk, round_):
    assert "There is nothing to count yet" in desk.get(url(round_, "matrix")).words
    assert "The round has no proposals" in desk.get(url(round_, "proposals")).words
    assert "There are no such passages" in desk.get(url(round_, "passages")).words
    theme(round_, "Tid")
    assert "No passage has this theme yet" in desk.get(url(round_, "themes/tid")).words


def test_a_number_of_the_matrix_leads_to_its_passages(desk, round_):
    tid = theme(round_, "Tid")
    under = theme(round_, "Ro", parent=tid)
    first, second = passages_of(receive(round_, "Vi trenger tid.\n\nOg ro.", name="Solvik"))
    apply_theme(first, tid, by=SYSTEM)
    apply_theme(second, under, by=SYSTEM)
    union = receive(round_, "Tid er penger.", name="Forbundet", actor_type=ActorType.UNION)
    apply_theme(passages_of(union)[0], tid, by=SYSTEM)
    page = desk.get(url(round_, "matrix?unit=passages"))
    assert "Number of passages that take up each theme, of 3 received" in page.words
    link = page.find("//td/a[@aria-label='Tid, Municipality: 2 passages']")
    assert link.text == "2"
    page = desk.get(link.get("href"))
    assert "Municipality. 2 passages from 1 answer." in page.words
    quotes = [quote.text for quote in page.tree.xpath("//blockquote")]
    assert quotes == ["Vi trenger tid.", "Og ro."]
    assert page.has_link(url(round_, f"coding?passage={first.public_id}"))
    page = desk.get(url(round_, "passages?theme=tid&group=working_life"))
    assert [quote.text for quote in page.tree.xpath("//blockquote")] == ["Tid er penger."]


def test_odd_addresses_show_the_ordinary_page(desk, round_):
    theme(round_, "Tid")
    receive(round_, "Tid.")
    assert "Number of answers" in desk.get(url(round_, "matrix?unit=votes&by=colour")).words
    assert "1 passage from 1 answer" in desk.get(url(round_, "passages?type=x&page=99")).words


@pytest.mark.scenario(104)
def test_the_file_of_the_matrix_runs_nothing(desk, round_):
    apply_theme(passages_of(receive(round_, "Tid."))[0], theme(round_, "=HYPERLINK(1)"), by=SYSTEM)
    response = desk.raw(url(round_, "matrix.csv?unit=passages"))
    assert response.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(response.text.removeprefix("\ufeff"))))
    assert rows == [
        ["Theme (number of passages)", "Municipality", "Total"],
        ["'=HYPERLINK(1)", "1", "1"],
        ["With any theme", "1", "1"],
        ["Received", "1", "1"],
    ]


@pytest.mark.scenario(104)
def test_passages_as_files_hold_what_the_list_shows_and_run_nothing(desk, round_):
    tid = theme(round_, "Tid")
    ro = theme(round_, "Ro", parent=tid)
    first, _second = passages_of(receive(round_, "=2+2 er for lite.\n\nIkke om tid.", name="@ss"))
    apply_theme(first, tid, by=SYSTEM)
    apply_theme(first, ro, by=SYSTEM)
    response = desk.raw(url(round_, "passages.csv?theme=tid"))
    (row,) = csv.DictReader(io.StringIO(response.text.removeprefix("\ufeff")))
    assert (row["Answer no."], row["Sender"], row["Kind of sender"]) == (
        "1",
        "'@ss",
        "Municipality",
    )
    assert (row["Passage"], row["Themes"]) == ("'=2+2 er for lite.", "Tid; Tid › Ro")
    assert row["Code"] == first.public_id
    response = desk.raw(url(round_, "passages.xlsx"))
    with ZipFile(io.BytesIO(response.data)) as book:
        sheet = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    texts = [one.text for one in sheet.iter("{*}t")]
    assert {"@ss", "=2+2 er for lite.", "Ikke om tid.", "Tid; Tid › Ro"} <= set(texts)
    assert not list(sheet.iter("{*}f")), "no cell is a formula"
    assert desk.raw(url(round_, "passages.csv?language=se")).text.count("\n") == 1  # the heading
    page = desk.get(url(round_, "passages?theme=tid&language=nb&since=2020-01-01"))
    for file in ("passages.csv", "passages.xlsx"):
        assert f"{file}?theme=tid&amp;language=nb&amp;since=2020-01-01" in page.text
    logged = session().scalars(select(AuditEntry).where(AuditEntry.tag == Tag.PASSAGES_EXPORTED))
    assert [event.data["format"] for event in logged] == ["csv", "xlsx", "csv"]


def test_the_page_of_a_theme(desk, make, round_):
    tid = theme(round_, "Tid", definition="Ro og rom.")
    secret = receive(round_, "Hemmelig.", name="Per Hansen", publication=Publication.NOT_ON_WEB)
    apply_theme(passages_of(secret)[0], tid, by=SYSTEM)
    page = desk.get(url(round_, "themes/tid"))
    assert page.h1 == "Tid"
    assert "Ro og rom." in page.words
    assert "May not be published on the web." in page.words
    assert "Municipalities and counties 1" in page.words
    only = desk.get(url(round_, "themes/tid?group=state"))
    assert "0 passages from 0 answers." in only.words
    desk.get(url(round_, "themes/finnes-ikke"), status=404)


def test_a_proposal_by_stance_with_names_and_denominator(desk, make, round_):
    proposal = make.proposal(round_, key="4.1")
    for name, value in (("Solvik", Stance.SUPPORT), ("Havnes", Stance.OPPOSE)):
        code_stance(
            receive(round_, "Ja.", name=name),
            proposal,
            value=value,
            modifiers=[StanceModifier.TIMETABLE],
            by=SYSTEM,
        )
    receive(round_, "Nei.", name="Taus kommune")
    page = desk.get(url(round_, "proposals"))
    assert "Supports: 1 · Does not support: 1 · 2 of 3 answers take a stance" in page.words
    assert "%" not in page.words
    page = desk.get(url(round_, "proposals/4.1"))
    assert "Does not support (1) Havnes Municipality · wants a timetable coded" in page.words
    assert "Not mentioned by 1" in page.words
    assert "Taus kommune" in page.words
    desk.get(url(round_, "proposals/9.9"), status=404)


def test_the_number_of_queries_does_not_grow(desk, make, round_):
    tid = theme(round_, "Tid")
    proposal = make.proposal(round_, key="4.1")

    def fill(answers: int) -> None:
        for index in range(answers):
            submission = receive(round_, "\n\n".join(["Avsnitt"] * 5), name=f"K{index}")
            for passage in passages_of(submission):
                apply_theme(passage, tid, by=SYSTEM)
            code_stance(submission, proposal, value=Stance.SUPPORT, by=SYSTEM)

    def queries() -> list[int]:
        numbers = []
        for page in PAGES:
            with count_queries() as found:
                desk.raw(url(round_, page))
            numbers.append(found.number)
        return numbers

    fill(2)  # 10 passages
    few = queries()
    fill(10)  # 60 passages
    assert queries() == few


@pytest.mark.parametrize("page", [*PAGES, "matrix.csv", "codebook.toml"])
def test_nobody_else_sees_it(make, new_client, round_, page):
    theme(round_, "Tid")
    make.proposal(round_, key="4.1")
    receive(round_, "Tid.")
    outsiders = (
        make.member(make.organisation(), Role.COORDINATOR),
        make.member(round_.owner, Role.DRAFTER),
        make.person(is_admin=True),
    )
    for person in outsiders:
        assert new_client().sign_in(person).raw(url(round_, page)).status_code == 404
    assert new_client().raw(url(round_, page)).status_code == 302
    assert (
        new_client()
        .sign_in(make.member(round_.owner, Role.READER))
        .raw(url(round_, page))
        .status_code
        == 200
    )
