"""The paper as short cards: read one point, say something, go on; without scripts."""

import pytest

from consult.domain.rounds.types import QuestionKind
from consult.domain.submissions.companions import list_comments
from consult.domain.submissions.queries import list_draft_answers
from consult.domain.submissions.types import Stance
from tests.blueprints.respond.answering import Answering
from tests.support.factories import in_languages


@pytest.fixture
def round_(make):
    round_ = make.round(questions=0)
    section = make.section(round_, plain=in_languages("The door opens."))
    proposal = make.proposal(round_, section=section)
    make.question(round_, kind=QuestionKind.STANCE, proposal=proposal, section=section)
    make.question(round_)
    return round_


def test_reading_needs_no_draft_and_ends_with_a_way_to_answer(client, round_):
    page = client.get(f"/rounds/{round_.slug}/paper")
    assert page.has_link(f"/rounds/{round_.slug}/cards")
    page = client.get(f"/rounds/{round_.slug}/cards")
    assert page.h1 == "1 Section 1 (en)"
    assert "Card 1 of 3" in page.words
    assert "The door opens. (en)" in page.words
    for key in ("s-1", "p-4.1", "q-q2"):
        page = client.get(f"/rounds/{round_.slug}/cards?after={key}")
    assert page.h1 == "You have read the whole paper"
    assert page.has_link(f"/answer/{round_.slug}")


def test_a_stance_and_a_comment_are_given_on_the_card(client, make, round_):
    first = client.raw(f"/answer/{round_.slug}/card?card=p-4.1")
    assert first.headers["Location"] == f"/answer/{round_.slug}"
    page = client.get(f"/answer/{round_.slug}/as?sender=person")
    page = client.submit(page)
    answering = Answering(client, make)
    answering.draft_id = page.url.split("/")[3]
    assert page.url == answering.path("/cards?at=p-4.1"), "the card waited for the draft"
    assert page.h1 == "4.1 Proposal 1 (en)"
    page = client.submit(page, {"stance": "support", "step": "back"})
    assert page.h1 == "1 Section 1 (en)"
    page = client.submit(page, {"text": "Åpne den.", "step": "next"})
    assert page.h1 == "4.1 Proposal 1 (en)"
    page = client.submit(page, {"step": "next"})
    page = client.submit(page, {"text": "Ja.", "step": "next"})
    assert page.h1 == "You have read the whole paper"
    draft = answering.draft
    stance, text = (list_draft_answers(draft.id)[one.id] for one in round_.questions)
    assert (stance.written.stance, text.written.text) == (Stance.SUPPORT, "Ja.")
    assert [one.text for one in list_comments(draft.id)] == ["Åpne den."]
    assert "Your comment, not sent yet: Åpne den." in client.get(answering.path("/cards")).words


def test_a_card_with_nothing_to_say_is_passed_and_care_keeps_the_place(client, make, round_):
    answering = Answering(client, make)
    answering.begin(round_)
    page = client.submit(client.get(answering.path("/cards")), {"text": " ", "step": "next"})
    assert page.h1 == "4.1 Proposal 1 (en)"
    page = client.submit(page, {"text": "Ring 41 23 45 67.", "step": "next"})
    assert "Do you want others to read this?" in page.words
    page = client.submit(page, {"step": "next"})
    assert page.url.startswith(answering.path("/cards?after=p-4.1"))


@pytest.mark.parametrize("locale", ["nb", "nn"])
def test_the_cards_in_norwegian(client, make, round_, locale):
    client.headers = {"Accept-Language": locale}
    assert client.get(f"/rounds/{round_.slug}/cards").tree.get("lang") == locale
