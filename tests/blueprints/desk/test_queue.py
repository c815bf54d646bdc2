"""The queue at the desk: piles, who works on what, many at once, saved filters, notes."""

from datetime import timedelta

import pytest

from consult.db import session
from consult.domain.disclosure.queries import get_review
from consult.domain.disclosure.types import ReviewState
from consult.domain.organisations.types import ActorType, Role
from consult.domain.rounds.types import RoundStatus
from consult.domain.submissions.types import SubmissionStatus
from tests.support.coded import receive
from tests.support.queries import queries_of

ROUND = "/desk/rounds/apne-dorer"
QUEUE = f"{ROUND}/queue"


@pytest.fixture
def round_(make):
    return make.round(slug="apne-dorer")


@pytest.fixture
def ola(make, new_client, round_):
    """The browser of a colleague."""
    return new_client().sign_in(make.member(round_.owner, Role.COORDINATOR, name="Ola Berg"))


@pytest.fixture
def sara(make, client, round_):
    """The browser of a case officer."""
    return client.sign_in(make.member(round_.owner, Role.CASE_OFFICER, name="Sara Lie"))


def chosen(path, *numbers):
    picked = "".join(f"&n={number}" for number in numbers)
    return f"{QUEUE}/change?act={path}{picked}"


def test_taking_up_taking_over_and_handing_on(sara, ola, round_):
    receive(round_, "Ja.")
    page = sara.get(QUEUE)
    assert "All that waits 1" in page.words
    assert "Unread" in page.words
    page = sara.submit(sara.get(f"{ROUND}/answers/1"), action=f"{ROUND}/answers/1/take")
    assert "You are working on it" in page.words
    assert "Assigned to Sara Lie" in page.words
    page = ola.get(f"{ROUND}/answers/1/mark")
    assert "Sara Lie is working on it" in page.words
    assert "Sara Lie is working on it" in ola.get(QUEUE).words
    coding = ola.get(f"{ROUND}/coding/answers/1")
    assert "Sara Lie is working on it" in coding.words
    assert coding.has_link(f"{ROUND}/answers/1/take-over")
    assert "is working on it" not in sara.get(f"{ROUND}/coding/answers/1").words
    page = ola.get(f"{ROUND}/answers/1/take-over")
    assert "Write a word." in ola.submit(page, status=422).words
    page = ola.submit(page, {"word": "Jeg tar den."})
    assert "Assigned to Ola Berg" in page.words
    page = sara.get(f"{ROUND}/answers/1/notes")
    assert "Jeg tar den." in page.words
    assert "Told by mail: Sara Lie" in page.words
    page = ola.submit(ola.get(f"{ROUND}/answers/1"), action=f"{ROUND}/answers/1/let-go")
    assert "Answer 1 is free again." in page.words
    page = sara.get(f"{ROUND}/answers/1/work")
    refused = sara.submit(page, {"due_on": "2020-01-01"}, status=422)
    assert "This day is over." in refused.words
    page = sara.submit(page, {"assignee": "nobody", "due_on": "2090-01-01"})
    assert "Assigned to nobody yet" in page.words
    assert "1 January 2090" in page.words


def test_whose_role_has_ended_keeps_the_answer_until_it_is_given_away(sara, make, round_):
    receive(round_, "Ja.")
    kari = make.member(round_.owner, Role.CASE_OFFICER, name="Kari Moe")
    page = sara.get(f"{ROUND}/answers/1/work")
    sara.submit(page, {"assignee": kari.public_id})
    make.end_roles(kari, after=timedelta(minutes=-1))
    page = sara.submit(sara.get(f"{ROUND}/answers/1/work"), {"due_on": "2090-01-01"})
    assert "Assigned to Kari Moe" in page.words
    assert sara.get(f"{QUEUE}?assignee={kari.public_id}").has_link(f"{ROUND}/answers/1")


def test_handled_and_not_after_all_read_and_unread(sara, round_):
    receive(round_, "Ja.")
    answer = f"{ROUND}/answers/1"
    page = sara.submit(sara.get(answer), action=f"{answer}/read")
    assert "Mark as unread" in page.words
    page = sara.submit(page, action=f"{answer}/read")
    assert "Mark as read" in page.words
    session().expire_all()
    page = sara.submit(sara.get(answer), action=f"{answer}/handled")
    assert "Answer 1 is handled." in page.words
    assert "Nothing waits" in page.words
    page = sara.submit(sara.get(answer), action=f"{answer}/handled")
    assert "The answer waits again." in page.words
    receive(round_, "Ja.").status = SubmissionStatus.TO_CHECK
    session().flush()
    page = sara.submit(sara.get(f"{ROUND}/answers/2"), action=f"{ROUND}/answers/2/handled")
    assert "This has to be settled first: To be checked. Nothing was changed." in page.words


def test_many_at_once_tell_exactly_what_they_did_and_are_undone(sara, ola, round_):
    for name in ("Lunde kommune", "Granli kommune", "Solvik kommune"):
        receive(round_, "Ja.", name=name)
    ola.submit(ola.get(f"{ROUND}/answers/2"), action=f"{ROUND}/answers/2/take")
    page = sara.get(chosen("mark", 1, 2, 3))
    assert "3 answers are chosen: 1–3" in page.words
    assert "Choose what they are." in sara.submit(page, status=422).words
    values = {"mark": "duplicate", "reason": "Kom to ganger."}
    assert "Give the number" in sara.submit(page, values, status=422).words
    page = sara.submit(page, {**values, "original": "3"})
    assert "Done with 1 of 3 answers" in page.words
    assert "Carried out – 1 answer: 1" in page.words
    assert "Somebody else is working on it – 1 answer: 2" in page.words
    assert "It is the answer that stands – 1 answer: 3" in page.words
    assert "Duplicates 1" in sara.get(QUEUE).words
    report = page.url
    page = ola.submit(ola.get(report), action=f"{report}/undo")
    assert "Undone for 1 of 1 answer" in page.words
    assert "Undone for 1 of 1 answer Carried out – 1 answer: 1 Ola Berg" in page.words
    ola.post(f"{report}/undo", status=409)
    assert "Duplicates 0" in sara.get(QUEUE).words
    assert "1 of 3" in sara.get(f"{QUEUE}/actions").words


def test_giving_many_to_a_colleague_writes_one_mail(sara, ola, round_):
    for name in ("Lunde kommune", "Granli kommune"):
        receive(round_, "Ja.", name=name)
    page = sara.get(f"{QUEUE}/change?act=assign&all=1&pile=new")
    ola_id = page.find(".//option[text()='Ola Berg']").get("value")
    page = sara.submit(page, {"assignee": ola_id})
    assert "Assigned to Ola Berg" in page.h1
    assert "Done with 2 of 2 answers" in page.words
    home = ola.get("/desk/").words
    assert "What you have left" in home
    assert "2 answers are yours" in home
    sara.submit(sara.get(chosen("deadline", 1)), {"due_on": "2090-01-01"})
    page = sara.submit(sara.get(chosen("assign", 1)), {"assignee": "nobody"})
    assert "Assigned to nobody" in page.h1
    page = sara.submit(page, action=f"{page.url}/undo")
    assert "Assigned to Ola Berg" in sara.get(f"{ROUND}/answers/1").words


def test_clearing_many_leaves_persons_and_findings_alone(sara, round_):
    receive(round_, "Ja.", name="Lunde kommune")
    receive(round_, "Jeg har kreft.", name="Granli kommune")
    receive(round_, "Ja.", name="Kari Nes", actor_type=ActorType.PRIVATE_PERSON)
    page = sara.submit(sara.get(chosen("clear", 1, 2, 3)))
    assert "Carried out – 1 answer: 1" in page.words
    assert "Something that was found in it is not decided on – 1 answer: 2" in page.words
    assert "looked through one by one – 1 answer: 3" in page.words
    session().expire_all()
    assert get_review("apne-dorer", 1).state is ReviewState.CLEARED
    sara.submit(page, action=f"{page.url}/undo")
    session().expire_all()
    assert get_review("apne-dorer", 1).state is ReviewState.WAITING


def test_after_one_is_handled_my_next_one_comes(sara, round_):
    for name in ("Lunde kommune", "Granli kommune", "Solvik kommune"):
        receive(round_, "Ja.", name=name)
    for number in (1, 3):
        sara.submit(sara.get(f"{ROUND}/answers/{number}"), action=f"{ROUND}/answers/{number}/take")
    page = sara.submit(sara.get(f"{ROUND}/answers/3"), action=f"{ROUND}/answers/3/handled")
    assert page.h1 == "Answer 1: Lunde kommune"
    assert "Answer 3 is handled." in page.words


def test_nothing_chosen_is_said_and_nothing_done(sara, round_):
    receive(round_, "Ja.")
    for path in (chosen("read"), chosen("fly", 1), chosen("read", 99)):
        assert "Choose at least one answer" in sara.get(path).words
    sent = sara.post(f"{QUEUE}/change?act=read", {"numbers": "99999999999999,²,x"})
    assert "Choose at least one answer" in sent.words


def test_filters_are_kept_shared_and_deleted(sara, ola, round_):
    receive(round_, "Ja.", name="Lunde kommune")
    narrowed = f"{QUEUE}?pile=new&q=lunde"
    page = sara.get(narrowed)
    assert (
        "Give the filter a name." in sara.submit(page, action=f"{QUEUE}/filters", status=422).words
    )
    page = sara.submit(page, {"name": "Nye fra Lunde"}, action=f"{QUEUE}/filters")
    assert page.has_link(narrowed)
    assert "Nye fra Lunde" not in ola.get(QUEUE).words
    change = page.tree.xpath(".//form[contains(@action, '/filters/')]/@action")
    sara.post(change[0], {"act": "share"})
    page = ola.get(QUEUE)
    assert "Nye fra Lunde from Sara Lie" in page.words
    ola.post(change[0], {"act": "remove"}, status=404)
    sara.post(change[0], {"act": "remove"})
    assert "Nye fra Lunde" not in ola.get(QUEUE).words


def test_notes_in_threads(sara, ola, round_):
    receive(round_, "Ja.")
    notes = f"{ROUND}/answers/1/notes"
    page = sara.get(notes)
    assert "Write the note." in sara.submit(page, action=notes, status=422).words
    refused = sara.submit(page, {"new-text": "Fnr. 01010112377"}, action=notes, status=422)
    assert "national identity number" in refused.words
    page = sara.submit(page, {"new-text": "Ring dem."}, action=notes)
    assert "1 open note" in ola.get(QUEUE).words
    reply = page.tree.xpath(".//form[contains(@action, '/reply')]")[0]
    field = reply.xpath(".//textarea/@name")[0]
    page = ola.submit(ola.get(notes), {field: "Gjort."}, action=reply.get("action"))
    assert "Gjort." in page.words
    page = ola.submit(page, action=reply.get("action").replace("reply", "settle"))
    assert "Settled" in page.words
    assert "Change the note" not in page.words  # only one's own
    page = sara.get(notes)
    change = page.tree.xpath("//a[contains(@href, '/change')]/@href")
    assert len(change) == 1  # Ola's is his
    ola.get(change[0], status=404)
    page = sara.submit(sara.get(change[0]), {"text": "Ring dem i morgen."}, action=change[0])
    assert "Ring dem i morgen." in page.words
    assert "What it said before Until" in page.words
    assert "Ring dem." in page.words
    assert "1 open note" not in ola.get(f"{ROUND}/answers/1").words


def test_a_reader_looks_and_changes_nothing(new_client, make, round_):
    receive(round_, "Ja.")
    reader = new_client().sign_in(make.member(round_.owner, Role.READER))
    page = reader.get(QUEUE)
    assert not page.tree.xpath(".//input[@name='n']")
    assert "Work on it" not in reader.get(f"{ROUND}/answers/1").words
    assert "Write the note" not in reader.get(f"{ROUND}/answers/1/notes").words
    assert "What you have left" not in reader.get("/desk/").words


def test_what_is_nobodys_waits_no_more_once_the_report_is_handed_over(sara, round_):
    for name in ("Lunde kommune", "Granli kommune"):
        receive(round_, "Ja.", name=name)
    sara.submit(sara.get(f"{ROUND}/answers/1"), action=f"{ROUND}/answers/1/take")
    assert "1 answer is nobody's yet" in sara.get("/desk/").words
    assert "2 answers are not handled yet" in sara.get(ROUND).words
    round_.status = RoundStatus.REPORTED
    session().flush()
    home = sara.get("/desk/").words
    assert "1 answer is yours" in home
    assert "nobody's yet" not in home
    assert "not handled yet" not in sara.get(ROUND).words


def test_the_queue_takes_as_many_queries_for_one_as_for_three(sara, round_):
    receive(round_, "Ja.", name="Lunde kommune")
    sara.submit(sara.get(f"{ROUND}/answers/1"), action=f"{ROUND}/answers/1/take")
    names = iter("ABCDEF")
    before, after = queries_of(
        sara, QUEUE, add=lambda: receive(round_, "Ja.", name=f"Kommune {next(names)}")
    )
    assert before == after
