"""A summary tells nothing that few persons wrote or think, and says that it does not."""

from dataclasses import replace

import pytest

from consult.domain.documents.building.data import StanceFacts, SummaryData
from consult.domain.documents.building.figures import Figures
from consult.domain.documents.tree import check_document, walk
from consult.domain.documents.types import Chart, Document, Quote, Section, Table, Text
from consult.domain.organisations.types import ActorType
from consult.domain.submissions.types import Publication, Stance
from tests.domain.documents.building.small_round import (
    LONG,
    answer,
    passage,
    small_round,
    summary_of,
)


def words(node: object) -> str:
    return " ".join(part.text for part in walk(node) if isinstance(part, Text))


def section(document: Document, anchor: str) -> str:
    found = next(n for n in walk(document) if isinstance(n, Section) and n.id == anchor)
    return words(found)


def with_persons(*stances: Stance | None, themes: int, threshold: int = 5) -> SummaryData:
    """The small round without its own person, and persons with these stances on 4.1.

    The first ones write about "digital", so many as ``themes``.
    """
    data = small_round()
    numbers = range(20, 20 + len(stances))
    persons = [
        answer(
            number,
            f"Person {number}",
            actor_type=ActorType.PRIVATE_PERSON,
            organisation_id=None,
            publication=Publication.WITHOUT_NAME,
        )
        for number in numbers
    ]
    own = [
        StanceFacts(number, "4.1", stance)
        for number, stance in zip(numbers, stances, strict=True)
        if stance
    ]
    written = [
        passage(number, f"{LONG}, says person {number}.", "digital") for number in numbers[:themes]
    ]
    others = [one for one in data.answers if one.number != 7]
    return replace(
        data,
        round=replace(data.round, small_groups=threshold),
        answers=(*others, *persons),
        stances=(*data.stances, *own),
        passages=(*(p for p in data.passages if p.answer != 7), *written),
    )


FEW = with_persons(*[Stance.SUPPORT] * 6, Stance.OPPOSE, Stance.OPPOSE, None, themes=3)


@pytest.fixture(scope="module")
def few() -> Document:
    return summary_of(FEW, "en")


@pytest.mark.scenario(81)
def test_few_persons_on_a_theme_are_hidden_and_organisations_shown(few):
    check_document(few)
    told = section(few, "theme-digital")
    assert "2 passages by organisations are about this" in told
    assert "How many persons write about it is hidden" in told
    assert "People hidden" in told
    table = next(n for n in walk(few) if isinstance(n, Table) and n.id == "table-matrix")
    rows = {words(row.cells[0]): [words(cell) for cell in row.cells[1:]] for row in table.rows}
    assert rows["– Digital doors"] == ["1", "1", "hidden", "2+"]
    assert "fewer than 5 persons are hidden" in table.notes[0]
    chart = next(n for n in walk(few) if isinstance(n, Chart) and n.id == "figure-matrix")
    people = next(series for series in chart.series if series.name == "People")
    assert people.texts == ("hidden",)


@pytest.mark.scenario(79)
def test_a_body_that_stands_alone_is_named():
    ombud = answer(40, "Ombudet for dører", actor_type=ActorType.OMBUD)
    alone = passage(40, f"{LONG}, says the ombud.", "unused")
    data = replace(FEW, answers=(*FEW.answers, ombud), passages=(*FEW.passages, alone))
    document = summary_of(data, "en")
    assert "It comes from one organisation" in section(document, "theme-unused")
    quoted = [n for n in walk(document) if isinstance(n, Quote) and "ombud" in words(n)]
    assert [quote.sender for quote in quoted] == ["Ombudet for dører"]


def test_they_are_not_quoted_there(few):
    quoted = " ".join(words(n) for n in walk(few) if isinstance(n, Quote))
    assert "says person" not in quoted
    assert "says Granli" in quoted


def test_the_few_who_differ_are_hidden_with_those_they_could_be_told_from(few):
    told = section(few, "proposal-4-1")
    assert "Persons are not counted here: where they stand is hidden" in told
    chart = next(n for n in walk(few) if isinstance(n, Chart) and n.id == "figure-proposal-4-1")
    assert "People" not in chart.categories
    assert "private person" not in told


def test_what_enough_persons_think_is_told():
    many = [Stance.SUPPORT] * 12 + [Stance.OPPOSE] * 7 + [Stance.SUPPORT_PARTLY] * 2
    told = section(summary_of(with_persons(*many, themes=8), "en"), "proposal-4-1")
    assert "Of the 21 persons who answered: Supports 12. Their other numbers are hidden" in told
    figures = Figures(with_persons(*many[:19], themes=8))
    assert figures.proposal("4.1").apart is None
    assert not figures.hides_persons("digital")


def test_of_very_few_persons_nothing_is_told_but_their_number():
    document = summary_of(with_persons(Stance.SUPPORT, None, themes=0), "en")
    told = section(document, "theme-digital")
    assert "2 passages by organisations" in told
    assert "hidden" not in told
    assert "People" not in told
    table = next(n for n in walk(document) if isinstance(n, Table) and n.id == "table-matrix")
    assert "fewer than 5 of them answered" in table.notes[0]
    assert "People" not in [column.heading for column in table.columns]
    assert "where they stand is hidden" in section(document, "proposal-4-1")
    assert "2 answers from private persons" in section(document, "all-senders")


def test_the_chapter_on_method_says_so(few):
    assert "What fewer than 5 persons write about" in section(few, "method-counting")


def test_data_from_before_the_rule_tell_what_they_told():
    document = summary_of(replace(FEW, round=replace(FEW.round, small_groups=0)), "en")
    assert "hidden" not in section(document, "theme-digital")
    assert "Small groups" not in section(document, "method-counting")
