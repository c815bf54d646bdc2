"""Taking documents in at the desk."""

import io
from datetime import date

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from consult.db import session
from consult.domain.audit.queries import entries_about
from consult.domain.intake.models import ImportDraft
from consult.domain.intake.queries import list_imports
from consult.domain.organisations.types import ActorType, Role
from consult.domain.rounds.types import RoundStatus
from consult.domain.submissions.models import Submission
from tests.domain.intake.letters import as_docx
from tests.domain.intake.samples import LETTER_WITH_HEAD, PROPOSALS
from tests.support.queries import count_queries

LETTER = as_docx(LETTER_WITH_HEAD)
LOCKED = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    + bytes(600)
    + "EncryptedPackage".encode("utf-16-le")
    + bytes(600)
)

pytestmark = pytest.mark.at("2026-11-20T10:00:00+01:00")


@pytest.fixture
def round_(make):
    round_ = make.round(questions=1, slug="bibliotek")
    for target in PROPOSALS:
        make.proposal(round_, key=target.number, title={"nb": target.title}, text={})
    return round_


@pytest.fixture
def officer(make, client, round_):
    person = make.member(round_.owner, Role.CASE_OFFICER, name="Sara Lie")
    client.sign_in(person)
    return person


INTAKE = "/desk/rounds/bibliotek/intake"


def upload(client, content=LETTER, filename="svar.docx", *, status=200, **values):
    data = {"file": (io.BytesIO(content), filename), **values}
    return client.post(INTAKE, data, status=status, content_type="multipart/form-data")


def count_submissions(round_) -> int:
    query = select(func.count(Submission.id)).where(Submission.round_id == round_.id)
    return session().scalar(query) or 0


def block_number(page, text) -> str:
    """The index of the block whose text field holds the text."""
    area = page.find(f".//textarea[starts-with(normalize-space(.), '{text}')]")
    return area.get("name").removeprefix("text-")


def register(client, page, data=None, **options):
    """From the preview to the registered answer."""
    confirm = client.submit(page, {"next": "1"}, action=page.url.split("?")[0])
    assert confirm.h1 == "Say who and when"
    return client.submit(confirm, {"kind": "municipality", **(data or {})}, **options)


def test_from_upload_to_answer(client, officer, round_):
    page = client.get(INTAKE)
    assert "No import is waiting" in page.words
    page = upload(client)
    assert page.h1 == "Check the document"
    assert "3 proposals, " in page.words
    assert "2 signatories" in page.words
    assert "date missing" not in page.words
    assert "1 question or proposal is not answered directly" in page.words
    assert count_submissions(round_) == 0
    assert "svar.docx" in client.get(INTAKE).words
    answer = register(client, page)
    assert answer.url == "/desk/rounds/bibliotek/answers/1"
    assert "The answer is registered as number 1." in answer.words
    assert "Under the sender's own heading: «3.1 Rammetilskudd til bibliotek»" in answer.words
    assert "12 October 2026" in answer.words
    assert "Tuva Lien, ordfører" in answer.words
    assert "Registered · Sara Lie" in answer.words
    assert "No import is waiting" in client.get(INTAKE).words


def test_the_original_comes_back_byte_for_byte(client, officer):
    page = upload(client)
    before = client.raw(f"{page.url}/original")
    assert before.data == LETTER
    answer = register(client, page)
    link = answer.find(".//a[contains(., 'svar.docx')]").get("href")
    response = client.raw(link)
    assert response.data == LETTER
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_corrections_need_no_scripts(client, officer, round_):
    page = upload(client)
    action = page.url
    fee, heading = block_number(page, "Gebyr"), block_number(page, "Meldeplikt")
    changes = {
        f"target-{heading}": "question:q1",
        f"text-{fee}": "Gebyr fraråder vi.",
        f"role-{fee}": "paragraph:0",
    }
    page = client.submit(page, changes, action=action)
    assert "Your corrections are saved." in page.words
    assert "1 question, 2 proposals" in page.words
    answer = register(client, page)
    assert "Gebyr fraråder vi." in answer.words
    assert "Not answered directly 3.2. Meldeplikt for driftsavbrudd" in answer.words


def test_a_stale_page_changes_nothing(client, officer):
    page = upload(client)
    fee = block_number(page, "Gebyr")
    client.submit(page, {f"target-{fee}": "@general"}, action=page.url)
    client.submit(page, {f"target-{fee}": "@left-out"}, action=page.url, status=409)


def test_a_page_that_sends_nonsense_changes_nothing(client, officer):
    page = upload(client)
    again = client.post(page.url, {"revision": "1", "role-3": "king:0"})
    assert "Nothing was changed." in again.words
    again = client.post(
        page.url, {"revision": "1", "role-3": "paragraph:0", "text-3": "x", "target-3": "?"}
    )
    assert "Nothing was changed." in again.words


def test_the_missing_date_is_asked_for(client, officer, round_):
    undated = as_docx(LETTER_WITH_HEAD.__class__("x", LETTER_WITH_HEAD.parts[3:]))
    page = upload(client, undated, sender="Granli bibliotek")
    assert "date missing" in page.words
    refused = register(client, page, status=422)
    assert "Give the date of the letter, or tick that it has none." in refused.words
    assert count_submissions(round_) == 0
    emptied = client.submit(refused, {"sender": "", "kind": ""}, status=422)
    for missing in ("who the answer is from", "what kind of sender", "the date of the letter"):
        assert missing in emptied.find(".//*[@data-error-summary]").text_content()
    answer = client.submit(refused, {"is_undated": "y"})
    assert answer.find(".//dt[.='Date of the letter']/following-sibling::dd").text == "Not known"


def test_a_second_confirmation_leads_to_the_same_answer(client, officer, round_):
    page = upload(client)
    confirm = client.submit(page, {"next": "1"}, action=page.url)
    values = {"kind": "municipality"}
    first = client.submit(confirm, values)
    assert client.submit(confirm, values).url == first.url
    assert client.get(page.url).url == first.url
    assert count_submissions(round_) == 1


def test_details_can_wait(client, officer, round_):
    page = upload(client)
    confirm = client.submit(page, {"next": "1"}, action=page.url)
    page = client.submit(confirm, {"sender": "Granli bibliotek", "later": "1"})
    assert "The answer is not registered yet." in page.words
    assert "Granli bibliotek" in page.words
    assert count_submissions(round_) == 0


def test_the_same_file_again_is_shown_and_decided_on(client, officer, round_):
    register(client, upload(client))
    page = upload(client, filename="kopi.docx")
    assert page.has_link("/desk/rounds/bibliotek/answers/1")
    refused = register(client, page, status=422)
    assert "This file is registered already." in refused.words
    answer = client.submit(refused, {"despite_same_file": "y"})
    assert answer.url.endswith("/answers/2")


def test_a_registered_organisation_is_known_by_its_name(client, officer, make, round_):
    body = make.organisation(name="Granli kommune", actor_type=ActorType.MUNICIPALITY)
    page = upload(client)
    confirm = client.submit(page, {"next": "1"}, action=page.url)
    client.submit(confirm)
    answer = session().scalars(select(Submission)).one()
    assert answer.organisation_id == body.id
    assert answer.document_date == date(2026, 10, 12)


def test_giving_up_an_import_leaves_nothing(client, officer, round_):
    page = upload(client)
    page = client.submit(page, action=f"{page.url}/discard")
    assert "No answer was registered." in page.words
    assert list_imports(round_.id) == []


@pytest.mark.scenario(49)
@pytest.mark.parametrize(
    ("content", "filename", "problem", "by_hand"),
    [
        (LOCKED, "svar.docx", "locked with a password", True),
        (LETTER[:900], "svar.docx", "The file is damaged", True),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "bilde.png", "a kind that we cannot read", True),
        (b"  \n ", "tom.txt", "holds no text", False),
    ],
)
def test_an_unreadable_file_is_refused_with_a_way_on(
    client, officer, round_, content, filename, problem, by_hand
):
    page = upload(client, content, filename, status=422)
    assert problem in page.words
    assert "Nothing of the file was kept" in page.words
    assert page.has_link(f"{INTAKE}/by-hand") is True
    assert ("Register the answer by hand, with the file attached" in page.words) is by_hand
    assert session().scalar(select(func.count(ImportDraft.id))) == 0


@pytest.mark.scenario(49)
def test_the_answer_can_be_registered_by_hand_with_the_file(client, officer, round_):
    page = client.get(f"{INTAKE}/by-hand")
    values = dict(page.form(f"{INTAKE}/by-hand").form_values())
    values |= {
        "sender": "Solvik\x00 kommune",
        "kind": "municipality",
        "is_undated": "y",
        "channel": "email",
        "text_0": "Vi støtter\x00 dette.\n\n- Skolene må få tid.",
        "signatories": "Ada\x00 Lie, leder",
        "file": (io.BytesIO(LOCKED), "låst.docx"),
    }
    answer = client.post(f"{INTAKE}/by-hand", values, content_type="multipart/form-data")
    assert "Answer 1: Solvik kommune" in answer.words
    assert answer.find(".//li[text()='Skolene må få tid.']") is not None
    link = answer.find(".//a[contains(., 'låst.docx')]").get("href")
    assert client.raw(link).data == LOCKED


def test_by_hand_says_what_is_missing_and_keeps_the_text(client, officer):
    page = client.get(f"{INTAKE}/by-hand")
    values = {"text_0": "Vi støtter dette."}
    refused = client.submit(page, values, status=422)
    assert "Write who the answer is from." in refused.words
    assert "Vi støtter dette." in refused.words
    values = {"sender": "Solvik", "kind": "municipality", "is_undated": "y", "text_0": ""}
    refused = client.submit(refused, values, status=422)
    assert "Write the answer at one place at least" in refused.words
    answer = client.submit(refused, {**values, "has_no_comments": "y"})
    assert "The sender has no comments." in answer.words


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (RoundStatus.PLANNED, "The consultation is being prepared. Announce it first"),
        (RoundStatus.CANCELLED, "The consultation is cancelled, so no answers"),
    ],
)
def test_a_round_that_is_not_shown_or_cancelled_takes_nothing(
    client, officer, round_, status, words
):
    confirm = client.submit(upload(client), {"next": "1"})
    by_hand = client.get(f"{INTAKE}/by-hand")
    round_.status = status
    session().commit()
    assert words in client.submit(confirm, {"kind": "municipality"}, status=422).words
    values = {"sender": "Solvik", "kind": "municipality", "is_undated": "y", "text_0": "Ja."}
    assert words in client.submit(by_hand, values, status=422).words
    page = upload(client, status=422)
    assert words in page.words
    assert "Import a document" not in page.words
    assert count_submissions(round_) == 0


def test_an_upload_without_a_file_says_so(client, officer):
    page = client.post(INTAKE, {}, status=422)
    assert "Choose a file to import." in page.words


@pytest.mark.parametrize("megabytes", [25.5, 27])
def test_an_oversized_file_is_refused(client, officer, round_, megabytes):
    content = bytes([65]) * int(megabytes * 1024 * 1024)
    file = FileStorage(io.BytesIO(content), "stor.txt")
    # In memory: the client would leave its temporary file open.
    boundary, body = encode_multipart({"csrf_token": client.csrf_token(), "file": file})
    kind = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    response = client.raw(INTAKE, method="POST", data=body, headers=kind)
    page = client._checked(response, INTAKE, 413)
    assert "is too large" in page.words
    assert "25 MB" in page.words
    assert list_imports(round_.id) == []


@pytest.mark.scenario(104)
def test_markup_in_names_and_texts_is_shown_as_text(client, officer):
    name = "<script>alert(1)</script>'; DROP TABLE submission; --.docx"
    part = LETTER_WITH_HEAD.parts[5].__class__("paragraph", '<img src=x onerror="alert(2)"> & "x"')
    letter = LETTER_WITH_HEAD.__class__("x", (*LETTER_WITH_HEAD.parts, part))
    page = upload(client, as_docx(letter), name)
    assert not page.tree.xpath(".//script[not(@src)]|.//img")
    assert "'; DROP TABLE submission; --.docx" in page.words
    block = block_number(page, "<img")
    page = client.submit(
        page, {f"role-{block}": "paragraph:0", f"target-{block}": "@general"}, action=page.url
    )
    answer = register(client, page, {"sender": "<b>Robert'); DROP TABLE"})
    assert not answer.tree.xpath(".//script[not(@src)]|.//img|.//b")
    assert '<img src=x onerror="alert(2)"> & "x"' in answer.words
    assert "<b>Robert'); DROP TABLE" in answer.words
    listed = client.get("/desk/rounds/bibliotek/answers?q=%3Cb%3ERobert%27%29")
    assert "<b>Robert'); DROP TABLE" in listed.words


@pytest.mark.parametrize("role", [Role.READER, Role.DRAFTER, None])
def test_those_who_may_not_register_find_nothing(client, new_client, make, round_, role):
    officer = make.member(round_.owner, Role.CASE_OFFICER)
    page = upload(client.sign_in(officer))
    other = make.organisation()
    person = make.member(round_.owner, role) if role else make.member(other, Role.COORDINATOR)
    browser = new_client().sign_in(person)
    for path in (page.url, f"{page.url}/confirm", f"{page.url}/original", f"{INTAKE}/by-hand"):
        browser.get(path, status=404)
    for path in (INTAKE, page.url, f"{page.url}/confirm", f"{page.url}/discard"):
        browser.post(path, {}, status=404)
    status = 200 if role is Role.READER else 404
    seen = browser.get(INTAKE, status=status)
    assert "Read the document" not in seen.words
    assert [entry.tag for entry in entries_about(list_imports(round_.id)[0].reference)] == [
        "import:started"
    ]


def test_an_import_is_found_in_its_own_round_only(client, officer, make, round_):
    page = upload(client)
    make.round(owner=round_.owner, slug="annen")
    client.get(page.url.replace("bibliotek", "annen"), status=404)


def test_the_list_of_imports_asks_as_often_for_one_as_for_three(client, officer):
    upload(client)
    client.get(INTAKE)
    with count_queries() as one:
        client.get(INTAKE)
    upload(client, filename="b.docx")
    upload(client, filename="c.docx")
    with count_queries() as three:
        client.get(INTAKE)
    assert len(one.statements) == len(three.statements)


def test_an_identity_number_is_refused_where_it_stands(client, officer, round_):
    page = upload(client)
    preview, fee = page.url, block_number(page, "Gebyr")
    page = client.submit(page, {f"text-{fee}": "Kari, 151086 95088."}, action=preview)
    refused = register(client, page, status=422)
    assert "There is a national identity number (11 digits) in the text at «3." in refused.words
    assert "take the number out of the block" in refused.words
    assert "95088" not in refused.words
    page = client.submit(client.get(preview), {f"text-{fee}": "Kari."}, action=preview)
    refused = register(client, page, {"signatories": "Kari Nes, 15108695088"}, status=422)
    assert refused.find(".//*[@name='signatories']").get("aria-invalid") == "true"
    assert "identity number (11 digits) in this field" in refused.words
    assert count_submissions(round_) == 0


@pytest.mark.parametrize("field", ["sender", "their_ref", "text_general", "text_1"])
def test_by_hand_an_identity_number_is_refused_at_its_field(client, officer, round_, field):
    values = {
        "sender": "Solvik", "kind": "municipality", "is_undated": "y", "text_0": "Ja.",
        field: "Kari 15108695088",
    }  # fmt: skip
    refused = client.submit(client.get(f"{INTAKE}/by-hand"), values, status=422)
    area = refused.find(f".//*[@name='{field}']")
    assert area.get("aria-invalid") == "true"
    assert "identity number (11 digits) in this field" in refused.words
    assert count_submissions(round_) == 0
