"""What words speak of."""

import pytest

from consult.domain.coding.suggesting.concepts import concepts_of
from consult.domain.coding.suggesting.learning import learn
from consult.domain.coding.suggesting.types import Lesson, Surroundings, ThemeText
from consult.kernel.text.stems import analyse

TRAVEL, MONEY = 1, 2


def spoken_of(word):
    found = analyse(word)
    return set(concepts_of(found.stem, found.beginnings[-1]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bussen", "ferja"),
        ("riksvegen", "riksveien"),
        ("minibussene", "togavgangen"),
        ("kontaktlæraren", "lærere"),
        ("heimesjukepleie", "sykehjem"),
    ],
)
def test_words_for_the_same_thing_meet(one, other):
    assert spoken_of(one) & spoken_of(other)


@pytest.mark.parametrize("word", ["dem", "og", "ikke", "xyzzy", "2026"])
def test_other_words_speak_of_nothing(word):
    assert not spoken_of(word)


def test_a_compound_speaks_of_both_its_parts():
    assert spoken_of("skolebudsjettet") >= spoken_of("skole") | spoken_of("budsjett")


def test_a_passage_finds_its_theme_without_a_word_of_it_and_says_by_which_words():
    themes = (
        ThemeText(TRAVEL, (("Kollektivtilbud. Ruter og holdeplasser.", 1.0),)),
        ThemeText(MONEY, (("Økonomi. Kostnader og budsjett.", 1.0),)),
    )
    model, _trial = learn(Lesson(themes, (), (), {}))
    text = "Trikken er full."
    first = model.suggest(Surroundings(text))[0]
    assert first.theme_id == TRAVEL
    assert [text[start:end] for start, end in first.words] == ["Trikken"]
