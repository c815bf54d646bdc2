"""The chapter on method says how the round was held and worked on, each number with its whole."""

from dataclasses import replace

from consult.domain.disclosure.types import LegalBasis
from consult.domain.documents.building.data import DoubleFacts, RedactionFacts
from consult.domain.documents.render.html import render_html
from consult.domain.documents.tree import walk
from consult.domain.documents.types import Table
from consult.domain.organisations.types import ActorType
from tests.domain.documents.building.small_round import answer, small_round, summary_of


def method_of(data):
    document = summary_of(data, "en")
    return next(one for one in walk(document) if getattr(one, "id", "") == "method"), document


def test_who_was_asked_who_answered_and_what_was_left_out():
    section, document = method_of(replace(small_round(), reminded=2))
    table = next(one for one in walk(section) if isinstance(one, Table))
    rows = [[cell[0].text for cell in row.cells] for row in table.rows]
    assert rows[-1][0] == "All"
    asked = len(small_round().invited)
    assert rows[-1][1] == str(asked)
    html = str(render_html(document))
    assert f"2 of the {asked} bodies that were asked" in html
    assert "9 received · " in html
    assert "7 analysed" in html
    assert "No words were taken out of the answers" in html


def test_agreement_and_redactions_are_told_with_their_numbers():
    data = replace(
        small_round(),
        double=DoubleFacts(20, both=6, first=2, second=2, neither=30),
        redactions=(RedactionFacts(LegalBasis.THIRD_PARTY, 3),),
    )
    html = str(render_html(method_of(data)[1]))
    assert "20 passages were coded once more" in html
    assert "Cohen’s κ 0.69 (n = 40 judgements)" in html
    assert "in 3 places" in html
    assert "A third party who is named: 3." in html
    alike = replace(data, double=DoubleFacts(3, neither=3))
    assert "κ cannot be computed" in str(render_html(method_of(alike)[1]))


def test_languages_do_not_point_at_a_person():
    answers = (answer(1), answer(2, language="nn"), answer(3, language="se"))
    data = replace(small_round(), answers=answers, stances=(), passages=())
    html = str(render_html(method_of(data)[1]))
    for words in ("Nynorsk 1", "Sámi 1", "Other languages 1"):
        assert words in html
    person = answer(4, language="nn", actor_type=ActorType.PRIVATE_PERSON, organisation_id=None)
    protected = replace(data.round, small_groups=5)
    few = replace(data, answers=(*answers, person), round=protected)
    html = str(render_html(method_of(few)[1]))
    assert "Nynorsk 1" in html
    assert "(organisations only)" in html
