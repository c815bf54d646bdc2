"""One question per page: saving, conflicts, and never losing a text."""

import logging

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.organisations.types import Role
from consult.domain.rounds.service import change_question
from consult.domain.rounds.types import QuestionKind, QuestionSpec
from consult.domain.submissions.queries import list_draft_answers
from tests.blueprints.respond.answering import Answering

AUTOSAVE = {"Accept": "application/json", "X-Autosave": "1"}
NUMBER = "15108695088"


def _text(answering) -> str:
    return next((a.text for a in list_draft_answers(answering.draft.id).values()), "")


def _fields(page, **changed: str) -> dict[str, str]:
    fields = dict(page.form().form_values())
    fields.pop("step", None)
    return fields | changed


def _autosave(answering, fields):
    path = answering.path("/questions/q1")
    return answering.client.raw(path, method="POST", data=fields, headers=AUTOSAVE)


def test_buttons_lead_where_they_say(answering, make):
    answering.begin(make.round(questions=2))
    assert answering.write("a", step="next").h1 == "Question 2? (en)"
    assert answering.write("b", key="q2", step="back").h1 == "Question 1? (en)"
    assert answering.write("a", step="back").h1 == "Your answer"
    assert answering.write("b", key="q2", step="next").h1 == "How may we publish your answer?"
    answering.publish()
    assert answering.write("b", key="q2", step="next").h1 == "Check your answers before you send"


def test_autosave_answers_with_the_next_revision(answering, make):
    answering.begin(make.round())
    fields = _fields(answering.open(), text="Å")
    first = _autosave(answering, fields)
    assert (first.status_code, first.json["revision"]) == (200, 1)
    assert first.json["saved_at"].endswith("+00:00")
    fields |= {"text": "Åpne dører", "revision": "1"}
    assert _autosave(answering, fields).json["revision"] == 2
    assert "Saved with us at" in answering.open().words


@pytest.mark.scenario(29)
def test_two_colleagues_at_once(client, new_client, make):
    round_, body = make.round(), make.organisation()
    kari = Answering(client.sign_in(make.member(body, Role.DRAFTER, name="Kari Nes")), make)
    ola = Answering(new_client().sign_in(make.member(body, Role.DRAFTER)), make)
    kari.begin(round_, sender=body.public_id)
    ola.begin(round_, sender=body.public_id)
    opened = ola.open()
    kari.write("Karis tekst")
    page = ola.client.submit(opened, {"text": "Olas tekst"}, status=409)
    assert page.h1 == "There are two versions of this answer"
    assert "Karis tekst" in page.words
    assert "Olas tekst" in page.words
    assert "Saved by Kari Nes" in page.words
    assert _text(ola) == "Karis tekst"
    mine, joined = page.tree.forms[-2:]
    assert joined.xpath(".//textarea")[0].value.strip() == "Karis tekst\n\nOlas tekst"
    ola.client.post(mine.get("action"), dict(mine.form_values()))
    assert _text(ola) == "Olas tekst"


def test_keeping_the_other_version_or_both(answering, new_client, make):
    answering.begin(make.round())
    opened = answering.open()
    answering.write("først")
    page = answering.client.submit(opened, {"text": "sist"}, status=409)
    assert page.has_link(answering.path("/questions/q1"))
    joined = page.tree.forms[-1]
    answering.client.post(joined.get("action"), dict(joined.form_values()))
    assert _text(answering) == "først\n\nsist"


@pytest.mark.scenario(29)
def test_autosave_is_told_of_a_conflict_and_keeps_its_text(answering, make):
    answering.begin(make.round())
    opened = answering.open()
    answering.write("først")
    late = _autosave(answering, _fields(opened, text="sist"))
    assert late.status_code == 409
    assert late.json["revision"] == 1
    assert _text(answering) == "først"


@pytest.mark.scenario(18)
def test_an_identity_number_is_refused_and_stored_nowhere(answering, make, caplog):
    caplog.set_level(logging.DEBUG)
    answering.begin(make.round())
    page = answering.client.submit(
        answering.open(), {"text": f"Jeg er {NUMBER[:6]} {NUMBER[6:]} og har ventet."}, status=422
    )
    assert "We never store those" in page.words
    assert page.tree.xpath(".//*[@data-error-summary]//a[@href='#text']")
    assert "og har ventet" in page.text, "the rest of the text is still there"
    refused = _autosave(answering, _fields(answering.open(), text=f"Jeg er {NUMBER}"))
    assert refused.status_code == 422
    assert NUMBER not in refused.text
    assert _text(answering) == ""
    assert NUMBER not in caplog.text
    assert NUMBER[6:] not in caplog.text


@pytest.mark.scenario(18)
def test_an_identity_number_is_refused_in_a_name(client, make):
    page = client.get(f"/answer/{make.round().slug}/as?sender=person")
    page = client.submit(page, {"name": f"Kari {NUMBER}"}, status=422)
    assert "We never store those" in page.words


@pytest.mark.scenario(16)
@pytest.mark.parametrize("token", ["", "old.and.wrong"])
def test_a_page_that_was_open_too_long_gets_its_text_back(answering, make, token):
    answering.begin(make.round())
    fields = _fields(answering.open(), text="En lang tekst", csrf_token=token)
    path = answering.path("/questions/q1")
    response = answering.client.raw(path, method="POST", data=fields)
    assert response.status_code == 422
    page = answering.client._checked(response, path, 422)
    assert "open for too long" in page.words
    assert "En lang tekst" in page.text
    assert _text(answering) == ""
    answering.client.submit(page, {"step": "next"})
    assert _text(answering) == "En lang tekst"


@pytest.mark.scenario(16)
def test_a_lost_session_gets_its_text_back_and_saves_it_after_signing_in(client, make):
    round_, body = make.round(), make.organisation()
    person = make.member(body, Role.DRAFTER)
    writing = Answering(client.sign_in(person), make)
    writing.begin(round_, sender=body.public_id)
    fields = _fields(writing.open(), text="En lang tekst")
    path = writing.path("/questions/q1")
    with client._client.session_transaction() as session:
        session.clear()
    page = client._checked(client.raw(path, method="POST", data=fields), path, 404)
    assert page.h1 == "This was not saved, but your text is here"
    assert page.find(".//textarea").value.strip() == "En lang tekst"
    with client._client.session_transaction() as session:
        session.clear()  # as signing in does, in the other tab
    client.sign_in(person)
    again = client.submit(page, status=422)
    assert again.find(".//textarea").value.strip() == "En lang tekst"
    client.submit(again, {"step": "next"})
    assert _text(writing) == "En lang tekst"


def test_the_text_is_given_back_after_a_colleague_has_sent(answering, make):
    answering.begin(make.round())
    opened = answering.open()
    answering.write("Sendt")
    answering.publish()
    answering.send()
    page = answering.client.submit(opened, {"text": "For sent"}, status=404)
    assert page.find(".//textarea").value.strip() == "For sent"
    assert _autosave(answering, _fields(opened, text="For sent")).status_code == 404


def test_no_comments_on_a_text_asks_to_take_it_out(answering, make):
    answering.begin(make.round())
    page = answering.client.submit(
        answering.open(), {"text": "Likevel", "step": "no_comments"}, status=422
    )
    assert "Take it out first" in page.words
    answering.write("", step="no_comments")
    page = answering.open()
    assert "You have said «No comments» here." in page.words
    page = answering.write("", step="clear")
    assert "is taken back" in page.words
    assert not list_draft_answers(answering.draft.id)[
        answering.draft.round.questions[0].id
    ].no_comments


def test_no_comments_with_a_text_on_a_proposal(answering, make):
    round_ = make.round(questions=0)
    make.question(round_, kind=QuestionKind.STANCE)
    answering.begin(round_)
    page = answering.client.submit(
        answering.open(), {"stance": "no_comments", "text": "men"}, status=422
    )
    assert "You chose «No comments», but have written something." in page.words


def test_a_forged_choice_or_revision_is_refused_calmly(answering, make):
    answering.begin(make.round())
    fields = _fields(answering.open(), text="Ja", revision="-1; drop", window="<script>")
    assert _autosave(answering, fields).json["revision"] == 1
    assert answering.client.get(answering.path("/questions/nope"), status=404, follow=False)


@pytest.mark.scenario(24)
def test_the_writers_language_is_told_to_screen_readers(answering, make):
    answering.begin(make.round(), language="se")
    answering.write("Čáppa đ ŋ š ŧ ž")
    assert answering.open().find(".//textarea").get("lang") == "se"
    page = answering.publish()
    assert page.tree.xpath(".//*[@lang='se'][contains(., 'Čáppa đ ŋ š ŧ ž')]")


@pytest.mark.scenario(74)
def test_a_writer_sees_that_the_question_was_corrected_and_looks_again(answering, make):
    round_ = make.round(questions=1)
    answering.begin(round_)
    stale = answering.open()
    answering.client.submit(stale, {"text": "Ja", "step": "tasks"})
    spec = QuestionSpec(QuestionKind.OPEN, {**round_.questions[0].text, "en": "How often, then?"})
    change_question(round_.questions[0], spec, by=SYSTEM)
    answering.publish()
    check = answering.client.get(answering.path("/check"))
    assert "Some questions have been corrected since you answered them." in check.words
    page = answering.open()
    assert page.h1 == "How often, then?"
    assert "The question has been corrected since you wrote your answer." in page.words
    assert "Question 1? (en)" in page.words
    answering.client.submit(page, {"step": "tasks"})
    page = answering.open()
    assert "since you wrote your answer" not in page.words
    assert "See what it said before" in page.words
    assert "How often, then?" in answering.send().words


@pytest.mark.scenario(74)
def test_a_receipt_shows_the_words_that_were_answered(answering, make):
    round_ = make.round(questions=1)
    answering.begin(round_)
    answering.write("Ja")
    answering.publish()
    receipt = answering.send()
    spec = QuestionSpec(QuestionKind.OPEN, {**round_.questions[0].text, "en": "How often, then?"})
    change_question(round_.questions[0], spec, by=SYSTEM)
    page = answering.client.get(receipt.url)
    assert "Question 1? (en)" in page.words
    assert "How often, then?" not in page.words


def test_a_question_says_that_its_answers_are_not_published(answering, make):
    round_ = make.round()
    round_.questions[0].is_private = True
    session().commit()
    answering.begin(round_)
    assert "What you answer here is not published" in answering.open("q1").words
    assert "not published" not in answering.open("q2").words
