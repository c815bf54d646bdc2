"""Two people, or two presses, at the same time: with real commits."""

import os
from collections.abc import Iterator
from threading import Barrier, Thread

import pytest

from consult.db import transaction
from consult.domain.accounts.types import VISITOR
from consult.domain.rounds.queries import get_round, list_questions
from consult.domain.submissions.errors import AnswerChanged
from consult.domain.submissions.queries import get_draft, list_draft_answers
from consult.domain.submissions.service.answering import save_answer
from consult.domain.submissions.types import WrittenAnswer
from tests.domain.submissions.written import begin, send, write
from tests.support.live import LiveApp, make_live_app

BACKEND = os.environ.get("CONSULT_TEST_DB", "sqlite")


@pytest.fixture
def live(tmp_path) -> Iterator[LiveApp]:
    """An application in which commits are commits."""
    live = LiveApp(make_live_app(tmp_path, BACKEND))
    yield live
    live.close()


def _at_once(live: LiveApp, *works) -> list[object]:
    """Run things in threads that start together; their results or errors, in order."""
    results: list[object] = [None] * len(works)
    barrier = Barrier(len(works))

    def run(index: int) -> None:
        with live.app.app_context():
            barrier.wait()
            try:
                with transaction():
                    results[index] = works[index]()
            except Exception as error:  # noqa: BLE001 -- the test looks at what was raised
                results[index] = error

    threads = [Thread(target=run, args=(index,)) for index in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def _begun(live: LiveApp, *texts: str) -> str:
    return live.arrange(lambda make: write(begin(make.round()), *texts).public_id)


def _saver(public_id: str, text: str, revision: int):
    def save() -> int:
        draft = get_draft(public_id)
        question = list_questions(draft.round_id)[0]
        written = WrittenAnswer(text=text)
        return save_answer(draft, question, written, revision=revision, by=VISITOR).revision

    return save


@pytest.mark.scenario(29)
@pytest.mark.parametrize("texts", [(), ("opprinnelig",)], ids=["first save", "later save"])
def test_of_two_savers_one_wins_and_the_other_gets_both_texts(live, texts):
    public_id = _begun(live, *texts)
    revision = len(texts)
    for attempt in range(5):
        mine, yours = f"min {attempt}", f"din {attempt}"
        results = _at_once(
            live, _saver(public_id, mine, revision), _saver(public_id, yours, revision)
        )
        conflicts = [result for result in results if isinstance(result, AnswerChanged)]
        assert len(conflicts) == 1, results
        stored = live.look(lambda: [a.text for a in list_draft_answers(_id(public_id)).values()])
        assert {*stored, conflicts[0].mine.text} == {mine, yours}
        assert conflicts[0].theirs.text in stored
        revision = conflicts[0].revision


@pytest.mark.scenario(16)
def test_two_presses_make_one_answer(live):
    public_id = _begun(live, "Ja")
    results = _at_once(
        live, *(lambda: send(get_draft(public_id)).submission.public_id for _ in range(3))
    )
    assert len(set(results)) == 1, results
    assert live.look(lambda: get_draft(public_id).round.last_number) == 1


def test_saving_while_it_is_sent_never_reaches_the_emptied_draft(live):
    for _attempt in range(4):
        public_id = _begun(live, "Ja")
        _at_once(
            live, lambda pid=public_id: send(get_draft(pid)), _saver(public_id, "Ja, og mer", 1)
        )
        left = live.look(lambda pid=public_id: list_draft_answers(_id(pid)))
        assert not left


def test_many_senders_get_numbers_of_their_own(live):
    slug = live.arrange(lambda make: make.round().slug)

    def answer() -> int:
        return send(write(begin(get_round(slug)), "Ja")).submission.number

    assert sorted(_at_once(live, *[answer] * 4)) == [1, 2, 3, 4]


def _id(public_id: str) -> int:
    return get_draft(public_id).id
