"""The quantity words of a summary, and when a build may be started again."""

from datetime import UTC, datetime, timedelta

import pytest

from consult.domain.documents.rules import (
    LONG_REPORT,
    QUANTIFIER_LABELS,
    STALLED_AFTER,
    PdfEngine,
    Quantifier,
    choose_engine,
    choose_quantifier,
    is_restartable,
    shown_progress,
)
from consult.domain.documents.types import BuildStatus, DocumentKind

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("count", "of", "word"),
    [
        (0, 8, Quantifier.NONE),
        (1, 1, Quantifier.ALL),
        (1, 40, Quantifier.ONE),
        (2, 40, Quantifier.A_FEW),
        (3, 10, Quantifier.A_FEW),
        (3, 5, Quantifier.MAJORITY),
        (4, 41, Quantifier.SOME),
        (4, 40, Quantifier.SEVERAL),
        (7, 21, Quantifier.SEVERAL),
        (8, 21, Quantifier.MANY),
        (10, 20, Quantifier.MANY),
        (11, 20, Quantifier.MAJORITY),
        (15, 20, Quantifier.MAJORITY),
        (16, 20, Quantifier.MOST),
        (20, 20, Quantifier.ALL),
    ],
)
def test_the_share_of_those_who_address_it_chooses_the_word(count, of, word):
    assert choose_quantifier(count, of=of) is word


def test_the_words_never_get_weaker_as_the_count_grows():
    order = list(Quantifier)
    for of in range(1, 130):
        words = [order.index(choose_quantifier(count, of=of)) for count in range(of + 1)]
        assert words == sorted(words)


@pytest.mark.scenario(78)
def test_eight_of_twenty_one_is_no_majority():
    assert choose_quantifier(8, of=21) not in {Quantifier.MAJORITY, Quantifier.MOST}


@pytest.mark.parametrize(("count", "of"), [(-1, 5), (6, 5)])
def test_more_than_all_is_an_error(count, of):
    with pytest.raises(ValueError, match="of 5"):
        choose_quantifier(count, of=of)


def test_every_quantifier_has_a_word():
    assert set(QUANTIFIER_LABELS) == set(Quantifier)


@pytest.mark.parametrize(
    ("status", "silent_for", "expected"),
    [
        (BuildStatus.FAILED, timedelta(0), True),
        (BuildStatus.READY, timedelta(days=9), False),
        (BuildStatus.BUILDING, STALLED_AFTER, False),
        (BuildStatus.BUILDING, STALLED_AFTER + timedelta(seconds=1), True),
        (BuildStatus.WAITING, STALLED_AFTER + timedelta(seconds=1), True),
        (BuildStatus.WAITING, timedelta(seconds=5), False),
    ],
)
def test_a_build_restarts_after_failure_or_silence(status, silent_for, expected):
    assert is_restartable(status, alive_at=NOW - silent_for, now=NOW) is expected


def test_the_shown_progress_leaves_room_at_both_ends():
    assert 0 < shown_progress(0) < shown_progress(0.5) < shown_progress(1) < 100
    assert shown_progress(7) == shown_progress(1)


@pytest.mark.parametrize("kind", DocumentKind)
def test_only_long_reports_are_set_by_typst(kind):
    assert choose_engine(kind, words=LONG_REPORT - 1) is PdfEngine.WEASYPRINT
    is_report = kind is DocumentKind.REPORT
    engine = PdfEngine.TYPST if is_report else PdfEngine.WEASYPRINT
    assert choose_engine(kind, words=LONG_REPORT) is engine
