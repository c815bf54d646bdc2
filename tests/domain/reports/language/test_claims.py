"""Words of quantity in prose: found where they count those who answered, and nowhere else."""

import pytest

from consult.domain.documents.rules import Quantifier
from consult.domain.organisations.types import ActorType
from consult.domain.reports.language.claims import Leaning, Unit, find_claims

F, A, S = Leaning.FOR, Leaning.AGAINST, Leaning.SPEAKING


@pytest.mark.parametrize(
    ("sentence", "words", "quantifier", "leaning"),
    [
        ("Et flertall støtter forslaget.", "Et flertall", "MAJORITY", F),
        ("Alle høringsinstansene slutter seg til.", "Alle høringsinstansene", "ALL", F),
        ("Dei fleste kommunane går imot framlegget.", "Dei fleste kommunane", "MOST", A),
        ("Mange innspill tar opp dette.", "Mange innspill", "MANY", S),
        ("Fleire av innspela stør ikkje dette.", "Fleire av innspela", "SEVERAL", A),
        ("Enkelte aktører mener noe annet.", "Enkelte aktører", "SOME", S),
        ("Noen få lokallag er uenige.", "Noen få lokallag", "A_FEW", A),
        ("Én høringsinstans peker på det.", "Én høringsinstans", "ONE", S),
        ("Ingen organisasjoner er kritiske.", "Ingen organisasjoner", "NONE", A),
        ("A majority of the consultees oppose it.", "A majority of the consultees", "MAJORITY", A),
        ("Det er stor tilslutning til dette.", "stor tilslutning", "MAJORITY", F),
        ("Tid er en klar fellesnevner.", "klar fellesnevner", "MAJORITY", S),
    ],
)
def test_each_word_is_found_with_what_those_counted_think(sentence, words, quantifier, leaning):
    (claim,) = find_claims(sentence)
    found = (claim.words, claim.quantifier, claim.leaning)
    assert found == (words, Quantifier[quantifier], leaning)


@pytest.mark.parametrize(
    "sentence",
    [
        "Flere tiltak er nødvendige.",
        "Alle kommuner bør holde døra åpen.",
        "All municipalities should keep the door open.",
        "Det trengs mange hender.",
        "En kommune har svart.",
    ],
)
def test_other_words_are_let_be(sentence):
    assert not list(find_claims(sentence))


def test_each_half_of_a_sentence_says_its_own():
    sentence = "De fleste støtter forslaget, mens enkelte kommuner går imot."
    first, second = find_claims(sentence)
    assert (first.leaning, second.leaning) == (F, A)
    assert second.types == {ActorType.MUNICIPALITY}


def test_the_unit_and_the_number_are_seen():
    (claim,) = find_claims("Et flertall, 12 av de 21 høringsinstansene, mener det.") or [None]
    assert claim is not None
    assert claim.has_number
    units = {
        "Flere innspill sier det.": Unit.ANSWERS,
        "Flere høringsinstanser sier det.": Unit.ORGANISATIONS,
        "Flere avsendere sier det.": Unit.SENDERS,
    }
    assert {words: next(find_claims(words)).unit for words in units} == units
