"""Proposals of a report: one row, two writers, passages for and against."""

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.composing.errors import RecommendationChanged
from consult.domain.composing.frozen import current_digest, read_text, to_content, unfreeze
from consult.domain.composing.queries import list_parts
from consult.domain.composing.recommended import list_recommendations
from consult.domain.composing.service.beginning import begin_report
from consult.domain.composing.service.recommending import (
    change,
    ground,
    move,
    move_to,
    propose,
    remove,
    restore,
    take_ground,
)
from consult.domain.composing.types import (
    CompositionKind,
    Horizon,
    Instrument,
    RecommendationContent,
    Side,
)
from consult.kernel.errors import InvalidInput
from tests.support.coded import TWO_PARAGRAPHS, passages_of, receive

OPEN = RecommendationContent("Hold døra åpen.", addressee="Kommunene", horizon=Horizon.SHORT)


@pytest.fixture
def report(make):
    made = begin_report(make.round(), CompositionKind.REPORT, snapshot=None, by=SYSTEM)
    return made, list_parts(made.id)


def texts(report):
    return [one.text for one in list_recommendations(report.id)]


def test_proposals_stand_in_their_chapters_and_keep_their_names(report):
    made, parts = report
    first = propose(parts[3], OPEN, by=SYSTEM)
    second = propose(parts[3], RecommendationContent("Steng  tidligere. "), by=SYSTEM)
    assert (first.key, second.key, second.text) == ("r1", "r2", "Steng tidligere.")
    assert move(second, -1, by=SYSTEM)
    assert not move(second, -1, by=SYSTEM)
    assert texts(made) == ["Steng tidligere.", "Hold døra åpen."]
    assert move_to(second, parts[5], by=SYSTEM)
    assert not move_to(second, parts[5], by=SYSTEM)
    assert texts(made) == ["Hold døra åpen.", "Steng tidligere."]
    remove(first, by=SYSTEM)
    assert propose(parts[3], OPEN, by=SYSTEM).key == "r3"
    restore(first, by=SYSTEM)
    assert [one.key for one in list_recommendations(made.id)] == ["r3", "r1", "r2"]


@pytest.mark.parametrize(
    ("values", "field", "reason"),
    [
        ({"text": "  "}, "text", "required"),
        ({"is_proposed": False}, "reason", "required"),
        ({"begins_in": 20}, "begins_in", "year"),
        ({"addressee": "x" * 201}, "addressee", "too_long"),
    ],
)
def test_a_proposal_that_says_too_little_or_too_much_is_refused(report, values, field, reason):
    with pytest.raises(InvalidInput) as refused:
        propose(report[1][3], RecommendationContent(**{"text": "Noe", **values}), by=SYSTEM)
    assert (refused.value.field, refused.value.reason) == (field, reason)


def test_the_second_of_two_writers_gets_both_texts(report):
    made = propose(report[1][3], OPEN, by=SYSTEM)
    assert change(made, RecommendationContent("Min"), revision=1, by=SYSTEM)
    assert not change(made, RecommendationContent("Min"), revision=1, by=SYSTEM)
    with pytest.raises(RecommendationChanged) as overtaken:
        change(made, RecommendationContent("Din"), revision=1, by=SYSTEM)
    error = overtaken.value
    assert (error.mine.text, error.theirs.text, error.revision) == ("Din", "Min", 2)
    assert made.text == "Min"


def test_passages_stand_for_and_against_it_and_are_sealed(report):
    made, parts = report
    first, second, *_ = passages_of(receive(made.round, TWO_PARAGRAPHS))
    proposal = propose(parts[3], OPEN, by=SYSTEM)
    seen = {current_digest(made)}
    held = ground(proposal, first, Side.FOR, "Sier hvorfor.", by=SYSTEM)
    seen.add(current_digest(made))
    assert ground(proposal, first, Side.AGAINST, "Mener det motsatte.", by=SYSTEM) is held
    ground(proposal, second, Side.FOR, "", by=SYSTEM)
    assert [(one.quote, one.side) for one in proposal.grounds] == [
        (first.quote, Side.AGAINST),
        (second.quote, Side.FOR),
    ]
    seen.add(current_digest(made))
    change(
        proposal,
        RecommendationContent(
            "Hold døra åpen.", instrument=Instrument.TRIAL, assessment="Vi har hørt det."
        ),
        revision=1,
        by=SYSTEM,
    )
    text = read_text(made)
    assert unfreeze(to_content(text)) == text
    assert text.recommendations[0].instrument is Instrument.TRIAL
    seen.add(current_digest(made))
    take_ground(held, by=SYSTEM)
    seen.add(current_digest(made))
    assert len(seen) == 5
    session().expire_all()
    assert [one.quote for one in proposal.grounds] == [second.quote]
