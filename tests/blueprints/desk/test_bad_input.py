"""What nobody should send and somebody will: each gets a page that says what is wrong."""

import io

import pytest

from consult.db import session
from consult.domain.coding.models import Passage
from consult.domain.organisations.types import Role
from consult.domain.rounds.types import QuestionKind, RoundStatus
from tests.support.coded import TWO_PARAGRAPHS, receive, theme

HERE = "/desk/rounds/apne-dorer"
EMOJI = "\N{GRINNING FACE}"


@pytest.fixture
def round_(make):
    return make.round(slug="apne-dorer", questions=1)


@pytest.fixture
def desk(make, client, round_):
    return client.sign_in(make.member(round_.owner, Role.COORDINATOR))


def test_nul_is_left_out_of_what_is_written_and_asked(desk, round_):
    receive(round_, TWO_PARAGRAPHS)
    passage = session().query(Passage).first()
    desk.post(f"{HERE}/passages/{passage.public_id}/memo", {"memo": f"Se\x00 her {EMOJI}"})
    session().refresh(passage)
    assert passage.memo == f"Se her {EMOJI}"
    desk.get(f"{HERE}/answers?q=%00{EMOJI}")
    desk.get(f"{HERE}/setup/invitations/add?q=%00ab")
    desk.get(f"{HERE}/coding?passage={passage.public_id}%00")
    desk.get(f"{HERE}/coding?passage=x%00", status=404)


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "nobody"},
        {"publication": "x" * 70_000},
        {"assistant": EMOJI},
        {"language": "xx"},
        {"received_on": "2026-02-31"},
        {"channel": "pigeon", "received_on": ""},
        {"sender": "x" * 300},
    ],
    ids=lambda values: next(iter(values)),
)
def test_an_answer_by_hand_with_values_that_there_are_not(desk, values):
    page = desk.get(f"{HERE}/intake/by-hand")
    refused = desk.submit(page, values, status=422)
    assert "Check this before you go on" in refused.words


@pytest.mark.parametrize(
    ("content", "filename", "said"),
    [
        (b"", "tom.docx", "holds no text"),
        (b"\x00" * 90, "nuller.txt", "holds no text"),
        (b"PK\x03\x04", "kuttet.docx", "is damaged"),
        (b"MZ\x90\x00", f"{EMOJI * 80}.exe", "of a kind that we cannot read"),
        (b"", "", "Choose a file"),
    ],
    ids=["empty", "zeros", "cut", "program", "none"],
)
def test_files_that_are_none(desk, content, filename, said):
    upload = {"file": (io.BytesIO(content), filename)}
    page = desk.post(f"{HERE}/intake", upload, content_type="multipart/form-data", status=422)
    summary = page.find(".//*[@data-error-summary]").text_content()
    assert said in summary, summary


def test_a_page_beyond_the_last_is_the_last(desk, round_):
    receive(round_, TWO_PARAGRAPHS)
    for path in ("answers", "passages", f"themes/{theme(round_, 'Open').key}"):
        desk.get(f"{HERE}/{path}?page={10**23}")


def test_keys_of_options_that_a_question_has_not_are_none(desk, make, round_):
    round_.status = RoundStatus.PLANNED
    options = [{"key": "a1", "labels": {"en": "Yes"}}, {"key": "a2", "labels": {"en": "No"}}]
    question = make.question(round_, key="q9", kind=QuestionKind.SINGLE, option_data=options)
    here = f"{HERE}/setup/questions/q9"
    twice = {f"option_key_{row}": "evil" for row in (2, 3)}
    desk.submit(desk.get(here), twice | {"option_2_en": "Maybe", "option_3_en": "Never"})
    session().refresh(question)
    assert [option.key for option in question.options] == ["a1", "a2", "a3", "a4"]
