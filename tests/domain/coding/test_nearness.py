"""What is near in meaning: a map of texts, what shows why, and the rounds that get a new one."""

from datetime import timedelta

import pytest
import time_machine
from flask import current_app

from consult.db import session
from consult.domain.coding.models import Nearness
from consult.domain.coding.nearness.codec import UnreadableMap, decode, encode
from consult.domain.coding.nearness.learning import draw_map
from consult.domain.coding.nearness.seeing import shared_places
from consult.domain.coding.queries.nearness import find_near, rounds_to_draw
from consult.domain.submissions.types import SubmissionStatus
from consult.jobs.nearness import draw_nearness
from consult.kernel.clock import utc_now
from tests.support.coded import passages_of, receive

TEXTS = [
    "Bussen er full hver morgen, og neste avgang går en time senere.",
    "Skyssen må styrkes; kollektivtilbudet i bygda er for dårlig.",
    "Skolen trenger flere lærere, og klassene er for store.",
    "Elevane mine treng mindre klassar og ein lærar som har tid.",
    "Strømregningen er blitt så høy at vi fryser om vinteren.",
    "Straumprisen må ned før neste vinter.",
]


@pytest.fixture(scope="module")
def drawn():
    return draw_map(list(enumerate(TEXTS)))


@pytest.mark.parametrize(("text", "nearest"), [(0, 1), (3, 2), (5, 4)])
def test_what_speaks_of_the_same_is_nearest(drawn, text, nearest):
    first, second = drawn.nearest(TEXTS[text], least=0.1, limit=2)
    assert (first, second) == (text, nearest)


def test_a_text_need_not_be_on_the_map(drawn):
    assert drawn.nearest("trikk", least=0.1, limit=1)[0] in (0, 1)
    assert drawn.nearest("", least=0.1, limit=5) == ()
    assert drawn.nearest("xyzzy", least=0.1, limit=5) == ()


@pytest.mark.parametrize("texts", [[], [""], ["Hei"], ["", ""]])
def test_too_few_texts_have_a_map_on_which_nothing_is_near(texts):
    drawn = decode(encode(draw_map(list(enumerate(texts)))))
    assert drawn.nearest("Hei", least=0.1, limit=5) == ()


def test_a_map_is_stored_as_data(drawn):
    content = encode(drawn)
    assert content == encode(draw_map(list(enumerate(TEXTS))))
    again = decode(content)
    assert again.nearest(TEXTS[0], least=0.1, limit=3) == drawn.nearest(
        TEXTS[0], least=0.1, limit=3
    )
    for damaged in (b"", content[: len(content) // 2], b"PK\x03\x04" + bytes(40)):
        with pytest.raises(UnreadableMap):
            decode(damaged)


def test_marks_show_words_that_speak_of_the_same():
    other = "Trikken er dyr, og det er klassene ikke."
    places = shared_places("Bussen er full.", other, telling=frozenset({"full"}))
    assert [other[start:end] for start, end in places] == ["Trikken"]


def test_a_round_gets_a_map_that_forgets_what_is_withdrawn(make):
    round_ = make.round()
    first = receive(round_, "\n\n".join(TEXTS[:4]))
    second = receive(round_, "\n\n".join(TEXTS[4:]))
    session().commit()
    models = current_app.extensions["models"]
    assert find_near(round_.id, TEXTS[0], models=models) is None
    draw_nearness()
    found = find_near(round_.id, TEXTS[0], models=models)
    assert list(found.ids[:2]) == [one.id for one in passages_of(first)[:2]]
    assert found.passages == 6
    assert rounds_to_draw(utc_now() + timedelta(hours=1), models=models) == []

    gone = {one.id for one in passages_of(second)}
    before = session().get(Nearness, round_.id).digest
    second.status = SubmissionStatus.WITHDRAWN
    session().commit()
    assert rounds_to_draw(utc_now(), models=models) == []
    with time_machine.travel(utc_now() + timedelta(minutes=11), tick=False):
        draw_nearness()
    found = find_near(round_.id, TEXTS[5], models=models)
    assert gone.isdisjoint(found.ids)
    assert found.passages == 4
    assert not models.has(before)
