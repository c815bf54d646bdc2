"""The table host's page: no account, one group, notes that arrive once."""

from datetime import timedelta

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.meetings.service.planning import issue_link, revoke_link
from consult.kernel.clock import to_oslo, utc_now
from tests.support.meetings import details, meeting_of, note_in, validated


@pytest.fixture
def group(make):
    return meeting_of(make.round()).groups[0]


@pytest.fixture
def host(client, group):
    """A browser in which the host's link was opened."""
    page = client.get(f"/answer/table-link/{issue_link(group, by=SYSTEM)}")
    client.submit(page)
    return client


def address(group) -> str:
    return f"/answer/table/{group.public_id}"


def test_a_host_writes_removes_and_approves(host, group):
    page = host.get(address(group))
    form = page.form(f"{address(group)}/notes")
    assert form.get("data-offline-form") == f"note-{group.public_id}"
    assert {"client_id", "written_at"} <= set(form.fields)
    page = host.submit(page, {"body": "Åpne dører"}, action=f"{address(group)}/notes")
    page = host.submit(page, {"body": "Uten timebok"}, action=f"{address(group)}/notes")
    assert [note.body for note in group.notes] == ["Åpne dører", "Uten timebok"]
    removed = host.post(f"{address(group)}/notes/{group.notes[1].public_id}/remove")
    assert "Uten timebok" not in removed.words
    page = host.post(f"{address(group)}/approve")
    assert "Approved by the group" in page.words


@pytest.mark.scenario(60)
def test_notes_from_the_basement_stand_once_in_order_with_their_local_time(host, group):
    started = utc_now().replace(microsecond=0) - timedelta(hours=1)
    notes = [("b", "Andre", 5), ("a", "Første", 0), ("b", "Andre", 5)]
    for client_id, body, minutes in notes:
        page = host.post(
            f"{address(group)}/notes",
            {
                "client_id": client_id,
                "body": body,
                "wording": "paraphrase",
                "prompt": "1",
                "written_at": to_oslo(started + timedelta(minutes=minutes)).isoformat(),
            },
        )
    shown = [" ".join(p.text_content().split()) for p in
             page.tree.xpath(".//ol//p[@class='table-note__body']")]  # fmt: skip
    assert shown == ["Første", "Andre"]
    times = [t.text_content() for t in page.tree.xpath(".//ol//time")]
    assert times == [to_oslo(started + timedelta(minutes=m)).strftime("%H:%M") for m in (0, 5)]


def test_a_phone_that_sends_behind_the_page_is_told_in_json(host, group):
    behind = {"X-Autosave": "1"}

    def send(**fields: str):
        note = {"client_id": "x", "body": "Noe", "wording": "paraphrase", "prompt": ""}
        data = note | {"csrf_token": host.csrf_token()} | fields
        answer = host.raw(f"{address(group)}/notes", method="POST", data=data, headers=behind)
        return answer.status_code, answer.get_json(silent=True)

    status, told = send(csrf_token="of an older session")
    assert status == 422
    assert told["csrf_token"]
    assert [send()[0], send()[0]] == [200, 200]
    assert "saved_at" in send()[1]
    assert [note.body for note in group.notes] == ["Noe"]
    status, told = send(body="Hun har 13097248022")
    assert status == 422
    assert "national identity number" in told["reason"]
    validated(group.meeting)
    status, told = send(client_id="late")
    assert status == 409
    assert "came too late" in told["reason"]
    revoke_link(group, by=SYSTEM, at=utc_now())
    assert send() == (404, None)


def test_a_revoked_replaced_or_expired_link_lets_nobody_write(host, new_client, group):
    note = {"client_id": "x", "body": "Noe", "wording": "paraphrase"}
    old = issue_link(group, by=SYSTEM)
    assert host.raw(address(group)).status_code == 302  # the new link is not open here
    new = issue_link(group, by=SYSTEM)
    other = new_client()
    assert "does not work" in other.get(f"/answer/table-link/{old}", status=404).h1
    other.submit(other.get(f"/answer/table-link/{new}"))
    assert other.raw(address(group)).status_code == 200
    revoke_link(group, by=SYSTEM, at=utc_now())
    other.post(f"{address(group)}/notes", note, status=404)
    token = issue_link(group, by=SYSTEM)
    group.meeting.ends_at = utc_now() - timedelta(days=4)
    session().flush()
    other.get(f"/answer/table-link/{token}", status=404)
    assert not group.notes


def test_a_note_that_is_refused_keeps_its_words(host, group):
    action = f"{address(group)}/notes"
    page = host.submit(
        host.get(address(group)), {"body": "Hun har 13097248022"}, action=action, status=422
    )
    assert "national identity number" in page.words
    assert "Hun har" in page.find(".//textarea").text
    validated_note = note_in(group, "Ferdig", client_id="known")
    validated(group.meeting)
    late = {"client_id": "late", "body": "For sent", "wording": "verbatim"}
    assert "came too late" in host.post(action, late, status=409).words
    again = {"client_id": "known", "body": "Ferdig", "wording": "paraphrase", "prompt": "1"}
    assert host.post(action, again).status == 200
    assert group.notes == [validated_note]


def test_a_key_opens_one_group_only(host, group):
    other = group.meeting.groups[1]
    assert host.raw(address(other)).status_code == 302
    assert details().title
