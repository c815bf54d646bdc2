"""Double coding at the desk: a sample, blind reading, figures, and the queue of differences."""

import pytest

from consult.domain.accounts.types import SYSTEM
from consult.domain.coding.queries.themes import find_theme
from consult.domain.coding.service.coding import apply_theme
from consult.domain.coding.service.merging import merge_themes
from consult.domain.organisations.types import Role
from tests.support.coded import passages_of, receive, theme


@pytest.fixture
def round_(make):
    round_ = make.round(slug="dorer")
    door = theme(round_, "Døra", definition="Åpningstid.")
    theme(round_, "Tid")
    submission = receive(round_, "Døra må være åpen.\n\nVeilederne trenger tid.")
    for passage in passages_of(submission):
        apply_theme(passage, door, by=SYSTEM)
    return round_


@pytest.mark.scenario(75)
def test_from_the_lot_to_the_decision(client, make, round_):
    officer = make.member(round_.owner, Role.CASE_OFFICER, name="Kari Nes")
    client.sign_in(officer)
    page = client.get("/desk/rounds/dorer/agreement")
    assert "No sample has been drawn yet" in page.words
    page = client.get("/desk/rounds/dorer/agreement/new")
    assert "Write a number" in client.submit(page, {"share": ""}, status=422).words
    sample = client.submit(page, {"share": "100", "coder": officer.reference})
    assert "Kari Nes codes 2 of 2 passages once more." in sample.words

    again = client.get("/desk/rounds/dorer/agreement/new")
    refused = client.submit(again, {"coder": officer.reference}, status=422)
    assert "There is nothing for this reader to code once more" in refused.words

    first = client.get(f"{sample.url}/passages/1")
    assert "Åpningstid." in first.words
    assert first.find(".//blockquote").text == "Døra må være åpen."
    second = client.submit(first, {"themes": ["dora"]})
    assert second.find(".//blockquote").text == "Veilederne trenger tid."
    done = client.submit(second, {"themes": ["tid"]})
    assert "That was the last passage of the sample." in done.words
    assert "cannot be computed" not in done.find(".//tfoot").text_content()
    assert "This passage is done." in client.get(f"{sample.url}/passages/1").words
    table = client.raw(f"{sample.url}.csv").get_data(as_text=True).splitlines()
    assert table[1].startswith("Døra,2,1,1,0,0,0.0,0.0,1")

    queue = client.get(f"{sample.url}/differences")
    page = client.get(queue.find("(.//a[.='Decide'])[1]").get("href"))
    assert "Does Døra belong here?" in page.words
    refused = client.submit(page, {"is_on": "no"}, status=422)
    assert "Write why." in refused.words
    page = client.submit(refused, {"is_on": "no", "reason": "Det handler om tid."})
    assert "Does Tid belong here?" in page.words
    queue = client.submit(page, {"is_on": "yes", "reason": "Ja."})
    assert "It does not belong Det handler om tid." in queue.words
    overview = client.get("/desk/rounds/dorer/agreement")
    assert "2 of 2 done" in overview.words


def test_a_sample_says_which_codebook_it_speaks_of(client, make, round_):
    officer = make.member(round_.owner, Role.COORDINATOR)
    client.sign_in(officer)
    page = client.get("/desk/rounds/dorer/agreement/new")
    sample = client.submit(page, {"share": "100", "coder": officer.reference})
    client.submit(client.get(f"{sample.url}/passages/1"), {"themes": []})
    merge_themes(
        find_theme(round_.id, "dora"), find_theme(round_.id, "tid"), why="Likt.", by=SYSTEM
    )
    words = client.get(f"{sample.url}/passages/2").words
    assert "as it stood then, version 1" in words
    assert "Døra" in words
    sample = client.get(sample.url)
    assert "It speaks of version 1 of the codebook" in sample.words
    assert "These figures stay with version 1." in sample.words
    merged = "Døra has been merged into Tid since. The decision is carried out there."
    queue = client.get(f"{sample.url}/differences")
    assert merged in queue.words
    page = client.get(queue.find("(.//a[.='Decide'])[1]").get("href"))
    assert merged in page.words
    assert "version 1" in client.get("/desk/rounds/dorer/agreement").find(".//tbody").text_content()


def test_only_the_second_coder_reads_the_sample(client, make, round_):
    officer = make.member(round_.owner, Role.CASE_OFFICER)
    coordinator = make.member(round_.owner, Role.COORDINATOR)
    client.sign_in(coordinator)
    page = client.get("/desk/rounds/dorer/agreement/new")
    sample = client.submit(page, {"share": "50", "coder": officer.reference})
    assert not sample.has_link(f"{sample.url}/passages/1")
    client.get(f"{sample.url}/passages/1", status=404)
