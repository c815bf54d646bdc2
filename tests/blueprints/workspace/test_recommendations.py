"""The room of what a report proposes."""

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.coding.service.coding import apply_theme
from consult.domain.composing.queries import list_parts
from consult.domain.composing.recommended import list_recommendations
from consult.domain.composing.service.beginning import begin_report
from consult.domain.composing.service.recommending import change, ground, propose
from consult.domain.composing.service.signing import start_sign_off
from consult.domain.composing.types import (
    CompositionKind,
    PlannedStep,
    RecommendationContent,
    Side,
)
from consult.domain.organisations.types import Role
from tests.support.coded import TWO_PARAGRAPHS, passages_of, receive, theme
from tests.support.letters import body_of

REPORT = "/workspace/utvalget/reports/runde/report"
ROOM = f"{REPORT}/recommendations"


@pytest.fixture
def round_(make):
    made = make.round(slug="runde", owner=make.organisation(slug="utvalget", name="Utvalget"))
    hours = theme(made, "Åpningstider")
    apply_theme(passages_of(receive(made, TWO_PARAGRAPHS))[0], hours, by=SYSTEM)
    return made


@pytest.fixture
def report(round_):
    return begin_report(round_, CompositionKind.REPORT, snapshot=None, by=SYSTEM)


@pytest.fixture
def writer(client, make, round_):
    return client.sign_in(make.member(round_.owner, Role.COORDINATOR))


@pytest.fixture
def chapter(report):
    return next(part for part in list_parts(report.id) if part.theme_id)


def one_of(report, place=0):
    session().expire_all()
    return list_recommendations(report.id)[place]


def test_the_room_before_the_text_is_begun(writer, round_):
    assert writer.get(ROOM).has_link(f"{REPORT}/draft")


def test_a_proposal_is_written_moved_taken_out_and_put_back(writer, report, chapter):
    assert "Nothing is proposed yet" in writer.get(ROOM).words
    page = writer.submit(
        writer.get(f"{ROOM}/new"),
        {"part": chapter.key, "text": ""},
        action=f"{ROOM}/new",
        status=422,
    )
    assert "Write what is proposed." in page.words
    for text in ("Hold døra åpen.", "Steng tidligere."):
        page = writer.submit(
            writer.get(f"{ROOM}/new?part={chapter.key}"),
            {"text": text, "horizon": "short", "begins_in": "2028", "addressee": "Kommunene"},
            action=f"{ROOM}/new",
        )
    assert "Kommunene" in page.words
    first, second = list_recommendations(report.id)
    here = f"{ROOM}/{first.public_id}"
    writer.submit(writer.get(ROOM), action=f"{here}/down")
    assert one_of(report).id == second.id
    preface = list_parts(report.id)[0]
    writer.submit(writer.get(here), {"part": preface.key}, action=f"{here}/move")
    assert one_of(report).part_id == preface.id
    page = writer.submit(writer.get(here), action=f"{here}/remove")
    assert "1 proposal" in page.words
    writer.submit(page, action=f"{here}/restore")
    assert len(list_recommendations(report.id)) == 2


def test_the_second_of_two_writers_sees_both_texts(writer, report, chapter):
    made = propose(chapter, RecommendationContent("Hold døra åpen."), by=SYSTEM)
    here = f"{ROOM}/{made.public_id}"
    page = writer.get(f"{here}/change")
    change(made, RecommendationContent("Hold døra på gløtt."), revision=1, by=SYSTEM)
    page = writer.submit(page, {"text": "Hold døra lukket."}, action=f"{here}/change", status=409)
    assert "Hold døra på gløtt." in page.words
    assert "Hold døra lukket." in page.words
    writer.submit(page, {"text": "Hold døra halvåpen."}, action=f"{here}/change")
    assert one_of(report).text == "Hold døra halvåpen."


@pytest.mark.scenario(85)
def test_what_speaks_against_a_proposal_must_be_assessed(writer, report, chapter):
    made = propose(chapter, RecommendationContent("Steng tidligere."), by=SYSTEM)
    here = f"{ROOM}/{made.public_id}"
    found = writer.get(f"{here}/passages")
    assert "Døra må være åpen." in found.words
    assert "Veilederne trenger tid." not in found.words  # it has no theme
    passage = found.find("//input[@name='passage']").get("value")
    values = {"passage": passage, "recommendation": made.public_id, "side": "against"}
    page = writer.post(f"{ROOM}/grounds/new", values | {"reason": "Vil ha lengre tid."})
    assert "The assessment is missing" in page.words
    assert "Contrary passages without an assessment" in writer.get(ROOM).words
    form = writer.get(f"{here}/change")
    page = writer.submit(form, action=f"{here}/change", status=422)
    assert "A passage speaks against this proposal" in page.words
    page = writer.submit(page, {"assessment": "Det koster for mye."}, action=f"{here}/change")
    assert "The assessment is missing" not in page.words
    table = writer.get(f"{REPORT}/synoptic").words
    for words in ("Døra må være åpen.", "Åpningstider", "Det koster for mye.", "Steng tidligere."):
        assert words in table
    assert "Det koster for mye." in writer.raw(f"{REPORT}/synoptic.csv").get_data(as_text=True)
    assert writer.raw(f"{REPORT}/synoptic.xlsx").data.startswith(b"PK")
    answer = writer.get("/desk/rounds/runde/answers/1")
    assert answer.has_link(here)
    ground_id = one_of(report).grounds[0].public_id
    writer.submit(writer.get(here), action=f"{here}/grounds/{ground_id}/take")
    assert not one_of(report).grounds


def test_a_passage_is_put_to_a_proposal_from_the_drafting_table(writer, report, chapter):
    made = propose(chapter, RecommendationContent("Hold døra åpen."), by=SYSTEM)
    page = writer.get(f"{REPORT}/draft?part={chapter.key}")
    values = dict(page.find("//form[@id='part-form']").form_values())
    button = page.find("//button[@name='ground'][starts-with(@value, 'for:')]")
    page = writer.post(button.get("formaction"), values | {"ground": button.get("value")})
    writer.submit(
        page,
        {"recommendation": made.public_id, "reason": "Sier hvorfor."},
        action=f"{ROOM}/grounds/new",
    )
    assert [(one.side, one.reason) for one in one_of(report).grounds] == [
        (Side.FOR, "Sier hvorfor.")
    ]


def test_it_tells_who_is_silent_and_who_is_against(writer, make, report, round_, chapter):
    made = propose(chapter, RecommendationContent("Hold døra åpen."), by=SYSTEM)
    own = passages_of(receive(round_, "Timen er for kort.", name="Kari Nes brukerlag"))[0]
    page = writer.get(f"{ROOM}/{made.public_id}")
    assert "Every group that answered mentions it." in page.words
    assert "1 passage on the theme is not weighed" in page.words
    ground(made, own, Side.FOR, "", by=SYSTEM)
    assert "Speaks for it (1)" in writer.get(f"{ROOM}/{made.public_id}").words


def test_a_change_while_the_text_is_being_signed_asks_first(writer, make, report, chapter):
    made = propose(chapter, RecommendationContent("Hold døra åpen."), by=SYSTEM)
    chapter.body = body_of("Vi har hørt mange.")
    signer = make.member(report.organisation, Role.SIGNATORY)
    steps = [PlannedStep("Leder", signer.id)]
    start_sign_off(report, steps, name="Til leder", base_url="http://x", by=SYSTEM)
    here = f"{ROOM}/{made.public_id}"
    page = writer.get(f"{here}/change")
    page = writer.submit(page, {"text": "Steng døra."}, action=f"{here}/change", status=409)
    assert one_of(report).text == "Hold døra åpen."
    writer.post(f"{here}/remove", status=409)
    writer.submit(page, {"breaks_seal": "1"})
    assert one_of(report).text == "Steng døra."
