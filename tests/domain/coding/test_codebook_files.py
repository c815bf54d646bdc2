"""Codebooks as files: CSV, REFI-QDA and TOML, out and in again, and what is refused."""

import re

import pytest

from consult.domain.accounts.types import SYSTEM
from consult.domain.coding.codebook_csv import read_codebook_csv
from consult.domain.coding.codebook_entries import join_words, normal_guid, split_words
from consult.domain.coding.errors import FileRefused
from consult.domain.coding.qdc import nearest_colour, read_qdc
from consult.domain.coding.queries.examples import examples_of_round, exemplified_by
from consult.domain.coding.queries.revisions import list_versions
from consult.domain.coding.queries.themes import list_themes
from consult.domain.coding.service.codebook_file import (
    CodebookFormat,
    export_codebook,
    import_codebook,
)
from consult.domain.coding.service.coding import apply_theme
from consult.domain.coding.service.examples import add_line, toggle_example
from consult.domain.coding.service.merging import merge_themes
from consult.domain.coding.starters import STARTERS, starter_text
from consult.domain.coding.types import Colour
from consult.kernel.errors import InvalidInput
from tests.support.coded import passages_of, receive, theme

NS = 'xmlns="urn:QDA-XML:codebook:1.0"'
GUID = "1FF58B12-6F6F-4B0C-8BE5-BBDC91F55294"
OTHER = "ECA18D76-2B8B-4F26-BC1D-19ECA19FB3F0"


def codes(inside: str) -> bytes:
    return f"<CodeBook {NS}>\n<Codes>\n{inside}\n</Codes>\n</CodeBook>".encode()


# ---- The words of a theme as one text


@pytest.mark.parametrize("language", ["nb", "nn", "en", "se"])
def test_words_come_back_from_one_text(language):
    words = ("Om tid.\n\nOgså ventetid.", "Kø", "Reisetid", ("Vi venter lenge.", "- og lenger"))
    assert split_words(join_words(*words[:3], ("Vi venter lenge.",), language=language)) == (
        *words[:3], ("Vi venter lenge.",),
    )  # fmt: skip


def test_a_text_of_another_program_is_a_definition():
    assert split_words("Alt om tid.\r\nOgså kø.") == ("Alt om tid.\nOgså kø.", "", "", ())
    assert join_words("", "", "", (), language="nb") == ""


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#1F6FC0", Colour.BLUE),
        ("#46AA00", Colour.LIME),
        ("#f00", Colour.RED),
        ("#000000", Colour.GREY),
        ("#EEEEEE", Colour.GREY),
        ("#FFE000", Colour.YELLOW),
    ],
)
def test_colours_of_other_programs_become_the_nearest_of_ours(text, colour):
    assert nearest_colour(text) is colour


@pytest.mark.parametrize("text", ["1F6FC0", "#1F6FC", "#GGGGGG", "blue", ""])
def test_what_is_no_colour(text):
    with pytest.raises(ValueError, match=r".+"):
        nearest_colour(text)


def test_a_guid_is_one_however_it_is_written():
    assert normal_guid(f"{{{GUID}}}") == normal_guid(GUID) == GUID.lower()
    with pytest.raises(ValueError, match="GUID"):
        normal_guid(GUID.replace("-", ""))


# ---- REFI-QDA


def test_a_codebook_of_another_program_is_read():
    file = read_qdc(
        f"""\ufeff<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="urn:QDA-XML:codebook:1.0 Codebook.xsd" {NS} origin="X">
  <Codes>
    <Code guid="{GUID}" name="Tid &amp; kø" color="#46AA00" isCodable="false">
      <Description>Alt om tid</Description>
      <Code guid="{{{OTHER}}}" name="Venting" isCodable="true"/>
    </Code>
  </Codes>
  <Sets><Set name="S" guid="{OTHER}"><Description>x</Description><MemberCode guid="{GUID}"/></Set>
  </Sets>
</CodeBook>""".encode()
    )
    assert file.problems == ()
    time, waiting = file.entries
    assert (time.name, time.colour, time.definition) == ("Tid & kø", Colour.LIME, "Alt om tid")
    assert (time.place, time.parent, waiting.parent) == ("line 5", None, GUID.lower())
    assert waiting.colour is Colour.GREY


CODE = f'<Code guid="{GUID}" name="A" isCodable="true"'


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (codes('<Code name="A" isCodable="true"/>'), "line 3: Code has no guid"),
        (codes(f'<Code guid="{GUID}" isCodable="true"/>'), "line 3: Code has no name"),
        (codes(f"{CODE}/>\n{CODE}/>"), "line 4: the GUID stands in line 3 already"),
        (codes('<Code guid="12" name="A" isCodable="true"/>'), "line 3: “12” is not a GUID"),
        (codes(f'{CODE} color="red"/>'), "line 3: “red” is not a colour such as #1F6FC0"),
        (codes(CODE.replace('"true"', '"yes"') + "/>"), "isCodable is neither true nor false"),
        (codes(f"{CODE}><Note/></Code>"), "line 3: Note is not allowed in Code"),
        (codes(f"{CODE}>words</Code>"), "line 3: words are not allowed in Code"),
        (codes(""), "the file has no codes"),
        (b"<CodeBook><Codes/></CodeBook>", "not a codebook of the namespace"),
        (b'<Project xmlns="urn:QDA-XML:project:1.0"/>', "not a codebook of the namespace"),
        (b"<CodeBook", "line 1: not well-formed XML"),
        (b"", "line 1: not well-formed XML"),
        (
            b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + codes(f"{CODE}/>"),
            "line 1: a document type is not allowed",
        ),
        (
            b'<!DOCTYPE x SYSTEM "file:///etc/passwd">' + codes(f"{CODE}/>"),
            "a document type is not allowed",
        ),
    ],
)
def test_what_is_wrong_is_told_by_line(data, problem):
    (told, *_more) = read_qdc(data).problems
    assert problem in told


# ---- CSV


def test_a_table_made_by_hand_needs_names_only():
    file = read_codebook_csv("name;parent\nTid;\nVenting;Tid\n")
    assert [(one.name, one.parent, one.examples) for one in file.entries] == [
        ("Tid", None, None), ("Venting", "Tid", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("key,title\na,A", "row 1: there is no column “title”"),
        ("key\na", "row 1: the column “name” is missing"),
        ("name,colour\nA,red\nB,cyan", "row 3: colour must be one of"),
        ("name\n", "row 1: the file has no themes"),
    ],
)
def test_what_is_wrong_is_told_by_row(text, problem):
    assert problem in " / ".join(read_codebook_csv(text).problems)


# ---- In and out


@pytest.fixture
def round_(make):
    return make.round(questions=1)


@pytest.fixture
def book(round_):
    """Three levels with everything that a theme can say."""
    a = theme(round_, "=Tid & kø", definition="Om «tid».\n\nOg kø.", include="Kø", exclude="Reise")
    add_line(a, "Vi venter <lenge>.", by=SYSTEM)
    theme(round_, "Drop-in", parent=theme(round_, "Venting", parent=a, definition="Kø"))
    theme(round_, "Språk")
    return round_


def tree(round_) -> list[tuple[object, ...]]:
    lines = examples_of_round(round_.id)
    return [
        (row.path, row.content, [one.text for one in lines.get(row.id, ())])
        for row in list_themes(round_.id)
    ]


@pytest.mark.parametrize("kind", list(CodebookFormat))
def test_a_codebook_comes_back_as_it_was_and_is_known_again(make, book, kind):
    text = export_codebook(book, kind)
    other = make.round()
    assert import_codebook(other, text.encode(), by=SYSTEM, kind=kind).added == 4
    assert tree(other) == tree(book)
    again = import_codebook(other, text, by=SYSTEM, kind=kind)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 4)
    if kind is CodebookFormat.QDC:
        guids = re.compile('guid="(.+?)"')
        assert guids.findall(export_codebook(other, kind)) == guids.findall(text)
        assert export_codebook(book, kind) == text


def test_nothing_is_kept_of_a_file_with_errors(book):
    before = tree(book)
    deep = (
        f'{CODE}><Code guid="{OTHER}" name="B" isCodable="true">\n'
        f'<Code guid="{OTHER[:-1]}1" name="C" isCodable="true">\n'
        f'<Code guid="{OTHER[:-1]}2" name="D" isCodable="true"/></Code></Code></Code>\n'
        f'<Code guid="{OTHER[:-1]}3" name="Kari 15108695088" isCodable="true"/>'
    )
    with pytest.raises(FileRefused) as refused:
        import_codebook(book, codes(deep), by=SYSTEM, kind=CodebookFormat.QDC)
    assert refused.value.problems == (
        "line 5: a codebook has at most 3 levels",
        "line 6: a national identity number stands in name",
    )
    assert tree(book) == before
    with pytest.raises(FileRefused, match="UTF-8"):
        import_codebook(book, b"name\n\xe6", by=SYSTEM, kind=CodebookFormat.CSV)


def test_a_file_does_not_bring_back_what_was_merged_and_its_moves_are_versions(round_):
    a, b = theme(round_, "A"), theme(round_, "B")
    theme(round_, "C", parent=a)
    apply_theme(passages_of(receive(round_, "Åpne dører."))[0], a, by=SYSTEM)
    text = "key,name,parent,colour\nb,B,,blue\nc,C,b,blue\n"
    import_codebook(round_, text, by=SYSTEM, kind=CodebookFormat.CSV, why="bok.csv")
    assert [(row.number, row.why) for row in list_versions(round_.id)] == [(2, "bok.csv"), (1, "")]
    merge_themes(a, b, why="Samme sak", by=SYSTEM)
    with pytest.raises(FileRefused, match="row 2: a was merged or split"):
        import_codebook(round_, "key,name\na,A\n", by=SYSTEM, kind=CodebookFormat.CSV)


# ---- Examples and starters


def test_examples_are_lines_and_passages_and_only_lines_leave(round_):
    (passage,) = passages_of(receive(round_, "Vi ventet i tre uker."))
    tid = theme(round_, "Tid")
    assert toggle_example(tid, passage, by=SYSTEM)
    add_line(tid, "  Køen er  lang. ", by=SYSTEM)
    add_line(tid, "Køen er lang.", by=SYSTEM)
    assert [(one.text, one.passage_id) for one in examples_of_round(round_.id)[tid.id]] == [
        ("Vi ventet i tre uker.", passage.public_id), ("Køen er lang.", None),
    ]  # fmt: skip
    assert exemplified_by(passage.id, among=[tid.id]) == {tid.id}
    for kind in CodebookFormat:
        text = export_codebook(round_, kind)
        assert "Køen er lang." in text
        assert "tre uker" not in text
    assert not toggle_example(tid, passage, by=SYSTEM)
    for line, reason in (("", "empty"), ("Kari 15108695088", "identity_number")):
        with pytest.raises(InvalidInput, match=reason):
            add_line(tid, line, by=SYSTEM)


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("name", list(STARTERS))
def test_a_starter_fills_an_empty_codebook(make, name, language):
    round_ = make.round()
    done = import_codebook(round_, starter_text(name, language), by=SYSTEM)
    rows = list_themes(round_.id)
    assert done.added == len(rows) >= 10
    assert all(row.content.definition and row.content.include for row in rows)
    assert all(examples_of_round(round_.id).get(row.id) for row in rows)
