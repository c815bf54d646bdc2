"""Answers that repeat one another: told by their paragraphs, decided by a person, taken back."""

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.analysis.queries.counting import coding_progress, matrix
from consult.domain.analysis.queries.passages import count_passages, list_passages
from consult.domain.analysis.types import CountUnit
from consult.domain.coding.copies import Marked, fingerprint, propose_copies
from consult.domain.coding.queries.copies import find_copies, list_decided
from consult.domain.coding.service.coding import apply_theme
from consult.domain.coding.service.copying import decide_copy, take_back_copy
from consult.domain.coding.service.dividing import add_passage, mark_unmarked
from consult.domain.documents.building.figures import Figures
from consult.domain.documents.queries.gathering import gather_summary
from consult.domain.submissions.errors import AlreadyDecided
from consult.domain.submissions.service.revising import receive_version
from consult.domain.submissions.types import (
    AnswerContent,
    Channel,
    Publication,
    Respondent,
    SubmissionContent,
)
from consult.kernel.clock import utc_now
from tests.support.coded import passages_of, receive, theme

DOOR = "Døra til kontoret må være åpen hele dagen, også for dem som ikke har avtalt time."
BUS = "Bussen går to ganger om dagen, og den siste går før kontoret åpner etter lunsj."
OWN = "Hos oss er det dessuten slik at ventesalen deles med legekontoret i samme bygg."


def test_a_fingerprint_is_of_the_words_alone():
    assert fingerprint("Døra  må være\nåpen!") == fingerprint("døra må være åpen")
    assert fingerprint("Døra må være åpen") != fingerprint("Døra må ikke være åpen")


def marks(number: int, *texts: str) -> list[Marked]:
    return [
        Marked(number * 10 + index, number, fingerprint(text), len(text))
        for index, text in enumerate(texts)
    ]


def test_the_later_answer_is_proposed_with_the_one_it_shares_most_with():
    found = propose_copies(
        [*marks(1, DOOR), *marks(2, DOOR, BUS), *marks(3, BUS, DOOR), *marks(4, OWN)]
    )
    assert [(one.copy, one.first, len(one.passages), one.is_whole) for one in found] == [
        (3, 2, 2, True), (2, 1, 1, False)
    ]  # fmt: skip


def test_short_sentences_and_small_shares_tell_nothing():
    assert propose_copies([*marks(1, "Vi er enige."), *marks(2, "Vi er enige.")]) == []
    long = [f"{index} {OWN}" for index in range(5)]
    assert propose_copies([*marks(1, DOOR), *marks(2, DOOR, *long)]) == []


@pytest.mark.scenario(55)
def test_an_office_that_also_answers_itself_is_counted_once_for_what_it_says(make):
    round_ = make.round(questions=1)
    doors, buses = theme(round_, "Dører"), theme(round_, "Busser")
    county = receive(round_, f"{DOOR}\n\n{BUS}", name="Fylket")
    office = receive(round_, f"{DOOR}\n\n{BUS}\n\n{OWN}", name="Kontoret")
    apply_theme(passages_of(office)[0], buses, by=SYSTEM)
    (found,) = find_copies(round_.id)
    assert (found.copy.name, found.first.name, found.quotes) == ("Kontoret", "Fylket", (DOOR, BUS))
    decision = decide_copy(office, county, is_copy=True, by=SYSTEM)
    assert find_copies(round_.id) == []
    with pytest.raises(AlreadyDecided):
        decide_copy(office, county, is_copy=False, by=SYSTEM)

    copied = passages_of(office)
    assert [one.copy_of_id is not None for one in copied] == [True, True, False]
    assert apply_theme(copied[0], doors, by=SYSTEM)  # stands at the first from now on
    assert [one.theme.name for one in passages_of(county)[0].codings] == ["Dører"]
    part = add_passage(county.current_version, start=len(DOOR) + 2, end=len(DOOR) + 8, by=SYSTEM)
    apply_theme(part, buses, by=SYSTEM)
    again = add_passage(office.current_version, start=0, end=5, by=SYSTEM)
    assert not apply_theme(again, doors, by=SYSTEM)  # the paragraph has it, at the first
    ids = {one.name: one.id for one in (doors, buses)}
    for name in ids:
        count = count_passages(round_.id, theme_ids=[ids[name]])
        assert (count.passages, count.submissions) == (1, 2)
    rows = list_passages(round_.id, theme_ids=[doors.id]).rows
    assert [(row.sender.name, row.same_as) for row in rows] == [("Fylket", None), ("Kontoret", 1)]
    table = matrix(round_.id, unit=CountUnit.PASSAGES)
    assert (table.units, [row.total for row in table.rows]) == (3, [1, 1])
    table = matrix(round_.id, unit=CountUnit.ORGANISATIONS)
    assert (table.units, [row.total for row in table.rows]) == (2, [2, 2])
    assert coding_progress(round_.id).passages == 3
    figures = Figures(gather_summary(round_, now=utc_now()))
    tally = figures.tally(figures.passages_on(doors.key))
    assert (tally.passages, tally.answers, tally.organisations) == (1, 2, 2)

    take_back_copy(decision, by=SYSTEM)
    assert all(one.copy_of_id is None for one in passages_of(office))
    assert count_passages(round_.id, theme_ids=[buses.id]).passages == 2  # its own is back
    assert len(find_copies(round_.id)) == 1


def test_a_copy_follows_new_versions_and_points_at_the_first_of_all(make):
    round_ = make.round(questions=1)
    first, second, third = (receive(round_, DOOR, name=name) for name in ("A", "B", "C"))
    decide_copy(third, second, is_copy=True, by=SYSTEM)
    decide_copy(second, first, is_copy=True, by=SYSTEM)
    origin = passages_of(first)[0].id
    assert [passages_of(one)[0].copy_of_id for one in (second, third)] == [origin, origin]
    content = SubmissionContent(
        respondent=Respondent("B", second.actor_type),
        channel=Channel.FORM,
        language="nb",
        publication=Publication.WITH_NAME,
        answers=(AnswerContent(question_id=round_.questions[0].id, text=OWN),),
    )
    receive_version(second, content, by=SYSTEM, received_at=utc_now())
    session().expire_all()
    assert passages_of(second)[0].copy_of_id is None
    assert passages_of(third)[0].copy_of_id is None
    assert len(list_decided(round_.id)) == 2


def test_passages_of_an_older_release_are_marked(make):
    passage = passages_of(receive(make.round(), "Døra må være åpen."))[0]
    mark, passage.fingerprint = passage.fingerprint, None
    session().flush()
    assert mark_unmarked() == 1
    assert mark_unmarked() == 0
    session().refresh(passage)
    assert passage.fingerprint == mark
