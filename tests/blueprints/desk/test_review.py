"""The queue at the desk: look at each finding, take out by law, clear, refuse, take back."""

from io import BytesIO

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.disclosure.queries import get_review
from consult.domain.disclosure.rules import MOST_RANDOM
from consult.domain.disclosure.service.reviewing import clear_answer
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.types import ActorType, Role
from consult.domain.rounds.service.publishing import change_publishing
from consult.domain.rounds.types import AnswerPublishing
from consult.domain.submissions.types import AnswerContent, StoredFile
from tests.support.coded import receive
from tests.support.queries import count_queries

PERSON = {"name": "Kari Nes", "actor_type": ActorType.PRIVATE_PERSON}
STORY = "Jeg har angst. Min saksbehandler Ola Dunk svarer ikke."


@pytest.fixture
def round_(make):
    return make.round()


@pytest.fixture
def desk(client, make, round_):
    """A coordinator's browser."""
    return client.sign_in(make.member(round_.owner, Role.COORDINATOR))


def path(round_, rest: str = "") -> str:
    return f"/desk/rounds/{round_.slug}/review{rest}"


def press(desk, page, label: str):
    """Press the button with this name, with all that its form holds."""
    [button] = [
        one
        for one in page.tree.xpath(".//main//button")
        if (one.get("aria-label") or (one.text or "").strip()) == label
    ]
    form = button.getparent()
    while form.tag != "form":
        form = form.getparent()
    fields = dict(form.form_values())
    if button.get("name"):
        fields[button.get("name")] = button.get("value")
    response = desk.raw(form.get("action"), method="POST", data=fields)
    assert response.status_code == 302
    return desk.get(response.headers["Location"].partition("#")[0])


@pytest.mark.scenario(17)
@pytest.mark.scenario(19)
def test_reviewer_decides_on_each_finding_and_clears(desk, round_):
    receive(round_, STORY, **PERSON)
    page = desk.get(path(round_))
    assert "2 to decide" in page.words
    page = desk.get(path(round_, "/1"))
    assert [one.text for one in page.tree.xpath(".//mark")] == ["Jeg har angst", "Ola Dunk"]
    assert not page.tree.xpath(".//button[@data-key='c']")
    page = press(desk, page, "Release «Jeg har angst»")
    page = press(desk, page, "Take out «Ola Dunk»")
    assert [one.text for one in page.tree.xpath(".//del")] == ["Ola Dunk"]
    assert "Taken out: A third party who is named" in page.words
    page = press(desk, page, "Clear the answer")
    assert "Nothing waits" in page.words
    page = desk.get(path(round_, "/1"))
    assert "Decided by" in page.words
    page = press(desk, page, "Take back the decision about «Ola Dunk»")
    assert "1 to decide" in page.words


def test_any_words_can_be_taken_out_and_put_back(desk, round_):
    receive(round_, "Kontoret på Myra er uvennlig, og Myra er kaldt.", **PERSON)
    page = desk.get(path(round_, "/1"))
    words = {"words": "Myra", "basis": "confidentiality"}
    page = desk.submit(page, words, action=path(round_, "/1/words"))
    assert "Taken out in 2 places." in page.words
    assert len(page.tree.xpath(".//del")) == 2
    action = page.tree.xpath(".//form[contains(@action, '/redactions/')]")[0].get("action")
    page = desk.submit(page, action=action)
    assert len(page.tree.xpath(".//del")) == 1
    page = desk.submit(page, {"words": "Per"}, action=path(round_, "/1/words"), status=422)
    assert "These words do not stand in the answer" in page.words


def test_one_stretch_is_taken_out_where_it_was_marked(desk, round_):
    receive(round_, "Myra er kaldt.\n\nNav på Myra er kaldt og trangt.", **PERSON)
    page = desk.get(path(round_, "/1"))
    marked = {"words": "Myra", "only_here": "y", "start": 23, "end": 27, "basis": "pay"}
    page = desk.submit(page, marked, action=path(round_, "/1/words"))
    assert [one.text for one in page.tree.xpath(".//del")] == ["Myra"]
    [row] = page.tree.xpath(".//ul[@class='review-list']/li")
    assert "Pay of a person" in page.words
    assert " by " in "".join(row.itertext())
    stretch = {"words": "er kaldt og", "last": "trangt", "basis": "confidentiality"}
    page = desk.submit(page, stretch, action=path(round_, "/1/words"))
    assert "er kaldt og trangt" in [one.text for one in page.tree.xpath(".//del")]
    stale = {**marked, "words": "Mira"}
    page = desk.submit(page, stale, action=path(round_, "/1/words"), status=422)
    assert "Something else stands at that place now" in page.words
    twice = {"words": "er", "last": "kaldt"}
    page = desk.submit(
        desk.get(path(round_, "/1")), twice, action=path(round_, "/1/words"), status=422
    )
    assert "There are several such stretches" in page.words
    page = desk.get(path(round_, "/1/variants"))
    [shown] = page.tree.xpath(".//div[@class='light-text']")
    assert "".join(shown.itertext()).startswith("Myra er kaldt.")
    assert "Nav på [taken out: Pay of a person" in "".join(shown.itertext())
    assert page.tree.xpath(".//del")[0].text == "Myra"


def test_a_file_gives_way_to_a_redacted_one_or_is_held_back(desk, round_, app):
    change_publishing(round_, AnswerPublishing.WHEN_RELEASED, by=SYSTEM)
    digest = app.extensions["files"].save("Ring Ola Dunk på mandag.".encode())
    file = StoredFile("brev_Ola_Dunk.txt", "text/plain", digest, 24)
    receive(round_, "Ola Dunk er treg.", files=(file,))
    page = desk.get(path(round_, "/1"))
    desk.submit(page, {"words": "Ola Dunk"}, action=path(round_, "/1/words"))
    page = desk.get(path(round_, "/1"))
    page = press(desk, page, f"I have looked at «{file.filename}»: publish it")
    assert "1 of the things that must not be seen stands in this file too" in page.words
    [address] = page.tree.xpath(".//a[starts-with(@aria-label, 'Replace or hold back')]/@href")
    page = desk.get(address)
    black = {"file": (BytesIO(b"Ring ola\ndunk."), "sladdet.txt")}
    desk.submit(page, black, status=422)
    clean = {"file": (BytesIO(b"Ring \xe2\x96\x88 i morgen."), "sladdet.txt")}
    page = desk.submit(page, clean)
    assert "In its place stands a redacted file:" in page.words
    page = desk.submit(page, {"words": "treg"}, action=path(round_, "/1/words"))
    assert "The published files of this answer are taken off the web" in page.words
    clean = {"file": (BytesIO(b"Ring \xe2\x96\x88 i morgen."), "sladdet.txt")}
    page = desk.submit(desk.get(address), clean)
    page = press(desk, page, "Clear the answer")
    public = desk.get(f"/rounds/{round_.slug}/answers/1")
    [address] = public.tree.xpath(".//a[text()='sladdet.txt']/@href")
    assert desk.raw(address).data == "Ring █ i morgen.".encode()
    assert "Dunk" not in public.text
    page = desk.get(path(round_, "/1"))
    page = press(desk, page, f"Take «{file.filename}» off the web")
    [address] = page.tree.xpath(".//a[starts-with(@aria-label, 'Replace or hold back')]/@href")
    page = desk.submit(
        desk.get(address), {"basis": "copyright"}, action=address.replace("/edition", "/hold")
    )
    assert "Work of others, without their consent" in page.words
    page = press(desk, page, f"Take back that «{file.filename}» is held back")
    assert "Held back" not in page.words


def test_a_file_is_published_after_a_look_and_taken_off_again(client, desk, round_, app):
    change_publishing(round_, AnswerPublishing.WHEN_RELEASED, by=SYSTEM)
    digest = app.extensions["files"].save(b"Vi er enige.")
    files = (
        StoredFile("uttalelse.txt", "text/plain", digest, 12),
        StoredFile("tavle.png", "image/png", digest, 12),
    )
    receive(round_, answers=(AnswerContent(has_files=True),), files=files)
    clear_answer(get_review(round_.slug, 1), by=SYSTEM)
    session().commit()
    assert "2 files" in desk.get(path(round_, "?state=cleared")).words
    assert "General remarks" not in desk.get(path(round_, "/1")).words
    page = desk.get(path(round_, "/1"))
    assert "A picture can hold where and when it was taken." in page.words
    page = press(desk, page, "I have looked at «uttalelse.txt»: publish it")
    assert "Published with the answer" in page.words
    public = desk.get(f"/rounds/{round_.slug}/answers/1")
    assert "1 file came with the answer and is not published." in public.words
    assert "General remarks" not in public.words
    assert "no comments" not in public.words
    [address] = public.tree.xpath(".//a[text()='uttalelse.txt']/@href")
    file = desk.raw(address)
    assert (file.status_code, file.data) == (200, b"Vi er enige.")
    press(desk, page, "Take «uttalelse.txt» off the web")
    assert desk.raw(address).status_code == 404


@pytest.mark.scenario(70)
def test_refusing_tells_the_sender_why_and_where_to_object(desk, round_):
    submission = receive(round_, "Hat og edder.", **PERSON)
    submission.contact_email = "kari@solvik.example"
    session().commit()
    page = desk.get(path(round_, "/1/refuse"))
    desk.submit(page, {}, status=422)
    page = desk.submit(page, {"reason": "hateful", "explanation": "Andre setning."})
    assert "A mail to the sender is on its way" in page.words
    assert "It holds hateful or discriminating speech." in page.words
    assert "post@consult.example" in list_messages()[0].body_text
    assert "hateful" in desk.get(path(round_) + "?state=refused").words
    page = press(desk, page, "Take the decision back")
    assert "The answer waits again" in page.words
    history = desk.get(f"/desk/rounds/{round_.slug}/answers/1").words
    assert "Not to be published" in history
    assert "Decision taken back" in history


def test_answers_of_bodies_are_cleared_in_one_go(desk, round_):
    for _each in range(2):
        receive(round_, "Vi er enige.")
    page = press(desk, desk.get(path(round_)), "Clear these 2 answers")
    assert "2 answers are cleared." in page.words
    assert get_review(round_.slug, 2).state == "cleared"


def test_publishing_is_opened_by_the_coordinator_only(desk, round_, make, new_client):
    page = desk.submit(desk.get(path(round_)), {"publishing": "when_released"})
    assert "Only answers that are cleared are ever published" in page.words
    session().refresh(round_)
    assert round_.answer_publishing == "when_released"
    officer = new_client().sign_in(make.member(round_.owner, Role.CASE_OFFICER))
    assert "As they are looked through" not in officer.get(path(round_)).words


@pytest.mark.scenario(71)
def test_burst_is_one_card_to_look_into_and_decide_on(desk, round_):
    for number in range(MOST_RANDOM + 2):
        receive(
            round_, f"xqzwv kjhgf pqlmz wvxkq zzrtp qwplk mnbvc xkjqz {'zq' * number}", **PERSON
        )
    page = desk.get(path(round_, "/set-aside"))
    assert "Many answers that look like random letters" in page.words
    inside = desk.get(page.find(".//a[text()='Look into it']").get("href"))
    assert "xqzwv" in inside.words
    inside = press(desk, inside, f"Let answer {MOST_RANDOM + 1} in")
    assert f"Answer {MOST_RANDOM + 1} is let in." in inside.words
    page = press(desk, desk.get(path(round_, "/set-aside")), "Keep all out")
    assert "1 answer is moved." in page.words
    assert "Kept out of the figures" in page.words
    assert "Waits for you" in press(desk, page, "Take the decision back").words


def test_reader_sees_and_decides_nothing(client, make, round_):
    receive(round_, STORY, **PERSON)
    reader = client.sign_in(make.member(round_.owner, Role.READER))
    page = reader.get(path(round_, "/1"))
    assert "Waits for a decision" in page.words
    assert not page.tree.xpath(".//main//button")


def test_queue_takes_as_many_queries_for_one_as_for_three(desk, round_):
    numbers = []
    for size in (1, 2):
        for _each in range(size):
            receive(round_, STORY, **PERSON)
        with count_queries() as queries:
            desk.get(path(round_))
        numbers.append(queries.number)
    assert numbers[0] == numbers[1]
