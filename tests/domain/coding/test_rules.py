"""Dividing texts."""

import random

import pytest

from consult.domain.coding.rules import (
    depth_of,
    divide_text,
    height_of,
    is_theme_key,
    sentences,
    snap_range,
)
from consult.domain.coding.types import PassageKind
from consult.kernel.text.plain import canonical

TEXT = """\
Vi støtter målet.
Vi har likevel to merknader.

- Čáppa bargu: gi oss tid,
  også om høsten
  - én fast kontakt
  - færre skjema
- Døra må være åpen

  - også etter ferien

Hilsen brukerutvalget"""


def quotes(text: str) -> list[str]:
    return [text[span.start : span.end] for span in divide_text(text)]


def test_paragraphs_bullets_and_sub_bullets():
    assert quotes(TEXT) == [
        "Vi støtter målet.\nVi har likevel to merknader.",
        "Čáppa bargu: gi oss tid,\n  også om høsten",
        "én fast kontakt",
        "færre skjema",
        "Døra må være åpen",
        "også etter ferien",
        "Hilsen brukerutvalget",
    ]
    spans = divide_text(TEXT)
    assert [span.kind for span in spans] == [
        PassageKind.PARAGRAPH,
        *[PassageKind.BULLET] * 5,
        PassageKind.PARAGRAPH,
    ]
    assert [span.level for span in spans] == [0, 0, 1, 1, 0, 1, 0]
    assert [span.parent for span in spans] == [None, None, 1, 1, None, 4, None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\n \n", []),
        ("én linje", ["én linje"]),
        ("- \n- to", ["to"]),
        ("-\n  kommer på neste linje", ["kommer på neste linje"]),
        ("-ikke et punkt", ["-ikke et punkt"]),
        ("Slik:\n- en\n- to", ["Slik:", "en", "to"]),
        ("• en\n* to", ["en", "to"]),
        ("  rykket inn", ["rykket inn"]),
        ("én\r\n\r\n- to\r\n- tre\r\n", ["én", "to", "tre"]),
        ("e\u0301n\n\n- c\u030c", ["e\u0301n", "c\u030c"]),
        ("👩‍👩‍👧 er med\n\n🇳🇴", ["👩‍👩‍👧 er med", "🇳🇴"]),
    ],
)
def test_shapes(text, expected):
    assert quotes(text) == expected


def test_a_paragraph_at_the_margin_ends_a_list():
    spans = divide_text("- en\n\nNytt avsnitt\n\n  - alene")
    assert [span.parent for span in spans] == [None, None, None]


def test_skipped_levels_still_have_the_nearest_parent():
    spans = divide_text("- a\n    - b\n  - c\n      - d")
    assert [span.level for span in spans] == [0, 2, 1, 3]
    assert [span.parent for span in spans] == [None, 0, 0, 2]


def test_every_word_stands_in_exactly_one_passage():
    chance = random.Random(7)  # noqa: S311 -- the same texts in every run
    pieces = [
        "ord",
        "æøå",
        "č",
        "e\u0301",
        "🇳🇴",
        "- ",
        "  - ",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        ".",
        "-",
        "\t",
    ]
    for _ in range(3000):
        raw = "".join(chance.choice(pieces) for _ in range(chance.randrange(25)))
        for text in (raw, canonical(raw)):
            spans = divide_text(text)
            places = [place for span in spans for place in (span.start, span.end)]
            assert places == sorted(places), repr(text)
            for span in spans:
                quote = text[span.start : span.end]
                assert quote == quote.strip(), repr(text)
                assert quote, repr(text)
            covered = {i for span in spans for i in range(span.start, span.end)}
            words = {i for i, character in enumerate(text) if character.isalnum()}
            assert words <= covered, repr(text)
            for index, span in enumerate(spans):
                if span.parent is not None:
                    assert span.parent < index
                    assert spans[span.parent].level < span.level


def test_sentences():
    text = (
        "Jf. kap. 4 i notatet. Vi mener f.eks. at 1. januar er for tidlig! «Hva nå?» spør flere. "
        "1. Et tak på 40. K. Nordvik sa det … Åpne døra. Čájet midjiide."
    )
    assert [text[start:end] for start, end in sentences(text)] == [
        "Jf. kap. 4 i notatet.",
        "Vi mener f.eks. at 1. januar er for tidlig!",
        "«Hva nå?» spør flere.",
        "1. Et tak på 40.",
        "K. Nordvik sa det …",
        "Åpne døra.",
        "Čájet midjiide.",
    ]
    assert sentences("  ") == ()
    assert sentences("uten punktum") == ((0, 12),)


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        ("tre små ord", 3, 8, "små"),
        ("c\u030ca", 1, 3, "c\u030ca"),
        ("c\u030ca", 0, 1, "c\u030c"),
        ("👩‍👩‍👧!", 2, 3, "👩‍👩‍👧"),
        ("👍🏽 ja", 0, 1, "👍🏽"),
        ("🇳🇴🇸🇪", 1, 2, "🇳🇴"),
        ("🇳🇴🇸🇪", 2, 4, "🇸🇪"),
        ("kort", -5, 99, "kort"),
        ("   ", 0, 3, ""),
    ],
)
def test_ranges_never_cut_a_character(text, start, end, expected):
    first, last = snap_range(text, start, end)
    assert text[first:last] == expected


def test_tree_measures():
    parents = {"a": None, "b": "a", "c": "b", "d": "a"}
    assert depth_of("c", parents) == 3
    assert height_of("a", parents) == 3
    assert height_of("d", parents) == 1
    with pytest.raises(ValueError, match="under itself"):
        depth_of("x", {"x": "y", "y": "x"})


@pytest.mark.parametrize(
    ("key", "is_key"),
    [("tid-til-oppfolging", True), ("a1", True), ("Å", False), ("a--b", False), ("", False)],
)
def test_theme_keys(key, is_key):
    assert is_theme_key(key) is is_key
