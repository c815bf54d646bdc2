"""Numbers and names in a report's prose: putting them in, and reading the sentence again."""

from dataclasses import replace
from typing import TYPE_CHECKING

from consult.domain.accounts.types import Actor
from consult.domain.composing.service.saving import content_of, hold_part, save_part
from consult.domain.composing.service.signing import guard_seal
from consult.domain.reports.bound_queries import find_values, list_targets
from consult.domain.reports.building.bound import REFERENCE, places_of, restate
from consult.domain.reports.rules import digest_of
from consult.domain.reports.types import CheckKind, CheckLine
from consult.kernel.errors import NotFound
from consult.kernel.text.rich.types import (
    Block,
    Inline,
    Kind,
    Marks,
    RichText,
    Text,
)

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition, Part

_TEXT = frozenset({Kind.PARAGRAPH, Kind.BULLET, Kind.NUMBER, Kind.CONTINUED})


def insert_value(part: "Part", bound: str, *, by: Actor) -> None:
    """Put a value or a reference at the end of a part's text.

    Raises:
        NotFound: There is no such value in the data and no such place in the report.
        TextIsSealed: The text is being signed, or signed.
    """
    words = _words_of(part.composition, bound)
    guard_seal(part.composition, is_confirmed=False)
    hold_part(part)
    content = content_of(part)
    body = _with_words(content.body, Text(words, Marks(bound=bound)))
    save_part(part, replace(content, body=body), revision=part.revision, by=by)


def read_again(composition: "Composition", part: "Part", line: CheckLine, *, by: Actor) -> None:
    """Let a sentence be written for the number that it says now; it is left alone if it changed.

    Raises:
        TextIsSealed: The text is being signed, or signed.
    """
    if line.check is not CheckKind.BOUND_CHANGED:
        raise NotFound("check", line.code)
    guard_seal(composition, is_confirmed=False)
    hold_part(part)
    content = content_of(part)
    body, values = content.body, find_values(composition)
    for place in list(places_of(body)):
        subject = f"bound:{part.key}:{digest_of(place.id, place.paragraph)[:12]}"
        value = values.get(place.id)
        if value is not None and subject == line.subject and place.words == line.words:
            body = restate(body, place, value.words)
    save_part(part, replace(content, body=body), revision=part.revision, by=by)


def _words_of(composition: "Composition", bound: str) -> str:
    if bound.startswith(REFERENCE):
        found = {one.id: one.words for one in list_targets(composition)}
    else:
        found = {one.id: one.words for one in find_values(composition).values()}
    if bound not in found:
        raise NotFound("value", bound)
    return found[bound]


def _with_words(body: RichText, words: Text) -> RichText:
    """The text with the words at its end, in the last paragraph where there is one."""
    if body.is_empty or body.blocks[-1].kind not in _TEXT:
        return RichText((*body.blocks, Block(Kind.PARAGRAPH, (words,))))
    last = body.blocks[-1]
    content: tuple[Inline, ...] = (*last.content, Text(" "), words)
    return RichText((*body.blocks[:-1], replace(last, content=content)))
