"""The desk's pages of meetings."""

from io import BytesIO

import pytest
from PIL import Image

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.meetings.queries import list_meetings
from consult.domain.meetings.service.planning import add_organisation
from consult.domain.meetings.service.writing import approve_group
from consult.domain.organisations.types import Role
from consult.kernel.clock import utc_now
from tests.support.coded import receive
from tests.support.meetings import meeting_of, note_in, validated
from tests.support.queries import count_queries


@pytest.fixture
def round_(make, owner):
    return make.round(slug="apne-dorer", owner=owner)


MEETINGS = "/desk/rounds/apne-dorer/meetings"
NEW = {
    "title": "Dialogkafé i Solvik", "kind": "dialogue_cafe", "place": "Biblioteket",
    "organiser": "Lokalkontoret", "day": "2026-03-03", "starts": "18:00", "ends": "20:00",
    "language": "nb", "hosts": "Bord 1\nBord 2\n", "own_prompts": "Hva savner dere?",
}  # fmt: skip


def test_a_meeting_is_set_up_with_its_groups_and_prompts(desk, round_):
    page = desk.get(MEETINGS)
    assert "No meetings yet" in page.words
    form = desk.get(f"{MEETINGS}/new")
    page = desk.submit(form, NEW)
    assert page.h1 == "Dialogkafé i Solvik"
    assert "host: Bord 2" in page.words
    assert "Hva savner dere?" in page.words
    assert "3 March 2026, 18:00–20:00" in page.words
    page = desk.post(f"{page.url}/groups", {"host": "Bord 3"})
    assert "Group 3" in page.words
    assert "Dialogkafé i Solvik" in desk.get(MEETINGS).words


def test_a_meeting_that_ends_before_it_begins_is_refused_and_kept(desk, round_):
    form = desk.get(f"{MEETINGS}/new")
    page = desk.submit(form, NEW | {"ends": "17:00"}, status=422)
    assert "The meeting must end after it began." in page.words
    assert page.find(".//*[@name='place']").get("value") == "Biblioteket"
    assert not list_meetings(round_.id)


@pytest.mark.scenario(64)
def test_who_took_part_and_what_they_also_sent(desk, make, round_):
    body = make.organisation(name="Foreningen Lyttepunkt")
    answer = receive(round_, "Ja.", name=body.name, organisation_id=body.id)
    meeting = meeting_of(round_)
    address = f"{MEETINGS}/{meeting.public_id}"
    page = desk.post(f"{address}/participants", {"kind": "user_organisation", "number": "7"})
    assert "Service-user organisation: 7" in page.words
    page = desk.post(f"{address}/organisations", {"name": "foreningen lyttepunkt"})
    assert f"has also sent answer {answer.number}" in page.words
    page = desk.get(f"/desk/rounds/apne-dorer/answers/{answer.number}")
    assert "Took part in meetings" in page.words
    desk.post(f"{address}/organisations", {"name": "Ingen kjenner"}, status=422)
    desk.post(f"{address}/participants", {"kind": "union", "number": "mange"}, status=422)
    page = desk.post(f"{address}/organisations/remove", {"organisation": body.slug})
    assert "has also sent" not in page.words


def test_a_link_is_shown_once_and_can_be_revoked(desk, new_client, make, owner, round_):
    group = meeting_of(round_).groups[0]
    address = f"/desk/rounds/apne-dorer/groups/{group.public_id}"
    page = desk.post(f"{address}/link")
    assert "Link works" in page.words
    assert "/answer/table-link/" in page.find(".//input[@id='copy-link']").get("value")
    colleague = new_client().sign_in(make.member(owner, Role.COORDINATOR))
    assert not colleague.get(address).tree.xpath(".//input[@id='copy-link']")
    page = desk.post(f"{address}/link/revoke")
    assert "Link revoked" in page.words


def test_notes_are_written_approved_and_become_a_text_to_code(desk, round_):
    meeting = meeting_of(round_, groups=1)
    group = meeting.groups[0]
    address = f"/desk/rounds/apne-dorer/groups/{group.public_id}"
    meeting_page = f"{MEETINGS}/{meeting.public_id}"
    assert "There is no note yet" in desk.post(f"{meeting_page}/validate").words
    page = desk.submit(desk.get(address), {"body": "Åpne dører"}, action=f"{address}/notes")
    assert "Åpne dører" in page.words
    number = {"body": "13097248022"}
    page = desk.submit(page, number, action=f"{address}/notes", status=422)
    assert "national identity number" in page.words
    assert "Group 1 has not approved" in desk.post(f"{meeting_page}/validate").words
    desk.post(f"{address}/approve")
    page = desk.post(f"{meeting_page}/validate")
    assert "can be coded" in page.words
    session().refresh(meeting)
    number = meeting.submission.number
    assert desk.get(f"/desk/rounds/apne-dorer/answers/{number}").h1 == meeting.title
    assert "Åpne dører" in desk.get(f"/desk/rounds/apne-dorer/coding/answers/{number}").words
    assert "No answers yet" in desk.get("/desk/rounds/apne-dorer/answers").words


@pytest.mark.scenario(61)
def test_a_remark_is_struck_after_approval(desk, round_):
    meeting = meeting_of(round_, groups=1)
    note = note_in(meeting.groups[0], "Dette angrer jeg på")
    validated(meeting)
    page = desk.post(f"/desk/rounds/apne-dorer/notes/{note.public_id}/strike")
    assert "Struck: not counted, never quoted" in page.words


@pytest.mark.scenario(62)
def test_a_photo_is_reviewed_before_it_is_published(desk, client, round_):
    meeting = meeting_of(round_)
    out = BytesIO()
    Image.new("RGB", (80, 60), "white").save(out, "JPEG")
    upload = {"file": (BytesIO(out.getvalue()), "tavle.jpg")}
    address = f"{MEETINGS}/{meeting.public_id}"
    page = desk.post(f"{address}/pictures", upload, content_type="multipart/form-data")
    assert "Review the photo" in page.h1
    broken = {"file": (BytesIO(b"%PDF"), "tavle.pdf")}
    refused = desk.post(
        f"{address}/pictures", broken, content_type="multipart/form-data", status=422
    )
    assert "not a picture we can read" in refused.words
    picture = page.url
    names = {"area_0_left": "10", "area_0_top": "10", "area_0_width": "20"}
    half = desk.submit(page, names, action=picture, status=422)
    assert "Fill in all four numbers" in half.words
    done = desk.submit(half, names | {"area_0_height": "30"}, action=picture)
    assert "Write what the picture says" in desk.post(f"{picture}/publish").words
    outside = names | {"area_0_width": "95", "area_0_height": "30"}
    assert "inside the picture" in desk.submit(done, outside, action=picture, status=422).words
    desk.submit(done, {"text": "Tre punkter."}, action=picture)
    assert "The picture is published." in desk.post(f"{picture}/publish").words
    for version in ("grid", "plain", "cleaned", "original"):
        assert desk.raw(f"{picture}/{version}").status_code == 200
    assert "no longer public" in desk.post(f"{picture}/withdraw").words


def test_the_list_takes_as_many_queries_for_one_meeting_as_for_three(desk, round_):
    meeting_of(round_)
    with count_queries() as one:
        desk.get(MEETINGS)
    for _ in range(2):
        note_in(meeting_of(round_).groups[0], "Noe")
    with count_queries() as three:
        desk.get(MEETINGS)
    assert one.number == three.number


def test_details_are_corrected(desk, make, round_):
    meeting = meeting_of(round_)
    add_organisation(meeting, make.organisation(), by=SYSTEM)
    approve_group(meeting.groups[0], by=SYSTEM, at=utc_now())
    address = f"{MEETINGS}/{meeting.public_id}/details"
    page = desk.submit(desk.get(address), {"place": "Samfunnshuset", "starts": "10:00",
                                           "ends": "12:00"})  # fmt: skip
    assert "Samfunnshuset" in page.words


def test_nothing_is_decided_about_notes_as_if_they_were_an_answer(desk, round_):
    meeting = meeting_of(round_, groups=1)
    note_in(meeting.groups[0], "Døra må være åpen.")
    number = validated(meeting).number
    session().commit()
    answer = f"/desk/rounds/{round_.slug}/answers/{number}"
    assert desk.raw(answer).headers["Location"].endswith(meeting.public_id)
    for path in (f"{answer}/mark", f"{answer}/merge", f"{answer}/kind", f"{answer}/translate/0"):
        assert desk.raw(path).status_code == 404
    assert desk.raw(f"/desk/rounds/{round_.slug}/review/{number}").status_code == 404
