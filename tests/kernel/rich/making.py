"""Rich texts out of a seed, as strange as people and word processors make them."""

import random
from collections.abc import Iterator
from dataclasses import replace

from consult.kernel.text.rich.aligning import tokens
from consult.kernel.text.rich.types import (
    Block,
    Break,
    Evidence,
    Footnote,
    Inline,
    Kind,
    Marks,
    RichText,
    Text,
)

WORDS = (
    "kommunen", "bør", "gjeninnføre", "leksehjelp", "for", "alle", "ikke", "Å", "váldit", "§ 3-1",
    "2*3*4", "[sic]", "a_b", "x^2", "C:\\mappe", "1.", "12)", "- nei", "# tall", "> større", "**",
    "{e:p1}", "](", "fullt\u00a0ut", "«ja»", "!", "\\", "*", "^[", "`kode`", "<b>", "&amp;", "+",
)  # fmt: skip
LINKS = ("https://www.example.no/a_(b)", "https://example.no/?q=*&r=(", "mailto:post@example.no")


def chances(count: int) -> Iterator[random.Random]:
    """So many sources of chance, the same each time."""
    return (random.Random(seed) for seed in range(count))  # noqa: S311


def words(chance: random.Random, count: int = 6) -> str:
    chosen = [chance.choice(WORDS) for _ in range(chance.randint(1, count))]
    text = chance.choice((" ", " ", " ", "  ", "")).join(chosen)
    return chance.choice(("", "", "", " ")) + text + chance.choice(("", "", " "))


def marks(chance: random.Random) -> Marks:
    evidence = tuple(
        Evidence(f"p{number}", chance.choice((None, "se")))
        for number in range(1, 4)
        if chance.random() < 0.15
    )
    return Marks(
        strong=chance.random() < 0.3,
        emphasis=chance.random() < 0.3,
        link=chance.choice(LINKS) if chance.random() < 0.15 else None,
        evidence=evidence,
    )


def inline(chance: random.Random) -> Inline:
    number = chance.random()
    if number < 0.08:
        return Break()
    if number < 0.16:
        return Footnote(words(chance), marks(chance))
    return Text(words(chance), marks(chance))


def block(chance: random.Random) -> Block:
    return Block(
        chance.choice(tuple(Kind)),
        tuple(inline(chance) for _ in range(chance.randint(1, 5))),
        chance.randint(0, 4),
        chance.choice((1, 1, 1, 3, 9999)),
    )


def rich_text(chance: random.Random, count: int = 8) -> RichText:
    return RichText(tuple(block(chance) for _ in range(chance.randint(0, count))))


def edited(chance: random.Random, text: RichText) -> RichText:
    """The text as somebody might leave it: blocks added, taken away, restyled, words rewritten."""
    blocks = list(text.blocks)
    for _ in range(chance.randint(0, 4)):
        number = chance.random()
        if not blocks or number < 0.2:
            blocks.insert(chance.randint(0, len(blocks)), block(chance))
            continue
        place = chance.randrange(len(blocks))
        if number < 0.35:
            del blocks[place]
        elif number < 0.4:
            blocks[place] = block(chance)
        elif number < 0.5:
            blocks[place] = replace(blocks[place], kind=chance.choice(tuple(Kind)), depth=1)
        else:
            blocks[place] = _reworded(chance, blocks[place])
    return RichText(tuple(blocks))


def _reworded(chance: random.Random, one: Block) -> Block:
    parts = [part for token in tokens(one.content) for part in token.parts]
    place = chance.randrange(len(parts) + 1)
    if chance.random() < 0.5:
        parts.insert(place, Text(f" nytt{chance.randint(0, 30)} "))
    else:
        new = [Text(words(chance, 3))] if chance.random() < 0.6 else []
        parts[place : place + chance.randint(1, 3)] = new
    return replace(one, content=tuple(parts))


def without_evidence(text: RichText) -> RichText:
    """The text as a word processor gives it back."""
    return RichText(
        tuple(
            replace(
                one,
                content=tuple(
                    part
                    if isinstance(part, Break)
                    else replace(part, marks=replace(part.marks, evidence=()))
                    for part in one.content
                ),
            )
            for one in text.blocks
        )
    )
