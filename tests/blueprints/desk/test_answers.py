"""The desk's list of answers, and each answer's page."""

from datetime import date

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.audit.queries import entries_about
from consult.domain.coding.service.coding import apply_theme
from consult.domain.organisations.types import ActorType, Role
from consult.domain.rounds.types import QuestionKind
from consult.domain.submissions.types import (
    AnswerContent,
    Channel,
    DeadlineStatus,
    Stance,
    StanceModifier,
    SubmissionStatus,
)
from tests.support.coded import passages_of, receive, theme
from tests.support.queries import count_queries


@pytest.fixture
def round_(make):
    return make.round(slug="apne-dorer")


@pytest.fixture
def reader(make, client, round_):
    person = make.member(round_.owner, Role.READER)
    client.sign_in(person)
    return person


@pytest.fixture
def officer(make, client, round_):
    person = make.member(round_.owner, Role.CASE_OFFICER, name="Sara Lie")
    client.sign_in(person)
    return person


ANSWERS = "/desk/rounds/apne-dorer/answers"


def names(page) -> list[str]:
    return [" ".join(a.text_content().split()) for a in page.tree.xpath(".//tbody//th/a")]


def fact(page, label) -> str:
    return page.find(f".//dt[.='{label}']/following-sibling::dd").text_content()


def test_the_list_shows_who_when_and_how_far(client, reader, round_):
    first = receive(round_, "Døra må være åpen.\n\n- Veilederne trenger tid.", name="Øya kommune")
    apply_theme(passages_of(first)[0], theme(round_, "Tilgang"), by=SYSTEM)
    late = receive(round_, no_comments=True, name="Ada", actor_type=ActorType.PRIVATE_PERSON)
    late.deadline_status = DeadlineStatus.LATE_INCLUDED
    session().flush()
    page = client.get(ANSWERS)
    assert names(page) == ["Øya kommune", "Ada"]
    assert "1 of 2" in page.words
    assert "After the deadline, included" in page.words
    assert "No comments" in page.words
    assert "2 answers" in page.words


def test_an_empty_list_says_what_comes(client, reader):
    assert "No answers yet" in client.get(ANSWERS).words


def test_search_filter_and_sort(client, reader, round_):
    receive(round_, "a", name="Øya kommune")
    receive(
        round_,
        "b",
        name="Ærfugl 100% fri_stilt forbund",
        actor_type=ActorType.UNION,
        channel=Channel.DOCUMENT,
    )
    gone = receive(round_, "c", name="Ada", actor_type=ActorType.PRIVATE_PERSON)
    gone.status = SubmissionStatus.WITHDRAWN
    session().flush()
    assert names(client.get(f"{ANSWERS}?q=øYA")) == ["Øya kommune"]
    assert names(client.get(f"{ANSWERS}?q=%00")) != []
    assert names(client.get(f"{ANSWERS}?q=%25")) == ["Ærfugl 100% fri_stilt forbund"]
    assert names(client.get(f"{ANSWERS}?q=i_s")) == ["Ærfugl 100% fri_stilt forbund"]
    assert names(client.get(f"{ANSWERS}?group=people")) == ["Ada"]
    assert names(client.get(f"{ANSWERS}?status=received&channel=document")) == [
        "Ærfugl 100% fri_stilt forbund"
    ]
    assert names(client.get(f"{ANSWERS}?sort=name"))[0] == "Ada"
    assert names(client.get(f"{ANSWERS}?sort=number&down=1"))[0] == "Ada"
    page = client.get(f"{ANSWERS}?q=ukjent")
    assert "No answer matches" in page.words
    assert names(client.get(f"{ANSWERS}?sort=x&group=y&status=z&page=w")) != []


def test_long_lists_come_in_pages(client, reader, round_):
    for number in range(52):
        receive(round_, "a", name=f"Avsender {number:02}")
    assert len(names(client.get(ANSWERS))) == 50
    assert names(client.get(f"{ANSWERS}?page=2")) == ["Avsender 50", "Avsender 51"]
    assert names(client.get(f"{ANSWERS}?page=9")) == ["Avsender 50", "Avsender 51"]


def test_lists_ask_as_often_for_one_as_for_three(client, reader, round_):
    receive(round_, "a")
    client.get(ANSWERS)
    with count_queries() as one:
        client.get(ANSWERS)
    receive(round_, "b", name="B")
    receive(round_, "c", name="C")
    with count_queries() as three:
        client.get(ANSWERS)
    assert len(one.statements) == len(three.statements)


def test_an_answer_page_asks_as_often_for_one_part_as_for_three(client, reader, make, round_):
    make.question(round_)
    receive(round_, "a")
    receive(round_, "a", "b", "c")
    client.get(f"{ANSWERS}/1")
    session().expire_all()
    with count_queries() as one:
        client.get(f"{ANSWERS}/1")
    session().expire_all()
    with count_queries() as three:
        client.get(f"{ANSWERS}/2")
    assert len(one.statements) == len(three.statements)


def test_an_answer_shows_every_word_and_what_was_not_answered(client, reader, make, round_):
    proposal = make.proposal(round_, title={"nb": "Fast kontaktperson"}, text={})
    asked = make.question(
        round_, kind=QuestionKind.STANCE, proposal=proposal, text={"en": "What of it?"}
    )
    first, second = round_.questions[:2]
    receive(
        round_,
        answers=(
            AnswerContent(text="Generelt: <b>åpne</b> dører.", source_heading="Innledning"),
            AnswerContent(question_id=second.id, text="- Én.\n  - Under én.\n- To."),
            AnswerContent(
                question_id=asked.id,
                proposal_id=proposal.id,
                stance=Stance.SUPPORT_PARTLY,
                modifiers=(StanceModifier.CONDITION,),
            ),
        ),
        name="Solvik kommune",
    )
    page = client.get(f"{ANSWERS}/1")
    assert page.h1 == "Answer 1: Solvik kommune"
    assert "«Innledning»" in page.words
    assert "Generelt: <b>åpne</b> dører." in page.words
    assert page.find(".//li/ul/li").text == "Under én."
    assert "Supports partly" in page.words
    assert "on a condition" in page.words
    unanswered = page.find(".//section[@aria-labelledby='unanswered-heading']").text_content()
    assert "Question 1? (en)" in unanswered
    assert "Fast kontaktperson" in unanswered
    assert "Question 2?" not in unanswered
    assert "Publish with name" in page.words
    assert page.has_link("/desk/rounds/apne-dorer/coding")
    assert first.id != second.id


def test_the_letters_date_is_never_invented(client, reader, round_):
    submission = receive(round_, "a", channel=Channel.DOCUMENT)
    submission.registered_by = SYSTEM.reference
    session().flush()
    assert fact(client.get(f"{ANSWERS}/1"), "Date of the letter") == "Not known"
    submission.document_date = date(2026, 10, 12)
    session().flush()
    assert fact(client.get(f"{ANSWERS}/1"), "Date of the letter") == "12 October 2026"


@pytest.mark.scenario(82)
def test_the_kind_of_sender_changes_with_a_reason(client, officer, round_):
    submission = receive(round_, "a", actor_type=ActorType.UNION)
    page = client.get(f"{ANSWERS}/1/kind")
    refused = client.submit(page, {"kind": "confederation"}, status=422)
    assert "Write why you change it." in refused.words
    page = client.submit(refused, {"kind": "confederation", "reason": "Fører ordet for flere"})
    assert fact(page, "Kind of sender") == "Confederation of unions"
    assert "changed from “Trade union” to “Confederation of unions”: Fører ordet" in page.words
    entry = entries_about(submission.reference)[0]
    assert entry.data["actor_type"] == {"before": "union", "after": "confederation"}
    assert names(client.get(f"{ANSWERS}?group=working_life")) == ["Solvik kommune"]


def test_a_reader_reads_and_changes_nothing(client, reader, round_):
    receive(round_, "a")
    page = client.get(f"{ANSWERS}/1")
    assert not page.has_link(f"{ANSWERS}/1/kind")
    client.get(f"{ANSWERS}/1/kind", status=404)
    client.post(f"{ANSWERS}/1/kind", {"kind": "union", "reason": "x"}, status=404)


def test_others_find_no_answers(client, new_client, make, round_):
    receive(round_, "a")
    outsider = make.member(make.organisation(), Role.COORDINATOR)
    other = make.round(slug="en-annen")
    browser = new_client().sign_in(outsider)
    browser.get(ANSWERS, status=404)
    browser.get(f"{ANSWERS}/1", status=404)
    browser.get(f"{ANSWERS}/1/files/abcdefghjkmn", status=404)
    browser.get(f"/desk/rounds/{other.slug}/answers/1", status=404)
    assert new_client().get(ANSWERS).h1 == "Sign in"


def test_an_unknown_file_or_number_is_not_found(client, reader, round_):
    receive(round_, "a")
    client.get(f"{ANSWERS}/2", status=404)
    client.get(f"{ANSWERS}/1/files/abcdefghjkmn", status=404)


def test_a_number_too_large_for_the_database_is_not_found(client, reader, round_):
    huge = 2**70
    for rest in (f"answers/{huge}", f"answers/{huge}/kind", f"coding/answers/{huge}"):
        client.get(f"/desk/rounds/apne-dorer/{rest}", status=404)


def test_coding_begins_with_the_answer_that_was_open(client, officer, round_):
    receive(round_, "Det første svaret.")
    wanted = receive(round_, "Det andre svaret.")
    page = client.get(f"{ANSWERS}/{wanted.number}")
    link = page.find(".//a[contains(., 'Code this answer')]").get("href")
    assert passages_of(wanted)[0].public_id in client.get(link).url
    silent = receive(round_, no_comments=True)
    assert "Code this answer" not in client.get(f"{ANSWERS}/{silent.number}").words
