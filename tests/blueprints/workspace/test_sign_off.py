"""The pages of signing: planning, signing from a phone, sending back, handing on, stopping."""

from datetime import timedelta

import pytest

from consult.db import session
from consult.domain.composing.frozen import current_digest
from consult.domain.composing.queries import get_part
from consult.domain.composing.standing import SignState
from consult.domain.composing.types import PlannedStep
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.types import Role
from consult.domain.submissions.types import Stance
from tests.support.letters import body_of
from tests.support.queries import count_queries
from tests.support.signing import Chain


@pytest.fixture
def chain(make) -> Chain:
    return Chain(make)


def address(chain: Chain, name: str = "") -> str:
    base = f"/workspace/forbundet/cases/{chain.letter.round.slug}/sign-off"
    return f"{base}/{name}" if name else base


def signature(chain: Chain, **values) -> dict[str, str]:
    return {"digest": current_digest(chain.letter), "has_read": "y", **values}


@pytest.mark.scenario(30)
def test_a_signatory_reads_and_signs_and_all_see_the_same_code(client, new_client, chain):
    chain.start()
    page = client.sign_in(chain.kari).get(address(chain))
    assert "It is your turn to sign" in page.words
    assert "Kontoret må være åpent." in page.words
    code = page.find(".//strong[@class='code-letters']").text
    page = client.submit(page, {"has_read": "y"}, action=address(chain, "sign"))
    assert "You have signed. Ola Vik has got a mail and is next." in page.words
    assert "It waits for Ola Vik" in page.words
    other = new_client().sign_in(chain.ola).get(address(chain))
    assert other.find(".//strong[@class='code-letters']").text == code
    assert chain.standing.signatures[0].event.title == "seksjonsleder"


def test_signing_needs_the_word_that_one_has_read(client, chain):
    chain.start()
    client.sign_in(chain.kari)
    page = client.post(address(chain, "sign"), {"digest": current_digest(chain.letter)}, status=422)
    assert "Confirm that you have read the text." in page.words
    assert chain.standing.signatures == ()


def test_a_text_that_was_changed_meanwhile_is_not_signed(client, chain):
    chain.start()
    old = signature(chain)
    get_part(chain.letter, "general").body = body_of("Vi er imot.")
    session().flush()
    client.sign_in(chain.kari).post(address(chain, "sign"), old, status=409)
    page = client.get(address(chain))
    assert "The seal is broken" in page.words
    assert "Version 1 was sealed. This has changed since then:" in page.words
    assert "Vi er imot." in page.words


def test_what_has_changed_since_i_saw_it_stands_word_by_word(client, chain):
    chain.start()
    chain.sign(chain.kari)
    part = get_part(chain.letter, "q-q1")
    part.body, part.stance = body_of("Kontoret må være åpent hver dag."), Stance.SUPPORT
    get_part(chain.letter, "general").position = 9
    chain.letter.recipient = "Et annet departement"
    chain.start()
    page = client.sign_in(chain.kari).get(address(chain))
    assert "You saw version 1. This has changed since then:" in page.words
    assert "The head of the letter" in page.words
    assert "The order of the parts." in page.words
    assert "Stance before: none. Now: Supports." in page.words
    assert "hver dag" in page.find(".//ins").text_content()
    assert not page.tree.xpath(".//del")


def test_a_board_s_decision_is_recorded_with_day_and_case(client, chain):
    chain.start([PlannedStep("Forbundsstyret", chain.ola.id, "leder", is_body=True)])
    client.sign_in(chain.ola)
    tomorrow = chain.sign_off.created_at + timedelta(days=2)
    ahead = signature(chain, decided_on=tomorrow.date().isoformat())
    page = client.post(address(chain, "sign"), ahead, status=422)
    assert "The meeting cannot lie ahead." in page.words
    values = signature(chain, decided_on="2026-01-15", case_number="34/26")
    page = client.post(address(chain, "sign"), values)
    assert "Everybody has signed" in page.words
    assert "Meeting of 15 January 2026, case 34/26" in page.words
    assert "leder, for Forbundsstyret, meeting of 15 January 2026, case 34/26" in page.words


def test_the_way_is_planned_as_last_time_and_the_first_is_asked(client, chain):
    chain.start()
    client.sign_in(chain.hege)
    page = client.submit(client.get(address(chain, "stop")), {"reason": "Vi venter."})
    assert "Hege Dal has stopped the signing" in page.words
    page = client.get(address(chain, "start"))
    form = dict(page.form().form_values())
    assert form["steps-0-label"] == "Seksjonen"
    assert form["steps-0-person"] == chain.kari.public_id
    form.pop("steps-2-is_body")
    page = client.submit(page, {"steps-0-label": "Fag", "steps-2-label": "", "steps-2-person": ""})
    assert "The text is sealed, and the first signatory has got a mail." in page.words
    assert [one.label for one in chain.sign_off.steps] == ["Fag", "Forbundsleder"]
    assert list_messages()[0].to_name == "Kari Nes"


def test_a_plan_that_does_not_hold_is_shown_again(client, chain):
    page = client.sign_in(chain.hege).get(address(chain, "start"))
    first = {"steps-0-label": "Seksjonen", "steps-0-person": chain.kari.public_id}
    for values, message in (
        ({}, "Fill in at least one step."),
        ({"steps-0-label": "Seksjonen"}, "Choose who signs."),
        ({"steps-1-person": chain.kari.public_id}, "Name the step."),
        ({**first, "steps-0-due_on": "2020-01-01"}, "This day has passed."),
    ):
        assert message in client.submit(page, values, status=422).words
    page = client.submit(page, {**first, "more": "1"})
    assert "Step 4" in page.words
    assert chain.standing is None


def test_a_text_is_sent_back_with_the_reason(client, chain):
    chain.start()
    client.sign_in(chain.kari)
    client.post(address(chain, "return"), {"reason": ""}, status=422)
    page = client.submit(client.get(address(chain, "return")), {"reason": "Tallene mangler."})
    assert "Kari Nes has sent the text back" in page.words
    assert "Tallene mangler." in page.words


def test_only_whoever_is_asked_sends_back_or_hands_on(client, chain):
    chain.start()
    client.sign_in(chain.ola)
    for name in ("return", "hand-on"):
        page = client.post(address(chain, name), {"reason": "Vent."})
        assert "It is not your turn. Nothing was done." in page.words
    assert chain.standing.turn.name == "Kari Nes"


def test_a_coordinator_lets_somebody_else_sign(client, chain):
    chain.start()
    page = client.sign_in(chain.hege).get(address(chain, "hand-on"))
    values = {"person": chain.ola.public_id, "title": "nestleder", "reason": "Kari er syk."}
    page = client.submit(page, values)
    assert "It waits for Ola Vik" in page.words
    assert chain.standing.turn.title == "nestleder"


def test_what_waits_for_my_signature_stands_on_my_home(new_client, make, chain):
    chain.start()
    deputy = make.member(chain.body, Role.DEPUTY)
    for person, waits in ((chain.kari, True), (deputy, True), (chain.ola, False)):
        page = new_client().sign_in(person).get("/workspace/forbundet")
        assert ("Waits for your signature" in page.words) is waits
    chain.sign(chain.kari)
    page = new_client().sign_in(chain.ola).get("/workspace/forbundet")
    assert page.has_link(address(chain))
    page = new_client().sign_in(chain.kari).get("/workspace/forbundet")
    assert "Waits for your signature" not in page.words


def test_pages_of_what_is_over_or_not_begun(client, make, chain):
    client.sign_in(chain.hege)
    assert "Nobody has been asked to sign yet" in client.get(address(chain)).words
    assert client.get(address(chain, "stop")).h1 == "Sign-off"
    page = client.get(address(chain, "hand-on"))
    assert page.h1 == "Sign-off"
    assert "It is not your turn. Nothing was done." in page.words
    empty = make.round()
    page = client.get(f"/workspace/forbundet/cases/{empty.slug}/sign-off")
    assert "There is no text to sign yet" in page.words


def test_who_sees_it_and_who_signs(new_client, make, chain):
    chain.start()
    values = signature(chain)
    former = make.member(chain.body, Role.SIGNATORY)
    make.end_roles(former, after=timedelta(seconds=-1))
    reader = make.member(chain.body, Role.READER)
    outside = make.member(make.organisation(), Role.SIGNATORY)
    cells = [
        (chain.kari, 200, True),
        (chain.ola, 200, False),
        (reader, 200, False),
        (former, 404, False),
        (outside, 404, False),
    ]
    for person, seen, signs in reversed(cells):
        client = new_client().sign_in(person)
        assert client.raw(address(chain)).status_code == seen
        token = {"csrf_token": client.csrf_token()}
        answer = client.raw(address(chain, "sign"), method="POST", data={**token, **values})
        refused = 409 if person is chain.ola else 404
        assert answer.status_code == (302 if signs else refused)
    assert chain.standing.state is SignState.RUNNING


def test_the_page_asks_as_often_for_a_long_chain_as_for_a_short_one(client, chain, make):
    chain.start([PlannedStep("A", chain.kari.id)])
    client.sign_in(chain.kari)
    client.get(address(chain))
    with count_queries() as short:
        client.get(address(chain))
    chain.sign(chain.kari)
    chain.letter.recipient = "En annen"
    signers = [make.member(chain.body, Role.SIGNATORY) for _number in range(4)]
    chain.start([PlannedStep("A", chain.kari.id), *(PlannedStep("B", one.id) for one in signers)])
    with count_queries() as long:
        client.get(address(chain))
    assert long.number <= short.number + 1
