"""Versions: what is sealed, and that it comes back as it was."""

from datetime import date

from consult.domain.accounts.types import SYSTEM
from consult.domain.composing.frozen import digest_of, read_text, unfreeze
from consult.domain.composing.queries import get_part
from consult.domain.composing.service.freezing import current_digest, freeze
from consult.domain.submissions.types import Stance, StanceModifier
from tests.support.letters import body_of, letter_of


def test_a_version_gives_back_what_was_frozen(make):
    letter = letter_of(make, make.organisation(name="Forbundet"))
    letter.document_date = date(2026, 10, 1)
    part = get_part(letter, "q-q1")
    part.stance, part.modifiers = Stance.SUPPORT_PARTLY, [StanceModifier.CONDITION]
    text = read_text(letter)
    version = freeze(letter, "Til styret", by=SYSTEM)
    assert unfreeze(version.content) == text
    assert (text.head.sender, text.parts[1].title) == ("Forbundet", "Question 1?")
    assert version.digest == digest_of(text) == current_digest(letter)


def test_versions_count_from_one_within_their_document(make):
    letter, other = (letter_of(make, make.organisation()) for _ in range(2))
    assert [freeze(letter, "a", by=SYSTEM).number, freeze(letter, "b", by=SYSTEM).number] == [1, 2]
    assert freeze(other, "a", by=SYSTEM).number == 1


def test_every_word_and_stance_and_the_head_are_sealed(make):
    letter = letter_of(make, make.organisation())
    part = get_part(letter, "q-q1")
    seen = {current_digest(letter)}
    changes = (
        lambda: setattr(part, "body", body_of("Kontoret må vere ope.")),
        lambda: setattr(part, "stance", Stance.OPPOSE),
        lambda: setattr(part, "modifiers", [StanceModifier.TOO_EARLY]),
        lambda: setattr(part, "no_comments", True),
        lambda: setattr(part, "heading", "Åpningstider"),
        lambda: setattr(part, "position", -1),
        lambda: setattr(letter, "recipient", "Et annet departement"),
        lambda: setattr(letter, "document_date", date(2026, 10, 1)),
    )
    for number, change in enumerate(changes, start=2):
        change()
        seen.add(current_digest(letter))
        assert len(seen) == number


def test_nobody_outside_can_break_the_seal(make):
    round_ = make.round(questions=1)
    letter = letter_of(make, make.organisation(name="Forbundet"), round_=round_)
    version = freeze(letter, "Til styret", by=SYSTEM)
    round_.questions[0].text = {"nb": "Hvor åpent?"}
    letter.organisation.name = "Det nye forbundet"
    assert current_digest(letter) == version.digest
    assert unfreeze(version.content).parts[1].asked == "Question 1?"
    assert unfreeze(version.content).head.sender == "Forbundet"


def test_an_order_of_modifiers_is_no_change(make):
    letter = letter_of(make, make.organisation())
    part = get_part(letter, "q-q1")
    digests = set()
    for modifiers in (["timetable", "condition"], ["condition", "timetable"]):
        part.modifiers = modifiers
        digests.add(current_digest(letter))
    assert len(digests) == 1
