"""Suggestions at the desk with scripts off: shown with reasons, accepted, counted, turned off."""

import pytest

from consult.domain.organisations.types import Role
from consult.domain.submissions.types import AnswerContent
from tests.support.coded import passages_of, receive, theme
from tests.support.suggesting import DOORS, round_with_model


@pytest.fixture
def round_(make):
    return round_with_model(make, slug="dorer")


def page_of(passage) -> str:
    return f"/desk/rounds/dorer/coding?passage={passage.public_id}"


def message(page) -> str:
    return " ".join(page.find("//*[@id='flashes']").text_content().split())


@pytest.mark.scenario(77)
def test_from_the_suggestion_to_how_it_fared(client, make, round_):
    client.sign_in(make.member(round_.owner, Role.CASE_OFFICER, name="Kari Nes"))
    first, second = passages_of(receive(round_, DOORS, name="Havnes kommune"))
    page = client.get(page_of(first))
    button = page.find(".//button[@data-key='a']")
    assert "Åpen dør" in button.text_content()
    assert "because of Døra" in " ".join(button.text_content().split())
    assert "No theme yet" in page.words
    page = client.submit(page, action=button.getparent().get("action"))
    assert message(page) == "Åpen dør is on the passage. Saved."
    assert "Kari Nes · suggested by model 1" in page.words

    page = client.get(page_of(second))
    client.submit(
        page, {"theme": "apen-dor"}, action=page.find(".//form[@data-picker]").get("action")
    )
    page = client.get("/desk/rounds/dorer/suggestions")
    assert "Suggestions are on" in page.words
    cells = page.tree.xpath("//table[@id='models']/tbody/tr/td/text()")
    assert cells == ["2", "1 of 2", "2 of 2", "0", "1", "0"]
    assert "It has not been tried yet" in page.words

    page = client.submit(page, action="/desk/rounds/dorer/suggestions/off")
    assert "Suggestions are off in this round." in page.words
    assert not client.get(page_of(second)).tree.xpath("//button[@data-key='a']")
    page = client.get("/desk/rounds/dorer/suggestions")
    page = client.submit(page, action="/desk/rounds/dorer/suggestions/on")
    assert message(page) == "Suggestions are on."


def test_what_was_suggested_before_is_not_put_on(client, make, round_):
    client.sign_in(make.member(round_.owner, Role.CASE_OFFICER))
    first, _second = passages_of(receive(round_, DOORS, name="Havnes kommune"))
    page = client.get(page_of(first))
    form = page.find(".//button[@data-key='a']").getparent()
    page = client.submit(page, {"model": "7"}, action=form.get("action"))
    assert "The suggestions have just changed. Nothing was put on the passage." in message(page)
    assert "No theme yet" in page.words


def test_a_stance_is_accepted_with_its_modifiers(client, make, round_):
    client.sign_in(make.member(round_.owner, Role.CASE_OFFICER))
    proposal = make.proposal(round_)
    text = "Vi støtter forslaget, men forutsetter at det følger penger med."
    answer = AnswerContent(proposal_id=proposal.id, text=text)
    (passage,) = passages_of(receive(round_, answers=(answer,)))
    page = client.get(page_of(passage))
    button = page.find(".//button[@data-key='d']")
    said = " ".join(button.text_content().split())
    assert f"Proposal {proposal.key}: Supports, with comments, on a condition" in said
    page = client.submit(page, action=button.getparent().get("action"))
    assert message(page) == f"The stance on proposal {proposal.key} is saved."
    assert "suggested by the words, accepted" in page.words
    assert not page.tree.xpath("//button[@data-key='d']")


def test_who_may_only_read_sees_no_suggestions(client, make, round_):
    client.sign_in(make.member(round_.owner, Role.READER))
    first, _second = passages_of(receive(round_, DOORS, name="Havnes kommune"))
    assert not client.get(page_of(first)).tree.xpath("//button[@data-key='a']")
    assert not client.get("/desk/rounds/dorer/suggestions").tree.xpath(
        "//div[@class='notice-line']/form"
    )


def test_without_a_model_the_page_says_when_there_will_be_one(client, make):
    round_ = make.round(slug="tom")
    theme(round_, "Tid")
    client.sign_in(make.member(round_.owner, Role.CASE_OFFICER))
    assert "There is no model yet" in client.get("/desk/rounds/tom/suggestions").words
