"""How a branch's words come into the text: as a quote, or as a reference to whoever said so."""

from consult.domain.composing.types import EvidenceUse
from consult.kernel.text.rich.types import (
    Block,
    Break,
    Evidence,
    Inline,
    Kind,
    Marks,
    RichText,
    Text,
)


def words_of(use: EvidenceUse, quote: str, *, name: str) -> str:
    """What is put into the text: the passage itself, the branch's name, or nothing.

    Args:
        use: What the passage does in the text.
        quote: The passage.
        name: Who said it.
    """
    if use is EvidenceUse.QUOTED:
        return "\n".join(" ".join(line.split()) for line in quote.splitlines() if line.strip())
    return f"({name})" if use is EvidenceUse.REFERRED else ""


def choose_words(quote: str, wanted: str) -> str:
    """Those words of a passage that somebody has selected, or all where that is not in it."""
    words = " ".join(wanted.split())
    return words if words and words in " ".join(quote.split()) else quote


def append_words(body: RichText, use: EvidenceUse, words: str, mark: Evidence) -> RichText:
    """The text with the words at its end: a quote as a block, a reference in the last one."""
    if not words:
        return body
    marks = Marks(evidence=(mark,))
    if use is EvidenceUse.QUOTED:
        content: list[Inline] = []
        for line in words.splitlines():
            content += [Break()] if content else []
            content.append(Text(line, marks))
        return RichText((*body.blocks, Block(Kind.QUOTE, tuple(content))))
    if body.is_empty or body.blocks[-1].kind in (Kind.QUOTE, Kind.HEADING, Kind.SUBHEADING):
        return RichText((*body.blocks, Block(Kind.PARAGRAPH, (Text(words, marks),))))
    last = body.blocks[-1]
    joined = Block(
        last.kind, (*last.content, Text(" "), Text(words, marks)), last.depth, last.start
    )
    return RichText((*body.blocks[:-1], joined))
