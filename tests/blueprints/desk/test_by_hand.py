"""Writing down answers that came on paper, by phone or with somebody's help."""

import io

import pytest
import time_machine

from consult.db import session
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.types import Role
from consult.domain.rounds.types import QuestionKind
from consult.domain.submissions.counting import count_received
from consult.domain.submissions.models import Submission
from consult.domain.submissions.service.linking import renew_link
from consult.domain.submissions.types import DeadlineStatus, SubmissionStatus
from tests.domain.intake.letters import Letter, as_docx, paragraph

BY_HAND = "/desk/rounds/apne-dorer/intake/by-hand"
PNG = b"\x89PNG\r\n\x1a\n a scan"
OPTIONS = [{"key": "a", "labels": {"en": "Mornings"}}, {"key": "b", "labels": {"en": "Evenings"}}]
WHO = {"sender": "Unni Vik", "kind": "private_person"}

pytestmark = pytest.mark.at("2026-11-20T10:00:00+01:00")


@pytest.fixture
def round_(make):
    return make.round(slug="apne-dorer", questions=1)


@pytest.fixture
def officer(make, client, round_):
    person = make.member(round_.owner, Role.CASE_OFFICER, name="Sara Lie")
    client.sign_in(person)
    return person


def fact(page, label) -> str:
    return page.find(f".//dt[.='{label}']/following-sibling::dd").text_content()


def send(client, page, values, *, status=200):
    """Fill in the page and send it, with a file where one is given."""
    data = dict(page.form(BY_HAND).form_values()) | values
    return client.post(BY_HAND, data, status=status, content_type="multipart/form-data")


def test_every_kind_of_question_can_be_answered(client, officer, make, round_):
    make.question(round_, kind=QuestionKind.SINGLE, option_data=OPTIONS)
    make.question(round_, kind=QuestionKind.MULTIPLE, option_data=OPTIONS)
    make.question(
        round_,
        kind=QuestionKind.SCALE,
        scale_data={"minimum": 1, "maximum": 5, "low": {"en": "badly"}, "high": {"en": "well"}},
    )
    page = client.get(BY_HAND)
    values = {**WHO, "is_undated": "y", "choice_1": "b", "choices_2": ["a", "b"], "scale_3": "5"}
    answer = client.submit(page, values)
    chosen = [a.text_content() for a in answer.tree.xpath(".//*[@class='tag tag--grey']")]
    assert chosen == ["Evenings", "Mornings", "Evenings", "5 on a scale from 1 to 5"]
    for wrong in ({"choice_1": "z"}, {"scale_3": "9"}):
        client.submit(page, {**values, **wrong}, status=422)


@pytest.mark.scenario(27)
def test_a_letter_that_came_late_but_was_posted_in_time(client, officer, make, round_):
    values = {
        **WHO, "is_undated": "y", "text_0": "Ja.", "posted_on": "2026-11-29",
        "received_on": "2026-12-02", "file": (io.BytesIO(PNG), "brev.png"),
    }  # fmt: skip
    with_clock = time_machine.travel("2026-12-02T10:00:00+01:00", tick=False)
    with with_clock:
        page = client.get(BY_HAND)
        assert "It came after the deadline" in page.words
        twice = send(client, page, {**values, "is_undated": None}, status=422)
        assert "Choose whether it counts." in twice.words
        assert "has no date" in twice.words, "all that is missing is said at once"
        values["file"] = (io.BytesIO(PNG), "brev.png")
        refused = send(client, page, values, status=422)
        assert "It was posted before the deadline." in refused.words
        assert "Choose whether it counts." in refused.words
        assert session().query(Submission).count() == 0
        decided = {"late": "included", "late_reason": "Poststemplet i tide."}
        values["file"] = (io.BytesIO(PNG), "brev.png")
        page = send(client, refused, {**values, **decided})
        response = client.raw(page.find(".//a[contains(., 'brev.png')]").get("href"))
    assert (response.data, response.mimetype) == (PNG, "image/png")
    assert fact(page, "Posted") == "29 November 2026, before the deadline"
    assert fact(page, "Received") == "2 December 2026"
    assert "Poststemplet i tide." in page.words
    assert "Sara Lie, 2 December 2026" in page.words
    assert "After the deadline, included" in page.words
    (answer,) = session().query(Submission).all()
    assert answer.deadline_status is DeadlineStatus.LATE_INCLUDED


@pytest.mark.scenario(25)
def test_a_call_counts_once_it_has_been_read_back(client, new_client, officer, make, round_):
    page = client.get(f"{BY_HAND}?channel=phone")
    assert page.h1 == "Register an answer by phone"
    assert "Date of the letter" not in page.words
    values = {
        **WHO, "text_0": "Døra må være åpen.", "with_interpreter": "y",
        "spoken_language": "Tigrinja", "contact_email": "unni@example.no",
    }  # fmt: skip
    page = client.submit(page, values)
    assert "Not read back yet" in page.words
    assert fact(page, "Language of the conversation") == "Tigrinja"
    assert fact(page, "Written down in") == "Bokmål"
    assert fact(page, "Interpreter") == "An interpreter took part"
    assert count_received(round_.id).total == 0
    assert list_messages() == []
    assert "Calls that have not been read back" in client.get(BY_HAND[:-15] + "/to-check").words
    page = client.submit(page, action="/desk/rounds/apne-dorer/answers/1/read-back")
    assert fact(page, "Read back and confirmed") == "20 November 2026 at 10:00"
    assert fact(page, "Registered by") == "Sara Lie"
    assert count_received(round_.id).total == 1
    (receipt,) = list_messages()
    assert receipt.to_email == "unni@example.no"
    assert "Sara" not in receipt.body_text + receipt.body_html
    answer = session().query(Submission).one()
    token = renew_link(answer)
    session().flush()
    sender = new_client()
    seen = sender.get(f"/answer/link/{token}")
    seen = sender.submit(seen)
    assert "Døra må være åpen." in seen.words
    assert "Sara" not in seen.words


@pytest.mark.scenario(25)
def test_a_call_that_is_read_back_at_once_counts_at_once(client, officer, round_):
    page = client.get(f"{BY_HAND}?channel=phone")
    client.submit(page, {**WHO, "text_0": "Ja.", "is_read_back": "y"})
    assert session().query(Submission).one().status is SubmissionStatus.RECEIVED


def test_who_helped_is_a_role_and_the_receipt_can_be_left_out(client, officer, round_):
    values = {
        **WHO, "is_undated": "y", "text_0": "Ja.", "assistant": "relative",
        "assistance": "Skrev det som ble sagt.", "contact_email": "unni@example.no",
    }  # fmt: skip
    page = client.get(BY_HAND)
    data = dict(page.form(BY_HAND).form_values()) | values
    data.pop("sends_receipt")
    answer = client.post(BY_HAND, data)
    assert fact(answer, "Helped by") == "A relative or friend: Skrev det som ble sagt."
    assert list_messages() == []
    number = {**values, "assistance": "15108695088"}
    refused = client.submit(page, number, status=422)
    assert refused.find(".//*[@name='assistance']").get("aria-invalid") == "true"


def test_a_document_with_an_identity_number_is_refused(client, officer, round_):
    letter = as_docx(Letter("x", (paragraph("Unni Vik, 15108695088, mener at ja."),)))
    page = client.get(BY_HAND)
    values = {**WHO, "is_undated": "y", "text_0": "Ja.", "file": (io.BytesIO(letter), "a.docx")}
    refused = send(client, page, values, status=422)
    assert "identity number (11 digits) in the file" in refused.words
    upload = {"file": (io.BytesIO(letter), "a.docx")}
    intake = "/desk/rounds/apne-dorer/intake"
    refused = client.post(intake, upload, status=422, content_type="multipart/form-data")
    assert "identity number (11 digits) in the file" in refused.words
    upload = {"file": (io.BytesIO(letter), "a.docx"), "redact": "y"}
    page = client.post(intake, upload, content_type="multipart/form-data")
    assert page.h1 == "Check the document"
    assert "Identity numbers were taken out of the text" in page.words
    assert "15108695088" not in page.text


def test_parts_of_a_document_are_put_together(client, officer, round_):
    upload = {
        "file": (
            io.BytesIO("Vi mener at døra skal være åpen hver dag.\n\nOgså om kvelden.".encode()),
            "a.txt",
        )
    }
    page = client.post("/desk/rounds/apne-dorer/intake", upload, content_type="multipart/form-data")
    action = page.url
    assert page.tree.xpath("count(.//button[@name='merge'])") == 1
    page = client.submit(
        page, {"text-0": "Vi krever at døra er åpen.", "merge": "1"}, action=action
    )
    assert "Vi krever at døra er åpen. Også om kvelden." in page.words
    assert page.tree.xpath("count(.//button[@name='merge'])") == 0
    page = client.submit(page, {"merge": "0"}, action=action)
    assert "Nothing was changed." in page.words


def test_what_was_said_in_a_meeting_is_led_to_the_meetings(client, officer, round_):
    for path in (f"{BY_HAND}?channel=meeting", "/desk/rounds/apne-dorer/intake"):
        page = client.get(path)
        assert page.has_link("/desk/rounds/apne-dorer/meetings")
        assert not page.has_link(f"{BY_HAND}?channel=meeting")
    assert "Register a letter on paper" in client.get(f"{BY_HAND}?channel=meeting").words
