"""Words of quantity held against numbers."""

from dataclasses import replace

import pytest

from consult.domain.composing.types import PartKind
from consult.domain.documents.building.figures import Figures
from consult.domain.documents.building.wording import Wording
from consult.domain.organisations.types import ActorType
from consult.domain.reports.language.claims import find_claims
from consult.domain.reports.language.quantities import judge, spoken_of_proposal, spoken_of_theme
from consult.domain.reports.linting import lint
from consult.domain.reports.rules import WrittenPart
from consult.domain.reports.types import CheckKind
from consult.domain.submissions.types import Publication, Stance
from consult.kernel.text.rich.markdown import from_markdown
from tests.domain.documents.building.small_round import StanceFacts, answer, passage, small_round


def stances(*, support: int, oppose: int):
    """A round of that many bodies, each with a stance on 4.1."""
    numbers = range(1, support + oppose + 1)
    taken = [Stance.SUPPORT] * support + [Stance.OPPOSE] * oppose
    return replace(
        small_round(),
        answers=tuple(answer(number, f"Kommune nummer {number}") for number in numbers),
        stances=tuple(
            StanceFacts(number, "4.1", stance)
            for number, stance in zip(numbers, taken, strict=True)
        ),
        passages=(),
    )


def found(data, words: str, *, about: str | None = None, proposal: str | None = "4.1"):
    """What is found in some words on the proposal 4.1, or on a theme."""
    text = from_markdown(words)
    part = WrittenPart(
        "p-1", "", PartKind.VIEWS, text, about=about, proposal=None if about else proposal
    )
    return list(lint([part], Figures(data), Wording("nb")))


@pytest.mark.scenario(78)
def test_a_majority_that_is_none_is_told_with_those_who_support():
    (line,) = found(stances(support=8, oppose=13), "Et flertall støtter forslaget.")
    assert line.check is CheckKind.QUANTIFIER
    assert (line.words, line.values["count"], line.values["of"]) == ("Et flertall", 8, 21)
    assert line.values["fitting"] == "many"
    assert line.names == tuple(f"Kommune nummer {number}" for number in range(1, 9))
    assert line.numbers == tuple(range(1, 9))
    assert line.may_be_signed_for


@pytest.mark.scenario(79)
def test_one_alone_is_named_though_one():
    data = stances(support=20, oppose=0)
    ombud = answer(30, "Ombudet for dører", actor_type=ActorType.OMBUD)
    data = replace(
        data,
        answers=(*data.answers, ombud),
        stances=(*data.stances, StanceFacts(30, "4.1", Stance.OPPOSE)),
    )
    (line,) = found(data, "Én høringsinstans går imot forslaget.")
    assert (line.check, line.names) == (CheckKind.UNNAMED, ("Ombudet for dører",))
    assert not found(data, "Én høringsinstans, Ombudet for dører, går imot forslaget.")


@pytest.mark.parametrize(
    ("support", "oppose", "words"),
    [
        (21, 0, "Alle støtter det."),
        (18, 3, "De fleste støtter det."),
        (12, 9, "Et flertall, 12 av 21, støtter det."),
        (8, 13, "Mange støtter det."),
        (4, 17, "Flere støtter det."),
        (3, 18, "Noen få støtter det."),
        (3, 18, "Flere støtter det."),
        (2, 30, "Enkelte støtter det."),
        (12, 9, "Mange går imot det."),
        (12, 9, "Det er stor tilslutning til det."),
        (0, 21, "Ingen støtter det."),
    ],
)
def test_a_word_that_fits_is_let_be(support, oppose, words):
    assert not found(stances(support=support, oppose=oppose), words)


@pytest.mark.parametrize(
    "words",
    ["De fleste støtter det.", "Flere støtter det.", "Enkelte støtter det.", "Alle støtter det."],
)
def test_a_word_too_big_or_too_small_is_found(words):
    (line,) = found(stances(support=10, oppose=11), words)
    assert line.check is CheckKind.QUANTIFIER


def test_a_majority_says_of_how_many():
    (line,) = found(stances(support=12, oppose=9), "Et flertall støtter det.")
    assert line.check is CheckKind.NO_DENOMINATOR


def test_where_few_address_it_they_are_named():
    data = stances(support=3, oppose=1)
    (line,) = found(data, "Et flertall, 3 av 4, støtter det.")
    assert line.check is CheckKind.UNNAMED
    told = "Et flertall, 3 av 4, støtter det: Kommune nummer 1, Kommune nummer 2 og 3."
    assert not found(data, told)


def test_only_the_group_that_is_named_is_counted():
    data = stances(support=6, oppose=6)
    unions = tuple(
        answer(number, f"Forbund {number}", actor_type=ActorType.UNION) for number in range(20, 30)
    )
    data = replace(
        data,
        answers=(*data.answers, *unions),
        stances=(*data.stances, *(StanceFacts(one.number, "4.1", Stance.OPPOSE) for one in unions)),
    )
    assert not found(data, "Alle fagforeningene går imot det.")
    (line,) = found(data, "Alle kommunene går imot det.")
    assert (line.values["count"], line.values["of"]) == (6, 12)


def test_a_theme_only_says_what_is_too_much():
    data = replace(
        stances(support=12, oppose=0),
        passages=tuple(passage(number, "Tid.", "access") for number in range(1, 5)),
    )
    assert not found(data, "Enkelte innspill handler om dette.", about="access")
    (line,) = found(data, "De fleste innspill handler om dette.", about="access")
    assert (line.values["count"], line.values["of"]) == (4, 12)
    (line,) = found(data, "Et flertall støtter dette.", about="access")
    assert line.check is CheckKind.QUANTIFIER


def test_a_part_about_nothing_counts_nothing():
    (line,) = found(small_round(), "Mange innspill sier det.", proposal=None)
    assert line.check is CheckKind.UNCOUNTED


def test_who_may_not_be_named_is_told_by_number_alone():
    data = stances(support=1, oppose=9)
    hidden = replace(data.answers[0], publication=Publication.WITHOUT_NAME)
    data = replace(data, answers=(hidden, *data.answers[1:]))
    (line,) = found(data, "Flere støtter det.")
    assert line.names == ("1 avsender uten navn",)


def test_two_answers_of_one_body_are_two_answers_and_one_body():
    data = stances(support=2, oppose=0)
    both = tuple(replace(one, organisation_id=7) for one in data.answers)
    figures = Figures(replace(data, answers=both, passages=(passage(1, "A", "access"),)))
    assert len(spoken_of_proposal(figures, "4.1").addressing) == 1
    assert len(spoken_of_theme(figures, "access").addressing) == 1
    (claim,) = find_claims("Alle innspill støtter det.")
    assert judge(claim, spoken_of_proposal(figures, "4.1")) is not None  # few: named
