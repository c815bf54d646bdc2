"""Where the letter around an answer is: its head, its leave-taking, its names."""

import re
from collections.abc import Sequence
from enum import Enum, auto
from itertools import groupby, zip_longest

from consult.domain.intake.recognise.draft import Draft
from consult.domain.intake.recognise.letter import is_label_row, is_letterhead_line, is_salutation
from consult.domain.intake.recognise.lexicon import is_organisation, is_person
from consult.domain.intake.recognise.signatures import find_signatories
from consult.domain.intake.recognise.splitting import closing_phrase
from consult.domain.intake.rules import MarkKind, ends_sentence, split_mark, split_reference
from consult.kernel.text.letters import CAPITALS

_TITLE_WORDS = re.compile(
    r"^(?:re:|sv:|vs\.?:)?\s*(?:felles\s+)?(?:høring|høyring|innspill|innspel|uttalelse|fråsegn|svar\s+(?:på|til|–|-|frå|fra)"
    r"|vedr|vedrørende|vedrørande|angående|kommentarer?\s+til\s+(?:høring|forslag\s+til)|saksframlegg"
    r"|saksutskrift|særutskrift|møteprotokoll|tilsvar|consultation|response\s+to|submission|comments\s+on"
    r"|gulaskuddan|cealkámuš|oaivil|gulahallan|kommunens\s+hørings|fylkeskommunens\s+hørings)",
    re.IGNORECASE,
)
_ENCLOSURE = re.compile(
    r"^(?:vedlegg|kopi(?:\s+til)?|kopimottakere?|kopimottakarar|cc|likelydende|enclosure|attachment"
    r"|mildosat|adresseliste|mottakere?)\b",
    re.IGNORECASE,
)
_APPROVED = re.compile(
    r"elektronisk\s+(?:godkjent|signert|godkjend)|electronically\s+(?:signed|approved)"
    r"|håndskrev(?:et|ne)\s+signatur|handskriven\s+underskrift|elektrovnnalaččat",
    re.IGNORECASE,
)
_TWO_SENTENCES = re.compile(rf"[a-zæøå]{{2}}[.!?]\s+[{CAPITALS}]")
_HEAD_LENGTH = 45
_SIGNATURE_LENGTH = 16
_LONG = 200


class Zone(Enum):
    """The part of a document that a draft stands in."""

    HEAD = auto()
    BODY = auto()
    CLOSING = auto()
    SIGNATURE = auto()
    ENCLOSURE = auto()
    FURNITURE = auto()


def is_title_text(text: str) -> bool:
    """Whether a text reads as the title of an answer ("Høringssvar – …")."""
    closed = text.endswith(".") and not text.endswith("».") and not text.isupper()
    return len(text) <= 260 and not closed and bool(_TITLE_WORDS.match(text))


def find_zones(drafts: Sequence[Draft]) -> list[Zone]:
    """The zone of each draft."""
    zones = [Zone.FURNITURE if draft.furniture else Zone.BODY for draft in drafts]
    body = [index for index, zone in enumerate(zones) if zone is Zone.BODY]
    for index in _head(drafts, body):
        zones[index] = Zone.HEAD
    body = [index for index in body if zones[index] is Zone.BODY]
    closings = [place for place, index in enumerate(body) if closing_phrase(drafts[index].flat)]
    for place in closings:
        zones[body[place]] = Zone.CLOSING
        _mark_signature(drafts, zones, body[place + 1 :])
    if not closings:
        _mark_unannounced(drafts, zones, body)
    for index in body:
        text = drafts[index].flat
        if zones[index] is Zone.BODY and len(text) < _LONG and _APPROVED.search(text):
            zones[index] = Zone.SIGNATURE
    return zones


def _head(drafts: Sequence[Draft], body: Sequence[int]) -> list[int]:
    """The drafts of the letterhead: all up to the last telling line, the title apart."""
    last = -1
    salutations = []
    for place, index in enumerate(body[:_HEAD_LENGTH]):
        draft = drafts[index]
        if is_salutation(draft.flat):
            salutations.append(index)
        if _starts_body(draft):
            break
        if any(is_letterhead_line(line) for line in draft.lines):
            last = max(last, _reach(drafts, body, place))
    if last < 0:
        last = _bare_head(drafts, body)
    chosen = [index for index in body[: last + 1] if not _is_title(drafts[index])]
    rest = body[last + 1 : last + 4]
    for index in rest if last >= 0 else ():
        if not _is_address_name(drafts[index]):
            break
        chosen.append(index)
    return sorted({*chosen, *salutations})


def _reach(drafts: Sequence[Draft], body: Sequence[int], place: int) -> int:
    """The place of the last draft that a telling line takes along: the values of its labels."""
    draft = drafts[body[place]]
    if not is_label_row(draft.lines[-1]) or len(draft.lines) > 2:
        return place
    if draft.cell is None:
        following = drafts[body[place + 1]] if place + 1 < len(body) else None
        short = following is not None and len(following.flat) <= 120
        return place + 1 if short and following and not _starts_body(following) else place
    table, row, _ = draft.cell
    own = [
        other
        for other, index in enumerate(body[: place + 12])
        if (cell := drafts[index].cell) is not None
        and cell[0] == table
        and cell[1] <= row + 1
        and len(drafts[index].flat) <= 120
    ]
    return max(own, default=place)


def _starts_body(draft: Draft) -> bool:
    text = draft.flat
    if (draft.level or 0) >= 1 or draft.list_level is not None:
        return True
    mark = split_mark(text)
    if mark and mark.kind is MarkKind.BULLET:
        return True
    if len(draft.lines) > 3 and max(map(len, draft.lines)) < 70 and not _TWO_SENTENCES.search(text):
        return False
    if len(text) > 45 and ends_sentence(text) and not is_letterhead_line(draft.lines[0]):
        return True
    return len(text) > _LONG or (len(text) > 110 and bool(_TWO_SENTENCES.search(text)))


def _is_title(draft: Draft) -> bool:
    return draft.level == 0 or is_title_text(draft.flat)


def _is_address_name(draft: Draft) -> bool:
    """Whether a draft right under the letterhead is only the name of whom it is sent to."""
    text = draft.flat
    return (
        len(text) <= 70
        and not draft.strong
        and draft.scale <= 1.1
        and not _is_title(draft)
        and is_organisation(text)
        and not ends_sentence(text)
        and split_mark(text) is None
        and split_reference(text) is None
    )


def _bare_head(drafts: Sequence[Draft], body: Sequence[int]) -> int:
    """A single organisation's or person's name above a title, where nothing else tells."""
    if len(body) < 3:
        return -1
    first, second = drafts[body[0]], drafts[body[1]]
    named = is_organisation(first.flat) or is_person(first.flat)
    short = len(first.flat) <= 60 and not ends_sentence(first.flat) and not first.level
    if named and short and not _is_title(first) and _is_title(second):
        return 0
    return -1


def _mark_signature(drafts: Sequence[Draft], zones: list[Zone], after: Sequence[int]) -> None:
    """Mark what follows a leave-taking, until running text starts again (an annex)."""
    enclosed = False
    for place, index in enumerate(after[:_SIGNATURE_LENGTH]):
        draft = drafts[index]
        text = draft.flat
        if zones[index] is not Zone.BODY or _is_running(draft):
            return
        if _is_heading(draft) and _running_follows(drafts, after[place + 1 : place + 3]):
            return
        enclosed = enclosed or bool(_ENCLOSURE.match(text))
        zones[index] = Zone.ENCLOSURE if enclosed else Zone.SIGNATURE


def _is_running(draft: Draft) -> bool:
    text = draft.flat
    if _APPROVED.search(text):
        return False
    if draft.list_level is not None:
        return len(text) > 60
    return (len(text) > _LONG and not any("\t" in line for line in draft.lines)) or (
        len(text) > 90 and bool(_TWO_SENTENCES.search(text))
    )


def _is_heading(draft: Draft) -> bool:
    if draft.level is not None or draft.scale >= 1.15:
        return True
    mark = split_mark(draft.flat)
    numbered = mark is not None and mark.kind is not MarkKind.BULLET
    return (draft.strong and not is_person(draft.flat)) or numbered or draft.flat.endswith("?")


def _running_follows(drafts: Sequence[Draft], indices: Sequence[int]) -> bool:
    return any(
        len(drafts[index].flat) > 90 or split_mark(drafts[index].flat) is not None
        for index in indices
    )


def _mark_unannounced(drafts: Sequence[Draft], zones: list[Zone], body: Sequence[int]) -> None:
    """Mark names and titles at the very end of a document that takes no leave."""
    end: list[int] = []
    for index in reversed(body):
        draft = drafts[index]
        text = draft.flat
        mark = split_mark(text)
        if (len(text) > 120 and not _APPROVED.search(text)) or draft.level is not None or mark:
            break
        if ends_sentence(text) and not _APPROVED.search(text):
            break
        end.insert(0, index)
        if len(end) == 8:
            break
    while end:
        people = find_signatories(row_lines([drafts[index] for index in end]))
        first = find_signatories(row_lines([drafts[index] for index in end[:3]]))
        named = is_organisation(drafts[end[0]].flat) and not drafts[end[0]].strong
        if any(person.title for person in people) and (first or named):
            break
        end = end[1:]
    starts = [
        place
        for place, index in enumerate(end)
        if find_signatories(row_lines([drafts[index] for index in end[place : place + 2]]))
    ]
    for index in end[starts[0] if starts else 0 :]:
        zones[index] = Zone.SIGNATURE


def row_lines(drafts: Sequence[Draft]) -> list[str]:
    """The lines of drafts, those of table cells in one row side by side, parted by tabs."""
    lines: list[str] = []
    for row, group in groupby(drafts, key=lambda draft: draft.cell and draft.cell[:2]):
        if row is None:
            lines += [line for draft in group for line in draft.lines]
            continue
        columns = [
            [line for draft in cell for line in draft.lines]
            for _, cell in groupby(group, key=lambda draft: draft.cell)
        ]
        lines += ["\t".join(cells) for cells in zip_longest(*columns, fillvalue="")]
    return lines
