"""Comments on the paper: at a section, a paragraph, marked words; from the start to the desk."""

import pytest

from consult.domain.organisations.types import ActorGroup, Role
from consult.domain.submissions.companions import list_comments
from consult.domain.submissions.queries import get_submission
from tests.kernel.test_identity_numbers import SYNTHETIC
from tests.support.factories import in_languages

AUTOSAVE = {"X-Autosave": "1", "Accept": "application/json"}
BODY = "The door is **open** on weekdays.\n\n- Not on Sundays\n- Not at night"


def _link(page, words: str) -> str:
    return page.tree.xpath(f".//a[contains(., '{words}')]/@href")[0]


@pytest.fixture
def round_(make):
    made = make.round()
    make.section(made, title=in_languages("The door"), body=in_languages(BODY))
    return made


def test_a_comment_begins_an_answer_and_comes_back(answering, round_):
    client = answering.client
    paper = client.get(f"/rounds/{round_.slug}/paper")
    page = client.get(_link(paper, "Comment on this section"))
    assert page.h1 == "Who are you answering as?"
    page = client.get(f"/answer/{round_.slug}/as?sender=person")
    page = client.submit(page, {"name": "Kari Nes"})
    assert page.h1 == "Comment on the paper"
    answering.draft_id = page.url.split("/")[3]
    page = client.submit(page, {"text": "Ikke åpen nok.", "about": "0"})
    assert page.h1.startswith("The paper")
    assert "Your comment, not sent yet: Ikke åpen nok." in page.words
    (comment,) = list_comments(answering.draft.id)
    assert comment.quote == "The door is open on weekdays."


def test_marked_words_are_quoted_and_other_words_are_not(answering, round_):
    answering.begin(round_, name="Kari Nes")
    start = f"/answer/{round_.slug}/comment?section=1&quote="
    page = answering.client.get(start + "Not on  Sundays")
    assert "«Not on Sundays»" in page.words
    page = answering.client.get(start + "What nobody wrote")
    assert "What nobody wrote" not in page.words


def test_a_comment_is_checked_sent_and_read_at_the_desk(answering, round_, new_client, make):
    answering.begin(round_, name="Kari Nes")
    path = answering.path("/comments/new?section=1&quote=Not+at+night")
    page = answering.client.get(path)
    answering.client.submit(page, {"text": "Natta er lengst.", "about": "marked"})
    tasks = answering.client.get(answering.path())
    assert "Your comments on the paper" in tasks.words
    check = answering.publish()
    assert "«Not at night»" in check.words
    receipt = answering.send()
    assert "1 The door" in receipt.words
    assert "«Not at night»" in receipt.words
    submission = get_submission(receipt.url.rsplit("/", 1)[-1])
    reader = new_client().sign_in(make.member(round_.owner, Role.READER))
    for place in ("answers", "coding/answers"):
        page = reader.get(f"/desk/rounds/{round_.slug}/{place}/{submission.number}")
        assert "1 The door" in page.words
        assert "«Not at night»" in page.words
    page = reader.get(f"/desk/rounds/{round_.slug}/passages")
    assert "Natta er lengst." in page.words
    assert "The door" in page.words


def test_two_writers_of_one_comment_keep_both_texts(answering, round_):
    answering.begin(round_, name="Kari Nes")
    client = answering.client
    page = client.get(answering.path("/comments/new?section=1"))
    client.submit(page, {"text": "Én", "about": ""})
    (comment,) = list_comments(answering.draft.id)
    page = client.get(answering.path(f"/comments/{comment.public_id}"))
    client.submit(page, {"text": "To"})
    page = client.submit(page, {"text": "Tre"})
    assert "Both texts are kept" in page.words
    assert [one.text for one in list_comments(answering.draft.id)] == ["To", "Tre"]


def test_a_comment_is_refused_kept_and_removed(answering, round_):
    answering.begin(round_, name="Kari Nes")
    client = answering.client
    page = client.get(answering.path("/comments/new?section=1"))
    client.submit(page, {"text": "  ", "about": ""}, status=422)
    client.submit(page, {"text": f"Nummeret er {SYNTHETIC}", "about": ""}, status=422)
    assert not list_comments(answering.draft.id)
    client.submit(page, {"text": "Kort", "about": ""})
    comment = list_comments(answering.draft.id)[0]
    client.post(answering.path(f"/comments/{comment.public_id}"), {"remove": "1"})
    assert not list_comments(answering.draft.id)


def test_plain_words_are_remembered(client, make):
    round_ = make.round()
    make.section(round_, plain=in_languages("You can walk in."))
    page = client.get(f"/rounds/{round_.slug}/paper")
    assert "This section in plain words" in page.words
    page = client.get(_link(page, "in plain words"))
    assert "You are reading the paper in plain words" in page.words
    page = client.get(f"/rounds/{round_.slug}/paper")
    assert "The full text of this section" in page.words


def test_what_concerns_me_stands_first(answering, make):
    round_ = make.round(questions=1)
    make.question(round_, audience=[ActorGroup.PEOPLE.value])
    page = answering.begin(round_, name="Kari Nes")
    assert page.words.index("2. Question 2?") < page.words.index("1. Question 1?")


def test_nobody_is_led_past_the_questions_shown_later(answering, make):
    round_ = make.round(questions=2)
    make.question(round_, audience=[ActorGroup.PEOPLE.value])
    answering.begin(round_, name="Kari Nes")
    for key in ("q3", "q1", "q2"):
        page = answering.client.get(answering.path(f"/questions/{key}"))
        assert f"Question {key[1]} of 3" in page.words
        page = answering.client.post(
            answering.path(f"/questions/{key}"), {"text": "Yes.", "step": "next"}
        )
    assert page.url.endswith("/publication")


def test_a_comment_can_choose_its_section_itself(answering, round_):
    answering.begin(round_, name="Kari Nes")
    tasks = answering.client.get(answering.path())
    page = answering.client.get(_link(tasks, "Write a comment on a section"))
    page = answering.client.submit(page, {"text": "Ikke åpen nok."}, status=422)
    assert "Choose a section." in page.words
    answering.client.submit(page, {"section": "1"})
    (comment,) = list_comments(answering.draft.id)
    assert (comment.section.key, comment.text, comment.quote) == ("1", "Ikke åpen nok.", None)


@pytest.mark.scenario(15)
def test_a_comment_from_a_phone_is_stored_once_with_what_was_marked(answering, round_):
    answering.begin(round_, name="Kari Nes")
    path = answering.path("/comments/new")
    fields = {
        **dict(answering.client.get(path).form().form_values()),
        "section": "1",
        "quote": "Not at  night",
        "window": "a1b2c3",
    }

    def deliver(text: str, **changed: str) -> int:
        return answering.client.raw(
            path, method="POST", data={**fields, "text": text, **changed}, headers=AUTOSAVE
        ).status_code

    assert deliver("Natta er lang.") == deliver("Natta er lengst.") == 200
    assert deliver("Kort.", window="d4e5f6", csrf_token="old") == 422
    (comment,) = list_comments(answering.draft.id)
    assert (comment.text, comment.quote) == ("Natta er lengst.", "Not at night")
