"""What the server does for pages that are kept on a phone."""

import re
from pathlib import Path

import pytest
from flask import url_for

from consult.domain.submissions.queries import get_submission
from consult.domain.submissions.types import Publication
from tests.blueprints.respond.answering import Answering

AUTOSAVE = {"X-Autosave": "1", "Accept": "application/json"}
ASSETS = Path(__file__).parent.parent.parent.parent / "consult" / "assets"


def _fields(page) -> dict[str, str]:
    return dict(page.form().form_values())


def test_the_service_worker_is_asked_for_anew_and_found_unchanged(client):
    response = client.raw("/service-worker.js")
    assert response.mimetype == "text/javascript"
    assert response.headers["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in response.headers["Content-Security-Policy"]
    tag = {"If-None-Match": response.headers["ETag"]}
    assert client.raw("/service-worker.js", headers=tag).status_code == 304


def test_the_service_worker_knows_the_addresses_and_files_as_they_are(app, client):
    source = (ASSETS / "service-worker.js").read_text()
    with app.test_request_context():
        kept, signing = (
            re.compile(re.search(rf"{name} = /(.+)/;", source).group(1).replace("\\/", "/"))
            for name in ("KEPT", "SIGNING")
        )
        assert signing.match(url_for("auth.sign_out"))
        assert signing.match(url_for("auth.use_link", token="abc"))
        assert signing.match(url_for("auth.sign_in_by_password"))
        assert not signing.match(url_for("auth.sign_in"))
        for endpoint in ("tasks", "check", "who", "publication", "participants"):
            assert kept.match(url_for(f"respond.{endpoint}", public_id="abc"))
        assert not kept.match(url_for("respond.delete", public_id="abc"))
        question = url_for("respond.question", public_id="abc", question_key="q1")
        assert kept.match(question)
        assert kept.match(url_for("respond.table", public_id="abc"))
        assert not kept.match(url_for("respond.table_note", public_id="abc"))
        offline = url_for("respond.offline", locale="nb")
        assert offline.startswith(re.search(r'OFFLINE = "(.+)"', source).group(1))
    files = re.findall(r'"/(static/build/[^"]+)"', client.raw("/service-worker.js").text)
    assert len(files) == 4
    assert all((ASSETS.parent / name).exists() for name in files)


def test_an_autosave_with_an_old_token_gets_a_fresh_one_and_is_saved_with_it(answering, make):
    answering.begin(make.round())
    fields = {**_fields(answering.open()), "text": "Skrevet lenge", "csrf_token": "old"}
    path = answering.path("/questions/q1")
    refused = answering.client.raw(path, method="POST", data=fields, headers=AUTOSAVE)
    assert refused.status_code == 422
    assert answering.draft.updated_at
    assert "Skrevet lenge" not in answering.open().text
    fields["csrf_token"] = refused.get_json()["csrf_token"]
    saved = answering.client.raw(path, method="POST", data=fields, headers=AUTOSAVE)
    assert saved.get_json()["revision"] == 1
    assert "Skrevet lenge" in answering.open().text


@pytest.mark.parametrize("header", ["X-Autosave", "X-Background"])
def test_a_request_behind_the_page_leaves_the_session_cookie_alone(answering, make, header):
    answering.begin(make.round())
    client, path = answering.client, answering.path()
    assert "Set-Cookie" in client.raw(path).headers, "a page renews it"
    assert "Set-Cookie" not in client.raw(path, headers={header: "1"}).headers


def test_a_page_fetched_behind_another_does_not_take_its_message(answering, make):
    answering.begin(make.round())
    answering.write("", step="no_comments")
    form = {**_fields(answering.open()), "step": "clear"}
    client = answering.client
    client.raw(answering.path("/questions/q1"), method="POST", data=form)
    client.raw(answering.path(), headers={"X-Background": "1"})
    assert "«No comments» is taken back." in answering.open().words


def test_no_comments_behind_the_page_tells_the_revision_to_build_on(answering, make):
    answering.begin(make.round())
    answering.write("Først")
    answering.write("")
    fields = {**_fields(answering.open()), "text": "", "step": "no_comments"}
    response = answering.client.raw(
        answering.path("/questions/q1"), method="POST", data=fields, headers=AUTOSAVE
    )
    page = answering.open()
    assert str(response.get_json()["revision"]) == _fields(page)["revision"]


@pytest.mark.scenario(16)
def test_sending_without_a_session_says_that_nothing_was_sent(answering, new_client, make):
    answering.begin(make.round())
    answering.write("Ja")
    answering.publish()
    stranger = new_client()
    page = stranger.post(answering.path("/check"), status=404)
    assert page.h1.startswith("Nothing was sent")
    assert page.has_link("/sign-in?next=/answer/drafts/")
    unknown = stranger.post("/answer/drafts/222222222222/check", status=404)
    assert unknown.h1 == page.h1, "the same for a draft that never was"
    assert answering.draft.submission is None


def test_deleting_from_this_machine_takes_the_draft_and_its_receipt(client, make):
    kept, gone = Answering(client, make), Answering(client, make)
    kept.begin(make.round())
    gone.begin(make.round())
    gone.write("Ja")
    gone.publish()
    receipt = gone.send()
    page = client.get(f"/answer/device?draft={gone.draft_id}")
    assert receipt.has_link(f"/answer/device?draft={gone.draft_id}")
    page = client.submit(page)
    assert "This is deleted from this machine." in page.words
    assert client.get(receipt.url).h1 == "Sign in"
    assert client.get(gone.path()).h1 == "Sign in"
    assert client.get(kept.path()).h1 == "Your answer"
    assert get_submission(receipt.url.rsplit("/", 1)[-1]).current_version_number == 1
    client.submit(client.get("/answer/device"))
    assert client.get(kept.path()).h1 == "Sign in"


def test_deleting_from_this_machine_tells_who_is_signed_in(client, make):
    client.sign_in(make.person())
    page = client.submit(client.get("/answer/device"))
    assert "You are still signed in here." in page.words


def test_an_address_with_somebody_elses_draft_takes_nothing(answering, new_client, make):
    answering.begin(make.round())
    stranger = new_client()
    stranger.submit(stranger.get(f"/answer/device?draft={answering.draft_id}"))
    assert answering.client.get(answering.path()).h1 == "Your answer"
    assert "data-group" not in stranger.get("/answer/device?draft=%22%3E").text


def test_the_page_without_contact_holds_nothing_about_anybody(answering, make):
    answering.begin(make.round())
    page = answering.client.get("/answer/offline/en")
    assert page.h1 == "No contact right now"
    assert answering.draft_id not in page.text
    assert answering.client.get("/answer/offline/nn").tree.get("lang") == "nn"


def _deliver(answering: Answering, rest: str, **said: str):
    """What a phone does with a form it has kept: the page as it was, and what was filled in."""
    fields = _fields(answering.client.get(answering.path(rest)))
    return lambda: answering.client.raw(
        answering.path(rest), method="POST", data={**fields, **said}, headers=AUTOSAVE
    )


def test_a_choice_that_comes_late_takes_no_other_devices_place(answering, make):
    answering.begin(make.round())
    kept = _deliver(answering, "/publication", publication="with_name")
    assert kept().get_json()["saved_at"]
    assert kept().status_code == 200, "the reply was lost, and it came once more"
    kept = _deliver(answering, "/publication", publication="without_name")
    page = answering.client.get(answering.path("/publication"))
    answering.publish("not_web")
    assert kept().status_code == 409
    assert answering.draft.publication is Publication.NOT_ON_WEB
    shown = answering.client.submit(page, {"publication": "without_name"}, status=409)
    assert "There are two versions" in shown.words
    assert "With us it says: Do not publish on the web." in shown.words
    answering.client.submit(shown)
    assert answering.draft.publication is Publication.WITHOUT_NAME


def test_who_it_is_from_comes_late_once_and_is_refused_with_a_reason(answering, make):
    answering.begin(make.round())
    assert _deliver(answering, "/who", contact_email="ikke en adresse")().status_code == 422
    kept = _deliver(answering, "/who", contact_email="kari@example.no")
    revision = kept().get_json()["revision"]
    assert kept().get_json()["revision"] == revision, "nameless senders are stored as such"
    assert _fields(answering.client.get(answering.path("/who")))["revision"] == revision
    assert answering.draft.contact_email == "kari@example.no"
    page = answering.client.get(answering.path("/who"))
    assert _deliver(answering, "/who", contact_email="ola@example.no")().status_code == 200
    shown = answering.client.submit(page, {"contact_email": "per@example.no"}, status=409)
    assert "With us it says: Private person, ola@example.no." in shown.words


def test_a_councils_meeting_comes_late_in_rows_of_its_own(answering, make):
    answering.begin(make.round(), sender="council", name="Vestby ungdomsråd")
    roles = {f"role_{row}": f"rolle {row}" for row in range(6)}
    numbers = {f"count_{row}": "1" for row in range(6)}
    kept = _deliver(answering, "/participants", **roles, **numbers)
    assert kept().get_json()["revision"] == kept().get_json()["revision"]
    assert len(answering.draft.participants) == 6
    checked = answering.client.get(answering.path("/check"))
    assert "rolle 0: 1, rolle 1: 1" in checked.words
