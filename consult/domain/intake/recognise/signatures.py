"""Who signed: names and titles from the end of a letter, side by side or one below the other."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from consult.domain.intake.recognise.lexicon import (
    count_title_heads,
    is_given_name,
    is_name_word,
    is_organisation,
    is_person,
    is_title_head,
    opens_title,
)
from consult.domain.intake.types import Signatory

_SIGN = re.compile(
    r"\(?\b(?:sign|sgd|s)\b\.?\)?(?=\s|$)|\(s\)|/s/|_{3,}|\.{5,}|\((?:elektronisk\s+)?signert\)",
    re.IGNORECASE,
)
_COLUMNS = re.compile(r"\t+|\s{2,}")
_CONTACT = re.compile(
    r"@|\b(?:tlf|telefon|mobil|tel|e-post|epost|phone|www)\b|\d{5,}", re.IGNORECASE
)
_ELECTRONIC = re.compile(
    r"elektronisk|godkjent|håndskrev|signatur|e\.\s?f\.|etter fullmakt|på vegne av|for styret"
    r"|electronic",
    re.IGNORECASE,
)
_NAME_AND_TITLE = re.compile(
    r"^(?P<name>[^,(/–]+?)\s*(?:,|\(|\s–|\s/|\s-)\s*(?P<title>[^()]+?)\)?$"
)
_MAX_TOGETHER = 4
_MAX_WORDS = 16


def find_signatories(lines: Sequence[str]) -> tuple[Signatory, ...]:
    """The people that the lines of a signature name, in reading order.

    Organisations, addresses and notes on electronic approval are nobody.
    """
    rows = [_cells(line) for line in lines]
    rows = [row for row in rows if row]
    found: list[Signatory] = []
    index = 0
    while index < len(rows):
        below = rows[index + 1] if index + 1 < len(rows) else []
        people, used = _read(rows[index], below)
        found += people
        index += used
    unique = {person.name: person for person in reversed(found)}
    return tuple(person for person in found if unique.get(person.name) is person)


def _cells(line: str) -> list[str]:
    """The columns of a line, without "Sign" marks, contact details and notes."""
    cells = []
    for part in _COLUMNS.split(_SIGN.sub("\t", line).strip()):
        cell = part.strip(" ,;:")
        if cell and not _CONTACT.search(cell) and not _ELECTRONIC.search(cell):
            cells.append(cell)
    return cells


def _read(row: list[str], below: list[str]) -> tuple[list[Signatory], int]:
    """The people a row starts, and how many rows they take: name row and title row, or one."""
    if not row:
        return [], 1
    if all(is_person(cell) for cell in row):
        crowded = _crowded_row(row, below)
        if crowded is not None:
            return crowded, 2
        if _are_titles(below) and len(below) == len(row):
            return [Signatory(*pair) for pair in zip(row, below, strict=True)], 2
        if len(row) > 1 and len(below) == 1 and _are_titles(below):
            titles = _split_titles(below[0].split(), len(row))
            if titles:
                return [Signatory(*pair) for pair in zip(row, titles, strict=True)], 2
        return [Signatory(name) for name in row], 1
    crowded = _crowded_row(row, below)
    if crowded is not None:
        return crowded, 2
    return [person for cell in row for person in _within(cell)], 1


def _crowded_row(row: list[str], below: list[str]) -> list[Signatory] | None:
    """People whose names, and whose titles, stand apart by one blank only."""
    if len(row) != 1 or not below:
        return None
    words = row[0].split()
    if not all(is_name_word(word) for word in words) or row[0].isupper():
        return None
    titles = below if len(below) > 1 and _are_titles(below) else None
    together = len(titles) if titles else count_title_heads(below[0].split())
    if not 2 <= together <= _MAX_TOGETHER or len(words) < 2 * together:
        return None
    names = _split_names(words, together)
    titles = titles or _split_titles(below[0].split(), together)
    if not names or not titles:
        return None
    return [Signatory(*pair) for pair in zip(names, titles, strict=True)]


def _are_titles(cells: list[str]) -> bool:
    """Whether the cells can be titles: no names, no organisations alone, and not long."""
    return bool(cells) and all(
        len(cell) <= 90
        and (
            _has_title(cell)
            or (not is_person(cell) and not is_organisation(cell) and cell[0].islower())
        )
        for cell in cells
    )


def _has_title(text: str) -> bool:
    return any(is_title_head(word) for word in text.replace("/", " ").split())


def _within(text: str) -> Iterator[Signatory]:
    """The people that one piece of text names together with their titles."""
    match = _NAME_AND_TITLE.match(text)
    if match and is_person(match["name"]):
        title = match["title"].strip()
        yield Signatory(match["name"], title if _has_title(title) or title[0].islower() else None)
        return
    words = text.split()
    start = next(
        (index for index, word in enumerate(words) if is_title_head(word) or opens_title(word)), 0
    )
    names, titles = words[:start], words[start:]
    if len(names) < 2 or not all(is_name_word(word) for word in names):
        return
    together = max(1, count_title_heads(titles))
    split = _split_names(names, together) if len(names) >= 2 * together else [" ".join(names)]
    parts = _split_titles(titles, len(split)) or [" ".join(titles)]
    if len(split) == 1 and not is_person(split[0]):
        return
    for name, title in zip(split, parts, strict=False):
        yield Signatory(name, title)


def _split_names(words: list[str], together: int) -> list[str]:
    """The words as so many names, where given names and even lengths make it likeliest."""
    best: tuple[float, list[str]] | None = None
    for parts in _partitions(words, together):
        if any(not 2 <= len(part) <= 5 for part in parts):
            continue
        score = float(sum(is_given_name(part[0]) for part in parts))
        score -= 0.5 * sum(is_given_name(part[-1]) for part in parts)
        evenness = max(map(len, parts)) - min(map(len, parts))
        ranked = score - 0.3 * evenness
        if best is None or ranked > best[0]:
            best = (ranked, [" ".join(part) for part in parts])
    return best[1] if best else []


def _split_titles(words: list[str], together: int) -> list[str]:
    """The words as so many titles: each holds one thing to be, and ends or starts with it."""
    best: tuple[float, list[str]] | None = None
    for parts in _partitions(words, together):
        score = 0.0
        for part in parts:
            score += 2 * (count_title_heads(part) == 1)
            score += is_title_head(part[-1]) + 0.5 * (
                opens_title(part[0]) or is_title_head(part[0])
            )
            score += 0.6 * part[0][:1].isupper()
            score -= 3 * (part[0].casefold() in ("for", "og", "i", "av", "ved", "/"))
        if best is None or score > best[0]:
            best = (score, [" ".join(part) for part in parts])
    return best[1] if best else []


def _partitions(words: list[str], together: int) -> Iterator[list[list[str]]]:
    """All ways to cut the words into so many parts, none empty."""
    words = words[:_MAX_WORDS]
    for cuts in combinations(range(1, len(words)), together - 1):
        edges = (0, *cuts, len(words))
        yield [words[edges[i] : edges[i + 1]] for i in range(together)]
