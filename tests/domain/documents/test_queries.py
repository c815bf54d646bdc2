"""Gathering: the same numbers as the desk shows, in the same number of queries."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.analysis.queries.counting import matrix
from consult.domain.analysis.queries.respondents import respondents
from consult.domain.analysis.queries.stances import stance_table
from consult.domain.analysis.shown_matrix import show_matrix
from consult.domain.analysis.small_groups import UNPROTECTED
from consult.domain.analysis.types import ColumnsBy, CountUnit
from consult.domain.coding.models import Coding
from consult.domain.coding.service.codebook import change_theme, delete_theme
from consult.domain.coding.service.coding import apply_theme
from consult.domain.coding.service.dividing import add_passage
from consult.domain.coding.service.stances import code_stance, remove_stance
from consult.domain.coding.types import CodingMethod, ThemeContent
from consult.domain.disclosure.models import Burst
from consult.domain.disclosure.queries import get_review
from consult.domain.disclosure.service.flooding import mark_burst
from consult.domain.disclosure.service.reviewing import redact_words
from consult.domain.disclosure.service.supporting import support_as
from consult.domain.disclosure.types import BurstKind, BurstState, LegalBasis
from consult.domain.documents.building.figures import Figures
from consult.domain.documents.queries.gathering import gather_summary
from consult.domain.meetings.service.writing import strike_note
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.types import QuestionKind
from consult.domain.submissions.service.deciding import mark_answer
from consult.domain.submissions.service.reclassifying import change_actor_type
from consult.domain.submissions.types import (
    AnswerContent,
    Channel,
    DecisionKind,
    Publication,
    Stance,
    StanceModifier,
    SubmissionStatus,
)
from consult.kernel.clock import utc_now
from tests.support.coded import passages_of, receive, theme
from tests.support.meetings import meeting_of, note_in, validated
from tests.support.queries import count_queries


class Coded:
    """A round with two themes, a proposal asked about, and answers of every sort."""

    def __init__(self, make) -> None:
        self.round = make.round(questions=1)
        self.proposal = make.proposal(self.round)
        self.question = make.question(self.round, kind=QuestionKind.STANCE, proposal=self.proposal)
        self.main = theme(self.round, "Main")
        self.sub = theme(self.round, "Sub", parent=self.main)
        self.add("Solvik kommune", stance=Stance.SUPPORT)
        self.add("Fagforbundet", actor_type=ActorType.UNION, stance=Stance.OPPOSE)
        self.add("Kari", actor_type=ActorType.PRIVATE_PERSON, channel=Channel.PHONE)
        gone = self.add("Borte kommune", stance=Stance.SUPPORT)
        gone.status = SubmissionStatus.WITHDRAWN
        session().flush()

    def add(self, name: str, *, stance: Stance | None = None, **values):
        stated = AnswerContent(
            question_id=self.question.id, stance=stance, no_comments=stance is None
        )
        submission = receive(
            self.round, "Én ting.\n\nOg en til.", name=name, answers=(stated,), **values
        )
        first, second = passages_of(submission)
        apply_theme(first, self.sub, by=SYSTEM)
        apply_theme(second, self.main, by=SYSTEM)
        return submission

    def gather(self):
        return gather_summary(self.round, now=utc_now())

    def everything(self) -> Figures:
        """The figures of all, small groups too, as those at the desk see them."""
        data = self.gather()
        return Figures(replace(data, round=replace(data.round, small_groups=UNPROTECTED)))


@pytest.fixture
def coded(make) -> Coded:
    return Coded(make)


def test_numbers_are_those_of_the_desk(coded):
    figures = coded.everything()
    counted = respondents(coded.round.id)
    assert len(figures.analysed) == counted.counted == 3
    assert dict(figures.count_by(lambda a: a.actor_type)) == counted.by_type
    assert dict(figures.excluded) == {SubmissionStatus.WITHDRAWN: counted.withdrawn}
    table = matrix(coded.round.id, by=ColumnsBy.GROUP, unit=CountUnit.PASSAGES)
    for row in table.rows:
        assert figures.tally(figures.passages_on(row.theme.key)).passages == row.total


def test_persons_are_hidden_where_the_matrix_hides_them(coded):
    figures = Figures(coded.gather())
    counted = matrix(coded.round.id, by=ColumnsBy.GROUP, unit=CountUnit.SUBMISSIONS)
    for row in show_matrix(counted, coded.round.small_groups).rows:
        assert row.total.is_hidden
        assert figures.hides_persons(row.theme.key)


def test_chosen_parts_are_quoted_but_not_counted_again(make):
    round_ = make.round(questions=1)
    time = theme(round_, "Time")
    [paragraph] = passages_of(receive(round_, "Én ting. En til. Og mer."))
    for start, end in ((0, 8), (9, 16), (17, 24)):
        part = add_passage(paragraph.version, start=start, end=end, by=SYSTEM)
        apply_theme(part, time, by=SYSTEM)
    apply_theme(paragraph, time, by=SYSTEM)
    session().execute(update(Coding).values(method=CodingMethod.IMPORTED))
    data = gather_summary(round_, now=utc_now())
    figures = Figures(data)
    on_time = figures.passages_on(time.key)
    assert len(on_time) == 4
    assert figures.tally(on_time).passages == 1
    assert (data.sorted, data.divided, data.imported_codings) == (1, 1, 1)
    session().execute(update(Coding).values(method=CodingMethod.SUGGESTED))
    data = gather_summary(round_, now=utc_now())
    assert (data.imported_codings, data.suggested_codings) == (0, 1)


def test_stances_are_those_of_the_desk(coded):
    [row] = stance_table(coded.round.id)
    found = coded.everything().proposal(row.key)
    mine = {p.answer.number: p.stance.value for p in (*found.addressing, *found.no_comments)}
    assert mine == {entry.sender.number: entry.value for entry in row.entries}
    assert found.silent == len(row.not_mentioned)


def test_a_judged_stance_comes_with_its_modifiers(coded):
    submission = coded.add("Granli kommune", stance=Stance.SUPPORT)
    code_stance(
        submission,
        coded.proposal,
        value=Stance.SUPPORT_PARTLY,
        modifiers=(StanceModifier.CONDITION,),
        by=SYSTEM,
    )
    found = Figures(coded.gather()).proposal(coded.proposal.key)
    position = next(p for p in found.addressing if p.answer.number == submission.number)
    assert position.stance.value is Stance.SUPPORT_PARTLY
    assert position.stance.modifiers == (StanceModifier.CONDITION,)


def test_a_stance_knows_the_passage_it_was_read_in(coded):
    submission = coded.add("Granli kommune", stance=Stance.SUPPORT)
    first, _second = passages_of(submission)
    code_stance(submission, coded.proposal, value=Stance.OPPOSE, passage=first, by=SYSTEM)
    figures = Figures(coded.gather())
    [mine] = [
        p for p in figures.passages if figures.own_stances(p) and p.answer == submission.number
    ]
    assert mine.quote == first.quote
    assert figures.own_stances(mine)[coded.proposal.key].value is Stance.OPPOSE
    assert mine in figures.passages_to(coded.proposal.key)


def test_the_data_are_as_of_the_last_change(coded):
    before = coded.gather().as_of
    assert before <= utc_now()
    assert coded.gather().as_of == before
    coded.add("Senere kommune", stance=Stance.SUPPORT)
    assert coded.gather().as_of > before


def _change_kind(coded):
    submission = coded.add("Bydelen")
    before = coded.gather().as_of
    change_actor_type(submission, ActorType.CITY_DISTRICT, reason="Spurt", by=SYSTEM)
    return before


def _rename_theme(coded):
    before = coded.gather().as_of
    content = ThemeContent("Another name", coded.main.colour)
    change_theme(coded.main, content, by=SYSTEM)
    return before


def _delete_theme(coded):
    unused = theme(coded.round, "Unused")
    before = coded.gather().as_of
    delete_theme(unused, by=SYSTEM)
    return before


def _take_stance_back(coded):
    submission = coded.add("Granli")
    code_stance(submission, coded.proposal, value=Stance.OPPOSE, by=SYSTEM)
    before = coded.gather().as_of
    remove_stance(submission, coded.proposal, by=SYSTEM)
    return before


def _mark_answer(coded):
    submission = coded.add("Utenfor kommune")
    before = coded.gather().as_of
    mark_answer(submission, DecisionKind.OFF_TOPIC, reason="Om noe annet.", by=SYSTEM)
    return before


def _mark_burst(coded):
    burst = Burst(
        round=coded.round, kind=BurstKind.RANDOM, fingerprint="random", state=BurstState.WAITING,
        begun_at=utc_now(),
    )  # fmt: skip
    session().add(burst)
    before = coded.gather().as_of
    mark_burst(burst, by=SYSTEM)
    return before


def _validate_meeting(coded):
    meeting = meeting_of(coded.round, groups=1)
    note_in(meeting.groups[0], "Døra må være åpen.")
    before = coded.gather().as_of
    validated(meeting)
    return before


def _strike_note(coded):
    meeting = meeting_of(coded.round, groups=1)
    note = note_in(meeting.groups[0], "Døra må være åpen.")
    validated(meeting)
    before = coded.gather().as_of
    strike_note(note, by=SYSTEM, at=utc_now())
    return before


@pytest.mark.parametrize(
    "change",
    [
        _change_kind,
        _rename_theme,
        _delete_theme,
        _take_stance_back,
        _mark_answer,
        _mark_burst,
        _validate_meeting,
        _strike_note,
    ],
)
def test_whatever_the_figures_rest_on_moves_their_date(coded, change):
    before = change(coded)
    after = coded.gather().as_of
    assert before < after <= utc_now()


def test_standing_behind_an_answer_moves_no_date(coded):
    submission = coded.add("Granli")
    before = coded.gather().as_of
    support_as(submission, by=replace(SYSTEM, email="kari@solvik.example"))
    assert coded.gather().as_of == before


def test_what_happens_in_another_round_moves_no_date(coded, make):
    before = coded.gather().as_of
    theme(make.round(owner=coded.round.owner), "Elsewhere")
    assert coded.gather().as_of == before


def test_what_may_be_published_comes_along(coded):
    coded.add("Hemmelig", stance=Stance.SUPPORT, publication=Publication.NOT_ON_WEB)
    assert coded.gather().answers[-1].publication is Publication.NOT_ON_WEB


def test_an_empty_round_can_be_gathered(make):
    data = gather_summary(make.round(), now=utc_now())
    assert data.answers == ()
    assert data.as_of is not None


def test_the_number_of_queries_does_not_grow_with_the_answers(coded):
    session().expire_all()
    with count_queries() as few:
        coded.gather()
    for number in range(12):
        coded.add(f"Kommune {number}", stance=Stance.SUPPORT)
    session().expire_all()
    with count_queries() as many:
        coded.gather()
    assert many.number == few.number


@pytest.mark.scenario(19)
def test_words_that_are_taken_out_or_undecided_are_not_quoted(make):
    round_ = make.round()
    receive(round_, "Vi er enige.\n\nMin saksbehandler Ola Dunk svarer ikke.\n\nKontoret er kaldt.")
    review = get_review(round_.slug, 1)
    redact_words(review, "kaldt", LegalBasis.CONFIDENTIALITY, by=SYSTEM)
    passages = gather_summary(round_, now=utc_now()).passages
    assert [passage.is_protected for passage in passages] == [False, True, True]
