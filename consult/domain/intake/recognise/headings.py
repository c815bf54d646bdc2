"""Which paragraphs are headings, and of which level."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from consult.domain.intake.recognise.draft import Draft
from consult.domain.intake.recognise.zones import is_title_text
from consult.domain.intake.rules import (
    Mark,
    MarkKind,
    ends_sentence,
    split_mark,
    split_reference,
)

_LONGEST_STYLED = 320
_LONGEST_EMPHASISED = 180
_LONGEST_NUMBERED = 130
_LONGEST_QUESTION = 320
_LONGEST_PLAIN = 85
_LARGE = 1.12


class Look(IntEnum):
    """How a heading shows itself, the strongest first."""

    STYLED = 0
    LARGE = 1
    CAPITALS = 2
    BOLD = 3
    UNDERLINED = 4
    REFERENCE = 5
    NUMBERED = 6
    PLAIN = 7


@dataclass(frozen=True, slots=True)
class Heading:
    """How a draft is a heading; ``rank`` orders headings of one look, the highest first."""

    look: Look
    rank: float
    depth: int


def find_title(drafts: Sequence[Draft], body: Sequence[int]) -> set[int]:
    """The drafts that make up the document's title: none, when nothing tells."""
    styled = [index for index in body if drafts[index].level == 0]
    if styled and styled[0] in body[:12]:
        first = body.index(styled[0])
        run = [i for place, i in enumerate(body[first:]) if drafts[i].level == 0 and place < 3]
        return set(run) if len(styled) <= 3 else {styled[0]}
    for place, index in enumerate(body[:10]):
        draft = drafts[index]
        if len(draft.flat) > 260:
            return set()
        if draft.level is None and _stands_out(drafts, index, body):
            following = body[place + 1] if place + 1 < len(body) else None
            if following is not None and _continues_title(draft, drafts[following]):
                return {index, following}
            return {index}
        if is_title_text(draft.flat) and (draft.level or 1) == 1 and place < 4:
            return {index}
    return set()


def _stands_out(drafts: Sequence[Draft], index: int, body: Sequence[int]) -> bool:
    """Whether a draft is larger than every other of the document."""
    draft = drafts[index]
    if draft.scale < 1.2 or split_mark(draft.flat) or draft.flat.endswith("?"):
        return False
    others = [drafts[one].scale for one in body if one != index]
    rest = [scale for scale in others if scale >= draft.scale - 0.02]
    return bool(others) and len(rest) <= 1 and draft.scale > sorted(others)[-1 - len(rest)] + 0.05


def _continues_title(draft: Draft, following: Draft) -> bool:
    return abs(draft.scale - following.scale) < 0.03 and draft.strong == following.strong


def find_headings(drafts: Sequence[Draft], body: Sequence[int]) -> dict[int, Heading]:
    """The headings among the drafts of the body, by index."""
    found: dict[int, Heading] = {}
    for place, index in enumerate(body):
        following = [drafts[one] for one in body[place + 1 : place + 3]]
        heading = _marked_heading(drafts[index], following)
        if heading is not None:
            found[index] = heading
    if not found:
        for place, index in enumerate(body[:-1]):
            before = drafts[body[place - 1]] if place else None
            if _is_plain_heading(drafts[index], drafts[body[place + 1]], before):
                found[index] = Heading(Look.PLAIN, 0, 1)
    _add_siblings(drafts, body, found)
    return _without_runs(drafts, body, found)


def _add_siblings(drafts: Sequence[Draft], body: Sequence[int], found: dict[int, Heading]) -> None:
    """Add numbered lines that stand among numbered headings: short answers hide them."""
    styles = {
        mark.style
        for index, heading in found.items()
        if heading.look is Look.NUMBERED and (mark := split_mark(drafts[index].flat)) is not None
    }
    for index in body:
        draft = drafts[index]
        mark = split_mark(draft.flat)
        if index in found or mark is None or mark.style not in styles:
            continue
        short = len(draft.flat) <= _LONGEST_NUMBERED and not ends_sentence(draft.flat)
        if short and mark.glyph[0].isdigit():
            found[index] = Heading(Look.NUMBERED, 0, _depth(mark.glyph))


def _marked_heading(draft: Draft, following: Sequence[Draft]) -> Heading | None:
    text = draft.flat
    if not any(character.isalpha() for character in text):
        return None
    mark = split_mark(text)
    number = draft.number if draft.number is not None else (mark.glyph if mark else None)
    depth = _depth(number)
    if draft.level is not None:
        if len(text) > _LONGEST_STYLED:
            return None
        return Heading(Look.STYLED, max(draft.level, 1), depth)
    if mark is not None and mark.kind is MarkKind.BULLET:
        return None
    if draft.list_level is not None and draft.number is None:
        return None
    look = _emphasis(draft, text)
    if look is not None:
        return Heading(look, -round(draft.scale, 1) if look is Look.LARGE else 0, depth)
    if _is_reference(text):
        return Heading(Look.REFERENCE, 0, max(depth, 1))
    if number is not None and _is_numbered(draft, text, number, mark, following):
        return Heading(Look.NUMBERED, depth, depth)
    return None


def _emphasis(draft: Draft, text: str) -> Look | None:
    """The look that sets a short text off from the body, or ``None``."""
    if len(text) > _LONGEST_EMPHASISED or text.endswith((".", ",", ";")):
        return None
    in_wide_table = draft.cell is not None and split_reference(text) is None
    if in_wide_table and not text.endswith("?") and split_mark(text) is None:
        return None
    if draft.scale >= _LARGE:
        return Look.LARGE
    if text.isupper() and sum(map(str.isalpha, text)) >= 6:
        return Look.CAPITALS
    if draft.strong:
        return Look.BOLD
    return Look.UNDERLINED if draft.underlined else None


def _is_reference(text: str) -> bool:
    reference = split_reference(text)
    if reference is None or len(text) > _LONGEST_QUESTION:
        return False
    if text.endswith("?") or not reference.rest:
        return True
    return (
        len(text) <= _LONGEST_NUMBERED
        and not ends_sentence(text)
        and not reference.rest[0].islower()
    )


def _is_numbered(
    draft: Draft, text: str, number: str, mark: Mark | None, following: Sequence[Draft]
) -> bool:
    """Whether a number stands before a heading rather than before an item of a list."""
    if not number[:1].isdigit() or number.endswith(")"):
        return False
    if text.endswith("?") and len(text) <= _LONGEST_QUESTION:
        return not (following and _same_list(draft, following[0]) and draft.list_level is not None)
    if len(text) > _LONGEST_NUMBERED or text.endswith((".", ",", ";", ":", "!")):
        return False
    rest = mark.rest if mark and draft.number is None else text
    if not following or (not rest[:1].isupper() and rest[:1] not in '«"“'):
        return False
    after = split_mark(following[0].flat)
    if following[0].list_level is not None and following[0].number is None:
        return True
    after_number = following[0].number or (
        after.glyph if after and after.kind is not MarkKind.BULLET else None
    )
    if after_number is None:
        below = following[0].flat
        sentence = ends_sentence(below) and len(below) > len(text)
        enough = sentence or len(below) > 60 or after is not None
        return enough or (mark is not None and mark.kind is MarkKind.DECIMAL)
    return _depth(after_number) > _depth(number) or after_number.endswith(")")


def _same_list(draft: Draft, other: Draft) -> bool:
    return other.list_level == draft.list_level and other.number is not None


def _depth(number: str | None) -> int:
    """How deep a number goes: 1 for "3.", 2 for "3.2"; 0 without a number."""
    if not number or not number[:1].isdigit():
        return 0
    return len([part for part in number.split(".") if part.strip(" )")])


def _is_plain_heading(draft: Draft, following: Draft, before: Draft | None) -> bool:
    """Whether a short line stands alone above running text, as typed headings do."""
    text = draft.flat
    if draft.cell is not None or draft.list_level is not None or len(draft.lines) > 2:
        return False
    if split_mark(text) or not text[:1].isupper() or not any(map(str.isalpha, text)):
        return False
    sentence = ends_sentence(following.flat) and len(following.flat) > len(text) + 10
    running = sentence or len(following.flat) > 80 or split_mark(following.flat) is not None
    if following.list_level is not None:
        running = True
    if not running:
        return False
    if text.endswith("?"):
        return len(text) <= _LONGEST_QUESTION and "." not in text
    lead_in = text.endswith(":") and (
        bool(split_mark(following.flat))
        or following.list_level is not None
        or len(text.split()) > 4
    )
    short = len(text) <= _LONGEST_PLAIN and len(text.split()) <= 10
    complete = before is None or ends_sentence(before.flat) or len(before.flat) < 120
    return short and complete and not lead_in and not text.endswith((".", ",", ";", "!"))


def _without_runs(
    drafts: Sequence[Draft], body: Sequence[int], found: dict[int, Heading]
) -> dict[int, Heading]:
    """Without bold or large text that is no heading: most of the document looks like it."""
    for look in (Look.BOLD, Look.UNDERLINED, Look.CAPITALS, Look.LARGE):
        alike = [index for index, heading in found.items() if heading.look is look]
        letters = sum(len(drafts[index].flat) for index in alike)
        everything = sum(len(drafts[index].flat) for index in body)
        if len(alike) > 6 and letters > 0.5 * everything:
            for index in alike:
                del found[index]
    return found


def level_headings(headings: dict[int, Heading]) -> dict[int, int]:
    """The level of each heading from 1: stated styles first, then looks, then number depth."""
    styled = [int(one.rank) for one in headings.values() if one.look is Look.STYLED]
    base = max(styled, default=0)
    others = sorted({_key(one) for one in headings.values() if one.look is not Look.STYLED})
    levels: dict[int, int] = {}
    lowest = min(styled, default=1)
    for index, heading in headings.items():
        if heading.look is Look.STYLED:
            levels[index] = int(heading.rank) - lowest + 1
        elif heading.depth and not styled:
            levels[index] = heading.depth
        else:
            levels[index] = min(base + others.index(_key(heading)) + 1, 9)
    return levels


def _key(heading: Heading) -> tuple[int, float]:
    return (int(heading.look), heading.rank if heading.look is Look.LARGE else 0.0)
