"""How a search is read, put to the databases, and marked in a text."""

import pytest

from consult.domain.analysis.search.language import TermKind, parse_query
from consult.domain.analysis.search.marking import find_marks, pieces_of, says
from consult.domain.analysis.search.matching import (
    fts5_expression,
    tokens_of,
    tsquery_expression,
)


def test_a_search_is_read_part_by_part():
    query = parse_query('tid «mer tid» kommune* -reise -"for lite" tolk OR tegnspråk')
    kinds = [[term.kind for term in group] for group in query.groups]
    word, phrase, beginning = TermKind.WORD, TermKind.PHRASE, TermKind.BEGINNING
    assert kinds == [[word], [phrase], [beginning], [word, word]]
    assert [term.kind for term in query.excluded] == [word, phrase]


@pytest.mark.parametrize("text", ["", "   ", "-tid", "OR", '"', '""', "*", "- -", "§ –"])
def test_what_holds_no_word_asks_for_nothing(text):
    assert parse_query(text).is_empty


def test_no_search_is_too_long():
    query = parse_query("a" * 5 + " ord" * 5000 + ' "')
    assert len(query.groups) <= 20
    assert parse_query("tid OR OR ELLER tolk").groups == parse_query("tid OR tolk").groups
    assert parse_query("tid OR").groups == parse_query("tid").groups


def test_the_same_is_asked_of_both_databases():
    query = parse_query('tid "mål og mening" kommune* mål OR tolk -reise')
    assert fts5_expression(query) == (
        '(("tid" OR "~tid") AND ("mål og mening") AND ("=kommune" *)'
        ' AND ("mål" OR "tolk" OR "~tolk")) NOT ("reis" OR "~reis")'
    )
    assert tsquery_expression(query) == (
        "(('tid' | '~tid') & (('mål' & 'og' & 'mening')) & ('=kommune':*)"
        " & ('mål' | 'tolk' | '~tolk')) & !('reis' | '~reis')"
    )


def test_tokens_stand_apart_so_that_they_can_be_counted():
    tokens = tokens_of("Mål, mål og brukarar.")
    assert tokens["stems"] == " mål  mål  og  brukær "
    assert tokens["others"] == " ~mal  =mål  =mal  =og  =brukarar  =brukerar "
    assert tokens_of("…") == {"stems": "", "others": ""}


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("bruker", ["Brukarane", "brukere"]),
        ('"mer tid"', ["meir tid"]),
        ("trenge* tid -reise", ["trenger", "tid"]),
        ("samisk", []),
        ("hoyring OR calmmi", ["čálmmi"]),
    ],
)
def test_hits_are_marked_where_they_stand(words, marked):
    text = "Brukarane og brukere: de trenger meir tid på čálmmi."
    marks = find_marks(text, parse_query(words))
    assert [text[start:end] for start, end in marks] == marked


def test_a_text_can_be_asked_without_a_database():
    text = "Brukarane trenger meir tid."
    assert says(text, parse_query("bruker tid"))
    assert says(text, parse_query('"mer tid" -tolk'))
    assert not says(text, parse_query("bruker -tid"))
    assert not says(text, parse_query("tolk"))


def test_of_a_long_text_the_part_with_the_first_hit_is_shown():
    text = "ord " * 300 + "tolk " + "ord " * 300
    pieces = pieces_of(text, find_marks(text, parse_query("tolk")), length=200)
    shown = "".join(piece.text for piece in pieces)
    assert shown.startswith("… ord")
    assert shown.endswith("ord …")
    assert [piece.text for piece in pieces if piece.is_hit] == ["tolk"]
    assert len(shown) < 220
    whole = pieces_of("Kort tekst.", (), length=200)
    assert [piece.text for piece in whole] == ["Kort tekst."]
