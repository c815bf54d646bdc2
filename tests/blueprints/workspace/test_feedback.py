"""Feedback to branches: written and sent by the union, read by the branch and nobody else."""

import pytest

from consult.db import session
from consult.domain.composing.service.resting import rest_on
from consult.domain.composing.types import EvidenceUse
from consult.domain.organisations.types import Role
from consult.domain.responses.queries import find_case
from consult.domain.rounds.models import Round
from tests.support.coded import passages_of, receive
from tests.support.drafted import start_drafting
from tests.support.queries import queries_of

PATH = "/workspace/forbundet/cases/rom/feedback"


@pytest.fixture
def made(make):
    return start_drafting(make)


@pytest.fixture
def case(made):
    """The case, with the hearing that `start_drafting` makes by hand."""
    found = find_case(made.union.id, made.round.id)
    found.hearing = made.hearing
    session().flush()
    return found


def _branch(make, made, name, *texts, language="nb"):
    body = make.organisation(name=name, parent=made.union, language=language)
    return body, receive(made.hearing, *texts, name=name, organisation_id=body.id)


@pytest.fixture
def havnes(make, made, case):
    return _branch(make, made, "Lag Havnes", "Bussen går til tre.\n\nVi er få.", language="nn")


@pytest.fixture
def desk(client, made, case):
    return client.sign_in(made.drafter)


def test_each_branch_is_told_and_reads_it(desk, new_client, make, made, havnes):
    body, answer = havnes
    reader = new_client().sign_in(make.member(body, Role.READER))
    uses = f"/answer/receipts/{answer.public_id}/uses"
    rest_on(made.parts["q-q1"], passages_of(answer)[0], EvidenceUse.MERGED, by=made.by)
    page = desk.get(PATH)
    assert "1 used, 0 left out with a reason, 1 not looked at yet – of 2" in page.words
    assert page.has_link("/workspace/forbundet/cases/rom/draft?state=open")
    page = desk.get(f"{PATH}/{answer.public_id}")
    assert page.find("//div[@class='told']").get("lang") == "nn"
    address = f"{PATH}/{answer.public_id}/words"
    saved = desk.submit(page, {"text": "Takk for svaret."}, action=address)
    assert "Takk for svaret." in saved.find("//div[@class='told']").text_content()
    assert "Where your points went" not in reader.get(uses).words
    refused = desk.submit(saved, {"step": "send"}, action=address, status=422)
    assert "1 point is neither used nor left out" in refused.words
    sent = desk.submit(saved, {"step": "send", "with_open": "y"}, action=address)
    assert "1 branch is told." in sent.words
    assert "It has no e-mail" not in sent.words
    read = reader.get(uses).words
    for told in ("Takk for svaret.", "Merged with other points in: 1. Question 1? (en)",
                 "Used: 1. Left out: 0. Not looked at yet: 1."):  # fmt: skip
        assert told in read
    assert (
        "you have been told where your points went"
        in reader.get(f"/answer/receipts/{answer.public_id}").words
    )


@pytest.mark.scenario(52)
def test_nobody_else_reads_it(desk, new_client, make, made, havnes):
    body, answer = havnes
    solvik, other = _branch(make, made, "Lag Solvik", "Kontoret er stengt.")
    for one, key in ((answer, "q-q1"), (other, "q-q2")):
        rest_on(made.parts[key], passages_of(one)[0], EvidenceUse.QUOTED, by=made.by)
    page = desk.get(PATH)
    desk.submit(page, {"text": "Kjære lag.", "with_open": "y"}, action=f"{PATH}/send")
    uses = f"/answer/receipts/{answer.public_id}/uses"
    own = new_client().sign_in(make.member(body, Role.DRAFTER)).get(uses).words
    assert "Bussen går til tre." in own
    assert "Solvik" not in own
    assert "Kontoret er stengt." not in own
    outsiders = (
        make.member(solvik, Role.COORDINATOR),
        make.member(made.round.owner, Role.COORDINATOR),
        make.member(made.union, Role.COORDINATOR),
        make.person(is_admin=True),
    )
    for person in outsiders:
        new_client().sign_in(person).get(uses, status=404)
    for person in (*outsiders[:2], outsiders[3]):
        browser = new_client().sign_in(person)
        browser.get(PATH, status=404)
        browser.get(f"{PATH}/{answer.public_id}", status=404)


def test_another_hearings_answer_is_not_there(desk, make, made):
    theirs: Round = make.round(owner=make.organisation(), parent=made.round)
    desk.get(f"{PATH}/{receive(theirs, 'Ikke vårt.').public_id}", status=404)


def test_before_there_is_anything_to_tell(desk, make, made, case):
    assert "No branch has answered yet" in desk.get(PATH).words
    case.hearing = None
    session().flush()
    assert "You have not asked your branches" in desk.get(PATH).words


def test_readers_see_it_and_change_nothing(new_client, make, made, havnes):
    _body, answer = havnes
    reader = new_client().sign_in(make.member(made.union, Role.READER))
    assert "Send to all" not in reader.get(PATH).words
    page = reader.get(f"{PATH}/{answer.public_id}")
    assert "What the branch reads" in page.words
    assert not page.tree.xpath(".//textarea")


def test_as_many_queries_for_many_branches(desk, make, made, havnes):
    def add():
        _branch(make, made, f"Lag {len(made.hearing.questions)}", "Vi òg.")

    few, many = queries_of(desk, PATH, add=add)
    assert few == many
