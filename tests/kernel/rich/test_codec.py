"""Rich text as JSON: what is canonical, what is refused, what is dropped."""

import json

import pytest

from consult.kernel.text.rich.codec import digest, from_json, from_tree, to_json, to_tree
from consult.kernel.text.rich.errors import InvalidRichText, RichTextTooLarge
from consult.kernel.text.rich.types import (
    MAX_BLOCKS,
    MAX_CHARACTERS,
    Block,
    Break,
    Evidence,
    Footnote,
    Kind,
    Marks,
    RichText,
    Text,
)
from tests.kernel.rich.making import chances, rich_text


def doc(*nodes: object) -> dict[str, object]:
    return {"type": "doc", "content": list(nodes)}


def paragraph(*inlines: object) -> dict[str, object]:
    return {"type": "paragraph", "content": list(inlines)}


def words(text: str, *marks: object) -> dict[str, object]:
    return {"type": "text", "text": text, "marks": list(marks)}


def test_whatever_is_made_comes_back_from_its_json():
    for chance in chances(300):
        text = rich_text(chance)
        assert from_json(to_json(text)) == text


def test_equal_texts_have_equal_bytes_and_digests():
    one = RichText((Block(Kind.PARAGRAPH, (Text("Vi "), Text("er"))), Block(Kind.PARAGRAPH)))
    other = from_tree({"content": [paragraph(words("Vi er"))], "type": "doc", "attrs": {"x": 1}})
    assert to_json(one) == to_json(other)
    assert digest(one) == digest(other) != digest(RichText())


def test_lists_nest_in_the_tree_and_lie_flat_in_the_text():
    text = RichText(
        (
            Block(Kind.BULLET, (Text("Skole"),), 1),
            Block(Kind.NUMBER, (Text("trinn"),), 2, start=4),
            Block(Kind.NUMBER, (Text("fag"),), 2),
            Block(Kind.CONTINUED, (Text("Mer om skole"),), 1),
        )
    )
    (listed,) = to_tree(text)["content"]
    (item,) = listed["content"]
    assert [node["type"] for node in item["content"]] == ["paragraph", "ordered_list", "paragraph"]
    assert item["content"][1]["attrs"] == {"order": 4}
    assert from_tree(to_tree(text)) == text


def test_lists_nest_one_step_at_a_time_and_continue_only_an_item():
    text = RichText(
        (
            Block(Kind.CONTINUED, (Text("uten liste"),), 2),
            Block(Kind.BULLET, (Text("for dypt"),), 4),
            Block(Kind.QUOTE, (Text("sitat"),), 3),
        )
    )
    assert [(block.kind, block.depth) for block in text.blocks] == [
        (Kind.PARAGRAPH, 0),
        (Kind.BULLET, 1),
        (Kind.QUOTE, 0),
    ]


def test_what_nobody_can_see_is_taken_out():
    text = from_tree(doc(paragraph(words("a\u0000b\u202ec\u200b\td\ne\ud800"))))
    assert text.blocks[0].words == "abc d e"


def test_unknown_marks_and_attributes_are_dropped_and_words_stay():
    text = from_tree(
        doc(
            {"type": "heading", "attrs": {"level": 2, "onclick": "x"}, "content": [words("H")]},
            paragraph(
                words("ord", {"type": "blink"}, {"type": "strong", "attrs": {"style": "x"}}),
                words("!", {"type": "link", "attrs": {"href": "javascript:alert(1)"}}),
            ),
        )
    )
    assert text == RichText(
        (
            Block(Kind.SUBHEADING, (Text("H"),)),
            Block(Kind.PARAGRAPH, (Text("ord", Marks(strong=True)), Text("!"))),
        )
    )


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.no",
        "/path",
        "https://",
        "https://a b",
        'https://a.no/"x',
        "mailto:x",
        " https://a.no",
        "https://a.no/" + "x" * 2000,
    ],
)
def test_links_lead_only_where_they_may(href: str):
    with pytest.raises(InvalidRichText):
        Marks(link=href)


@pytest.mark.parametrize(
    ("tree", "path"),
    [
        ("doc", ""),
        ({"type": "paragraph"}, ""),
        (doc({"type": "table"}), "/0"),
        (doc({"type": "heading", "attrs": {"level": 3}}), "/0"),
        (doc(paragraph({"type": "image"})), "/0/0"),
        (doc(paragraph({"type": "text", "text": 5})), "/0/0"),
        (doc({"type": "paragraph", "content": "x"}), "/0"),
        (doc({"type": "bullet_list", "content": [paragraph(words("x"))]}), "/0/0"),
        (
            doc(paragraph(words("x", {"type": "evidence", "attrs": {"id": "a b"}}))),
            "/0/0/marks/0",
        ),
    ],
)
def test_what_is_no_rich_text_is_refused_at_its_place(tree: object, path: str):
    with pytest.raises(InvalidRichText) as refusal:
        from_tree(tree)
    assert refusal.value.path.removeprefix("content") == path


def test_too_much_is_refused():
    nested: dict[str, object] = paragraph(words("x"))
    for _ in range(6):
        item = {"type": "list_item", "content": [paragraph(words("x")), nested]}
        nested = {"type": "bullet_list", "content": [item]}
    for tree in (
        doc(nested),
        doc(*[paragraph(words("x"))] * (MAX_BLOCKS + 1)),
        doc(paragraph(words("x" * (MAX_CHARACTERS + 1)))),
    ):
        with pytest.raises(RichTextTooLarge):
            from_tree(tree)
    with pytest.raises(InvalidRichText):
        from_json("[" * 100_000)
    with pytest.raises(InvalidRichText):
        from_json(json.dumps("x"))


def test_evidence_is_told_once_in_reading_order():
    text = RichText(
        (
            Block(Kind.PARAGRAPH, (Text("b", Marks(evidence=(Evidence("p2"), Evidence("p1")))),)),
            Block(Kind.PARAGRAPH, (Break(), Footnote("c", Marks(evidence=(Evidence("p2"),))))),
        )
    )
    assert [one.id for one in text.evidence] == ["p1", "p2"]
