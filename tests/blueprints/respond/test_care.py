"""A gentle question beside the field: remove or keep, and never a wall."""

import logging

import pytest

from consult.db import session
from consult.domain.disclosure.queries import get_published, get_review
from consult.domain.submissions.models import DraftAnswer
from consult.kernel.errors import NotFound
from tests.blueprints.respond.answering import Answering

STORY = "Jeg har angst og får AAP. Kontoret er stengt."
SYNTHETIC = "17912099997"  # made for testing: 80 is added to the month


@pytest.fixture
def answering(client, make) -> Answering:
    return Answering(client, make)


@pytest.mark.scenario(17)
def test_health_is_asked_about_once_and_then_one_goes_on(answering, make):
    answering.begin(make.round())
    page = answering.write(STORY)
    assert page.h1 == "Question 1? (en)"
    assert "Health: «Jeg har angst»" in page.words
    assert "Your answer is saved." in page.words
    page = answering.client.submit(page, {"step": "next"})
    assert page.h1 == "Question 2? (en)"


def choice(page, words: str) -> str:
    """What pressing a notice's button sends."""
    return page.find(f'.//button[@aria-label="{words}"]').get("value")


@pytest.mark.scenario(17)
def test_words_are_removed_or_kept_without_scripts(answering, make):
    answering.begin(make.round())
    page = answering.write(STORY)
    page = answering.client.submit(page, {"step": choice(page, "Remove «får AAP»")})
    assert "Jeg har angst og […]. Kontoret er stengt." in page.text
    page = answering.client.submit(page, {"step": choice(page, "Keep «Jeg har angst»")})
    assert "Health" not in page.words
    assert "Health" not in answering.open().words


@pytest.mark.scenario(17)
def test_check_page_names_what_is_left_and_lets_send(answering, make):
    round_ = make.round()
    answering.begin(round_)
    answering.write(STORY)
    page = answering.publish()
    assert "Do you want others to read this?" in page.words
    assert "«får AAP»" in page.words
    answering.send()
    assert len(get_review(round_.slug, 1).open_findings) == 2
    with pytest.raises(NotFound):
        get_published(round_.slug, 1)


def look(answering: Answering, text: str, query: str = "", **fields):
    return answering.client.raw(
        answering.path(f"/questions/q1/care{query}"), method="POST", data={"text": text, **fields}
    )


def test_leaving_the_field_asks_without_storing(answering, make, caplog):
    answering.begin(make.round())
    with caplog.at_level(logging.DEBUG):
        part = look(answering, "Ring Kari Dunk på 987 65 432.").text
    assert "Name of a person" in part
    assert "Phone number" in part
    assert "<html" not in part
    assert session().query(DraftAnswer).count() == 0
    assert "987 65" not in caplog.text
    assert "987 65" not in answering.open().text


def test_keeping_while_writing_needs_a_token(answering, make):
    answering.begin(make.round())
    page = answering.write(STORY)
    digest = choice(page, "Keep «får AAP»").removeprefix("keep:")
    assert "får AAP" in look(answering, STORY, f"?keep={digest}").text
    token = answering.client.csrf_token()
    assert "får AAP" not in look(answering, STORY, f"?keep={digest}", csrf_token=token).text


@pytest.mark.scenario(18)
def test_identity_number_is_explained_on_leaving_the_field(answering, make, caplog):
    answering.begin(make.round())
    with caplog.at_level(logging.DEBUG):
        part = look(answering, f"Jeg er {SYNTHETIC}").text
    assert "Take the identity number out" in part
    assert SYNTHETIC not in part
    assert SYNTHETIC not in caplog.text


def test_own_name_and_common_words_raise_no_question(answering, make):
    answering.begin(make.round(), name="Kari Nordmann")
    page = answering.write("Kari Nordmann mener at kontoret må være åpent for mange med angst.")
    assert page.h1 == "Question 2? (en)"
