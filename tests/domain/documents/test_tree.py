"""The tree is stored and read without loss, and contradictions are found."""

import dataclasses
import json

import pytest

from consult.domain.documents.errors import InvalidDocument, UnknownFormat
from consult.domain.documents.tree import check_document, content_hash, from_json, to_json, walk
from consult.domain.documents.types import (
    Block,
    Box,
    ChartKind,
    FootnoteRef,
    Link,
    PageBreakHint,
    Paragraph,
    Ref,
    Text,
)
from tests.domain.documents.sample import sample_document
from tests.domain.documents.small import bar_chart, document, paragraph, section, table


def test_a_stored_tree_comes_back_as_it_was():
    tree = sample_document()
    assert from_json(to_json(tree)) == tree
    assert to_json(from_json(to_json(tree))) == to_json(tree)


def test_defaults_are_not_stored():
    stored = json.loads(to_json(document(paragraph("Hello"))))
    assert stored["version"] == 1
    assert stored["document"]["blocks"] == [
        {"type": "Paragraph", "inlines": [{"type": "Text", "text": "Hello"}]}
    ]
    assert "status" not in stored["document"]


def test_the_hash_follows_the_content():
    tree = sample_document()
    assert content_hash(tree) == content_hash(from_json(to_json(tree)))
    assert content_hash(tree) != content_hash(dataclasses.replace(tree, status=""))


@pytest.mark.parametrize(
    "stored",
    [
        "nonsense",
        "[]",
        '{"format": "other"}',
        '{"format": "consult-document", "version": 2, "document": {}}',
        '{"format": "consult-document", "version": 1, "document": {"type": "Script"}}',
        '{"format": "consult-document", "version": 1, "document": {"type": "Text", "text": "x"}}',
        '{"format": "consult-document", "version": 1, "document": {"type": "Document"}}',
    ],
)
def test_anything_else_is_not_a_tree(stored):
    with pytest.raises(UnknownFormat):
        from_json(stored)


def test_a_field_of_another_version_is_not_dropped_silently():
    stored = to_json(document(paragraph("x"))).replace('"text":"x"', '"text":"x","colour":"red"')
    with pytest.raises(UnknownFormat, match="colour"):
        from_json(stored)


def test_walking_goes_in_reading_order():
    tree = document(section("one", paragraph("a")), section("two", paragraph("b")))
    assert [node.text for node in walk(tree) if isinstance(node, Text)] == ["a", "b"]


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        (section("Not an id"), "malformed id"),
        (section("doc-contents"), "malformed id"),
        (section(""), "id missing"),
        (section("a", section("a")), "repeated id"),
        (Paragraph((Ref("nowhere"),)), "reference to nothing"),
        (Paragraph((FootnoteRef("nowhere"),)), "no such footnote"),
        (Paragraph((Link((Text("x"),), "#nowhere"),)), "link to nothing"),
        (Paragraph((Link((Text("x"),), "javascript:alert(1)"),)), "unsafe address"),
        (table("t", cells=3), "ragged table"),
        (bar_chart("c", (1, 2, 3)), "ragged chart"),
        (bar_chart("c", (1, -2)), "negative count"),
        (dataclasses.replace(bar_chart("c"), series=()), "empty chart"),
        (Box("Facts", (section("inside"),)), "a section stands only"),
    ],
)
def test_a_contradiction_is_found(block: Block, reason: str):
    with pytest.raises(InvalidDocument, match=reason):
        check_document(document(block))


def test_a_bar_chart_with_two_series_is_refused():
    chart = bar_chart("c")
    twice = dataclasses.replace(chart, series=chart.series * 2)
    with pytest.raises(InvalidDocument, match="one series"):
        check_document(document(twice))
    check_document(document(dataclasses.replace(twice, kind=ChartKind.STACKED_BAR)))


def test_a_coherent_tree_passes():
    check_document(sample_document())
    check_document(document(PageBreakHint(), table("t"), Paragraph((Ref("t"),))))
