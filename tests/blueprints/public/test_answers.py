"""Published answers: reviewed variants only, under the name that the sender chose."""

from datetime import timedelta

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.disclosure.queries import get_review
from consult.domain.disclosure.service.reviewing import (
    clear_answer,
    redact_finding,
    redact_words,
    take_back,
)
from consult.domain.disclosure.types import LegalBasis
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.service import change_question
from consult.domain.rounds.types import AnswerPublishing, QuestionSpec
from consult.domain.submissions.service.transcribing import write_transcript
from consult.domain.submissions.types import (
    AnswerContent,
    AttachmentKind,
    Publication,
    StoredFile,
    SubmissionStatus,
    Voice,
)
from consult.kernel.clock import utc_now
from tests.support.coded import receive
from tests.support.queries import count_queries

PERSON = {"name": "Kari Nes", "actor_type": ActorType.PRIVATE_PERSON}


def cleared(round_, *texts: str, **values):
    submission = receive(round_, *texts, **values)
    clear_answer(get_review(round_.slug, submission.number), by=SYSTEM)
    return submission


@pytest.fixture
def round_(make):
    return make.round(answer_publishing=AnswerPublishing.WHEN_RELEASED)


@pytest.mark.scenario(20)
def test_each_sender_stands_as_they_chose(client, round_):
    cleared(round_, "Jeg er enig.", publication=Publication.WITHOUT_NAME, **PERSON)
    cleared(round_, "Vi er enige.", name="Solvik kommune")
    cleared(round_, "Hemmelig mening.", publication=Publication.NOT_ON_WEB, **PERSON)
    receive(round_, "Ikke lest ennå.", **PERSON)
    page = client.get(f"/rounds/{round_.slug}/answers")
    names = [one.text_content().strip() for one in page.tree.xpath(".//article//h2")]
    assert names == ["Private person", "Solvik kommune"]
    assert "Kari Nes" not in page.text
    assert "Hemmelig" not in page.text
    assert "Ikke lest" not in page.text
    assert "4 answers count in this round." in page.words
    assert "1 is not on the web, as its sender chose" in page.words
    assert "1 has not been looked through yet" in page.words
    assert client.get(f"/rounds/{round_.slug}").has_link(f"/rounds/{round_.slug}/answers")


@pytest.mark.scenario(19)
def test_page_shows_the_reason_in_the_place_of_what_was_taken_out(client, round_):
    submission = receive(round_, "Min saksbehandler Ola Dunk svarer ikke.", **PERSON)
    submission.contact_email = "kari@solvik.example"
    review = get_review(round_.slug, 1)
    redact_words(review, "Ola Dunk", LegalBasis.THIRD_PARTY, by=SYSTEM)
    clear_answer(review, by=SYSTEM)
    session().commit()
    page = client.get(f"/rounds/{round_.slug}/answers/1")
    assert page.h1 == "Answer from Kari Nes"
    assert "Min saksbehandler [taken out: A third party who is named] svarer ikke." in page.words
    assert "Dunk" not in page.text + client.get(f"/rounds/{round_.slug}/answers").text
    assert "kari@solvik.example" not in page.text
    assert "noindex" in page.text


def test_withdrawn_and_taken_back_are_gone(client, round_):
    gone = cleared(round_, "Vi er enige.")
    cleared(round_, "Vi er uenige.")
    client.get(f"/rounds/{round_.slug}/answers/1")
    gone.status = SubmissionStatus.WITHDRAWN
    take_back(get_review(round_.slug, 2), by=SYSTEM)
    session().commit()
    for number in (1, 2, 3):
        assert client.raw(f"/rounds/{round_.slug}/answers/{number}").status_code == 302
    assert "No answers are published yet" in client.get(f"/rounds/{round_.slug}/answers").words


@pytest.mark.parametrize(
    ("publishing", "is_over", "status"),
    [
        (AnswerPublishing.NEVER, True, 302),
        (AnswerPublishing.AFTER_DEADLINE, False, 302),
        (AnswerPublishing.AFTER_DEADLINE, True, 200),
    ],
)
def test_owner_decides_when(client, make, publishing, is_over, status):
    closes_at = utc_now() + timedelta(days=-1 if is_over else 1)
    round_ = make.round(answer_publishing=publishing, closes_at=closes_at)
    cleared(round_, "Vi er enige.")
    assert client.raw(f"/rounds/{round_.slug}/answers").status_code == status
    assert client.raw(f"/rounds/{round_.slug}/answers/1").status_code == status
    told = "after the deadline, as each sender" in client.get(f"/rounds/{round_.slug}").words
    assert told is (publishing is AnswerPublishing.AFTER_DEADLINE and not is_over)


def test_list_takes_as_many_queries_for_one_as_for_three(client, round_):
    numbers = []
    for size in (1, 2):
        for _each in range(size):
            cleared(round_, "Vi er enige.")
        with count_queries() as queries:
            client.get(f"/rounds/{round_.slug}/answers")
        numbers.append(queries.number)
    assert numbers[0] == numbers[1]


def test_each_part_says_whose_words_it_is_and_what_it_is_about(client, make, round_):
    section = make.section(round_, title={"nb": "Åpningstider"})
    cleared(
        round_,
        "Vi er enige.",
        answers=(
            AnswerContent(text="Vi er uenige.", voice=Voice.MINORITY, voice_label="To medlemmer"),
            AnswerContent(text="Jeg mener nei.", voice=Voice.MINORITY, voice_label="Ola Dunk"),
            AnswerContent(section_id=section.id, quote="hver dag", text="Det er for ofte."),
        ),
    )
    page = client.get(f"/rounds/{round_.slug}/answers/1")
    assert "Minority remark: To medlemmer Vi er uenige." in page.words
    assert "Minority remark Jeg mener nei." in page.words
    assert "Åpningstider About these words in the paper: «hver dag» Det er for ofte." in page.words
    card = client.get(f"/rounds/{round_.slug}/answers").words
    assert "Vi er enige." in card
    assert "uenige" not in card


@pytest.mark.scenario(26)
def test_a_transcript_is_looked_through_before_it_is_published(client, make, round_):
    question = round_.questions[0]
    video = StoredFile(
        "svar.mp4", "video/mp4", "a" * 64, 5, AttachmentKind.VIDEO, None, question.id
    )
    submission = cleared(
        round_, answers=(AnswerContent(question_id=question.id, has_files=True),), files=(video,)
    )
    address = f"/rounds/{round_.slug}/answers/1"
    assert "Transcript" not in client.get(address).words
    file = submission.current_version.attachments[0]
    write_transcript(file, "Min saksbehandler Ola Dunk tegner.", by=SYSTEM)
    session().commit()
    assert client.raw(address).status_code == 302
    review = get_review(round_.slug, 1)
    [finding] = review.findings
    write_transcript(file, "Nå tegner min saksbehandler Ola Dunk.", by=SYSTEM)
    [finding] = review.findings
    redact_finding(finding, LegalBasis.THIRD_PARTY, by=SYSTEM)
    clear_answer(review, by=SYSTEM)
    session().commit()
    words = client.get(address).words
    assert "Transcript of a video, written by the owner's staff Nå tegner min" in words
    assert "saksbehandler [taken out: A third party who is named]." in words


def test_an_answer_written_before_a_correction_says_what_it_answered(client, make):
    round_ = make.round(answer_publishing=AnswerPublishing.WHEN_RELEASED)
    question = round_.questions[0]
    before = question.text["en"]
    cleared(round_, "Vi er enige.")
    words = {**question.text, "en": "Do you disagree?"}
    change_question(question, QuestionSpec(question.kind, words), by=SYSTEM)
    session().commit()
    words = client.get(f"/rounds/{round_.slug}/answers/1").words
    assert f"Written before the question was corrected. It said: «{before}»" in words


def _found(client, round_, query: str) -> list[str]:
    page = client.get(f"/rounds/{round_.slug}/answers?{query}")
    return [one.text_content().strip() for one in page.tree.xpath(".//article//h2")]


def test_published_answers_are_found_by_words_and_sender(client, round_):
    cleared(round_, "Åpen dør hele dagen.", name="Solvik kommune")
    cleared(round_, "Vi trenger en ÅPEN linje.", publication=Publication.WITHOUT_NAME, **PERSON)
    assert _found(client, round_, "q=åpen") == ["Solvik kommune", "Private person"]
    assert _found(client, round_, "q=åpen&from=people") == ["Private person"]
    assert _found(client, round_, "from=local") == ["Solvik kommune"]
    assert _found(client, round_, "q=solvik") == ["Solvik kommune"]
    assert _found(client, round_, "from=nobody&page=7") == ["Solvik kommune", "Private person"]
    page = client.get(f"/rounds/{round_.slug}/answers?q=finnes+ikke")
    assert "0 answers fit." in page.words
    assert "No published answer fits" in page.words


def test_a_search_does_not_tell_what_is_withheld(client, round_):
    cleared(round_, "Jeg er enig.", publication=Publication.WITHOUT_NAME, **PERSON)
    submission = receive(round_, "Ring Ola Nes om døra.", name="Solvik kommune")
    review = get_review(round_.slug, submission.number)
    for finding in list(review.findings):
        redact_finding(finding, LegalBasis.THIRD_PARTY, by=SYSTEM)
    if not review.redactions:
        redact_words(review, "Ola Nes", LegalBasis.THIRD_PARTY, by=SYSTEM)
    clear_answer(review, by=SYSTEM)
    assert _found(client, round_, "q=om døra") == ["Solvik kommune"]
    assert _found(client, round_, "q=Ola Nes") == []
    assert _found(client, round_, "q=Kari Nes") == []


def test_all_that_was_said_to_one_question_stands_together(client, round_):
    cleared(round_, "Om det første.", "Om det andre.", name="Solvik kommune")
    cleared(round_, "Bare det første.", name="Granli kommune")
    assert _found(client, round_, "question=q2") == ["Solvik kommune"]
    page = client.get(f"/rounds/{round_.slug}/answers?question=q2")
    assert "Om det andre." in page.words
    assert "Om det første." not in page.words
    assert _found(client, round_, "question=ukjent") == ["Solvik kommune", "Granli kommune"]
