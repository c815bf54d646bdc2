"""After sending, as the sender meets it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.coding.service.coding import apply_theme
from consult.domain.disclosure.queries import get_review
from consult.domain.disclosure.service.refusing import refuse_publication
from consult.domain.disclosure.service.reviewing import clear_answer
from consult.domain.disclosure.types import RefusalReason
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.types import Role
from consult.domain.rounds.service.showing import show_themes
from consult.domain.rounds.types import AnswerPublishing
from consult.domain.submissions.erasures import find_open_request
from consult.domain.submissions.queries import get_submission
from consult.domain.submissions.service.amending import find_amendment
from consult.domain.submissions.types import SubmissionStatus
from consult.kernel.clock import utc_now
from tests.blueprints.respond.answering import Answering
from tests.domain.submissions.written import links_of
from tests.support.coded import passages_of, theme
from tests.support.queries import count_queries

DEADLINE = datetime(2026, 10, 31, 22, 59, 59, tzinfo=UTC)


@pytest.fixture
def sent(answering, make):
    """A person's answer that is sent, and its page."""
    answering.begin(make.round(), name="Kari Nes", contact_email="kari@consult.example")
    answering.write("Første ord")
    answering.publish("without_name")
    return answering, answering.send()


def _submission(receipt):
    return get_submission(receipt.url.rsplit("/", 1)[-1])


def test_an_answer_is_changed_and_both_versions_stand(sent):
    answering, receipt = sent
    page = answering.client.submit(receipt, action=f"{receipt.url}/change")
    assert page.h1 == "Change your answer"
    assert "What you have sent stands until you send the changes." in page.words
    answering.draft_id = page.url.rsplit("/", 1)[-1]
    assert "Første ord" in answering.open().text
    check = answering.client.get(answering.path("/check"))
    page = answering.client.submit(check, status=422)
    assert "Nothing is changed yet." in page.words
    answering.write("Andre ord")
    page = answering.send()
    assert page.url == receipt.url
    assert "Version 2, received" in page.words
    assert "Andre ord" in page.words
    assert "Replaced" in page.words
    assert answering.client.submit(check).url == receipt.url, "pressing twice sends once"
    assert _submission(receipt).current_version_number == 2
    old = answering.client.get(f"{receipt.url}/versions/1")
    assert "Første ord" in old.words
    assert "This version is replaced by a later one." in old.words
    assert answering.client.raw(f"{receipt.url}/versions/3").status_code == 404
    assert answering.client.raw(f"{receipt.url}/receipt.pdf").mimetype == "application/pdf"


def test_changes_can_be_thrown_away(sent):
    answering, receipt = sent
    page = answering.client.submit(receipt, action=f"{receipt.url}/change")
    answering.draft_id = page.url.rsplit("/", 1)[-1]
    page = answering.client.get(answering.path("/delete"))
    assert page.h1 == "Throw the changes away?"
    page = answering.client.submit(page)
    assert page.url == receipt.url
    assert "Your answer stands as you sent it." in page.words


@pytest.mark.at("2026-10-30T12:00:00+00:00")
def test_after_the_deadline_there_is_no_button_to_change(answering, make):
    answering.begin(make.round(opens_at=DEADLINE - timedelta(days=60), closes_at=DEADLINE))
    answering.write("Ja")
    answering.publish()
    receipt = answering.send()
    with time_machine.travel("2026-11-02T12:00:00+00:00", tick=False):
        page = answering.client.get(receipt.url)
        assert not [form for form in page.tree.forms if form.get("action").endswith("/change")]
        assert "The answer cannot be changed here any more." in page.words
        page = answering.client.post(f"{receipt.url}/change")
        assert "Your answer stands as you sent it." in page.words


@pytest.mark.scenario(35)
def test_an_answer_is_withdrawn_after_one_more_press(sent):
    answering, receipt = sent
    page = answering.client.get(f"{receipt.url}/withdraw")
    assert page.h1 == "Withdraw your answer?"
    assert _submission(receipt).status is SubmissionStatus.RECEIVED
    page = answering.client.submit(page)
    assert page.h1 == "This answer is withdrawn"
    assert _submission(receipt).status is SubmissionStatus.WITHDRAWN
    assert not page.has_link(f"{receipt.url}/withdraw")
    assert answering.client.get(f"{receipt.url}/withdraw").url == receipt.url
    assert "Withdrawn" in answering.client.get("/answer/mine").words


@pytest.mark.scenario(21)
def test_asking_for_deletion_explains_what_is_kept(sent):
    answering, receipt = sent
    page = answering.client.get(f"{receipt.url}/erasure")
    assert "The archive law says that it must be kept" in page.words
    page = answering.client.submit(page, {"message": "151086 95088"}, status=422)
    assert "national identity number" in page.words
    page = answering.client.submit(page, {"message": "Jeg angrer"})
    assert "Your request waits for" in page.words
    assert "Not decided yet" in page.words


def test_the_themes_are_seen_once_the_owner_has_opened_them(sent):
    answering, receipt = sent
    submission = _submission(receipt)
    apply_theme(passages_of(submission)[0], theme(submission.round, "Åpningstid"), by=SYSTEM)
    page = answering.client.get(f"{receipt.url}/uses")
    assert "Åpningstid" not in page.words
    assert "has gone through the answers and opened this" in page.words
    show_themes(submission.round, is_shown=True, by=SYSTEM, now=utc_now())
    with count_queries() as counted:
        page = answering.client.get(f"{receipt.url}/uses")
    assert "Åpningstid" in page.words
    assert "Første ord" in page.words
    assert counted.number <= 13


def test_the_sender_reads_what_is_recommended_and_why_not(sent, new_client, make):
    answering, receipt = sent
    submission = _submission(receipt)
    round_ = submission.round
    hours = theme(round_, "Åpningstid")
    apply_theme(passages_of(submission)[0], theme(round_, "Kveld", parent=hours), by=SYSTEM)
    desk = new_client().sign_in(make.member(round_.owner, Role.COORDINATOR))
    page = desk.get(f"/desk/rounds/{round_.slug}/themes/{hours.key}/outcome")
    assert "Senders do not see the themes of their answers yet" in page.words
    refused = desk.submit(page, {"outcome": "not_recommended", "text": "151086 95088"}, status=422)
    assert "national identity number" in refused.words
    told = {"outcome": "not_recommended", "text": "To kontorer er for små til vakt om kvelden."}
    assert "To kontorer er for små" in desk.submit(refused, told).words
    uses = f"{receipt.url}/uses"
    assert "To kontorer" not in answering.client.get(uses).words
    show_themes(round_, is_shown=True, by=SYSTEM, now=utc_now())
    words = answering.client.get(uses).words
    assert "Åpningstid Not recommended To kontorer er for små til vakt om kvelden." in words
    page = desk.get(f"/desk/rounds/{round_.slug}/themes/{hours.key}/outcome")
    desk.submit(page, action=f"{page.url}/take-back")
    assert "To kontorer" not in answering.client.get(uses).words


def test_whoever_has_answered_is_led_to_that_answer(sent):
    answering, receipt = sent
    page = answering.client.get(f"/answer/{_submission(receipt).round.slug}")
    assert page.h1 == "Who are you answering as?"
    assert page.has_link(receipt.url)


def test_nothing_changes_without_a_token(sent):
    answering, receipt = sent
    before = links_of(_submission(receipt))
    for path in ("/change", "/withdraw", "/erasure", "/link", "/code"):
        response = answering.client.raw(f"{receipt.url}{path}", method="POST", data={})
        assert response.status_code in {302, 422}, path
    submission = _submission(receipt)
    assert submission.status is SubmissionStatus.RECEIVED
    assert links_of(submission) == before
    assert find_amendment(submission) is None
    assert find_open_request(submission) is None


def test_an_answer_is_changed_by_its_sender_only(sent, new_client, make):
    _answering, receipt = sent
    for path in ("", "/change", "/withdraw", "/erasure", "/uses", "/versions/1", "/link", "/code"):
        response = new_client().raw(f"{receipt.url}{path}")
        assert response.status_code in {302, 404, 405}, path
    outsider = new_client().sign_in(make.person())
    assert outsider.raw(f"{receipt.url}/withdraw", method="POST").status_code == 404


def test_a_member_who_may_not_write_sees_but_does_not_change(client, new_client, make):
    body = make.organisation()
    writing = Answering(client.sign_in(make.member(body, Role.DRAFTER)), make)
    writing.begin(make.round(), sender=body.public_id)
    writing.write("Ja")
    writing.publish()
    receipt = writing.send()
    reader = new_client().sign_in(make.member(body, Role.READER))
    assert not reader.get(receipt.url).has_link(f"{receipt.url}/withdraw")
    assert reader.raw(f"{receipt.url}/withdraw").status_code == 404
    assert writing.client.get(receipt.url).has_link(f"{receipt.url}/withdraw")


@pytest.mark.scenario(23)
def test_the_language_of_the_start_decides_what_comes_by_mail(client, make):
    client.headers = {"Accept-Language": "nn"}
    page = client.get(f"/answer/{make.round(slug='ope-runde').slug}/as?sender=person")
    fields = {"language": "se", "contact_email": "maret@consult.example"}
    page = client.submit(page, fields)
    writing = Answering(client, make)
    writing.draft_id = page.url.rsplit("/", 1)[-1]
    client.headers = {"Accept-Language": "en"}
    writing.write("Áddjá")
    writing.publish()
    writing.send()
    assert {mail.locale for mail in list_messages()} == {"nn"}


@pytest.mark.scenario(22)
def test_nobody_is_asked_how_old_they_are(client, make):
    """No extra data of the young, and nothing that happens by itself because of an age."""
    page = client.get(f"/answer/{make.round().slug}/as?sender=person")
    names = {field.get("name") for field in page.form().inputs if field.get("name")}
    assert names == {"csrf_token", "name", "written_by", "contact_email", "language"}
    assert "Are you under 18?" in client.get("/privacy").words
    assert "We do not ask how old you are" in client.get("/privacy").words


@pytest.mark.scenario(20)
def test_the_form_says_beforehand_that_access_can_be_asked_for(answering, make):
    answering.begin(make.round(), name="Kari Nes")
    page = answering.client.get(answering.path("/publication"))
    assert "the sender is called «Private person»." in page.words
    assert "still knows your name" in page.words
    assert "Anyone can ask to see it under the public-access law" in page.words


def test_the_sender_asks_to_be_told_and_stops_it(answering, make):
    answering.begin(make.round(), contact_email="kari@consult.example")
    answering.write("Ja")
    answering.publish()
    receipt = answering.send()
    tell = f"{receipt.url}/tell"
    page = answering.client.submit(receipt, action=tell)
    assert page.h1 == "What became of your answer"
    assert "at most one mail a day" in page.words
    page = answering.client.submit(page, action=tell)
    assert "You get no more mail about what happens with your answer." in page.words


def test_without_an_address_nothing_is_offered(answering, make):
    answering.begin(make.round())
    answering.write("Ja")
    answering.publish()
    receipt = answering.send()
    assert "Tell me by e-mail" not in receipt.words
    page = answering.client.post(f"{receipt.url}/tell")
    assert "We write to" not in page.words


def test_the_personal_page_says_whether_the_answer_is_on_the_web(answering, make):
    round_ = make.round(answer_publishing=AnswerPublishing.AFTER_DEADLINE)
    answering.begin(round_)
    answering.write("Ja")
    answering.publish()
    uses = f"{answering.send().url}/uses"
    assert "looks through it first" in answering.client.get(uses).words
    review = get_review(round_.slug, 1)
    clear_answer(review, by=SYSTEM)
    session().commit()
    assert "will stand on the web after the deadline" in answering.client.get(uses).words
    round_.answer_publishing = AnswerPublishing.WHEN_RELEASED
    session().commit()
    page = answering.client.get(uses)
    assert "It stands on the web, the way you chose." in page.words
    assert page.has_link(f"/rounds/{round_.slug}/answers/1")
    refuse_publication(review, RefusalReason.OFF_TOPIC, "", by=SYSTEM, contact="x")
    session().commit()
    page = answering.client.get(uses)
    assert "The reason: It is not about what was asked." in page.words
    assert not page.has_link(f"/rounds/{round_.slug}/answers/1")
