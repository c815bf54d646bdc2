"""Quotation marks, short names, and forms of Norwegian."""

from consult.domain.reports.language.names import find_early
from consult.domain.reports.language.norwegian import shares_of
from consult.domain.reports.language.quoted import Found, Said, quotations
from consult.domain.reports.language.sentences import sentences
from consult.kernel.text.rich.markdown import from_markdown
from consult.kernel.text.rich.types import Block, Kind, RichText, Text


def test_quoted_words_are_found_letter_by_letter():
    said = Said(["Døra må  være åpen hele dagen."], ["Naboen er syk."])
    assert said.find("døra må være åpen") is Found.PUBLISHABLE
    assert said.find("Døra må […] hele dagen.") is Found.PUBLISHABLE
    assert said.find("Naboen er syk") is Found.HIDDEN
    assert said.find("Døra må være lukket") is Found.NOWHERE


def test_quotations_are_what_stands_in_marks_or_in_blocks():
    text = RichText(
        (
            Block(Kind.PARAGRAPH, (Text("De sier «åpen dør» og «tid»."),)),
            Block(Kind.QUOTE, (Text("Døra må være åpen."),)),
            Block(Kind.PARAGRAPH, (Text("«Open» (vår oversettelse)."),)),
        )
    )
    assert [words for words, _around in quotations(text)] == [
        "åpen dør",
        "tid",
        "Døra må være åpen.",
    ]


def test_sentences_end_where_they_end():
    text = from_markdown("Det gjelder bl.a. Havnes. Flere sier det! Er det slik?\n\n## Ikke denne")
    assert list(sentences(text)) == [
        "Det gjelder bl.a. Havnes.",
        "Flere sier det!",
        "Er det slik?",
    ]


def test_a_short_name_comes_after_the_full_one():
    bodies = ["Landslaget for åpne dører (LÅD)", "Norsk forening for lange ganger", "Solvik"]
    texts = [
        ("p-1", "LÅD er enig. Norsk forening for lange ganger også."),
        ("p-2", "Landslaget for åpne dører (LÅD) og NFLG."),
    ]
    (early,) = find_early(texts, bodies)
    assert (early.place, early.short, early.full) == ("p-1", "LÅD", "Landslaget for åpne dører")
    assert not find_early(texts[1:], bodies[:1])


def test_bokmaal_and_nynorsk_are_told_by_their_own_words():
    bokmaal = "Jeg vet ikke hva de mener, men noen av dem sier at det er mye som ikke er gjort. "
    nynorsk = "Eg veit ikkje kva dei meiner, men nokre av dei seier at mykje ikkje er gjort."
    assert shares_of([from_markdown(bokmaal * 3)]).nynorsk_percent == 0
    mixed = shares_of([from_markdown(f"{bokmaal}\n\n{nynorsk}")])
    assert 40 <= (mixed.nynorsk_percent or 0) <= 60
    assert shares_of([from_markdown("Ja.")]).nynorsk_percent is None
