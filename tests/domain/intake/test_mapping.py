"""Corrections move what stands under a heading, and texts come out in the light markup."""

import pytest

from consult.domain.intake.assembly import assemble_answers, format_blocks
from consult.domain.intake.mapping import map_to_targets, reassign
from consult.domain.intake.types import (
    GENERAL,
    LEFT_OUT,
    BlockRole,
    Reason,
    RecognisedBlock,
    RecognisedDocument,
    Target,
    TargetKind,
)

HEADING, PARAGRAPH, BULLET = BlockRole.HEADING, BlockRole.PARAGRAPH, BlockRole.BULLET
TARGETS = (
    Target(TargetKind.QUESTION, "q1", "Hvordan bør tilbudet finansieres?", "", "1"),
    Target(TargetKind.QUESTION, "q2", "Hvem bør ha ansvaret for tilsyn?", "", "2"),
)


def document(*blocks):
    return RecognisedDocument("text/plain", tuple(RecognisedBlock(*block) for block in blocks))


LETTER = document(
    (BlockRole.LETTERHEAD, "Granli kommune"),
    (PARAGRAPH, "Vi takker for anledningen."),
    (HEADING, "Finansiering av tilbudet", 1, None, "1."),
    (PARAGRAPH, "Staten bør betale."),
    (HEADING, "Små kommuner", 2),
    (BULLET, "Grunnbeløp"),
    (HEADING, "Tilsyn", 1, None, "2."),
    (PARAGRAPH, "Fylket bør ha ansvaret."),
    (HEADING, "Helt andre ting", 1),
    (PARAGRAPH, "Været har vært fint."),
    (PARAGRAPH, "Vi håper dette er til nytte."),
    (BlockRole.CLOSING, "Hilsen"),
)


def test_every_block_has_one_place_and_a_reason():
    assignments = map_to_targets(LETTER, TARGETS)
    assert [one.block_index for one in assignments] == list(range(12))
    assert [one.target for one in assignments] == [
        LEFT_OUT, GENERAL, "q1", "q1", "q1", "q1", "q2", "q2", GENERAL, GENERAL, GENERAL, LEFT_OUT,
    ]  # fmt: skip
    assert [one.heading_index for one in assignments][2:8] == [None, 2, 2, 4, None, 6]
    assert assignments[10].reason is Reason.CLOSING_PARAGRAPH
    assert all(0 <= one.confidence <= 1 for one in assignments)


def test_moving_a_heading_moves_all_that_stands_under_it():
    moved = reassign(map_to_targets(LETTER, TARGETS), heading_index=2, target="q2")
    assert [one.block_index for one in moved if one.target == "q2"] == [2, 3, 4, 5, 6, 7]
    assert moved[5].reason is Reason.CORRECTED
    assert moved[5].confidence == 1.0


def test_moving_one_block_leaves_the_others():
    before = map_to_targets(LETTER, TARGETS)
    moved = reassign(before, block_index=9, target="q1")
    assert [index for index in range(12) if moved[index] != before[index]] == [9]


@pytest.mark.parametrize("wrong", [{}, {"block_index": 1, "heading_index": 2}, {"block_index": 99}])
def test_correction_needs_one_block_that_exists(wrong):
    with pytest.raises(ValueError, match="block"):
        reassign(map_to_targets(LETTER, TARGETS), target=GENERAL, **wrong)


def test_answers_keep_headings_that_named_nothing():
    answers = {one.target: one for one in assemble_answers(LETTER, map_to_targets(LETTER, TARGETS))}
    assert answers["q1"].source_heading == "1. Finansiering av tilbudet"
    assert answers["q1"].text == "Staten bør betale.\n\nSmå kommuner\n\n- Grunnbeløp"
    assert answers[GENERAL].source_heading is None
    assert answers[GENERAL].text.endswith("Været har vært fint.\n\nVi håper dette er til nytte.")


def test_bullets_are_indented_by_two_blanks_for_each_level():
    blocks = [
        RecognisedBlock(PARAGRAPH, "Vi mener:"),
        RecognisedBlock(BULLET, "én", 0),
        RecognisedBlock(BULLET, "under", 1),
        RecognisedBlock(BULLET, "dypt", 3),
        RecognisedBlock(BULLET, "to", 0, None, "b)"),
        RecognisedBlock(PARAGRAPH, "Slutt."),
    ]
    assert format_blocks(blocks) == ("Vi mener:\n\n- én\n  - under\n    - dypt\n- b) to\n\nSlutt.")


def test_number_alone_never_overrules_the_words():
    letter = document(
        (HEADING, "Bakgrunn og innledning", 1, None, "1."),
        (PARAGRAPH, "Kommunen har drøftet saken."),
        (HEADING, "Ansvaret for tilsynet", 1, None, "3."),
        (PARAGRAPH, "Fylket."),
    )
    assert [one.target for one in map_to_targets(letter, TARGETS)] == [GENERAL, GENERAL, "q2", "q2"]


def test_question_repeated_as_plain_text_is_a_heading():
    letter = document(
        (PARAGRAPH, "Hvordan bør tilbudet finansieres?"),
        (PARAGRAPH, "Over statsbudsjettet."),
        (PARAGRAPH, "Spørsmål 2: Hvem bør ha ansvaret for tilsyn?"),
        (PARAGRAPH, "Fylket."),
    )
    texts = {a.target: a.text for a in assemble_answers(letter, map_to_targets(letter, TARGETS))}
    assert texts == {"q1": "Over statsbudsjettet.", "q2": "Fylket."}


def test_without_targets_everything_is_general():
    assert {one.target for one in map_to_targets(LETTER, ())} == {GENERAL, LEFT_OUT}
