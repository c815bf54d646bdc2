"""Coding at the instant when somebody else changes the codebook: with real commits."""

import os
from collections.abc import Callable, Iterator
from threading import Event, Thread

import pytest
from sqlalchemy import select

from consult.db import session, transaction
from consult.domain.accounts.types import SYSTEM
from consult.domain.coding.models import Coding, Theme
from consult.domain.coding.queries.passages import get_passage
from consult.domain.coding.queries.themes import get_theme
from consult.domain.coding.service.coding import apply_theme
from consult.domain.coding.service.merging import merge_themes
from consult.kernel.errors import InvalidInput
from tests.support.coded import passages_of, receive, theme
from tests.support.live import LiveApp, make_live_app

BACKEND = os.environ.get("CONSULT_TEST_DB", "sqlite")


@pytest.fixture
def live(tmp_path) -> Iterator[LiveApp]:
    """An application in which commits are commits."""
    live = LiveApp(make_live_app(tmp_path, BACKEND))
    yield live
    live.close()


def _coded_round(make) -> str:
    round_ = make.round(slug="rom")
    time, _hours = theme(round_, "Tid"), theme(round_, "Åpningstid")
    first, second = passages_of(receive(round_, "Vi trenger tid.\n\nDøra må være åpen."))
    apply_theme(first, time, by=SYSTEM)
    return second.public_id


def _merge(key: str, into: str) -> None:
    merge_themes(get_theme("rom", key), get_theme("rom", into), why="Det samme.", by=SYSTEM)


def _while_merging(live: LiveApp, work: Callable[[], None]) -> None:
    """Let another session do something that it has looked up before a merger is committed."""
    held, looked = Event(), Event()

    def other() -> None:
        with live.app.app_context(), transaction():
            get_theme("rom", "tid")
            looked.set()
            held.wait()
            work()

    thread = Thread(target=other)
    thread.start()
    looked.wait()
    with live.app.app_context(), transaction():
        _merge("tid", "apningstid")
        held.set()
        thread.join(0.3)
        assert thread.is_alive(), "the other session did not wait for the merger"
    thread.join()


def test_a_theme_that_is_merged_that_instant_is_put_as_the_one_it_became(live):
    passage_id = live.arrange(_coded_round)

    def code() -> None:
        apply_theme(get_passage("rom", passage_id), get_theme("rom", "tid"), by=SYSTEM)

    _while_merging(live, code)
    keys = select(Theme.key).join(Coding, Coding.theme_id == Theme.id)
    assert live.look(lambda: session().scalars(keys).all()) == ["apningstid", "apningstid"]


def test_two_themes_are_not_merged_into_each_other(live):
    live.arrange(_coded_round)
    refused: list[str] = []

    def merge_back() -> None:
        with pytest.raises(InvalidInput) as caught:
            _merge("apningstid", "tid")
        refused.append(caught.value.reason)

    _while_merging(live, merge_back)
    assert refused == ["retired"]
