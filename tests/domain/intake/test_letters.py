"""Every invented letter, in every format, is read as what it is."""

import pytest

from consult.domain.intake.assembly import assemble_answers
from consult.domain.intake.mapping import map_to_targets
from consult.domain.intake.types import GENERAL, BlockRole
from tests.domain.intake.letters import WRITERS
from tests.domain.intake.samples import LETTERS, PROPOSALS, QUESTIONS

CASES = [
    pytest.param(letter, form, id=f"{letter.name} as {form}")
    for letter in LETTERS
    for form in WRITERS
]


@pytest.mark.parametrize(("letter", "form"), CASES)
def test_letter_states_what_it_states(letter, form, read):
    document = read(letter, form)
    for name in ("sender", "recipient", "document_date", "our_ref", "their_ref", "language"):
        if name in letter.expected:
            assert getattr(document, name) == letter.expected[name], name


@pytest.mark.parametrize(("letter", "form"), CASES)
def test_people_are_found_with_their_titles(letter, form, read):
    people = [(person.name, person.title) for person in read(letter, form).signatories]
    assert people == letter.expected.get("signatories", [])


@pytest.mark.parametrize(("letter", "form"), CASES)
def test_answers_stand_under_what_they_answer(letter, form, read):
    document = read(letter, form)
    expected = letter.expected["answers"]
    targets = PROPOSALS if "p1" in expected else QUESTIONS
    answers = {
        answer.target: answer.text
        for answer in assemble_answers(document, map_to_targets(document, targets))
    }
    assert set(answers) - {GENERAL} == set(expected)
    for key, texts in (*expected.items(), (GENERAL, letter.expected.get("general", []))):
        for text in texts:
            assert text in answers[key]
    everything = "\n".join(answers.values())
    for name, _ in letter.expected.get("signatories", []):
        assert name not in everything


@pytest.mark.parametrize(("letter", "form"), CASES)
def test_nothing_of_the_text_is_lost(letter, form, read):
    document = read(letter, form)
    joined = " ".join(" ".join(f"{b.number or ''} {b.text}" for b in document.blocks).split())
    for part in letter.parts:
        if part.kind in ("paragraph", "bullet"):
            assert part.text in joined
    roles = {block.role for block in document.blocks}
    assert BlockRole.PARAGRAPH in roles
