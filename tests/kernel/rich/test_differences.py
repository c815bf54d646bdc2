"""What differs between two texts, readable."""

from consult.kernel.text.rich.differences import Change, compare
from consult.kernel.text.rich.markdown import from_markdown
from consult.kernel.text.rich.types import RichText, joined
from tests.kernel.rich.making import chances, edited, rich_text


def shown(before: str, after: str) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (
            block.change,
            [
                (piece.change, "".join(getattr(part, "text", "") for part in piece.content))
                for piece in block.pieces
            ],
        )
        for block in compare(from_markdown(before), from_markdown(after))
    ]


def test_words_in_blocks_that_stayed():
    assert shown(
        "Ingress\n\nVi ber om leksehjelp to dager i uka.\n\nBort med dette avsnittet",
        "Ingress\n\nVi krever ny leksehjelp to dager i uka.\n\nHelt andre ting her nå",
    ) == [
        ("same", [("same", "Ingress")]),
        (
            "changed",
            [
                ("same", "Vi "),
                ("removed", "ber om"),
                ("added", "krever ny"),
                ("same", " leksehjelp to dager i uka."),
            ],
        ),
        ("removed", [("removed", "Bort med dette avsnittet")]),
        ("added", [("added", "Helt andre ting her nå")]),
    ]


def test_the_same_words_in_another_style():
    assert shown("Dette er viktig", "Dette er **viktig**") == [
        ("restyled", [("same", "Dette er "), ("restyled", "viktig")])
    ]
    assert shown("Tittel", "## Tittel") == [("restyled", [("same", "Tittel")])]


def test_both_texts_stand_in_their_difference():
    for chance in chances(150):
        before = rich_text(chance)
        after = edited(chance, before)
        found = compare(before, after)
        assert RichText(tuple(one.before for one in found if one.before)) == before
        assert RichText(tuple(one.after for one in found if one.after)) == after
        for one in found:
            pieces = [piece for piece in one.pieces if piece.change is not Change.REMOVED]
            if one.after is not None:
                assert joined(p for piece in pieces for p in piece.content) == one.after.content
