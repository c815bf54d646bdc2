"""Rich text in a plain text field: nothing is lost, and strange input is only words."""

import time

import pytest

from consult.kernel.text.rich.markdown import from_markdown, to_markdown
from consult.kernel.text.rich.types import (
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

WRITTEN = """\
## Om skolen

Vi mener **sterkt** at [leksehjelp](https://example.no/) bør
gjeninnføres^[Se sak 12/26.].

- Alle trinn
    1. Særlig *ungdomstrinnet*
    2. Og SFO

    Også på fritida.
- Hele uka

> [Oahppit dárbbašit veahki]{e:p7@se e:p9}

### Merknad"""


def test_a_text_as_a_person_writes_it():
    text = from_markdown(WRITTEN)
    evidence = (Evidence("p7", "se"), Evidence("p9"))
    assert text == RichText(
        (
            Block(Kind.HEADING, (Text("Om skolen"),)),
            Block(
                Kind.PARAGRAPH,
                (
                    Text("Vi mener "),
                    Text("sterkt", Marks(strong=True)),
                    Text(" at "),
                    Text("leksehjelp", Marks(link="https://example.no/")),
                    Text(" bør"),
                    Break(),
                    Text("gjeninnføres"),
                    Footnote("Se sak 12/26."),
                    Text("."),
                ),
            ),
            Block(Kind.BULLET, (Text("Alle trinn"),), 1),
            Block(
                Kind.NUMBER,
                (Text("Særlig "), Text("ungdomstrinnet", Marks(emphasis=True))),
                2,
            ),
            Block(Kind.NUMBER, (Text("Og SFO"),), 2),
            Block(Kind.CONTINUED, (Text("Også på fritida."),), 1),
            Block(Kind.BULLET, (Text("Hele uka"),), 1),
            Block(Kind.QUOTE, (Text("Oahppit dárbbašit veahki", Marks(evidence=evidence)),)),
            Block(Kind.SUBHEADING, (Text("Merknad"),)),
        )
    )
    assert to_markdown(text) == WRITTEN


def test_nothing_is_lost_on_the_way_there_and_back():
    for chance in chances(400):
        text = rich_text(chance)
        assert from_markdown(to_markdown(text)) == text


@pytest.mark.parametrize(
    "words",
    [
        "5 * 3 * 2",
        "[1] og [2]",
        "en **halv",
        "C:\\mappe",
        "[x]{e:!}",
        "](https://example.no)",
        "snake_case_navn",
        "x^2",
        "-12 grader",
        "<b>fet</b>",
    ],
)
def test_what_has_no_meaning_is_taken_as_the_words_it_is(words: str):
    assert from_markdown(words) == RichText((Block(Kind.PARAGRAPH, (Text(words),)),))


def test_a_link_to_somewhere_else_keeps_its_words():
    (block,) = from_markdown("[her](javascript:x)").blocks
    assert block.content == (Text("her"),)


def test_quotes_apart_are_quotes_of_their_own():
    assert [b.words for b in from_markdown("> a\nb\n>\n> c\n\n> d").blocks] == ["a\nb", "c", "d"]


@pytest.mark.parametrize(
    "source",
    [
        "[a" * 40_000 + "](https://a.no)" * 4_000,
        "**a " * 40_000,
        "*" * 160_000,
        "[" * 80_000 + "]" * 80_000,
    ],
)
def test_no_input_takes_long(source: str):
    """Time grows with the length: with its square each of these would take many minutes."""
    began = time.process_time()
    from_markdown(source)
    assert time.process_time() - began < 30
