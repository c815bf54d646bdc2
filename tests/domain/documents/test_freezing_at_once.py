"""Freezing while somebody else codes: with real commits."""

import os
from collections.abc import Iterator
from threading import Event, Thread

import pytest

from consult.db import transaction
from consult.domain.accounts.types import SYSTEM
from consult.domain.audit.service import hold_chain
from consult.domain.audit.types import organisation_stream
from consult.domain.coding.queries.passages import get_passage
from consult.domain.coding.queries.themes import get_theme
from consult.domain.coding.service.coding import apply_theme
from consult.domain.documents.queries.gathering import gather_summary
from consult.domain.rounds.queries import get_round
from consult.kernel.clock import utc_now
from tests.support.coded import passages_of, receive, theme
from tests.support.live import LiveApp, make_live_app

BACKEND = os.environ.get("CONSULT_TEST_DB", "sqlite")


@pytest.fixture
def live(tmp_path) -> Iterator[LiveApp]:
    """An application in which commits are commits."""
    live = LiveApp(make_live_app(tmp_path, BACKEND))
    yield live
    live.close()


def _answered(make) -> tuple[str, str]:
    round_ = make.round(slug="rom")
    theme(round_, "Tid")
    return "tid", passages_of(receive(round_, "Vi trenger tid."))[0].public_id


def test_nobody_commits_a_change_while_the_data_are_read(live):
    key, passage_id = live.arrange(_answered)
    held, coded = Event(), Event()

    def code() -> None:
        held.wait()
        with live.app.app_context():
            with transaction():
                apply_theme(get_passage("rom", passage_id), get_theme("rom", key), by=SYSTEM)
            coded.set()

    coder = Thread(target=code)
    coder.start()
    with live.app.app_context(), transaction():
        round_ = get_round("rom")
        hold_chain(organisation_stream(round_.owner_id))
        held.set()
        assert not coded.wait(0.4)
        assert gather_summary(round_, now=utc_now()).passages[0].themes == ()
    coder.join()
    assert coded.is_set()
