"""Paragraphs that hold more than one thing, split: run-in headings, leave-taking and names."""

import re
from collections.abc import Iterator
from dataclasses import replace

from consult.domain.intake.recognise.draft import Draft
from consult.domain.intake.rules import ReferenceKind, split_mark, split_reference

_CLOSING = re.compile(
    r"^(?:(?:med\s+)?(?:(?:vennlige?|venn?leg|venlig|beste|hjertelig|gode?|kollegial)\s+)?"
    r"(?:hilsen|hilsing|helsing|helsingar|hilsener)|m\.?v\.?h\.?|vh"
    r"|(?:(?:kind|best|warm|kindest)\s+)?regards|yours\s+(?:sincerely|faithfully|truly)"
    r"|(?:yours\s+)?sincerely|respectfully(?:\s+yours)?"
    r"|(?:ustitlaš|ustitlaččat|buriid|buori)?\s*dear(?:vv|v)uo[đd]a(?:iguin|id|t)"
    r"|varrudagáj|heelsegh|heelsemigujmie|vaajmoes\s+heelsegh"
    r"|etter\s+fullmakt|for\s+styret)(?![\w-])[,.!]?\s*",
    re.IGNORECASE,
)
_QUESTION_END = re.compile(r"\?[»\"”]?\s+(?=\S)")
_LONGEST_LEAD = 110
_LONGEST_CLOSING = 240
_LONGEST_QUESTION = 260


def split_drafts(drafts: tuple[Draft, ...], *, wrapped: bool) -> list[Draft]:
    """The drafts with each part on its own."""
    result: list[Draft] = []
    for draft in drafts:
        if draft.furniture:
            result.append(draft)
            continue
        for line in [draft] if wrapped else _split_breaks(draft):
            for part in _split_closing(line):
                result += _split_lead(part)
    return result


def closing_phrase(text: str) -> str | None:
    """The leave-taking that a short text starts with ("Med vennlig hilsen"), or ``None``."""
    flat = " ".join(text.split())
    match = _CLOSING.match(flat)
    if not match or len(flat) > _LONGEST_CLOSING:
        return None
    rest = flat[match.end() :]
    if rest and (rest[0].islower() or re.search(r"[a-zæøå]{3}\.(?:\s|$)", rest)):
        return None
    return match[0].strip()


def _split_breaks(draft: Draft) -> Iterator[Draft]:
    """At line breaks before a typed list mark, and after a question."""
    pending: list[str] = []
    for line in draft.lines:
        if pending and (split_mark(line) or pending[-1].rstrip().endswith("?")):
            yield replace(draft, lines=tuple(pending), notes=())
            draft = replace(draft, number=None, lead=0)
            pending = []
        pending.append(line)
    yield replace(draft, lines=tuple(pending))


def _split_closing(draft: Draft) -> Iterator[Draft]:
    """A leave-taking from the names behind it; it may also stand at a later line."""
    for index, line in enumerate(draft.lines):
        phrase = closing_phrase(line)
        if phrase is None or (index and _is_long(draft.lines[index:][:_LONGEST_CLOSING])):
            continue
        if index:
            yield draft.with_lines(*draft.lines[:index])
        yield replace(draft.with_lines(phrase), level=None, notes=())
        rest = line.strip()[_length_of(line, phrase) :].strip(" ,")
        after = tuple(one for one in (rest, *draft.lines[index + 1 :]) if one.strip())
        if after:
            yield replace(draft.with_lines(*after), level=None, notes=())
        return
    yield draft


def _is_long(lines: tuple[str, ...]) -> bool:
    return sum(map(len, lines)) > _LONGEST_CLOSING


def _length_of(line: str, phrase: str) -> int:
    """How many characters of the line the phrase takes, whatever its blanks are."""
    pattern = r"\s+".join(map(re.escape, phrase.split()))
    match = re.match(pattern, line.strip())
    return match.end() if match else len(phrase)


def _split_lead(draft: Draft) -> Iterator[Draft]:
    """A run-in heading from its text: in bold, or a reference such as "Spørsmål 1:"."""
    if draft.level is not None or draft.list_level is not None:
        yield draft
        return
    cut = _bold_lead(draft) or _reference_lead(draft)
    if not cut:
        yield draft
        return
    text = draft.flat
    head, rest = text[:cut].strip(" :–—-\t"), text[cut:].strip(" :–—-\t")
    yield replace(draft, lines=(head,), strong=True, lead=0, notes=())
    yield replace(draft, lines=(rest,), strong=False, underlined=False, lead=0, number=None)


def _bold_lead(draft: Draft) -> int:
    if not 3 <= draft.lead <= _LONGEST_LEAD or not draft.lines:
        return 0
    lead = draft.lines[0][: draft.lead].strip()
    rest = draft.lines[0][draft.lead :].strip()
    closed = lead.endswith((".", ":", "?")) or rest.startswith((":", "–"))
    if not closed or (split_mark(lead) and len(lead) < 4) or len(draft.flat) - len(lead) < 20:
        return 0
    return len(" ".join(draft.lines[0][: draft.lead].split()))


def _reference_lead(draft: Draft) -> int:
    text = draft.flat
    reference = split_reference(text)
    if reference is None or reference.kind is ReferenceKind.PLACE or not reference.rest:
        return 0
    label_end = len(text) - len(reference.rest)
    if not text[:label_end].rstrip().endswith((":", ".", ")", "–", "-", "—")):
        return 0
    question = _QUESTION_END.search(text)
    if question and question.end() <= _LONGEST_QUESTION:
        return question.end()
    if reference.rest.rstrip().endswith("?") and len(text) <= _LONGEST_QUESTION:
        return 0
    return label_end if len(reference.rest) > 80 or reference.rest.endswith(".") else 0
