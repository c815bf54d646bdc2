"""A council's answer: who took part, minority remarks, members who confirm by a link."""

import re

import pytest

from consult.db import session
from consult.domain.organisations.types import Role
from consult.domain.submissions.companions import confirmations_of, confirming_ends, list_remarks
from consult.domain.submissions.queries import get_submission
from consult.domain.submissions.rules import DRAFT_ACCESS_AFTER_CLOSING
from consult.domain.submissions.types import Voice
from tests.support.page_client import Page, PageClient


@pytest.fixture
def council(answering, make):
    """A council that has written to the first of two questions."""
    answering.begin(
        make.round(questions=2),
        sender="council",
        name="Brukerutvalget i Solvik",
        council_type="user_council_local",
        language="nn",
    )
    answering.write("Utvalet meiner at døra skal vere open.")
    return answering


def _link(council) -> str:
    page = council.client.get(council.path("/confirmations"))
    page = council.client.submit(page)
    found = re.search(r"/answer/confirm/[\w-]+", page.text)
    assert found
    return found.group()


def _say(member: PageClient, link: str, word: dict[str, str]) -> Page:
    """Follow the members' link in a browser, and say something there."""
    return member.submit(member.get(link), word)


def test_who_took_part_is_told_in_roles_and_numbers(council):
    path = council.path("/participants")
    page = council.client.submit(
        council.client.get(path), {"role_0": "medlemer", "role_1": "vara"}, status=422
    )
    assert "Write how many there were, as a number." in page.words
    fields = {"role_0": "medlemer", "count_0": "5", "role_1": "vara", "count_1": "1"}
    page = council.client.submit(page, fields)
    assert "medlemer: 5, vara: 1" in page.words
    council.publish()
    assert "medlemer: 5, vara: 1" in council.send().words


def test_a_minority_speaks_for_itself(council):
    path = council.path("/remarks")
    page = council.client.submit(council.client.get(path), status=422)
    assert "Write what the minority says." in page.words
    fields = {"place": "q1", "label": "To av sju", "text": "Vi er usamde."}
    council.client.submit(page, fields)
    page = council.client.submit(council.client.get(path), {"label": "Ein", "text": "Eg òg."})
    assert page.has_link(council.path("/remarks/"))
    page = council.publish()
    assert "Minority remark: To av sju Vi er usamde." in page.words
    receipt = council.send()
    assert "Minority remark: Ein Eg òg." in receipt.words
    answers = get_submission(receipt.url.rsplit("/", 1)[-1]).current_version.answers
    assert [(one.voice, one.voice_label) for one in answers] == [
        (Voice.SENDER, None),
        (Voice.MINORITY, "To av sju"),
        (Voice.MINORITY, "Ein"),
    ]
    assert answers[1].question.key == "q1"
    assert answers[2].question is None


def test_a_remark_that_a_phone_sends_twice_is_stored_once(council):
    path = council.path("/remarks")
    token = council.client.get(path).find(".//input[@name='csrf_token']").get("value")
    sent = {"csrf_token": token, "window": "made1here", "label": "To av sju", "text": "Nei."}
    headers = {"X-Autosave": "1", "Accept": "application/json"}
    for _time in range(2):
        answer = council.client.raw(path, method="POST", data=sent, headers=headers)
        assert answer.get_json().keys() == {"saved_at"}
    refused = council.client.raw(path, method="POST", data=sent | {"label": ""}, headers=headers)
    assert refused.status_code == 422
    assert [one.text for one in list_remarks(council.draft.id)] == ["Nei."]


def test_a_remark_is_changed_and_removed(council):
    page = council.client.get(council.path("/remarks"))
    page = council.client.submit(page, {"label": "To av sju", "text": "Nei."})
    here = page.find(f".//a[starts-with(@href, '{council.path('/remarks/')}')]").get("href")
    page = council.client.submit(council.client.get(here), {"text": "Jo."})
    assert "Jo." in page.words
    page = council.client.post(here, {"remove": "1"})
    assert "Jo." not in page.words


def test_members_confirm_without_an_account(council, new_client):
    link = _link(council)
    member = new_client()
    page = member.get(link)
    assert "Utvalet meiner at døra skal vere open." in page.words
    assert "It is not sent yet." in page.words
    page = member.submit(page, {"agrees": "no", "role": "medlem"}, status=422)
    assert "Write what you do not agree with." in page.words
    member.submit(page, {"remark": "Vi har ikkje møtt."})
    page = member.submit(member.get(link), {"agrees": "yes", "role": "medlem", "name": "Ola"})
    assert "the text as it stands now" in page.words
    page = council.client.get(council.path("/confirmations"))
    assert "Ola (medlem) Confirms" in page.words
    assert "Vi har ikkje møtt." not in page.words, "the same browser's second word counts"


def test_a_later_edit_shows_what_was_confirmed(council, new_client):
    link = _link(council)
    member = new_client()
    member.submit(member.get(link), {"agrees": "yes", "role": "leiar"})
    council.write("Utvalet har snudd.")
    page = council.publish()
    assert "an earlier text; it has been changed since" in page.words
    _say(new_client(), link, {"agrees": "yes", "role": "medlem"})
    receipt = council.send()
    submission = get_submission(receipt.url.rsplit("/", 1)[-1])
    assert [row.digest == submission.current_version.digest
            for row in confirmations_of(submission.id)] == [False, True]  # fmt: skip
    page = new_client().get(link)
    assert "has sent this answer" in page.words


def test_the_desk_sees_who_confirmed(council, new_client, make):
    link = _link(council)
    _say(new_client(), link, {"agrees": "no", "role": "medlem", "remark": "Eg var ikkje der."})
    council.publish()
    council.send()
    round_ = council.draft.round
    desk = new_client().sign_in(make.member(round_.owner, Role.READER))
    page = desk.get(f"/desk/rounds/{round_.slug}/answers/1")
    assert "medlem Does not agree" in page.words
    assert "Eg var ikkje der." in page.words


def test_a_link_that_is_turned_off_opens_nothing(council, new_client):
    link = _link(council)
    council.client.post(council.path("/confirmations"), {"end": "1"})
    page = new_client().get(link, status=404)
    assert page.h1 == "This link does not work any more"
    assert "Utvalet" not in page.words


def test_a_members_link_does_not_show_what_was_withdrawn(council, new_client):
    link = _link(council)
    council.publish()
    receipt = council.send()
    council.client.submit(council.client.get(f"{receipt.url}/withdraw"))
    member = new_client()
    shown = member.get(link, status=410)
    for page in (shown, member.post(shown.url, status=410)):
        assert page.h1 == "This answer has been withdrawn"
        assert "Utvalet meiner" not in page.words


def test_the_link_ends_a_month_after_the_deadline(council, new_client, monkeypatch):
    link = _link(council)
    ends = confirming_ends(council.draft)
    assert ends == council.draft.round.closes_at + DRAFT_ACCESS_AFTER_CLOSING
    monkeypatch.setattr("consult.blueprints.respond.views.council.utc_now", lambda: ends)
    assert new_client().get(link, status=404).h1 == "This link does not work any more"


def test_only_councils_have_these_pages(answering, make):
    answering.begin(make.round())
    for rest in ("/participants", "/remarks", "/confirmations"):
        assert answering.client.raw(answering.path(rest)).status_code in {302, 404}


def test_deleting_the_draft_deletes_all_of_it(council, new_client):
    link = _link(council)
    council.client.submit(
        council.client.get(council.path("/remarks")), {"label": "To", "text": "Nei."}
    )
    _say(new_client(), link, {"agrees": "yes", "role": "medlem"})
    council.client.submit(council.client.get(council.path("/delete")))
    session().expire_all()
    assert new_client().get(link, status=404).h1 == "This link does not work any more"


@pytest.mark.parametrize("locale", ["nb", "nn"])
def test_the_pages_in_norwegian(council, locale):
    council.client.headers = {"Accept-Language": locale}
    for rest in ("/participants", "/remarks", "/confirmations", "/files"):
        assert council.client.get(council.path(rest)).tree.get("lang") == locale


@pytest.mark.scenario(33)
def test_a_change_after_sending_keeps_all_and_tells_that_members_saw_an_earlier_text(
    council, new_client
):
    remark = {"place": "q1", "label": "To av sju", "text": "Vi er usamde."}
    council.client.submit(council.client.get(council.path("/remarks")), remark)
    _say(new_client(), _link(council), {"role": "medlem", "agrees": "yes"})
    council.publish()
    receipt = council.send()
    tasks = council.client.submit(receipt, action=f"{receipt.url}/change")
    council.draft_id = tasks.url.rsplit("/", 1)[-1]
    council.write("Utvalet meiner at døra bør vere open.")
    check = council.client.get(council.path("/check"))
    assert "Minority remark: To av sju Vi er usamde." in check.words
    assert "an earlier text; it has been changed since" in check.words
    receipt = council.client.submit(check)
    assert "Minority remark: To av sju Vi er usamde." in receipt.words
    assert "version 1, which has been replaced" in receipt.words
    before = council.client.get(f"{receipt.url}/versions/1")
    assert "døra skal vere open" in before.words
    assert "Vi er usamde." in before.words
