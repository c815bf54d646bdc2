"""Coding with scripts off: every step is a link or a form."""

import pytest

from consult.domain.coding.service.coding import apply_theme
from consult.domain.coding.service.dividing import add_passage
from consult.domain.coding.types import PassageKind
from consult.domain.organisations.types import Role
from consult.domain.submissions.types import AnswerContent, Stance
from tests.support.coded import TWO_PARAGRAPHS, passages_of, receive, theme
from tests.support.queries import count_queries


@pytest.fixture
def round_(make):
    return make.round()


@pytest.fixture
def officer(make, round_):
    return make.member(round_.owner, Role.CASE_OFFICER, name="Kari Nes")


@pytest.fixture
def desk(client, officer):
    return client.sign_in(officer)


def url(round_, rest: str = "coding") -> str:
    return f"/desk/rounds/{round_.slug}/{rest}"


def at(round_, passage) -> str:
    return url(round_, f"coding?passage={passage.public_id}")


def current(page) -> str:
    return (
        page.find("//*[@data-passage][@aria-current]/p[@class='passage__text']")
        .text_content()
        .strip()
    )


def applied(page) -> list[str]:
    return page.tree.xpath("//ul[starts-with(@id, 'applied-')]/li/span[1]/text()")


def message(page) -> str:
    return " ".join(page.find("//*[@id='flashes']").text_content().split())


def test_an_empty_round_says_what_will_come(desk, round_):
    page = desk.get(url(round_))
    assert page.h1 == "Coding"
    assert "There is nothing to code yet" in page.words


def test_coding_opens_at_the_first_passage_without_a_theme(desk, make, round_, officer):
    first, second = passages_of(receive(round_, TWO_PARAGRAPHS))
    apply_theme(first, theme(round_, "Tilgjengelighet"), by=make.actor(officer))
    page = desk.get(url(round_))
    assert page.url == at(round_, second)
    assert current(page) == second.quote
    assert "Passage 2 of 2" in page.words
    assert "1 of 2 passages coded" in page.words


def test_a_page_of_answers_beyond_the_last_shows_the_last(desk, round_):
    first, _second = passages_of(receive(round_, TWO_PARAGRAPHS))
    page = desk.get(f"{at(round_, first)}&page=99")
    assert "Solvik kommune" in page.find("//ul[@class='work-list']").text_content()
    assert "0 of 2 passages coded" in page.words


def test_themes_go_on_and_off_and_steps_are_undone(desk, round_):
    theme(round_, "Tilgjengelighet")
    theme(round_, "Tid")
    first, _second = passages_of(receive(round_, TWO_PARAGRAPHS))
    themes = url(round_, f"passages/{first.public_id}/themes")
    page = desk.submit(desk.get(at(round_, first)), {"theme": "tid"}, action=themes)
    assert page.url == at(round_, first)
    assert message(page) == "Tid is on the passage. Saved."
    page = desk.post(themes, {"theme": "tilgjengelighet"})
    assert applied(page) == ["Tid", "Tilgjengelighet"]
    assert "Kari Nes" in page.words
    assert message(desk.post(themes, {"theme": "tid"})) == "Tid is on the passage already."
    page = desk.submit(page, action=f"{themes}/tid/remove")
    assert applied(page) == ["Tilgjengelighet"]
    undo = url(round_, f"passages/{first.public_id}/undo")
    page = desk.submit(page, action=undo)
    assert message(page) == "Undone: Tid is on again."
    desk.submit(page, action=undo)
    page = desk.submit(page, action=undo)
    assert applied(page) == []
    page = desk.submit(page, action=undo)
    assert message(page) == "There is nothing of yours to undo in this round."


def test_the_way_from_passage_to_passage_crosses_answers(desk, make, round_, officer):
    one = passages_of(receive(round_, TWO_PARAGRAPHS))
    two = passages_of(receive(round_, "Bare ett."))
    reader = make.actor(officer)
    tid = theme(round_, "Tid")

    def follow(page, text: str):
        href = next(a.get("href") for a in page.tree.iter("a") if text in a.text_content().split())
        return desk.get(href)

    page = desk.get(at(round_, one[0]))
    page = follow(page, "Next")
    assert current(page) == one[1].quote
    page = follow(page, "Next")
    assert current(page) == two[0].quote
    page = follow(page, "Next")
    assert message(page) == "This is the last passage."
    page = follow(page, "Previous")
    assert current(page) == one[1].quote
    apply_theme(one[1], tid, by=reader)
    uncoded = url(round_, f"passages/{two[0].public_id}/uncoded")
    assert current(desk.get(uncoded)) == one[0].quote
    for passage in (one[0], two[0]):
        apply_theme(passage, tid, by=reader)
    page = desk.get(uncoded)
    assert message(page) == "Every passage has a theme."
    assert current(desk.get(url(round_, "coding/answers/2"))) == two[0].quote
    desk.get(url(round_, "coding/answers/99"), status=404)


def test_a_part_is_chosen_by_sentences_and_overlaps_are_shown(desk, make, round_, officer):
    text = "Én. To. Tre. Fire."
    (whole,) = passages_of(receive(round_, text))
    page = desk.get(at(round_, whole) + "&part=1")
    parts = url(round_, f"passages/{whole.public_id}/parts")
    page = desk.submit(page, {"first": "3", "last": "2"}, action=parts)
    assert current(page) == "To. Tre."
    assert desk.submit(desk.get(at(round_, whole) + "&part=1"), {"first": "1", "last": "2"},
                       action=parts).url != page.url  # fmt: skip
    page = desk.get(at(round_, whole))
    assert current(page) == text
    marks = page.tree.xpath("//mark")
    assert [(mark.text, mark.get("data-depth")) for mark in marks[:3]] == [
        ("Én. ", "1"),
        ("To.", "2"),
        (" Tre.", "1"),
    ]
    again = desk.submit(
        desk.get(at(round_, whole) + "&part=1"), {"first": "2", "last": "3"}, action=parts
    )
    assert message(again) == "This part is a passage already."
    wrong = desk.post(parts, {"first": "1", "last": "9"}, status=422)
    assert wrong.h1 == "Coding"


def test_a_passage_is_joined_with_the_one_that_follows(desk, make, round_, officer):
    first, second = passages_of(receive(round_, "Én. To.\n\nTre. Fire."))
    page = desk.get(at(round_, first) + "&part=1")
    assert "The passage that follows." in page.words
    parts = url(round_, f"passages/{first.public_id}/parts")
    page = desk.submit(page, {"first": "2", "last": "3"}, action=parts)
    assert current(page) == "To.\n\nTre."
    assert [mark.text for mark in page.tree.xpath("//mark")] == ["To.", "Tre."]
    assert "The passage that follows." not in desk.get(at(round_, second) + "&part=1").words


@pytest.mark.parametrize(
    "text",
    [
        "Blåbærsyltetøy på Ærøy.",
        "Čájet midjiide ođđa čovdosiid: ŋuolla, šaddu, ŧ, ž.",
        "Kombinert e\u0301 og 👩‍👩‍👧 og 🇳🇴.",
        'a < b & c > d "sitat" <script>alert(1)</script>',
        "To linjer\n  som hører sammen",
    ],
)
def test_what_is_shown_is_what_is_anchored(desk, make, round_, officer, text):
    submission = receive(round_, text)
    (whole,) = passages_of(submission)
    add_passage(whole.version, start=whole.start + 2, end=whole.end - 2, by=make.actor(officer))
    add_passage(whole.version, start=whole.start + 1, end=whole.end - 3, by=make.actor(officer))
    page = desk.get(at(round_, whole))
    shown = page.find("//*[@data-passage][@aria-current]/p[@class='passage__text']").text_content()
    assert shown == whole.quote == whole.version.text[whole.start : whole.end]
    for part in passages_of(submission):
        if part.kind is PassageKind.CHOSEN:
            box = page.find(f"//*[@id='passage-{part.public_id}']/p[@class='passage__text']")
            assert box.text_content() == part.quote


def test_a_note_is_kept(desk, round_):
    (passage,) = passages_of(receive(round_, "Åpne dører."))
    memo = url(round_, f"passages/{passage.public_id}/memo")
    page = desk.submit(desk.get(at(round_, passage)), {"memo": "Godt sitat"}, action=memo)
    assert message(page) == "The note is saved."
    assert page.find("//textarea").text.strip() == "Godt sitat"
    page = desk.submit(page, {"memo": "x" * 4001}, action=memo, status=422)
    assert "4000" in page.words


def test_a_stance_is_coded_on_the_proposal_that_the_answer_is_about(desk, make, round_):
    make.proposal(round_, key="4.1")
    about = make.proposal(round_, key="4.2")
    submission = receive(
        round_,
        answers=(AnswerContent(proposal_id=about.id, text="Ja, men.", stance=Stance.SUPPORT),),
    )
    (passage,) = passages_of(submission)
    page = desk.get(at(round_, passage))
    assert "The sender ticked: Supports" in page.words
    stance = url(round_, f"passages/{passage.public_id}/stance")
    assert page.form(stance).fields["proposal"] == "4.2"
    page = desk.submit(page, {"value": ""}, action=stance, status=422)
    assert "Choose a stance" in page.words
    page = desk.submit(page, {"value": "support_partly", "modifiers": "condition"}, action=stance)
    assert message(page) == "The stance on proposal 4.2 is saved."
    assert "Proposal 4.2: Supports partly, on a condition" in page.words
    page = desk.submit(page, action=f"{stance}/4.2/remove")
    assert "Supports partly, on a condition" not in page.words
    desk.post(f"{stance}/9.9/remove", status=404)


def test_passages_of_another_round_or_nowhere_are_not_found(desk, make, round_):
    other = make.round(owner=round_.owner)
    (passage,) = passages_of(receive(other, "Åpne dører."))
    desk.get(at(round_, passage), status=404)
    desk.get(url(round_, "coding?passage=zzzzzzzzzzzz"), status=404)
    desk.post(url(other, f"passages/{passage.public_id}/themes"), {"theme": "x"}, status=404)


@pytest.mark.parametrize("who", ["reader", "drafter", "other_owner", "admin", "visitor"])
def test_who_may_not_code(make, new_client, round_, who):
    theme(round_, "Tid")
    (passage,) = passages_of(receive(round_, "Åpne dører."))
    person = {
        "reader": lambda: make.member(round_.owner, Role.READER),
        "drafter": lambda: make.member(round_.owner, Role.DRAFTER),
        "other_owner": lambda: make.member(make.organisation(), Role.COORDINATOR),
        "admin": lambda: make.person(is_admin=True),
        "visitor": lambda: None,
    }[who]()
    client = new_client()
    if person:
        client.sign_in(person)
    for rest in ("themes", "themes/tid/remove", "undo", "memo", "stance", "parts"):
        path = url(round_, f"passages/{passage.public_id}/{rest}")
        client.post(path, {"theme": "tid", "memo": "x"}, status=404)
    assert passage.codings == []
    seen = client.raw(at(round_, passage))
    assert seen.status_code == {"reader": 200, "visitor": 302}.get(who, 404)
    if who == "reader":
        page = client.get(at(round_, passage))
        assert not [form for form in page.tree.forms if "/passages/" in form.get("action")]
        assert current(page) == "Åpne dører."


def test_the_number_of_queries_does_not_grow(desk, make, round_, officer):
    themes = [theme(round_, name) for name in "ABC"]
    proposal = make.proposal(round_)
    reader = make.actor(officer)

    def fill(answers: int) -> None:
        for index in range(answers):
            about = AnswerContent(proposal_id=proposal.id, text="Ja.", stance=Stance.SUPPORT)
            texts = ["\n\n".join(["Avsnitt. To."] * 2)] * 2
            submission = receive(round_, *texts, name=f"K{index}", answers=(about,))
            for place, passage in enumerate(passages_of(submission)):
                apply_theme(passage, themes[place % 3], by=reader)

    def queries() -> int:
        page = desk.get(url(round_, "coding/answers/1"))
        with count_queries() as found:
            desk.raw(page.url)
        return found.number

    fill(2)  # 10 passages
    few = queries()
    fill(10)  # 60 passages
    assert queries() == few


def test_a_very_long_answer_is_shown_in_part(desk, round_):
    submission = receive(round_, "\n\n".join(f"Avsnitt {n}." for n in range(200)))
    passages = passages_of(submission)
    page = desk.get(at(round_, passages[100]))
    assert len(page.tree.xpath("//*[@data-passage]")) == 81
    assert "Earlier passages of this answer are left out here." in page.words
    assert "Later passages of this answer are left out here." in page.words


def test_a_note_holds_no_identity_number(desk, round_):
    (passage,) = passages_of(receive(round_, "Døra må være åpen."))
    page, memo = desk.get(at(round_, passage)), url(round_, f"passages/{passage.public_id}/memo")
    refused = desk.submit(page, {"memo": "Fra 15108695088"}, action=memo, status=422)
    assert "identity number (11 digits) in this field" in refused.words
    assert passage.memo == ""
