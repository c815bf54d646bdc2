"""Marks, hyphens, dates, names and languages, one rule at a time."""

from datetime import date

import pytest

from consult.domain.intake.recognise.language import guess_language
from consult.domain.intake.recognise.letter import find_date, is_date_line
from consult.domain.intake.recognise.signatures import find_signatories
from consult.domain.intake.rules import (
    is_closing_paragraph,
    join_lines,
    nest_marks,
    split_mark,
    split_reference,
)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["et myndig NAV-", "kontor"], "et myndig NAV-kontor"),
        (["god ut-", "vikling"], "god utvikling"),
        (["arbeids-", "og velferdsetaten"], "arbeids- og velferdsetaten"),
        (["IA-", "avtalen"], "IA-avtalen"),
        (["Møre og Roms-", "dal"], "Møre og Romsdal"),
        (["a\u00ad", "b"], "ab"),
        (["mål- og/", "eller krav"], "mål- og/eller krav"),
    ],
)
def test_wrapped_lines(lines, text):
    assert join_lines(lines) == text


def test_hyphen_that_stands_elsewhere_is_kept():
    assert join_lines(["en chat-", "funksjon"], hyphenated=frozenset({"chat-funksjon"})) == (
        "en chat-funksjon"
    )


@pytest.mark.parametrize(
    ("line", "glyph", "rest"),
    [
        ("- Mer tid", "-", "Mer tid"),
        ("  o Under", "o", "Under"),
        ("\uf0b7 Fra Word", "\uf0b7", "Fra Word"),
        ("-Mer tid", "-", "Mer tid"),
        ("a) Første", "a)", "Første"),
        ("(2) Andre", "(2)", "Andre"),
        ("3.2 Merknader", "3.2", "Merknader"),
        ("1. Hva nå?", "1.", "Hva nå?"),
    ],
)
def test_marks(line, glyph, rest):
    mark = split_mark(line)
    assert mark is not None
    assert (mark.glyph, mark.rest) == (glyph, rest)


@pytest.mark.parametrize(
    "line", ["12. oktober 2026", "27.000 medlemmer", "-vis kan det", "og så", "5. mars", "e-post"]
)
def test_no_marks(line):
    assert split_mark(line) is None


def test_nesting_by_indent_and_by_kind():
    assert nest_marks([(0, "-"), (4, "-"), (8, "-"), (0, "-")], tolerance=1) == [0, 1, 2, 0]
    assert nest_marks([(0, "-"), (0, "o"), (0, "o"), (0, "-")], tolerance=1) == [0, 1, 1, 0]
    assert nest_marks([(0, "-"), None, (4, "o")], tolerance=1) == [0, 0, 0]


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("Spørsmål 1: Hva?", "1", "Hva?"),
        ("Til forslag 3.2", "3.2", ""),
        ("Ad pkt. 4 Frister", "4", "Frister"),
        ("Merknader til § 4-2", "4-2", ""),
        ("Question 2. Why?", "2", "Why?"),
        ("Gažaldat 3", "3", ""),
    ],
)
def test_references(text, number, rest):
    reference = split_reference(text)
    assert reference is not None
    assert (reference.number, reference.rest) == (number, rest)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12. oktober 2026", date(2026, 10, 12)),
        ("12.10.2026", date(2026, 10, 12)),
        ("12.10.26", date(2026, 10, 12)),
        ("2026-10-12", date(2026, 10, 12)),
        ("Oslo, 5. mars 2026", date(2026, 3, 5)),
        ("October 12, 2026", date(2026, 10, 12)),
        ("golggotmánu 12. b. 2026", date(2026, 10, 12)),
    ],
)
def test_dates(text, day):
    assert find_date(text) == day
    assert is_date_line(text)


@pytest.mark.parametrize("text", ["Meld. St. 33 (2015–2016)", "31.02.2026", "sak 12/2026", "2026"])
def test_no_dates(text):
    assert find_date(text) is None


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        (
            ["Ada Berg Liv Hauge", "Leder Rådgiver"],
            [("Ada Berg", "Leder"), ("Liv Hauge", "Rådgiver")],
        ),
        (
            ["Ada Marie Berg Liv Hauge", "Daglig leder Seniorrådgiver"],
            [("Ada Marie Berg", "Daglig leder"), ("Liv Hauge", "Seniorrådgiver")],
        ),
        (
            ["Ada Berg Liv Hauge", "første nestleder forbundssekretær"],
            [("Ada Berg", "første nestleder"), ("Liv Hauge", "forbundssekretær")],
        ),
        (
            ["Sign      Sign Ada Berg Liv Hauge Forbundsleder Rådgiver"],
            [("Ada Berg", "Forbundsleder"), ("Liv Hauge", "Rådgiver")],
        ),
        (["NORSK FJORDLAG", "Ada Berg", "leder"], [("Ada Berg", "leder")]),
        (
            ["Ada Berg\tLiv Hauge\tOla Vik", "leder\tnestleder\tkasserer"],
            [("Ada Berg", "leder"), ("Liv Hauge", "nestleder"), ("Ola Vik", "kasserer")],
        ),
        (["Ada Berg", "leder og rådgiver"], [("Ada Berg", "leder og rådgiver")]),
        (
            ["Ada Berg, leder", "Liv Hauge (rådgiver)"],
            [("Ada Berg", "leder"), ("Liv Hauge", "rådgiver")],
        ),
        (["Fjordlaget", "Postboks 3", "ada@example.org"], []),
    ],
)
def test_signatures(lines, people):
    assert [(one.name, one.title) for one in find_signatories(lines)] == people


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Vi mener at det ikke er noe som bør være slik, også fra vår side.", "nb"),
        ("Me meiner at det ikkje er noko som bør vere slik, og frå vår side.", "nn"),
        (
            "Mii oaivvildit ahte dát lea buorre, muhto galgá leat eanet ruhta gielddaide go ovdal.",
            "se",
        ),
        ("We think that this is not the way to go, and that it should be changed.", "en"),
        ("Ja.", None),
    ],
)
def test_languages(text, language):
    assert guess_language(text) == language


def test_leave_taking_paragraphs():
    assert is_closing_paragraph("Vi håper innspillene kommer til nytte.")
    assert is_closing_paragraph("Ta gjerne kontakt ved spørsmål.")
    assert not is_closing_paragraph("Vi mener at fristen er for kort.")
