"""Where a group stands, and which questions its text hands back."""

import pytest

from consult.domain.programmes.rules import (
    difference_of_questions,
    digest_of_findings,
    find_state,
    questions_in,
)
from consult.domain.programmes.types import GroupState, Input, Piece, PieceKind, SentUp, Verdict
from consult.kernel.text.rich.markdown import from_markdown


@pytest.mark.parametrize(
    ("sent", "verdict", "declined", "withdrawn", "state"),
    [
        (False, None, False, False, GroupState.WORKING),
        (False, None, True, False, GroupState.DECLINED),
        (True, None, True, False, GroupState.SENT),
        (True, Verdict.ACCEPTED, False, False, GroupState.ACCEPTED),
        (True, Verdict.SUPPLEMENT, False, False, GroupState.SUPPLEMENT_ASKED),
        (True, Verdict.ACCEPTED, False, True, GroupState.WITHDRAWN),
    ],
)
def test_where_a_group_stands(sent, verdict, declined, withdrawn, state):
    found = find_state(is_sent=sent, verdict=verdict, is_declined=declined, is_withdrawn=withdrawn)
    assert found is state


def test_each_item_of_a_list_is_a_question_and_else_each_paragraph_that_asks():
    listed = from_markdown("We wonder:\n\n- Who pays?\n- And the hours")
    assert list(questions_in(listed)) == ["Who pays?", "And the hours"]
    assert list(questions_in(from_markdown("We wonder.\n\nWho pays?"))) == ["Who pays?"]


def test_a_new_version_asks_new_questions_and_drops_others():
    new, gone = difference_of_questions(["Who?", "When?"], ["When?", "Where?", "Where?"])
    assert (new, gone) == (("Where?",), ("Who?",))


def test_findings_are_named_whatever_their_order():
    assert digest_of_findings(["a", "b"]) == digest_of_findings(["b", "a"])
    assert digest_of_findings(["a"]) != digest_of_findings(["a", "b"])


def test_what_is_sent_is_read_as_it_was_stored():
    piece = Piece(
        PieceKind.PROPOSAL, "r1", "Hours", "Until six.",
        (Input(1, "Vik", "Late.", "nb"), Input(1, "Vik", "Later.", "nb", is_contrary=True)), 2,
    )  # fmt: skip
    sent = SentUp("Title", "nb", (piece,), ("Who?",), 7)
    assert SentUp.from_json(sent.to_json()) == sent
    assert piece.total == 3, "two passages of one answer are one input"
