"""Cutting the paper into cards."""

from consult.domain.organisations.types import ActorGroup
from consult.domain.rounds.cards import POINT_WORDS, cards_of, deck_at
from consult.domain.rounds.models import Proposal, Question, Section
from consult.kernel.text.markdown import cut_markdown, find_words, plain_blocks

LONG = " ".join(["ord"] * 60)
BODY = f"Åpning.\n\n## Om døra\n\nFørst {LONG}.\n\nSiden {LONG}.\n\n- én\n- to\n"


def _section(id_: int, key: str, *, body: str = BODY, plain: str = "") -> Section:
    return Section(
        id=id_, key=key, title={"nb": f"Del {key}"}, body={"nb": body}, plain={"nb": plain}
    )


def _question(key: str, **values) -> Question:
    defaults = {"text": {"nb": f"Hva med {key}?"}, "help": {}, "audience": []}
    return Question(key=key, **defaults | values)


def _keys(cards) -> list[str]:
    return [card.key for card in cards]


def test_a_text_is_cut_between_blocks_and_a_heading_stays_with_what_follows():
    pieces = cut_markdown(BODY, words=POINT_WORDS)
    assert [piece.split()[0] for piece in pieces] == ["Åpning.", "##", "Siden"]
    assert pieces[-1].endswith("- én\n- to")
    assert plain_blocks("\n\n".join(pieces)) == plain_blocks(BODY), "nothing is lost"
    assert cut_markdown("", words=5) == []


def test_a_section_becomes_points_that_a_comment_can_quote():
    cards = cards_of([_section(1, "1")], [], [], locale="nb")
    assert _keys(cards) == ["s-1", "s-1-2", "s-1-3"]
    assert all(find_words(card.quote, plain_blocks(BODY)) for card in cards)
    (short,) = cards_of([_section(1, "1", body="Kort.")], [], [], locale="nb")
    assert short.quote is None, "a comment is then on all of it"


def test_a_section_in_plain_words_is_one_card_with_the_full_text_behind():
    (card,) = cards_of([_section(1, "1", plain="Døra åpnes.")], [], [], locale="nb")
    assert (card.text, card.full) == ("Døra åpnes.", BODY)


def test_what_is_proposed_and_asked_stands_at_its_section_and_mine_comes_first():
    sections = [_section(1, "1", body="A."), _section(2, "2", body="B.")]
    proposals = [
        Proposal(id=7, key="2.1", section_id=2, title={"nb": "Åpne"}, text={"nb": "Vi åpner."}),
        Proposal(id=8, key="9", section_id=None, title={"nb": "Løst"}, text={"nb": "Noe."}),
    ]
    questions = [
        _question("q1", section_id=1),
        _question("q2", section_id=2, proposal_id=7, audience=[ActorGroup.USERS.value]),
        _question("q3", section_id=None),
    ]
    paper = (sections, proposals, questions)
    assert _keys(cards_of(*paper, locale="nb")) == ["s-1", "q-q1", "s-2", "p-2.1", "p-9", "q-q3"]
    mine = cards_of(*paper, locale="nb", group=ActorGroup.USERS)
    assert _keys(mine)[0] == "p-2.1"
    assert mine[0].is_for_you
    assert mine[0].question is questions[1]


def test_the_way_through_the_cards():
    cards = cards_of([_section(1, "1")], [], [], locale="nb")
    assert deck_at(cards).card is cards[0]
    assert deck_at(cards, at="gone").card is cards[0]
    assert deck_at(cards, after="s-1").card is cards[1]
    assert deck_at(cards, before="s-1").card is cards[0]
    end = deck_at(cards, after="s-1-3")
    assert end.card is None
    assert end.before is cards[2]
    assert deck_at([]).card is None
    assert deck_at(cards).minutes_left == 1
