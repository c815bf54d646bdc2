"""Our response beside earlier ones and what others say in public, as a page."""

import pytest

from consult.domain.accounts.types import SYSTEM
from consult.domain.disclosure.queries import get_review
from consult.domain.disclosure.service.reviewing import clear_answer
from consult.domain.organisations.types import Role
from consult.domain.rounds.types import AnswerPublishing
from consult.domain.submissions.types import AnswerContent, Stance
from tests.support.coded import receive
from tests.support.drafted import start_drafting

PATH = "/workspace/forbundet/cases/rom/compare"


@pytest.fixture
def made(make):
    return start_drafting(make, answer_publishing=AnswerPublishing.WHEN_RELEASED)


def _say(proposal, text, stance, **values):
    answer = AnswerContent(proposal_id=proposal.id, text=text, stance=stance)
    return receive(proposal.round, answers=(answer,), **values)


def test_ours_then_ours_before_then_others(client, make, made):
    client.sign_in(make.member(made.union, Role.READER))
    assert "No body’s answer on this proposal is public now." in client.get(PATH).words
    made.parts["p-4.1"].stance = Stance.SUPPORT
    proposal = made.round.proposals[0]
    before = make.proposal(make.round(), title=proposal.title)
    mine = _say(before, "Vi var for da òg.", Stance.SUPPORT, organisation_id=made.union.id)
    theirs = _say(proposal, "Vi er imot.", Stance.OPPOSE, name="Solvik kommune")
    _say(proposal, "Ikke sett gjennom.", Stance.OPPOSE)
    clear_answer(get_review(made.round.slug, theirs.number), by=SYSTEM)
    page = client.get(f"{PATH}?proposal={proposal.key}")
    words = page.words
    assert words.index("Our response now") < words.index("Vi var for da òg.")
    assert words.index("Disagree with us") < words.index("Vi er imot.")
    assert "Ikke sett gjennom." not in words
    assert page.has_link(f"/answer/receipts/{mine.public_id}")
    assert page.has_link(f"/rounds/{made.round.slug}/answers/{theirs.number}")
    assert "%" not in words


def test_a_round_without_proposals(client, make, made):
    other = make.round(slug="annen")
    client.sign_in(make.member(made.union, Role.READER))
    path = f"/workspace/forbundet/cases/{other.slug}/compare"
    assert "There is no proposal to compare" in client.get(path).words
