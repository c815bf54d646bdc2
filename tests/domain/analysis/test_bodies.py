"""Who answered, by body then or today."""

from datetime import date

import pytest

from consult.domain.accounts.types import SYSTEM
from consult.domain.analysis.bodies import Body, BodyAnswer, BodyRule, body_lines
from consult.domain.analysis.queries.bodies import bodies_that_answered
from consult.domain.organisations.service import merge_into
from consult.domain.organisations.succession import Lineage
from consult.domain.organisations.types import ActorType, Ground
from consult.domain.submissions.service.receiving import receive_submission
from consult.domain.submissions.types import (
    AnswerContent,
    Channel,
    Publication,
    Respondent,
    SubmissionContent,
)
from consult.kernel.clock import utc_now
from tests.support.queries import count_queries

A, B, C, CITY, DISTRICT = 1, 2, 3, 10, 11
BODIES = {
    A: Body(A, "Solvik", None),
    B: Body(B, "Storby", None),
    C: Body(C, "Havnes", None),
    CITY: Body(CITY, "Strandborg", None),
    DISTRICT: Body(DISTRICT, "Bydel nord", CITY),
}


def _lasting(*bodies: int) -> dict[int, Lineage]:
    return {body: Lineage(body, (body,), ()) for body in bodies}


@pytest.mark.scenario(41)
def test_a_merged_body_counts_by_the_chosen_rule_and_keeps_its_name():
    answers = [BodyAnswer(1, A, "Solvik herred"), BodyAnswer(2, B, "Storby")]
    lineages = {A: Lineage(A, (B,), (A,)), **_lasting(B)}
    then = body_lines(answers, BODIES, lineages, BodyRule.THEN)
    assert [(line.name, line.heirs) for line in then] == [
        ("Solvik herred", ("Storby",)),
        ("Storby", ()),
    ]
    (today,) = body_lines(answers, BODIES, lineages, BodyRule.TODAY)
    assert (today.name, len(today.answers), today.former) == ("Storby", 2, ("Solvik herred",))


@pytest.mark.scenario(41)
def test_what_is_open_is_shown_and_not_guessed():
    answers = [BodyAnswer(1, A, "Solvik"), BodyAnswer(2, B, "Storby")]
    lineages = {A: Lineage(A, (B, C), (A,)), **_lasting(B)}
    lines = body_lines(answers, BODIES, lineages, BodyRule.TODAY)
    solvik = next(line for line in lines if line.body_id == A)
    assert (solvik.name, solvik.is_unclear, solvik.heirs) == ("Solvik", True, ("Storby", "Havnes"))
    assert len(lines) == 2


def test_a_body_that_nobody_carries_on_stays_under_its_name():
    lines = body_lines(
        [BodyAnswer(1, A, "Solvik")], BODIES, {A: Lineage(A, (), (A,))}, BodyRule.TODAY
    )
    assert [(line.name, line.is_over) for line in lines] == [("Solvik", True)]


@pytest.mark.scenario(42)
def test_a_district_stands_under_its_city_and_both_count():
    answers = [BodyAnswer(1, DISTRICT, "Bydel nord"), BodyAnswer(2, CITY, "Strandborg")]
    lines = body_lines(answers, BODIES, _lasting(CITY, DISTRICT), BodyRule.TODAY)
    assert [(line.name, line.depth) for line in lines] == [("Strandborg", 0), ("Bydel nord", 1)]
    (alone,) = body_lines(answers[:1], BODIES, _lasting(DISTRICT), BodyRule.TODAY)
    assert (alone.depth, alone.under) == (0, "Strandborg")


@pytest.mark.scenario(41)
def test_the_table_of_a_round(make):
    round_ = make.round()
    old, new = make.organisation(name="Solvik"), make.organisation(name="Storby")
    for body in (old, new):
        answer_from(round_, body)
    _receive(round_, Respondent("Kari Nes", ActorType.PRIVATE_PERSON))
    merge_into(old, new, ground=Ground(date(2026, 1, 1), "Vedtak"), by=SYSTEM)
    with count_queries() as queries:
        table = bodies_that_answered(round_.id, BodyRule.TODAY, on=date(2026, 10, 19))
    assert [(line.name, len(line.answers)) for line in table.lines] == [("Storby", 2)]
    assert (table.answers, table.others) == (2, 1)
    assert queries.number <= 7
    before = bodies_that_answered(round_.id, BodyRule.TODAY, on=date(2025, 12, 31))
    assert [line.name for line in before.lines] == ["Solvik", "Storby"]


def answer_from(round_, body) -> None:
    """An answer of a registered body, under the name it has now."""
    _receive(round_, Respondent(body.name, body.actor_type, body.id))


def _receive(round_, respondent: Respondent) -> None:
    content = SubmissionContent(
        respondent=respondent,
        channel=Channel.FORM,
        language="nb",
        publication=Publication.WITH_NAME,
        answers=(AnswerContent(question_id=round_.questions[0].id, text="Vi er enige."),),
    )
    receive_submission(round_, content, by=SYSTEM, received_at=utc_now())
