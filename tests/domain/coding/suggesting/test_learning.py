"""Models: learned, stored, opened, and what they say for their suggestions."""

import numpy as np
import pytest

from consult.domain.coding.suggesting.codec import UnreadableModel, decode, encode
from consult.domain.coding.suggesting.learning import learn
from consult.domain.coding.suggesting.types import Example, Lesson, Surroundings, ThemeText
from consult.domain.coding.suggesting.words import see

FERRY, FISH, HOUSE = 1, 2, 3
THEMES = (
    ThemeText(FERRY, (("Ferje. Rutene, avgangene og båten som ikke går.", 1.0),)),
    ThemeText(FISH, (("Fiske. Fangsten, isen og sjarkene ved kaia.", 1.0),)),
    ThemeText(HOUSE, (("Gamle hus. Sjøhus og brygger som rives eller vernes.", 1.0),)),
)
SAID = {
    FERRY: ["Båten var innstilt igjen.", "Siste ferje går for tidlig.", "Rutene passer ikke."],
    FISH: ["Fangsten må på is.", "Sjarkene mangler plass.", "Torsken selges i nabobygda."],
    HOUSE: ["Sjøhuset råtner.", "Brygga bør vernes.", "Ingen må rive de gamle husene."],
}


def lesson(*, examples: bool) -> Lesson:
    made = [
        Example(Surroundings(text, f"question:{theme}"), frozenset({theme}), number)
        for theme, texts in SAID.items()
        for number, text in enumerate(texts * 2)
    ]
    places = {f"question:{theme}": "Hva mener dere?" for theme in SAID}
    waiting = (
        Surroundings("Den gamle brygga er vernet."),
        Surroundings("Is til fangsten mangler."),
    )
    return Lesson(THEMES, tuple(made) if examples else (), waiting, places)


@pytest.fixture(scope="module")
def model():
    return learn(lesson(examples=True))[0]


def suggested(model, text, **values):
    return [one.theme_id for one in model.suggest(Surroundings(text), **values)]


def test_definitions_alone_suggest():
    model, trial = learn(lesson(examples=False))
    assert trial is None
    assert suggested(model, "Isen og fangsten.")[0] == FISH
    assert suggested(model, "Avgangene er for få.")[0] == FERRY


def test_the_two_norms_meet(model):
    assert suggested(model, "Ferja går ikkje, og avgangane passar ikkje.")[0] == FERRY


def test_what_is_coded_is_learned_from(model):
    assert suggested(model, "Vi selger torsk.")[0] == FISH


def test_it_is_tried_on_answers_that_it_has_not_seen():
    trial = learn(lesson(examples=True))[1]
    assert trial.passages == 18
    assert 0 <= trial.first <= trial.among <= 18


def test_the_same_lesson_makes_the_same_file():
    first, second = (encode(learn(lesson(examples=True))[0]) for _ in range(2))
    assert first == second


def test_a_stored_model_suggests_the_same(model):
    opened = decode(encode(model))
    for text in ("Båten går ikke.", "Brygga råtner.", "Fangsten."):
        there = model.suggest(Surroundings(text, "question:1", "Ferja."))
        here = opened.suggest(Surroundings(text, "question:1", "Ferja."))
        assert [one.theme_id for one in here] == [one.theme_id for one in there]
        assert here[0].share == pytest.approx(there[0].share, abs=0.01)
    assert opened.themes == model.themes


@pytest.mark.parametrize("content", [b"", b"not a model", b"PK\x05\x06" + bytes(18)])
def test_other_files_are_refused(content):
    with pytest.raises(UnreadableModel):
        decode(content)


def test_words_that_speak_for_it_are_named_once_and_in_order(model):
    text = "Ingen vil at ferja, ferja skal legges ned; avgangene er for få."
    words = [text[start:end] for start, end in model.suggest(Surroundings(text))[0].words]
    assert words[0] == "ferja"
    assert len(words) == len(set(words))


def test_only_allowed_themes_are_suggested_and_nothing_for_nothing(model):
    assert suggested(model, "Båten går ikke.", among={FISH}) == [FISH]
    assert suggested(model, "Båten går ikke.", among=()) == []
    assert suggested(model, "…") == []


def test_where_it_was_written_counts(model):
    ranked = [
        model.suggest(Surroundings("Dette er viktig for ferje og fangst.", f"question:{place}"))
        for place in (FERRY, FISH)
    ]
    shares = [{one.theme_id: one.share for one in each} for each in ranked]
    assert shares[0][FERRY] > shares[1][FERRY]


def test_shares_make_one(model):
    assert sum(one.share for one in model.suggest(Surroundings("Båten."))) == pytest.approx(1)


def test_a_text_is_seen_as_stems_pairs_and_letters():
    seen = see("Båten går. Båtane gjekk!")
    assert seen.words["båt"] == 2
    assert any(" " in feature for feature in seen.words)
    assert seen.letters["~ båt"] == 2
    assert [len(seen.places), len(seen.stems)] == [4, 4]
    assert not np.any([feature.startswith("~") for feature in seen.words])
