"""What the codebook teaches, and when there is enough new to learn again."""

from datetime import UTC, datetime, timedelta

import pytest

from consult.domain.coding.suggesting.codebook import (
    CodingState,
    MadeModel,
    digest_of,
    is_due,
    read_codebook,
)
from consult.domain.coding.suggesting.words import EDITION
from consult.domain.coding.types import Colour, ThemeContent, ThemeRow

MADE_AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def row(number: int, name: str, *, parent: int | None = None, **said) -> ThemeRow:
    content = ThemeContent(name, Colour.BLUE, **said)
    return ThemeRow(number, "", name, parent, None, content, (name,), 1, 0, False, False)


def made(**values) -> MadeModel:
    stored = {"edition": EDITION, "codings": 100, "codebook": "a", "texts": "1:1"}
    return MadeModel(**stored | {"made_at": MADE_AT, "took": timedelta(seconds=1)} | values)


def state(**values) -> CodingState:
    return CodingState(
        **{"themes": 3, "codings": 100, "new": 0, "codebook": "a", "texts": "1:1"} | values
    )


@pytest.mark.parametrize(
    ("now", "before", "due"),
    [
        (state(themes=1), None, False),
        (state(), None, True),
        (state(), made(), False),
        (state(), made(edition=EDITION - 1), True),
        (state(codebook="b"), made(), True),
        (state(codings=109, new=9), made(), False),
        (state(codings=110, new=10), made(), True),
        (state(codings=90), made(), True),
        (state(codings=4, new=4), made(codings=0), False),
        (state(codings=5, new=5), made(codings=0), True),
    ],
)
def test_a_model_is_made_when_enough_is_new(now, before, due):
    assert is_due(now, before, now=MADE_AT + timedelta(minutes=5)) is due


@pytest.mark.parametrize(
    ("took", "minutes", "due"), [(1, 1, False), (1, 2, True), (60, 19, False), (60, 20, True)]
)
def test_what_took_long_is_not_made_often(took, minutes, due):
    now = MADE_AT + timedelta(minutes=minutes)
    before = made(took=timedelta(seconds=took))
    assert is_due(state(codebook="b"), before, now=now) is due


@pytest.mark.parametrize(("hours", "due"), [(23, False), (24, True)])
def test_words_that_are_withdrawn_are_gone_within_a_day(hours, due):
    now = MADE_AT + timedelta(hours=hours)
    assert is_due(state(texts="1:2"), made(), now=now) is due
    assert not is_due(state(), made(), now=now)


def test_what_a_theme_leaves_to_another_is_said_of_the_other():
    themes = [
        row(1, "Ferje", exclude="Sjarker og garn: bruk «Fiske». Annet er ikke med."),
        row(2, "Fiske", definition="De som fisker."),
        row(3, "Levering", parent=2),
    ]
    texts = {one.id: [text for text, _weight in one.texts] for one in read_codebook(themes)}
    assert "Sjarker og garn: bruk «Fiske»." in texts[2]
    assert not any("Annet" in text for text in texts[2])
    assert not any("Sjarker" in text for text in texts[1])
    assert any("De som fisker" in text for text in texts[3])


def test_another_word_in_the_codebook_is_another_codebook():
    assert digest_of([(1, None, "Ferje")]) == digest_of([(1, None, "Ferje")])
    assert digest_of([(1, None, "Ferje")]) != digest_of([(1, None, "Ferjer")])
