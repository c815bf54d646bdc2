"""``passage.has_theme``: kept by the database whatever writes codings, one or many."""

import pytest
from sqlalchemy import delete, insert, select, update

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.coding.models import Coding, Passage
from consult.domain.coding.service.coding import apply_theme, remove_theme
from consult.domain.coding.service.dividing import add_passage
from consult.domain.coding.types import CodingMethod
from consult.kernel.clock import utc_now
from tests.support.coded import TWO_PARAGRAPHS, passages_of, receive, theme


def flags(submission):
    query = select(Passage.has_theme).where(Passage.submission_id == submission.id)
    return list(session().scalars(query.order_by(Passage.position, Passage.start, Passage.id)))


@pytest.fixture
def coded(make):
    round_ = make.round()
    return receive(round_, TWO_PARAGRAPHS), theme(round_, "A"), theme(round_, "B")


def test_one_theme_after_the_other(coded):
    submission, first, second = coded
    passage = passages_of(submission)[0]
    assert flags(submission) == [False, False]
    apply_theme(passage, first, by=SYSTEM)
    apply_theme(passage, second, by=SYSTEM)
    remove_theme(passage, first, by=SYSTEM)
    assert flags(submission) == [True, False]
    remove_theme(passage, second, by=SYSTEM)
    assert flags(submission) == [False, False]


def test_a_chosen_part_counts_for_its_paragraph(coded):
    submission, first, _second = coded
    whole = passages_of(submission)[1]
    part = add_passage(whole.version, start=whole.start, end=whole.start + 24, by=SYSTEM)
    apply_theme(part, first, by=SYSTEM)
    apply_theme(whole, first, by=SYSTEM)
    remove_theme(whole, first, by=SYSTEM)
    assert flags(submission) == [False, True, False]
    remove_theme(part, first, by=SYSTEM)
    assert flags(submission) == [False, False, False]


def test_many_at_once(coded):
    submission, first, second = coded
    rows = [
        {
            "passage_id": passage.id,
            "theme_id": first.id,
            "method": CodingMethod.MANUAL,
            "coded_by": "person:1",
            "coded_at": utc_now(),
        }
        for passage in passages_of(submission)
    ]
    session().execute(insert(Coding), rows)
    assert flags(submission) == [True, True]
    session().execute(update(Coding).values(theme_id=second.id))
    assert flags(submission) == [True, True]
    session().execute(delete(Coding))
    assert flags(submission) == [False, False]


def test_codings_know_the_version_of_their_passage(coded):
    submission, first, second = coded
    other = receive(submission.round, TWO_PARAGRAPHS)
    passage, there = passages_of(submission)[0], passages_of(other)[0]
    apply_theme(passage, first, by=SYSTEM)
    versions = select(Coding.version_id)
    assert session().scalars(versions).all() == [passage.version_id]
    session().execute(update(Coding).values(theme_id=second.id))
    assert session().scalars(versions).all() == [passage.version_id]
    session().execute(update(Coding).values(passage_id=there.id))
    assert session().scalars(versions).all() == [there.version_id]
