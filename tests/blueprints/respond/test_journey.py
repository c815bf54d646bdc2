"""From the start to the receipt."""

from consult.domain.notifications.queries import list_messages
from consult.domain.submissions.queries import get_submission
from consult.domain.submissions.types import Publication


def test_a_person_answers(answering, make):
    round_ = make.round(questions=2)
    page = answering.begin(round_, name="Kari Nes", contact_email="kari@consult.example")
    assert "0 of 2 questions answered" in page.words
    page = answering.write("Åpne dører.\n\n- hver dag")
    assert page.h1 == "Question 2? (en)"
    page = answering.write("", key="q2", step="no_comments")
    assert page.h1 == "How may we publish your answer?"
    assert "Anyone can ask to see it under the public-access law" in page.words
    page = answering.publish("without_name")
    assert page.h1 == "Check your answers before you send"
    assert "Åpne dører." in page.words
    assert "No comments" in page.words
    page = answering.send()
    assert page.h1 == "We have received your answer"
    submission = get_submission(page.url.rsplit("/", 1)[-1])
    assert submission.receipt_number in page.words
    assert submission.publication is Publication.WITHOUT_NAME
    assert [answer.text for answer in submission.current_version.answers] == [
        "Åpne dører.\n\n- hver dag",
        "",
    ]
    assert {message.kind for message in list_messages()} == {"draft_link", "receipt"}
