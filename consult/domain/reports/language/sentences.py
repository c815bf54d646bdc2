"""The prose of a text, sentence by sentence."""

import re
from collections.abc import Iterator

from consult.kernel.text.rich.types import Kind, RichText

_END = re.compile(r"(?<=[.!?…])[»\"”)]?\s+(?=[«\"“(–]?[A-ZÆØÅ0-9])")
_NO_END = re.compile(
    r"(?:\b(?:bl\.a|f\.eks|t\.d|m\.a|jf|nr|kap|pkt|ca|mv|dvs|dr|e\.g|i\.e|no)\.|\b[A-ZÆØÅ]\.)$",
    re.IGNORECASE,
)


def sentences(text: RichText) -> Iterator[str]:
    """Every sentence in its order; headings and quotations in blocks of their own are none."""
    for block in text.blocks:
        if block.kind not in (Kind.QUOTE, Kind.HEADING, Kind.SUBHEADING):
            yield from _of_words(" ".join(block.words.split()))


def _of_words(words: str) -> Iterator[str]:
    start = 0
    for match in _END.finditer(words):
        if not _NO_END.search(words[start : match.start()]):
            yield words[start : match.end()].strip()
            start = match.end()
    if rest := words[start:].strip():
        yield rest
