"""Attachments and sign-language videos, and who answers for whom."""

from dataclasses import replace
from io import BytesIO

import pytest
from flask import current_app

from consult.db import session
from consult.domain.organisations.types import ActorType, Role
from consult.domain.submissions.companions import list_draft_files
from consult.domain.submissions.queries import get_submission
from consult.domain.submissions.senders import SenderCheck
from consult.domain.submissions.types import AttachmentKind

VIDEO = b"\x00\x00\x00\x18ftypmp42" + b"signs" * 20
NUMBER = "018190 12365"  # month + 80: synthetic, nobody can have it


def _add(answering, content: bytes, name: str, *, place: str = "", status: int = 200):
    return answering.client.post(
        answering.path("/files"),
        {"file": (BytesIO(content), name), "place": place},
        status=status,
        content_type="multipart/form-data",
    )


def _submission(page):
    return get_submission(page.url.rsplit("/", 1)[-1])


def test_an_attachment_follows_the_answer(answering, make, new_client):
    answering.begin(make.round(questions=2))
    assert answering.write("Ja", step="files").h1 == "Attachments and sign-language video"
    page = _add(answering, b"Tall og tabeller", "tall.txt", place="q1")
    assert "The file is added." in page.words
    assert "tall.txt" in answering.open().words
    page = answering.publish()
    assert "Attachment: tall.txt" in page.words
    receipt = answering.send()
    file = _submission(receipt).current_version.attachments[0]
    path = f"{receipt.url}/files/{file.public_id}"
    assert receipt.has_link(path)
    download = answering.client.raw(path)
    assert download.data == b"Tall og tabeller"
    assert download.headers["Content-Disposition"].startswith("attachment")
    assert new_client().raw(path).status_code == 302
    store = current_app.extensions["files"]
    assert store.read(file.digest) == b"Tall og tabeller"


@pytest.mark.scenario(26)
def test_a_video_is_a_full_answer(answering, make, new_client):
    round_ = make.round(questions=2)
    answering.begin(round_)
    _add(answering, VIDEO, "svar.mp4", place="q2")
    page = answering.client.get(answering.path())
    assert "1 of 2 questions answered" in page.words
    answering.publish()
    receipt = answering.send()
    assert "Video: svar.mp4" in receipt.words
    submission = _submission(receipt)
    assert submission.has_comments
    assert submission.current_version.attachments[0].kind is AttachmentKind.VIDEO
    desk = new_client().sign_in(make.member(round_.owner, Role.CASE_OFFICER))
    assert (
        "1 transcript, sender or file to look at" in desk.get(f"/desk/rounds/{round_.slug}").words
    )
    page = desk.get(f"/desk/rounds/{round_.slug}/answer-tasks")
    assert "1 video without a transcript" in page.words
    here = page.find(".//a[contains(@href, '/transcript')]").get("href")
    page = desk.submit(desk.get(here), {"text": "Døra var stengt.\n\nJeg gikk hjem."})
    assert "Transcript of a video, written by the owner's staff" in page.words
    assert "Jeg gikk hjem." in page.words
    page = desk.get(f"/desk/rounds/{round_.slug}/coding")
    assert "Transcript of a video" in page.words
    assert "Døra var stengt." in page.words
    assert "Nothing waits" in desk.get(f"/desk/rounds/{round_.slug}/answer-tasks").words


def test_a_video_alone_is_enough_to_send(answering, make):
    answering.begin(make.round())
    _add(answering, VIDEO, "svar.mov")
    answering.publish()
    assert "The answer as a whole" in answering.send().words


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "tom.txt", "The file is empty."),
        (b"MZ", "program.exe", "We cannot take this kind of file."),
        (b"<html>", "brev.pdf", "The file is not what its name says."),
        (f"Hei {NUMBER}".encode(), "brev.txt", "There is a national identity number"),
        (b"Hei", f"{NUMBER}.txt", "There is a national identity number"),
    ],
)
def test_what_cannot_be_taken_is_explained_and_not_kept(answering, make, content, name, words):
    answering.begin(make.round())
    page = _add(answering, content, name, status=422)
    assert words in page.words
    assert not list_draft_files(answering.draft.id)


def test_what_is_too_large_is_explained(answering, make, monkeypatch):
    answering.begin(make.round())
    tiny = replace(current_app.config["SETTINGS"], upload_limit_mb=0, video_limit_mb=2)
    monkeypatch.setitem(current_app.config, "SETTINGS", tiny)
    assert "up to 0 MB, a video up to 2 MB" in _add(answering, b"Hei", "a.txt", status=422).words
    _add(answering, VIDEO, "svar.mp4")
    claimed = {"environ_overrides": {"CONTENT_LENGTH": str(4 * 1024 * 1024)}}
    page = answering.client.post(
        answering.path("/files"), {"place": ""}, status=413,
        content_type="multipart/form-data", **claimed,
    )  # fmt: skip
    assert "The file is too large." in page.words
    assert "svar.mp4" in page.words


def test_a_removed_file_is_gone(answering, make):
    answering.begin(make.round())
    page = _add(answering, b"Hei", "brev.txt")
    file = list_draft_files(answering.draft.id)[0]
    path = answering.path(f"/files/{file.public_id}")
    assert answering.client.raw(path).data == b"Hei"
    page = answering.client.submit(page, action=f"{path}/remove")
    assert "brev.txt" not in page.words
    assert answering.client.raw(path).status_code in {302, 404}


def test_no_comments_is_not_said_where_a_file_stands(answering, make):
    answering.begin(make.round(questions=1))
    _add(answering, VIDEO, "svar.mp4", place="q1")
    page = answering.client.submit(answering.open(), {"step": "no_comments"}, status=422)
    assert "You have written something here." in page.words


def test_a_body_is_chosen_from_the_register_and_checked_later(answering, make, new_client):
    body = make.organisation(name="Solvik kystlag", actor_type=ActorType.VOLUNTARY_ORGANISATION)
    round_ = make.round()
    page = answering.client.get(f"/answer/{round_.slug}/find?q=kystlag")
    page = answering.client.get(page.find(".//a[@class='task__link']").get("href"))
    page = answering.client.submit(page, {"written_by": "Ola Nes"})
    answering.draft_id = page.url.rsplit("/", 1)[-1]
    assert answering.draft.organisation_id is None
    assert answering.draft.claimed_organisation_id == body.id
    answering.write("Ja")
    answering.publish()
    receipt = answering.send()
    assert "Written on their behalf by" in receipt.words
    assert "Ola Nes" in receipt.words
    submission = _submission(receipt)
    assert submission.sender_check is SenderCheck.CLAIMED
    desk = new_client().sign_in(make.member(round_.owner, Role.CASE_OFFICER))
    here = f"/desk/rounds/{round_.slug}/answers/1"
    assert desk.get(here).has_link(f"{here}/sender")
    desk.submit(desk.get(f"{here}/sender"), {"decision": "body"})
    session().refresh(submission)
    assert (submission.organisation_id, submission.sender_check) == (body.id, None)


def test_a_council_is_chosen_among_the_councils_of_the_register(answering, make):
    make.organisation(name="Solvik kommune", actor_type=ActorType.MUNICIPALITY)
    body = make.organisation(name="Solvik ungdomsråd", actor_type=ActorType.MUNICIPAL_COUNCIL)
    round_ = make.round()
    form = answering.client.get(f"/answer/{round_.slug}/as?sender=council")
    search = f"/answer/{round_.slug}/find?sender=council"
    assert form.has_link(search)
    page = answering.client.get(f"{search}&q=solvik")
    assert "Solvik kommune" not in page.words
    page = answering.client.get(page.find(".//a[@class='task__link']").get("href"))
    assert "Which day did you talk about it?" in page.words
    page = answering.client.submit(page, {})
    answering.draft_id = page.url.rsplit("/", 1)[-1]
    assert answering.draft.claimed_organisation_id == body.id
    assert answering.draft.actor_type is ActorType.MUNICIPAL_COUNCIL


@pytest.mark.scenario(44)
def test_an_employer_without_a_number_is_flagged(answering, make, new_client):
    round_ = make.round()
    page = answering.client.get(f"/answer/{round_.slug}/as?sender=organisation")
    fields = {"name": "Nes Bygg", "actor_type": "employer", "organisation_number": "310000001"}
    page = answering.client.submit(page, fields, status=422)
    assert "This is not an organisation number" in page.words
    answering.begin(round_, sender="organisation", name="Nes Bygg", actor_type="employer")
    answering.write("Ja")
    answering.publish()
    submission = _submission(answering.send())
    assert submission.sender_check is SenderCheck.NO_NUMBER
    desk = new_client().sign_in(make.member(round_.owner, Role.CASE_OFFICER))
    page = desk.get(f"/desk/rounds/{round_.slug}/answers/1")
    assert "An employer without an organisation number" in page.words
    page = desk.submit(
        desk.get(f"/desk/rounds/{round_.slug}/answers/1/sender"), {"decision": "as_written"}
    )
    assert "An employer without an organisation number" not in page.words


@pytest.mark.scenario(24)
def test_a_translation_stands_beside_the_original(answering, make, new_client):
    round_ = make.round(questions=1)
    answering.begin(round_, language="se")
    answering.write("Áddjá čálii: đ ŋ š ŧ ž")
    page = answering.publish()
    assert page.find(".//main//dd//span[@lang='se']").text == "Áddjá čálii: đ ŋ š ŧ ž"
    answering.send()
    desk = new_client().sign_in(make.member(round_.owner, Role.CASE_OFFICER))
    here = f"/desk/rounds/{round_.slug}/answers/1"
    assert desk.get(here).find(".//div[@lang='se']").text_content().strip().startswith("Áddjá")
    page = desk.get(f"{here}/parts/0/translation")
    page = desk.submit(page, {"language": "nb", "text": "Bestefar skrev."})
    assert "Translation by the owner's staff, Bokmål" in page.words
    assert "The original above is what counts." in page.words
    assert page.find(".//section[@class='translation']//div[@lang='nb']") is not None
    coding = desk.get(f"/desk/rounds/{round_.slug}/coding")
    assert coding.tree.xpath(".//*[@lang='se'][contains(., 'đ ŋ š ŧ ž')]")
    assert "Bestefar" not in coding.words
