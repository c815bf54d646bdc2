"""Files that nobody can read, and long ones: the answer is sent all the same."""

from io import BytesIO

import pikepdf
import pytest

from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.types import Role
from consult.domain.submissions.attached import FileProblem
from consult.domain.submissions.companions import list_draft_files
from consult.domain.submissions.queries import get_submission


def pdf(pages: int, *, password: str | None = None) -> bytes:
    """A PDF whose pages say a few words each."""
    out, document = BytesIO(), pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    for number in range(pages):
        page = document.add_blank_page()
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        words = f"BT /F1 12 Tf 20 40 Td (Vi er enige, side {number}.) Tj ET"
        page.Contents = pikepdf.Stream(document, words.encode())
    lock = pikepdf.Encryption(user=password, owner=password) if password else False
    document.save(out, encryption=lock)
    return out.getvalue()


def _add(answering, content: bytes, name: str, *, place: str = ""):
    return answering.client.post(
        answering.path("/files"),
        {"file": (BytesIO(content), name), "place": place},
        content_type="multipart/form-data",
    )


def _sent(receipt):
    return get_submission(receipt.url.rsplit("/", 1)[-1])


@pytest.mark.scenario(49)
def test_a_locked_or_damaged_file_is_told_and_becomes_a_task(answering, make, new_client):
    round_ = make.round()
    answering.begin(round_, contact_email="kari@example.org")
    answering.write("Vi er enige.")
    assert "locked with a password" in _add(answering, pdf(1, password="hemmelig"), "las.pdf").words
    assert "seems to be damaged" in _add(answering, b"%PDF-1.7 half of it", "halv.pdf").words
    answering.publish()
    sent = _sent(answering.send())
    assert [file.problem for file in sent.current_version.attachments] == [
        FileProblem.ENCRYPTED,
        FileProblem.DAMAGED,
    ]
    desk = new_client().sign_in(make.member(round_.owner, Role.CASE_OFFICER))
    assert "2 transcripts, senders and files" in desk.get(f"/desk/rounds/{round_.slug}").words
    tasks = f"/desk/rounds/{round_.slug}/answer-tasks"
    page = desk.get(tasks)
    assert "2 files that cannot be read" in page.words
    here = page.tree.xpath(".//a[contains(@href, '/ask')]")[0].get("href")
    page = desk.submit(desk.get(here), {"question": "copy"})
    assert "The sender is asked by mail." in page.words
    [mail] = [one for one in list_messages(limit=5) if one.kind == "file_question"]
    assert "las.pdf" in mail.body_text
    page = desk.get(tasks)
    assert "1 file that cannot be read" in page.words
    settle = page.find(".//form[contains(@action, '/settled')]").get("action")
    assert "Nothing waits" in desk.post(settle, {}).words


@pytest.mark.scenario(48)
def test_a_long_document_gets_a_summary_that_is_part_of_the_answer(answering, make):
    answering.begin(make.round())
    answering.write("Vi er enige.")
    _add(answering, pdf(2), "kort.pdf")
    page = _add(answering, pdf(31), "lang.pdf")
    assert "31 pages" in page.words
    [link] = page.tree.xpath(".//a[contains(@href, '/summary')]")
    page = answering.client.submit(
        answering.client.get(link.get("href")), {"summary": "Fristen er for kort."}
    )
    assert "Change the summary" in page.words
    assert [one.summary for one in list_draft_files(answering.draft.id)] == [
        "",
        "Fristen er for kort.",
    ]
    assert "Fristen er for kort." in answering.publish().words
    version = _sent(answering.send()).current_version
    assert version.text == "Vi er enige.\n\nFristen er for kort."
    assert [file.pages for file in version.attachments] == [2, 31]


@pytest.mark.scenario(48)
def test_a_file_that_came_in_pieces_is_taken_in_like_any_other(answering, make, new_client):
    answering.begin(make.round())
    content = pdf(31)
    half = len(content) // 2
    place = answering.path("/uploads")
    about = {"name": "lang.pdf", "size": str(len(content)), "fingerprint": "b" * 64}
    headers = {"X-CSRFToken": answering.client.csrf_token()}

    def post(path: str, data: object):
        return answering.client.raw(path, method="POST", data=data, headers=headers).json

    begun = post(place, about)
    piece = f"{place}/{begun['id']}"
    assert post(f"{piece}?offset=0", content[:half])["received"] == half
    page = answering.client.get(answering.path("/files"))
    assert "lang.pdf is 49 % sent." in page.words or "lang.pdf is 50 % sent." in page.words
    page = answering.client.submit(page, {"upload": begun["id"]}, status=422)
    assert "Choose a file." in page.words
    assert post(place, about)["received"] == half
    assert post(f"{piece}?offset={half}", content[half:])["received"] == len(content)
    stranger = new_client()
    stranger.get("/")
    token = {"X-CSRFToken": stranger.csrf_token()}
    assert stranger.raw(piece, method="POST", data=b"x", headers=token).status_code == 404
    page = answering.client.submit(page, {"upload": begun["id"]})
    assert "The file is added." in page.words
    [file] = list_draft_files(answering.draft.id)
    assert (file.filename, file.pages, file.size) == ("lang.pdf", 31, len(content))
    assert "% sent" not in page.words
