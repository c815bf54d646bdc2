"""Counts against numbers worked out by hand."""

import pytest

from consult.domain.accounts.types import SYSTEM
from consult.domain.analysis.queries.counting import coding_progress, matrix
from consult.domain.analysis.queries.passages import list_passages, pick_quotes, theme_page
from consult.domain.analysis.queries.respondents import respondents, senders
from consult.domain.analysis.queries.stances import stance_table
from consult.domain.analysis.rules import name_key
from consult.domain.analysis.types import ColumnsBy, CountUnit, PassageCount
from consult.domain.coding.queries.themes import count_uses, list_themes
from consult.domain.coding.service.coding import apply_theme
from consult.domain.coding.service.dividing import add_passage
from consult.domain.coding.service.stances import code_stance, remove_stance
from consult.domain.organisations.types import ActorGroup, ActorType
from consult.domain.rounds.types import QuestionKind
from consult.domain.submissions.types import (
    AnswerContent,
    Channel,
    DeadlineStatus,
    Publication,
    Stance,
    StanceModifier,
    SubmissionStatus,
)
from tests.support.coded import passages_of, receive, theme
from tests.support.queries import count_queries


class Sample:
    """Two municipalities, one of them twice, a union, a person, and two that do not count.

    Themes: A with A1 under it, and B. Passages (theme keys): Solvik [a1] [b] []; Solvik again [a];
    Fjell [a, b]; the union [a1] [a1]; the person [a]. The withdrawn and the duplicate one have [a].
    """

    def __init__(self, make) -> None:
        self.round = make.round()
        self.a = theme(self.round, "A")
        self.a1 = theme(self.round, "A1", parent=self.a)
        self.b = theme(self.round, "B")
        solvik = make.organisation(name="Solvik kommune")
        municipality = {"actor_type": ActorType.MUNICIPALITY}
        registered = municipality | {"organisation_id": solvik.id, "name": "Solvik kommune"}
        self.solvik = self.coded("én\n\nto\n\ntre", [[self.a1], [self.b], []], **registered)
        self.again = self.coded("én", [[self.a]], **registered)
        self.fjell = self.coded("én", [[self.a, self.b]], name="Fjell kommune", **municipality)
        self.union = self.coded(
            "- én\n- to", [[self.a1], [self.a1]], name="Fagforbundet", actor_type=ActorType.UNION
        )
        self.person = self.coded(
            "én",
            [[self.a]],
            name="Kari Nordvik",
            actor_type=ActorType.PRIVATE_PERSON,
            publication=Publication.WITHOUT_NAME,
        )
        for status in (SubmissionStatus.WITHDRAWN, SubmissionStatus.DUPLICATE):
            self.coded("én", [[self.a]], name="Borte kommune", **municipality).status = status
        late = self.coded("én", [[self.a]], name="Sein kommune", **municipality)
        late.deadline_status = DeadlineStatus.LATE_EXCLUDED

    def coded(self, text, themes, **values):
        submission = receive(self.round, text, **values)
        for passage, wanted in zip(passages_of(submission), themes, strict=True):
            for one in wanted:
                apply_theme(passage, one, by=SYSTEM)
        return submission


@pytest.fixture
def sample(make):
    return Sample(make)


@pytest.mark.parametrize(
    ("unit", "expected", "coded", "units"),
    [
        # rows A (with A1), A1, B; columns municipality, union, private person; then the total
        (
            CountUnit.PASSAGES,
            {"a": ([3, 2, 1], 6), "a1": ([1, 2, 0], 3), "b": ([2, 0, 0], 2)},
            ([4, 2, 1], 7),
            ([5, 2, 1], 8),
        ),
        (
            CountUnit.SUBMISSIONS,
            {"a": ([3, 1, 1], 5), "a1": ([1, 1, 0], 2), "b": ([2, 0, 0], 2)},
            ([3, 1, 1], 5),
            ([3, 1, 1], 5),
        ),
        (
            CountUnit.ORGANISATIONS,
            {"a": ([2, 1], 3), "a1": ([1, 1], 2), "b": ([2, 0], 2)},
            ([2, 1], 3),
            ([2, 1], 3),
        ),
    ],
)
def test_matrix(sample, unit, expected, coded, units):
    found = matrix(sample.round.id, unit=unit)
    assert {row.theme.key: (list(row.cells), row.total) for row in found.rows} == expected
    assert ([column.coded for column in found.columns], found.coded) == coded
    assert ([column.units for column in found.columns], found.units) == units
    kinds = ["municipality", "union", "private_person"]
    assert [column.key for column in found.columns] == kinds[: len(units[0])]


def test_matrix_by_group(sample):
    found = matrix(sample.round.id, by=ColumnsBy.GROUP, unit=CountUnit.SUBMISSIONS)
    assert [column.key for column in found.columns] == ["local", "working_life", "people"]
    assert [row.cells for row in found.rows] == [(3, 1, 1), (1, 1, 0), (2, 0, 0)]


def test_an_organisation_in_two_columns_is_one_organisation(make, sample):
    body = make.organisation(name="Havnes")
    for kind in (ActorType.CITY_DISTRICT, ActorType.MUNICIPALITY):
        sample.coded("én", [[sample.b]], name="Havnes", actor_type=kind, organisation_id=body.id)
    row = matrix(sample.round.id, unit=CountUnit.ORGANISATIONS).rows[2]
    assert (row.cells, row.total) == ((3, 1, 0), 3)


def test_an_empty_round_has_an_empty_matrix(make):
    round_ = make.round()
    theme(round_, "A")
    found = matrix(round_.id, unit=CountUnit.ORGANISATIONS)
    assert (found.columns, found.units, found.coded) == ((), 0, 0)
    assert [(row.cells, row.total) for row in found.rows] == [((), 0)]


def test_progress_counts_a_chosen_part_for_its_passage(sample):
    before = coding_progress(sample.round.id)
    assert (before.passages, before.coded, before.submissions, before.finished) == (8, 7, 5, 4)
    uncoded = passages_of(sample.solvik)[2]
    part = add_passage(uncoded.version, start=uncoded.start, end=uncoded.start + 2, by=SYSTEM)
    apply_theme(part, sample.b, by=SYSTEM)
    after = coding_progress(sample.round.id)
    assert (after.passages, after.coded, after.finished) == (8, 8, 5)


@pytest.fixture
def with_parts(sample):
    """Parts are chosen: Solvik's [a1; parts a1, b] [b] [; part a]; the union's [a1; part a] [a1].

    A second union sends a bullet [a] with one under it [b].
    """
    first, _second, third = passages_of(sample.solvik)
    bullet = passages_of(sample.union)[0]
    for passage, start, end, one in (
        (first, 0, 1, sample.a1),
        (first, 1, 2, sample.b),
        (third, 0, 2, sample.a),
        (bullet, 0, 1, sample.a),
    ):
        offset = passage.start
        part = add_passage(passage.version, start=offset + start, end=offset + end, by=SYSTEM)
        apply_theme(part, one, by=SYSTEM)
    sample.coded(
        "- én\n  - to",
        [[sample.a], [sample.b]],
        name="Forbundet",
        actor_type=ActorType.UNION,
    )
    return sample


def test_the_matrix_counts_a_chosen_part_for_its_passage(with_parts):
    found = matrix(with_parts.round.id, unit=CountUnit.PASSAGES)
    assert {row.theme.key: (row.cells, row.total) for row in found.rows} == {
        "a": ((4, 3, 1), 8),  # the third paragraph by its part; the sub-bullet is not its bullet
        "a1": ((1, 2, 0), 3),
        "b": ((3, 1, 0), 4),
    }
    assert [(column.coded, column.units) for column in found.columns] == [(5, 5), (4, 4), (1, 1)]
    assert (found.coded, found.units) == (10, 10)
    progress = coding_progress(with_parts.round.id)
    assert (progress.coded, progress.passages) == (found.coded, found.units)


def test_lists_show_chosen_parts_but_count_them_for_their_passage(with_parts):
    page = theme_page(with_parts.round.id, "a", size=3)
    assert page.passages.count == PassageCount(passages=8, submissions=6, rows=10)
    assert [(count.group, count.passages) for count in page.groups] == [
        (ActorGroup.LOCAL, 4),
        (ActorGroup.WORKING_LIFE, 3),
        (ActorGroup.PEOPLE, 1),
    ]
    every = list_passages(with_parts.round.id)
    assert every.count == PassageCount(passages=10, submissions=6, rows=14)
    assert len(every.rows) == 14
    used = {row.key: row.codings for row in list_themes(with_parts.round.id)}
    assert used == {"a": 9, "a1": 3, "b": 4}  # a: 6 that count, 3 in answers that do not
    assert count_uses(with_parts.a.id) == (9, 1)


def test_respondents(sample):
    receive(sample.round, name="Ytre kommune", no_comments=True, channel=Channel.EMAIL)
    found = respondents(sample.round.id)
    assert (found.counted, found.with_comments, found.without_comments) == (6, 5, 1)
    assert (found.withdrawn, found.duplicates, found.late_excluded, found.off_topic) == (1, 1, 1, 0)
    assert found.by_type == {
        ActorType.MUNICIPALITY: 4,
        ActorType.UNION: 1,
        ActorType.PRIVATE_PERSON: 1,
    }
    assert list(found.by_group) == [ActorGroup.LOCAL, ActorGroup.WORKING_LIFE, ActorGroup.PEOPLE]
    assert found.by_channel == {Channel.FORM: 5, Channel.EMAIL: 1}
    assert found.by_language == {"nb": 6}
    assert found.by_publication == {Publication.WITH_NAME: 5, Publication.WITHOUT_NAME: 1}


def test_senders_in_the_order_of_a_list_of_senders(sample):
    receive(sample.round, "én", name="Ålesby kommune")
    receive(sample.round, "én", name="Ørland kommune")
    receive(sample.round, "én", name="Ærdal kommune")
    found = senders(sample.round.id)
    assert [sender.name for sender in found] == [
        "Fjell kommune",
        "Solvik kommune",
        "Solvik kommune",
        "Ærdal kommune",
        "Ørland kommune",
        "Ålesby kommune",
        "Fagforbundet",
        "Kari Nordvik",
    ]
    assert found[-1].public_name is None
    assert found[0].public_name == "Fjell kommune"
    assert sorted(["Å", "Z", "ø", "æ", "a"], key=name_key) == ["a", "Z", "æ", "ø", "Å"]


def test_theme_page(sample):
    page = theme_page(sample.round.id, "a")
    assert [row.key for row in page.below] == ["a1"]
    assert [(count.group, count.passages, count.submissions) for count in page.groups] == [
        (ActorGroup.LOCAL, 3, 3),
        (ActorGroup.WORKING_LIFE, 2, 1),
        (ActorGroup.PEOPLE, 1, 1),
    ]
    assert page.passages.count == PassageCount(passages=6, submissions=5, rows=6)
    assert [row.sender.name for row in page.passages.rows][:3] == [
        "Solvik kommune",
        "Solvik kommune",
        "Fjell kommune",
    ]
    assert {mark.key for mark in page.passages.rows[2].themes} == {"a", "b"}
    only = theme_page(sample.round.id, "a", group=ActorGroup.WORKING_LIFE, size=1)
    assert [row.quote for row in only.passages.rows] == ["én"]
    assert only.passages.count.passages == 2


def test_coded_stance_wins_over_stated_and_silence_is_computed(make, sample):
    proposal = make.proposal(sample.round)
    other = make.proposal(sample.round)
    question = make.question(sample.round, kind=QuestionKind.STANCE, proposal=proposal)
    stated = receive(
        sample.round,
        name="Vestby kommune",
        answers=(
            AnswerContent(
                question_id=question.id,
                text="Vi støtter dette fullt ut.",
                stance=Stance.SUPPORT,
                modifiers=(StanceModifier.TIMETABLE,),
            ),
        ),
    )
    quiet = receive(
        sample.round,
        name="Yttersia kommune",
        answers=(AnswerContent(proposal_id=proposal.id, no_comments=True),),
    )
    code_stance(sample.union, proposal, value=Stance.OPPOSE, by=SYSTEM)
    code_stance(stated, other, value=Stance.UNCLEAR, by=SYSTEM)
    first, second = stance_table(sample.round.id)
    assert [(e.sender.name, e.value, e.is_coded) for e in first.entries] == [
        ("Vestby kommune", Stance.SUPPORT, False),
        ("Yttersia kommune", Stance.NO_COMMENTS, False),
        ("Fagforbundet", Stance.OPPOSE, True),
    ]
    assert first.entries[0].modifiers == (StanceModifier.TIMETABLE,)
    assert [sender.name for sender in first.not_mentioned] == [
        "Fjell kommune",
        "Solvik kommune",
        "Solvik kommune",
        "Kari Nordvik",
    ]
    assert len(second.having(Stance.UNCLEAR)) == 1
    assert len(second.not_mentioned) == 6
    code_stance(stated, proposal, value=Stance.SUPPORT_PARTLY, by=SYSTEM)
    assert stance_table(sample.round.id)[0].entries[0].value is Stance.SUPPORT_PARTLY
    remove_stance(stated, proposal, by=SYSTEM)
    assert stance_table(sample.round.id)[0].entries[0].value is Stance.SUPPORT
    apply_theme(passages_of(stated)[0], sample.b, by=SYSTEM)
    page = theme_page(sample.round.id, "b")
    assert [(s.key, [e.value for e in s.entries]) for s in page.stances] == [
        (proposal.key, [Stance.SUPPORT])
    ]
    assert quiet.has_comments is False


def test_only_what_may_be_published_is_quoted(sample):
    long = "Vi mener at døra må stå åpen hver eneste dag, også når det snør. "
    sample.coded(long * 3, [[sample.b]], name="Hemmelig", publication=Publication.NOT_ON_WEB)
    sample.coded(long * 9, [[sample.b]], name="For lang")
    sample.coded(f"{long}\n\n{long * 2}\n\n{long * 3}", [[sample.b]] * 3, name="Åpen kommune")
    sample.coded(
        long,
        [[sample.b]],
        name="Kari Nordvik",
        actor_type=ActorType.PRIVATE_PERSON,
        publication=Publication.WITHOUT_NAME,
        channel=Channel.PHONE,
    )
    quotes = pick_quotes(sample.round.id, "b")
    assert [(quote.sender.public_name, quote.is_minuted) for quote in quotes] == [
        ("Åpen kommune", False),
        (None, True),
    ]
    assert quotes[0].text == (long * 3).strip()


def test_the_number_of_queries_does_not_grow(make):
    round_ = make.round()
    themes = [theme(round_, name) for name in "ABC"]
    proposal = make.proposal(round_)

    def fill(number: int) -> None:
        for index in range(number):
            submission = receive(round_, "\n\n".join(["Avsnitt"] * 5), name=f"K{index}")
            for place, passage in enumerate(passages_of(submission)):
                apply_theme(passage, themes[place % 3], by=SYSTEM)
            code_stance(submission, proposal, value=Stance.SUPPORT, by=SYSTEM)

    def run() -> list[int]:
        numbers = []
        for read in (
            lambda: matrix(round_.id, unit=CountUnit.ORGANISATIONS),
            lambda: theme_page(round_.id, "a"),
            lambda: stance_table(round_.id),
            lambda: coding_progress(round_.id),
            lambda: respondents(round_.id),
            lambda: senders(round_.id),
            lambda: list_passages(round_.id),
            lambda: pick_quotes(round_.id, "a"),
        ):
            with count_queries() as queries:
                read()
            numbers.append(queries.number)
        return numbers

    fill(2)  # 10 passages
    few = run()
    fill(10)  # 60 passages
    assert run() == few
