"""The page of comments: beginning a discussion, replying, resolving, changing one's own."""

import pytest

from consult.db import session
from consult.domain.composing.queries import get_part
from consult.domain.composing.service.discussing import open_thread, resolve
from consult.domain.composing.threads import list_threads
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.types import Role
from tests.support.coded import passages_of
from tests.support.drafted import Drafted, hear, start_drafting
from tests.support.letters import body_of
from tests.support.queries import count_queries


@pytest.fixture
def made(make) -> Drafted:
    made = start_drafting(make)
    get_part(made.composition, "q-q1").body = body_of("Kontoret må være åpent.")
    session().flush()
    return made


def say(made: Drafted, text: str, *, part: str = "q-q1", **values):
    values = {"base_url": "http://x", "by": made.by, **values}
    return open_thread(get_part(made.composition, part), text, **values)


def address(made: Drafted, rest: str = "") -> str:
    return f"{made.path}/comments{rest}"


def test_a_comment_on_words_is_read_by_those_it_is_for(client, new_client, make, made):
    legal = make.member(made.union, Role.SIGNATORY, name="Ida Lov", email="ida@x.example")
    page = client.sign_in(made.drafter).get(address(made, "/new?part=q-q1"))
    page = client.submit(
        page,
        {"quote": "må være åpent", "text": "Hele dagen?", "mentions": [legal.public_id]},
        action=address(made, "/new"),
    )
    assert "Hele dagen?" in page.words
    assert "Mentioned: Ida Lov" in page.words
    assert [mail.to_email for mail in list_messages()] == ["ida@x.example"]
    (thread,) = list_threads(made.composition.id)
    other = new_client().sign_in(legal)
    page = other.get(address(made))
    name = thread.public_id
    page = other.submit(page, {f"{name}-text": "Ja."}, action=address(made, f"/{name}/reply"))
    assert "Ida Lov" in page.words
    page = other.submit(page, {}, action=address(made, f"/{name}/resolve"))
    assert "No comments here" in page.words
    assert "Ja." in other.get(address(made, "?show=resolved")).words


def test_a_passage_can_be_discussed_and_none_of_anybody_elses(client, make, made):
    passage = passages_of(hear(made, "Vi vil ha åpent hele dagen."))[0]
    elsewhere = passages_of(hear(start_drafting_elsewhere(make), "Fremmed."))[0]
    client.sign_in(made.drafter)
    page = client.get(address(made, f"/new?part=q-q1&passage={passage.public_id}"))
    assert "Vi vil ha åpent hele dagen." in page.words
    page = client.submit(page, {"text": "Bruk denne."}, action=address(made, "/new"))
    assert "Vi vil ha åpent hele dagen." in page.words
    client.get(address(made, f"/new?part=q-q1&passage={elsewhere.public_id}"), status=404)


def start_drafting_elsewhere(make) -> Drafted:
    round_ = make.round(questions=1)
    union = make.organisation()
    hearing = make.round(owner=union, parent=round_, questions=0)
    make.question(hearing, parent=round_.questions[0], text=round_.questions[0].text)
    make.proposal(hearing)
    drafter = make.member(union, Role.DRAFTER)
    return Drafted(union, round_, hearing, None, drafter, make.actor(drafter))


def test_words_that_are_not_there_are_refused_and_what_was_written_is_kept(client, made):
    client.sign_in(made.drafter)
    page = client.get(address(made, "/new?part=q-q1"))
    page = client.submit(
        page, {"quote": "stengt", "text": "Hva?"}, action=address(made, "/new"), status=422
    )
    assert "These words do not stand in that part." in page.words
    assert page.find(".//textarea[@name='text']").value.strip() == "Hva?"


def test_a_reply_without_words_is_refused_at_its_place(client, made):
    name = say(made, "Er dette sant?").public_id
    client.sign_in(made.drafter)
    page = client.get(address(made))
    page = client.submit(page, {}, action=address(made, f"/{name}/reply"), status=422)
    assert "Write the comment." in page.words


def test_ones_own_comment_is_changed_and_the_old_words_stay(client, make, made):
    post = say(made, "Er dette sant?").posts[0]
    path = address(made, f"/posts/{post.public_id}")
    page = client.sign_in(made.drafter).get(path)
    page = client.submit(page, {"text": "Er det sant?"}, action=path)
    assert "What it said before" in page.words
    assert "Er dette sant?" in page.words
    other = make.member(made.union, Role.COORDINATOR)
    page = client.sign_in(other).get(path)
    assert "Only your own comments can be changed" in page.words


def test_the_list_takes_the_same_queries_for_one_and_three(client, made):
    client.sign_in(made.drafter)
    say(made, "En")
    client.get(address(made))
    with count_queries() as one:
        client.get(address(made))
    for text in ("To", "Tre"):
        resolve(say(made, text, part="general"), by=made.by)
    with count_queries() as three:
        page = client.get(address(made, "?show=all"))
    assert one.number == three.number
    assert page.words.count("Hege Nes") >= 3


def test_a_reader_reads_and_does_not_reply(client, make, made):
    thread = say(made, "Er dette sant?")
    page = client.sign_in(make.member(made.union, Role.READER)).get(address(made))
    assert "Er dette sant?" in page.words
    assert "Reply" not in page.words
    client.post(address(made, f"/{thread.public_id}/resolve"), status=404)


def test_before_the_draft_there_is_nothing_to_discuss(client, make):
    round_ = make.round()
    union = make.organisation(slug="forbundet")
    client.sign_in(make.member(union, Role.DRAFTER))
    page = client.get(f"/workspace/forbundet/cases/{round_.slug}/draft/comments")
    assert "There is no draft yet" in page.words
