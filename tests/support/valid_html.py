"""Valid HTML, as html5lib's strict parser sees it; each shape of a page is parsed once in a run.

The parser takes ten times as long as making the page. What it objects to lies in the tags, never in
plain words or plain attribute values, so two pages that differ only there are parsed once.
"""

import re
from hashlib import sha256

import html5lib

from tests.support.kept import kept

_PLAIN = r"[^<>&\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\uffff]"  # nothing that a parser may object to
_WORDS = re.compile(rf">(?=\s*[^\s<]){_PLAIN}+<")
_VALUES = re.compile(rf'( (?!type)[a-z-]+=)"(?:(?!"){_PLAIN})*"')
_sound: set[str] = set()


def check_html(text: str) -> None:
    """Fail with the parser's own error when the text is not valid HTML."""
    shape = sha256(_shape(text).encode()).hexdigest()
    if shape in _sound:
        return
    note = kept("sound-html") / shape
    if not note.exists():
        html5lib.HTMLParser(strict=True).parse(text)
        note.touch()
    _sound.add(shape)


def _shape(text: str) -> str:
    """The text without what cannot make it invalid: words, and values but those of ``type``."""
    return _VALUES.sub(r'\1""', _WORDS.sub(">x<", text))
