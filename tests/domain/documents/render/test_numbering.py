"""Chapters, tables, figures and footnotes are counted once, in reading order."""

from dataclasses import replace

from consult.domain.documents.render.numbering import number_document
from consult.domain.documents.types import (
    Box,
    DocumentKind,
    Footnote,
    FootnoteRef,
    Numbered,
    Paragraph,
    Ref,
    RefForm,
    Section,
    Text,
)
from tests.domain.documents.small import bar_chart, document, paragraph, section, table


def test_sections_are_numbered_by_place():
    tree = document(
        Section("foreword", "Foreword", (section("thanks"),), Numbered.NO),
        section("one", section("one-a"), section("one-b", section("one-b-i"))),
        section("two"),
        Section("senders", "Senders", (section("cities"),), Numbered.APPENDIX),
        Section("questions", "Questions", (), Numbered.APPENDIX),
    )
    labels = number_document(tree).labels
    assert {anchor: label.heading for anchor, label in labels.items()} == {
        "foreword": "",
        "thanks": "",
        "one": "1",
        "one-a": "1.1",
        "one-b": "1.2",
        "one-b-i": "1.2.1",
        "two": "2",
        "senders": "Appendix 1",
        "cities": "",
        "questions": "Appendix 2",
    }


def test_tables_and_figures_have_rows_of_their_own():
    tree = document(
        table("t1"), section("one", bar_chart("f1"), table("t2")), Box("Box", (bar_chart("f2"),))
    )
    labels = number_document(tree).labels
    assert [labels[key].heading for key in ("t1", "f1", "t2", "f2")] == [
        "Table 1",
        "Figure 1",
        "Table 2",
        "Figure 2",
    ]


def test_references_are_worded_by_what_they_lead_to():
    tree = document(
        Section("foreword", "Foreword", (), Numbered.NO),
        section("one", section("deep"), table("t")),
        Box("In short", (paragraph("x"),), id="box"),
    )
    numbering = number_document(tree)
    assert numbering.reference(Ref("deep")) == "chapter 1.1"
    assert numbering.reference(Ref("t")) == "table 1"
    assert numbering.reference(Ref("t", RefForm.TITLE)) == "A table"
    assert numbering.reference(Ref("t", RefForm.PAGE)) == "table 1"
    assert numbering.reference(Ref("foreword")) == "“Foreword”"
    assert numbering.reference(Ref("box")) == "“In short”"


def test_footnotes_are_numbered_by_first_mention():
    def mention(key: str) -> Paragraph:
        return Paragraph((Text("x"), FootnoteRef(key)))

    notes = tuple(Footnote(key, (Text(key),)) for key in ("a", "b", "unused"))
    tree = document(mention("b"), mention("a"), mention("b"), footnotes=notes)
    assert dict(number_document(tree).footnotes) == {"b": 1, "a": 2}


def test_a_report_lists_its_tables_when_there_are_enough():
    tree = document(*(section(f"s{n}", table(f"t{n}")) for n in range(5)), bar_chart("c"))
    assert number_document(tree).registers == ()
    (register,) = number_document(replace(tree, kind=DocumentKind.REPORT)).registers
    assert (register.kind, register.ids) == ("table", ("t0", "t1", "t2", "t3", "t4"))


def test_contents_hold_the_sections_as_a_tree():
    contents = number_document(document(section("one", section("deep")), section("two"))).contents
    assert [entry.id for entry in contents] == ["one", "two"]
    assert [entry.id for entry in contents[0].children] == ["deep"]
