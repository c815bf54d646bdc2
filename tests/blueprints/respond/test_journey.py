"""From the start to the receipt."""

from datetime import timedelta

import pytest

from consult.db import session
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.types import ActorType, Role
from consult.domain.rounds.types import QuestionKind
from consult.domain.submissions.queries import get_submission
from consult.domain.submissions.types import Publication, Stance
from consult.kernel.clock import utc_now
from tests.blueprints.respond.answering import Answering, link_in
from tests.support.factories import in_languages


def _submission(page):
    return get_submission(page.url.rsplit("/", 1)[-1])


def test_a_person_answers(answering, make):
    round_ = make.round(questions=2)
    page = answering.begin(round_, name="Kari Nes", contact_email="kari@consult.example")
    assert "0 of 2 questions answered" in page.words
    page = answering.write("Åpne dører.\n\n- hver dag")
    assert page.h1 == "Question 2? (en)"
    page = answering.write("", key="q2", step="no_comments")
    assert page.h1 == "How may we publish your answer?"
    page = answering.publish("without_name")
    assert page.h1 == "Check your answers before you send"
    assert "Åpne dører." in page.words
    assert "No comments" in page.words
    page = answering.send()
    assert page.h1 == "We have received your answer"
    submission = _submission(page)
    assert submission.receipt_number in page.words
    assert submission.publication is Publication.WITHOUT_NAME
    assert [answer.text for answer in submission.current_version.answers] == [
        "Åpne dører.\n\n- hver dag",
        "",
    ]
    assert {message.kind for message in list_messages()} == {"draft_link", "receipt"}


@pytest.mark.scenario(9)
def test_a_body_that_was_not_invited_answers_like_any_other(answering, make):
    answering.begin(
        make.round(),
        sender="organisation",
        name="Solvik kystlag",
        actor_type="voluntary_organisation",
    )
    answering.write("Ja")
    answering.publish()
    submission = _submission(answering.send())
    assert submission.name == "Solvik kystlag"
    assert submission.actor_type is ActorType.VOLUNTARY_ORGANISATION
    assert submission.organisation_id is None


@pytest.mark.scenario(14)
def test_nothing_but_the_answer_is_asked_of_a_person(answering, make):
    page = answering.begin(make.round())
    assert page.has_link(answering.path("/link"))
    answering.write("Ja")
    answering.publish()
    submission = _submission(answering.send())
    assert submission.name == "Private person"
    assert submission.contact_email is None
    assert not list_messages()


@pytest.mark.scenario(44)
def test_an_employer_needs_no_organisation_number(answering, make):
    answering.begin(make.round(), sender="organisation", name="Nes Bygg", actor_type="employer")
    assert answering.draft.actor_type is ActorType.EMPLOYER


def test_an_organisation_says_its_name_and_what_it_is(client, make):
    round_ = make.round()
    page = client.get(f"/answer/{round_.slug}/as?sender=organisation")
    page = client.submit(page, {"contact_email": "ingen"}, status=422)
    assert "Write the name that is to stand on the answer." in page.words
    assert "Choose what kind of body you are." in page.words
    assert "Write an e-mail address" in page.words


@pytest.mark.scenario(43)
def test_a_council_without_comments_is_done_in_two_taps(answering, make):
    round_ = make.round(questions=2)
    make.question(round_, kind=QuestionKind.STANCE)
    page = answering.begin(
        round_,
        sender="council",
        name="Brukerutvalget i Solvik",
        council_type="user_council_local",
        discussed_on="2026-10-12",
    )
    answering.publish()
    page = answering.client.submit(answering.client.get(answering.path()))
    assert page.h1 == "Check your answers before you send"
    assert "on 3 questions" in page.words
    page = answering.client.submit(page)
    submission = _submission(page)
    assert not submission.has_comments
    assert submission.actor_type is ActorType.USER_COUNCIL_LOCAL
    assert submission.discussed_on.isoformat() == "2026-10-12"
    assert "12 October 2026" in page.words
    assert submission.current_version.answers[2].stance is Stance.NO_COMMENTS


def test_every_kind_of_question_is_asked_and_answered(answering, make):
    round_ = make.round(questions=0)
    labels = ("Morning", "Noon", "Night")
    options = [{"key": key, "labels": in_languages(key)} for key in labels]
    scale = {"minimum": 1, "maximum": 5, "low": in_languages("Low"), "high": in_languages("High")}
    section = make.section(round_, key="2")
    make.question(round_, kind=QuestionKind.STANCE, proposal=make.proposal(round_, key="3.1"))
    make.question(round_, kind=QuestionKind.SINGLE, option_data=options, section=section)
    make.question(round_, kind=QuestionKind.MULTIPLE, option_data=options)
    make.question(round_, kind=QuestionKind.SCALE, scale_data=scale, help=in_languages("Because."))
    answering.begin(round_)
    page = answering.open("q1")
    assert page.has_link(f"/rounds/{round_.slug}/paper#proposal-3.1")
    assert not page.tree.xpath(".//button[@value='no_comments']"), "a stance says it itself"
    answering.write("Fordi", stance="support_partly")
    assert answering.open("q2").has_link(f"/rounds/{round_.slug}/paper#section-2")
    answering.write("", key="q2", choice="Noon")
    page = answering.client.post(
        answering.path("/questions/q3"), {"revision": "0", "choices": ["Night", "Morning"]}
    )
    assert "Because. (en)" in page.words
    answering.write("", key="q4", scale_value="4")
    page = answering.publish()
    for words in ("Support partly", "Noon (en)", "Morning (en) Night (en)", "4 on a scale from 1"):
        assert words in page.words, words


def test_what_is_begun_is_offered_again(answering, make):
    round_ = make.round()
    answering.begin(round_, name="Kari Nes")
    page = answering.client.get(f"/answer/{round_.slug}")
    assert "Go on with the answer from Kari Nes" in page.words
    assert page.has_link(answering.path())
    assert answering.client.get("/answer/mine").has_link(answering.path())


def test_colleagues_share_a_draft(client, new_client, make):
    round_, body = make.round(), make.organisation(name="Norsk Eksempelforbund")
    first = Answering(client.sign_in(make.member(body, Role.DRAFTER)), make)
    second = Answering(new_client().sign_in(make.member(body, Role.COORDINATOR)), make)
    assert "Norsk Eksempelforbund" in client.get(f"/answer/{round_.slug}").words
    first.begin(round_, sender=body.public_id)
    first.write("Begynt av en")
    second.begin(round_, sender=body.public_id)
    assert second.draft_id == first.draft_id
    assert "Begynt av en" in second.open().text
    second.publish()
    page = second.send()
    assert client.get(page.url).h1 == "We have received your answer"
    assert client.get("/answer/mine").has_link(page.url)


def test_who_and_publication_can_be_changed(answering, make):
    answering.begin(make.round(), sender="council", name="Eldrerådet")
    page = answering.client.get(answering.path("/who"))
    answering.client.submit(page, {"name": "Ungdomsrådet", "language": "nn"})
    assert (answering.draft.name, answering.draft.language) == ("Ungdomsrådet", "nn")
    answering.publish("not_web")
    assert "Do not publish on the web" in answering.publish("not_web").words
    page = answering.client.get(answering.path("/publication"))
    assert answering.client.raw(answering.path("/publication"), method="POST").status_code == 422
    assert page.tree.xpath(".//input[@value='not_web'][@checked]")


@pytest.mark.scenario(20)
def test_what_publishing_means_is_said_before_sending(answering, make):
    answering.begin(make.round())
    page = answering.client.get(answering.path("/publication"))
    assert "Anyone can ask to see it under the public-access law" in page.words
    assert "we may have to hand it out with your name" in page.words
    assert "«Private person»" in page.words


def test_deleting_asks_once_and_leaves_nothing(answering, make):
    round_ = make.round()
    answering.begin(round_)
    page = answering.client.get(answering.path("/delete"))
    page = answering.client.submit(page)
    assert "Nothing of it is left with us" in page.words
    assert answering.client.get(answering.path()).h1 == "Sign in"
    assert "Go on with" not in page.words


def test_the_draft_as_a_text_file(answering, make):
    answering.begin(make.round(), name="Kari Nes")
    answering.write("Čáppa beaivi.")
    response = answering.client.raw(answering.path("/text"))
    assert response.mimetype == "text/plain"
    text = response.get_data(as_text=True)
    assert "Čáppa beaivi." in text
    assert "Draft, not sent" in text
    assert "Not answered" in text


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_page_in_every_language(answering, make, language):
    round_ = make.round()
    answering.begin(round_, contact_email="kari@consult.example")
    answering.client.headers = {"Accept-Language": language}
    for rest in ("", "/who", "/publication", "/check", "/link", "/delete", "/questions/q1"):
        assert answering.client.get(answering.path(rest)).tree.get("lang") == language
    answering.client.get(link_in(list_messages()[0].body_text))
    for start in ("", "/as?sender=person", "/as?sender=organisation", "/as?sender=council"):
        answering.client.get(f"/answer/{round_.slug}{start}")
    answering.client.get("/answer/mine")


@pytest.mark.parametrize("name", ["   ", "\u200b\u200d"])
def test_no_organisation_answers_without_a_name(answering, client, make, name):
    round_ = make.round()
    page = client.get(f"/answer/{round_.slug}/as?sender=organisation")
    refused = client.submit(page, {"name": name, "actor_type": "union"}, status=422)
    assert "Write the name that is to stand on the answer." in refused.words
    answering.begin(round_, sender="person", name=name)
    assert answering.draft.name == "Private person"


def test_nobody_begins_after_the_deadline(client, make):
    round_ = make.round()
    path = f"/answer/{round_.slug}/as?sender=person"
    page = client.get(path)
    round_.closes_at = utc_now() - timedelta(hours=1)
    session().flush()
    late = client.submit(page, {"contact_email": "kari@consult.example"}, status=409)
    assert late.h1 == client.get(path).h1 == "This round is closed"
    assert list_messages() == []
