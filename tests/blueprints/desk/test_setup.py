"""Setting a round up at the desk."""

from datetime import timedelta

import pytest

from consult.db import session
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.types import ActorType, Role
from consult.domain.rounds.queries import get_round, list_questions, list_rounds, list_sections
from consult.domain.rounds.types import QuestionKind, RoundStatus, RoundType
from consult.kernel.clock import to_oslo, utc_now
from tests.domain.submissions.written import begin, send, write


def change(thing, **values):
    """Change a row as somebody else would have, before the browser looks."""
    for name, value in values.items():
        setattr(thing, name, value)
    session().flush()


def fresh(thing):
    """The row as it stands after the browser's last request."""
    session().refresh(thing)
    return thing


SETUP = "/desk/rounds/apen-dor/setup"


@pytest.fixture
def planned(make, owner):
    """A call for input that is being prepared."""
    return make.round(
        owner=owner,
        slug="apen-dor",
        status=RoundStatus.PLANNED,
        opens_at=utc_now() + timedelta(days=3),
        closes_at=utc_now() + timedelta(days=60),
    )


def test_a_round_from_nothing_to_announced(desk):
    page = desk.get("/desk/")
    assert page.h1 == "My desk"
    assert page.has_link("/desk/rounds/new")
    page = desk.submit(
        desk.get("/desk/rounds/new"),
        {"type": "input_round", "title": "Åpen dør", "languages": "en"},
    )
    assert page.h1 == "Set-up"
    assert page.url == SETUP
    page = desk.submit(
        desk.get(f"{SETUP}/texts"), {"title_en": "Open door", "introduction_en": "Why we ask."}
    )
    desk.submit(
        desk.get(f"{SETUP}/frame"), {"contact_name": "Kari", "contact_phone": "+47 00 00 00 00"}
    )
    page = desk.submit(desk.get(f"{SETUP}/add-question"), {"kind": "open"})
    assert page.h1 == "New question: Free text"
    page = desk.submit(page, {"text_en": "What do you think?"})
    assert "What do you think?" in page.words
    page = desk.get(f"{SETUP}/announce")
    assert "is missing" not in page.words
    page = desk.submit(page, action=f"{SETUP}/announce")
    assert "The round is announced. It opens on" in page.words
    assert get_round("apen-dor").status is RoundStatus.ANNOUNCED


def test_a_round_needs_a_kind_a_title_and_dates_in_order(desk):
    page = desk.submit(
        desk.get("/desk/rounds/new"), {"opens": "2026-10-31", "closes": "2026-10-01"}, status=422
    )
    for message in ("Choose the kind", "Write a title", "must come after the opening"):
        assert message in page.words
    assert not list_rounds()


def test_only_my_own_organisations_can_own_my_round(desk, make):
    make.organisation(slug="havnes")
    page = desk.get("/desk/rounds/new")
    values = {"type": "hearing", "title": "Vår", "owner": "havnes"}
    desk.submit(page, values, status=422)
    assert not list_rounds()


@pytest.mark.scenario(1)
def test_a_short_hearing_asks_for_a_reason_that_everybody_sees(desk, new_client, make, planned):
    change(planned, type=RoundType.HEARING)
    opens, closes = to_oslo(planned.opens_at).date(), planned.opens_at + timedelta(weeks=5)
    dates = {"opens": opens.isoformat(), "closes": to_oslo(closes).date().isoformat()}
    desk.submit(desk.get(f"{SETUP}/dates"), dates)
    page = desk.get(f"{SETUP}/announce")
    assert "1 thing is missing" in page.words
    assert "under six weeks" in page.words
    assert not page.tree.xpath("//button[contains(., 'Announce the round')]")
    page = desk.post(f"{SETUP}/announce", status=422)
    assert fresh(planned).status is RoundStatus.PLANNED
    desk.submit(desk.get(f"{SETUP}/dates"), {"short_deadline_reason": "The directive demands it."})
    desk.submit(desk.get(f"{SETUP}/announce"), action=f"{SETUP}/announce")
    assert fresh(planned).status is RoundStatus.ANNOUNCED
    assert "The directive demands it." in new_client().get("/rounds/apen-dor").words


@pytest.mark.scenario(3)
def test_a_short_call_for_input_is_just_not_a_formal_hearing(desk, new_client, planned):
    change(planned, closes_at=planned.opens_at + timedelta(weeks=5))
    page = desk.get(f"{SETUP}/announce")
    assert "six weeks" not in page.words
    desk.submit(page, action=f"{SETUP}/announce")
    page = new_client().get("/rounds/apen-dor")
    assert "Call for input" in page.words
    assert "Not a formal public consultation" in page.words


@pytest.mark.scenario(4)
@pytest.mark.parametrize(
    ("actor_type", "blocked"), [(ActorType.DIRECTORATE, True), (ActorType.MUNICIPALITY, False)]
)
def test_a_missing_nynorsk_text_is_linked_to(desk, make, owner, planned, actor_type, blocked):
    change(owner, actor_type=actor_type)
    make.question(planned, text={"nb": "Bare bokmål?", "en": "Only bokmål?"})
    page = desk.get(f"{SETUP}/announce")
    assert "Question q3: a text in Nynorsk is missing." in page.words
    assert page.has_link(f"{SETUP}/questions/q3")
    assert bool(page.tree.xpath("//button[contains(., 'Announce the round')]")) is not blocked


def test_texts_stand_side_by_side_and_hidden_languages_survive(desk, planned):
    change(planned, languages=["nb", "nn"])
    page = desk.get(f"{SETUP}/texts")
    assert page.find("//input[@id='title_nn']").get("lang") == "nn"
    assert not page.tree.xpath("//input[@id='title_en']")
    page = desk.submit(page, {"title_nb": "Nytt navn"})
    assert page.h1 == "Set-up"
    assert fresh(planned).title["nb"] == "Nytt navn"
    assert fresh(planned).title["en"].endswith("(en)")


def test_a_title_is_needed_in_some_language(desk, planned):
    page = desk.submit(
        desk.get(f"{SETUP}/texts"), {f"title_{code}": " " for code in planned.languages}, status=422
    )
    assert "Write this in at least one language." in page.words


def test_languages_can_only_be_added_once_announced(desk, planned):
    change(planned, status=RoundStatus.ANNOUNCED)
    page = desk.post(f"{SETUP}/frame", {"languages": "nb"}, status=422)
    assert "languages can only be added" in page.words


def test_an_imported_hour_survives_the_date_form(desk, planned):
    before = planned.closes_at
    desk.submit(desk.get(f"{SETUP}/dates"), {"short_deadline_reason": "x"})
    assert fresh(planned).closes_at == before


def test_sections_are_added_moved_and_removed(desk, planned):
    for title in ("First", "Second"):
        desk.submit(desk.get(f"{SETUP}/add-section"), {"title_en": title, "body_en": "Text."})
    page = desk.submit(desk.get(f"{SETUP}/sections"), action=f"{SETUP}/sections/1/move")
    session().expire_all()
    assert [section.title["en"] for section in list_sections(planned.id)] == ["Second", "First"]
    assert "Missing: Bokmål and Nynorsk" in page.words
    page = desk.get(f"{SETUP}/sections/2/remove")
    assert page.h1 == "Remove section 2?"
    page = desk.submit(page, action=f"{SETUP}/sections/2/remove")
    session().expire_all()
    assert [section.key for section in list_sections(planned.id)] == ["1"]
    page = desk.submit(desk.get(f"{SETUP}/sections/1"), {"title_nb": "Første"})
    session().expire_all()
    assert list_sections(planned.id)[0].title == {"nb": "Første", "en": "First"}


def test_proposals_are_numbered_in_their_section(desk, make, planned):
    make.section(planned)
    page = desk.submit(
        desk.get(f"{SETUP}/add-proposal"), {"title_en": "Open later", "section": "1"}
    )
    assert "1.1" in page.words
    page = desk.submit(desk.get(f"{SETUP}/proposals/1.1"), {"text_en": "At noon.", "section": ""})
    assert fresh(planned).proposals[0].text == {"en": "At noon."}
    assert fresh(planned).proposals[0].section is None


def test_a_proposal_that_is_asked_about_stays(desk, make, planned):
    proposal = make.proposal(planned)
    make.question(planned, kind=QuestionKind.STANCE, proposal=proposal)
    page = desk.post(f"{SETUP}/proposals/{proposal.key}/remove")
    assert "question q3 asks about it" in page.words


def test_a_choice_question_gets_rows_and_more_rows(desk, planned):
    page = desk.get(f"{SETUP}/add-question/single")
    page = desk.submit(page, {"text_en": "When?", "option_0_en": "Early"}, status=422)
    assert "Write at least two options." in page.words
    page = desk.submit(page, {"more_options": "1"})
    assert page.find("//input[@id='option_6_en']") is not None
    assert page.find("//input[@id='option_0_en']").get("value") == "Early"
    desk.submit(page, {"option_6_en": "Late"})
    session().expire_all()
    question = list_questions(planned.id)[-1]
    assert [(option.key, option.labels["en"]) for option in question.options] == [
        ("a1", "Early"),
        ("a2", "Late"),
    ]
    page = desk.get(f"{SETUP}/questions/{question.key}")
    desk.submit(page, {"option_0_en": "Very early"})
    session().expire_all()
    assert [option.key for option in list_questions(planned.id)[-1].options] == ["a1", "a2"]


def test_a_scale_says_what_its_ends_mean(desk, planned):
    page = desk.get(f"{SETUP}/add-question/scale")
    values = {"text_en": "How much?", "minimum": "1", "maximum": "30"}
    page = desk.submit(page, {**values, "low_en": "Little", "high_en": "Much"}, status=422)
    assert "at most 11 steps" in page.words
    desk.submit(page, {"maximum": "7"})
    scale = list_questions(planned.id)[-1].scale
    assert (scale.minimum, scale.maximum, scale.high) == (1, 7, {"en": "Much"})


def test_a_stance_needs_a_proposal(desk, make, planned):
    page = desk.get(f"{SETUP}/add-question/stance")
    assert "There is no proposal to take a stance on yet." in page.words
    make.proposal(planned, key="4.1")
    page = desk.submit(desk.get(f"{SETUP}/add-question/stance"), {"text_en": "Agree?"}, status=422)
    desk.submit(page, {"proposal": "4.1"})
    assert list_questions(planned.id)[-1].proposal.key == "4.1"


def test_an_open_round_warns_and_a_closed_one_stands_fast(desk, planned):
    change(planned, status=RoundStatus.OPEN)
    assert "Correct mistakes" in desk.get(f"{SETUP}/texts").words
    change(planned, status=RoundStatus.CLOSED)
    page = desk.get(f"{SETUP}/questions/q1")
    assert "stand as they were" in page.words
    assert not page.tree.xpath("//main//button[contains(., 'Save')]")
    desk.post(f"{SETUP}/questions/q1/remove", status=409)


def test_the_deadline_is_extended_with_a_reason_in_public(desk, new_client, planned):
    change(planned, status=RoundStatus.OPEN)
    later = to_oslo(planned.closes_at + timedelta(days=7)).date().isoformat()
    page = desk.get(f"{SETUP}/deadline")
    page = desk.submit(page, {"closes": "2020-01-01", "reason": "Holiday."}, status=422)
    assert "must be later than the present one" in page.words
    page = desk.submit(page, {"closes": later})
    assert "The deadline is now" in page.words
    assert "Holiday." in page.words
    assert "Holiday." in new_client().get("/rounds/apen-dor").words


def test_closing_and_cancelling_ask_why(desk, planned):
    change(planned, status=RoundStatus.OPEN)
    change(planned, opens_at=utc_now() - timedelta(days=1))
    desk.submit(desk.get(f"{SETUP}/close"), {"reason": " "}, status=422)
    page = desk.submit(desk.get(f"{SETUP}/close"), {"reason": "The case is withdrawn."})
    assert "The case is withdrawn." in page.words
    assert fresh(planned).status is RoundStatus.CLOSED
    page = desk.submit(page, action="/desk/rounds/apen-dor/step")
    assert fresh(planned).status is RoundStatus.ANALYSIS


def test_a_planned_round_can_be_cancelled(desk, planned):
    page = desk.submit(desk.get(f"{SETUP}/cancel"), {"reason": "No longer needed."})
    assert "No longer needed." in page.words
    assert fresh(planned).status is RoundStatus.CANCELLED


PAGES = [
    "setup", "setup/texts", "setup/frame", "setup/dates", "setup/sections", "setup/add-section",
    "setup/sections/1", "setup/proposals", "setup/add-proposal", "setup/proposals/4.1",
    "setup/questions", "setup/add-question", "setup/add-question/open", "setup/questions/q1",
    "setup/announce", "setup/questions/q1/remove", "setup/proposals/4.1/remove",
    "setup/deadline", "setup/close", "setup/cancel", "setup/invitations",
    "setup/invitations/add", "setup/invitations/import",
]  # fmt: skip
ACTIONS = [
    "setup/sections/1/move", "setup/questions/q1/remove", "setup/announce", "setup/close",
    "setup/cancel", "setup/invitations/send", "setup/invitations/remind",
    "setup/invitations/import/confirm", "setup/invitations/add/solvik", "step",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
def test_every_page_is_sound_for_the_coordinator(desk, make, planned, path, locale):
    make.section(planned)
    make.proposal(planned)
    desk.headers["Accept-Language"] = locale
    desk.get(f"/desk/rounds/apen-dor/{path}")


@pytest.mark.parametrize("path", PAGES)
def test_nobody_else_gets_in(new_client, make, owner, planned, path):
    make.section(planned)
    make.proposal(planned)
    for role in (Role.CASE_OFFICER, Role.READER, Role.DRAFTER):
        browser = new_client().sign_in(make.member(owner, role))
        browser.get(f"/desk/rounds/apen-dor/{path}", status=404)
    stranger = new_client().sign_in(make.member(make.organisation(), Role.COORDINATOR))
    stranger.get(f"/desk/rounds/apen-dor/{path}", status=404)
    assert new_client().get(f"/desk/rounds/apen-dor/{path}").h1 == "Sign in"


@pytest.mark.parametrize("path", ACTIONS)
def test_nobody_else_changes_anything(new_client, make, owner, planned, path):
    make.section(planned)
    for person in (
        make.member(owner, Role.CASE_OFFICER),
        make.member(make.organisation(), Role.COORDINATOR),
    ):
        new_client().sign_in(person).post(f"/desk/rounds/apen-dor/{path}", status=404)
    assert fresh(planned).status is RoundStatus.PLANNED
    assert len(list_questions(planned.id)) == 2


def test_readers_make_no_rounds(new_client, make, owner):
    browser = new_client().sign_in(make.member(owner, Role.READER))
    assert not browser.get("/desk/").has_link("/desk/rounds/new")
    browser.get("/desk/rounds/new", status=404)


def test_two_coordinators_see_both_texts(desk, planned):
    first, second = desk.get(f"{SETUP}/texts"), desk.get(f"{SETUP}/texts")
    desk.submit(first, {"title_en": "Open door", "introduction_en": "Mine."})
    page = desk.submit(second, {"title_en": "Open window", "introduction_en": "Mine."}, status=409)
    assert theirs(page) == ["Open door"]
    assert "Saved by Person " in page.words
    assert fresh(planned).title["en"] == "Open door"
    desk.submit(page)
    assert fresh(planned).title["en"] == "Open window"


def theirs(page) -> list[str]:
    """What somebody else has saved, as the page shows it beside one's own."""
    assert "nothing is lost" in page.words
    return [p.text for p in page.tree.xpath("//div[@class='theirs']/p[@class='theirs__text']")]


def test_two_at_one_proposal_take_over_from_one_another(desk, planned, make):
    make.section(planned, key="9")
    proposal = make.proposal(planned, key="9.1")
    here = f"{SETUP}/proposals/9.1"
    first, second = desk.get(here), desk.get(here)
    desk.submit(first, {"title_en": "Theirs", "text_en": "Their text.", "section": "9"})
    page = desk.submit(second, {"title_en": "Mine", "text_en": "My text."}, status=409)
    assert theirs(page)[1:] == ["Theirs", "Their text."]
    assert theirs(page)[0].startswith("9 ")
    desk.submit(page, {"take": ["text_en", "section"]})
    fresh(proposal)
    assert (proposal.title["en"], proposal.text["en"]) == ("Mine", "Their text.")
    assert proposal.section.key == "9"


def test_two_at_one_section_and_the_same_words_are_no_conflict(desk, planned, make):
    section = make.section(planned, key="9")
    here = f"{SETUP}/sections/9"
    first, second, third = desk.get(here), desk.get(here), desk.get(here)
    desk.submit(first, {"title_en": "The same"})
    desk.submit(second, {"title_en": "The same"})
    page = desk.submit(third, {"title_en": "", "body_en": "Mine."}, status=409)
    assert theirs(page) == ["The same"]
    desk.submit(page, {"take": "title_en"})
    fresh(section)
    assert (section.title["en"], section.body["en"]) == ("The same", "Mine.")


def test_an_option_that_somebody_adds_meanwhile_is_kept_beside_ones_own(desk, planned, make):
    options = [{"key": "a1", "labels": {"en": "Yes"}}, {"key": "a2", "labels": {"en": "No"}}]
    question = make.question(planned, key="q9", kind=QuestionKind.SINGLE, option_data=options)
    here = f"{SETUP}/questions/q9"
    first, second = desk.get(here), desk.get(here)
    desk.submit(first, {"option_0_en": "", "option_2_en": "Theirs", "is_required": "y"})
    page = desk.submit(second, {"option_1_en": "Nope", "option_2_en": "Mine"}, status=409)
    assert "They have emptied this field" in page.words  # Yes, which is still here
    assert theirs(page) == ["Yes"]  # that it must be answered
    desk.submit(page, {"take": "is_required"})
    found = {option.labels["en"]: option.key for option in fresh(question).options}
    assert found == {"Yes": "a1", "Nope": "a2", "Mine": "a4", "Theirs": "a3"}
    assert question.is_required


@pytest.mark.scenario(74)
def test_a_correction_shows_how_many_answered_which_words(desk, make, owner):
    round_ = make.round(owner=owner, slug="apen-dor", questions=1)
    send(write(begin(round_), "Ja"))
    page = desk.get(f"{SETUP}/questions/q1")
    assert "those who have answered or begun to get a mail" in page.words
    desk.submit(page, {"text_en": "How often?"})
    page = desk.get(f"{SETUP}/questions/q1")
    assert "0 answers were written to the present words." in page.words
    assert "Question 1? (en) · 1 answer" in page.words
    page = desk.get("/desk/rounds/apen-dor/questions/q1/wordings/1")
    assert "1. Brukerutvalget i Solvik Ja" in page.words
    assert "Question 1? (en)" in page.words
    page = desk.get("/desk/rounds/apen-dor/questions/q1/wordings/2")
    assert "Nobody has answered these words" in page.words
    desk.get("/desk/rounds/apen-dor/questions/q1/wordings/3", status=404)
    page = desk.get("/desk/rounds/apen-dor/answers/1")
    assert "Written before the question was corrected. It said: «Question 1? (en)»" in page.words


def test_words_of_ones_own_stand_in_the_mails(desk, make, owner):
    round_ = make.round(owner=owner, slug="apen-dor", questions=1)
    assert desk.get(SETUP).has_link(f"{SETUP}/mails")
    desk.submit(desk.get(f"{SETUP}/mails"), {"receipt_nb": "Vi leser **alt**."})
    send(write(begin(fresh(round_), contact_email="kari@x.example"), "Ja"))
    receipt = next(one for one in list_messages() if one.kind == "receipt")
    assert "Vi leser **alt**." in receipt.body_text
    assert "Vi leser <strong>alt</strong>." in receipt.body_html
    desk.submit(desk.get(f"{SETUP}/mails"), {"receipt_nb": ""})
    assert fresh(round_).mail_texts == {}


def test_a_question_that_is_not_for_publication(desk, planned):
    desk.submit(desk.get(f"{SETUP}/questions/q1"), {"is_private": "y"})
    assert "Not for publication" in desk.get(f"{SETUP}/questions").words
    assert fresh(planned.questions[0]).is_private


def test_answers_are_withheld_when_the_round_is_over(desk, planned):
    change(planned, status=RoundStatus.CLOSED)
    asked, action = planned.questions[0], f"{SETUP}/questions/q1/withholding"
    page = desk.submit(desk.get(f"{SETUP}/questions/q1"), action=action)
    assert "no answer to this question is published" in page.words
    assert fresh(asked).keeps_private(1)
    desk.submit(page, action=action)
    assert not fresh(asked).keeps_private(1)
