"""Rules of review and floods."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import PurePath

from consult.domain.disclosure.bigrams import COMMON_PAIRS
from consult.domain.disclosure.types import BurstKind, FileBar, LegalBasis, Span
from consult.domain.rounds.types import AnswerPublishing
from consult.domain.submissions import uploads
from consult.domain.submissions.types import Publication
from consult.kernel.ids import content_digest
from consult.kernel.text.sensitive import find_sensitive

BURST_WINDOW = timedelta(minutes=10)
"""How close together answers have to come to be a burst."""

MOST_IDENTICAL = 20
"""Answers with the same longer text that a burst may begin with: as many stand as they are."""

MOST_IDENTICAL_SHORT = 200
"""The same for texts of a few words, and answers without text: a full hall may agree in a word."""

MOST_RANDOM = 5
"""The same for texts that look like random letters."""

_SHORT = 40  # letters; above, two people seldom write the same by themselves
_FEWEST_PAIRS = 30
_LEAST_COMMON = 0.6  # share of common letter pairs; prose in nb, nn, se and en has over 0.8
_WORDS = re.compile(r"[^\W\d_]+")
_NO_WORD = re.compile(r"[\W_]+")
_LATIN = re.compile(r"[a-zæøåäöáčđŋšŧž]+")


def public_since(
    cleared_at: datetime,
    *,
    publishing: AnswerPublishing,
    closes_at: datetime,
    released_at: datetime | None,
) -> datetime:
    """From when everybody could read an answer that is public now.

    Args:
        cleared_at: When it was looked through.
        publishing: What the round's owner has decided.
        closes_at: The deadline.
        released_at: When the owner last decided it, if that was after the round was made.
    """
    moments = [cleared_at]
    if released_at is not None:
        moments.append(released_at)
    if publishing is AnswerPublishing.AFTER_DEADLINE:
        moments.append(closes_at)
    return max(moments)


def published_text(
    text: str,
    start: int,
    end: int,
    spans: Iterable[Span],
    *,
    say: Callable[[LegalBasis], str],
) -> str:
    """A part of a text without the words that were taken out, with the reason in their place.

    Args:
        text: The whole original; it stays as it is.
        start: Where the part begins.
        end: Where it ends.
        spans: What is taken out of the whole, in any order; may overlap.
        say: What stands in the place of words taken out.
    """
    pieces: list[str] = []
    at = start
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        if span.end <= at or span.start >= end:
            continue
        pieces.append(text[at : max(at, span.start)])
        pieces.append(say(span.basis))
        at = min(end, span.end)
    pieces.append(text[at:end])
    return "".join(pieces)


def places_of(words: str, text: str) -> list[tuple[int, int]]:
    """Every place where some words stand whole in a text, whatever blanks are between them."""
    parts = [re.escape(part) for part in words.split()]
    if not parts:
        return []
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(parts) + r"(?!\w)", re.IGNORECASE)
    return [match.span() for match in pattern.finditer(text)]


def whole_words(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A chosen stretch, as far as the words that it cuts go; ``None`` where it holds no words.

    Half a word that is left would tell the other half.
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start >= end:
        return None
    while start > 0 and _is_in_word(text[start]) and _is_in_word(text[start - 1]):
        start -= 1
    while end < len(text) and _is_in_word(text[end]) and _is_in_word(text[end - 1]):
        end += 1
    return start, end


def _is_in_word(character: str) -> bool:
    return character.isalnum() or unicodedata.combining(character) > 0


def stretches(first: str, last: str, text: str) -> list[tuple[int, int]]:
    """Every stretch of a text from some first words to the nearest last words behind them."""
    ends = places_of(last, text)
    found = []
    for start, end in places_of(first, text):
        behind = next((stop for begin, stop in ends if begin >= end), None)
        if behind is not None:
            found.append((start, behind))
    return found


def reads_as(text: str, first: str, last: str) -> bool:
    """Whether a stretch is what somebody saw: these words, or from these first to these last."""
    words, head, tail = (" ".join(one.split()) for one in (text, first, last))
    return words.startswith(head) and words.endswith(tail) if tail else words == head


def without_words(text: str, taken_out: Iterable[str], *, instead: str) -> str:
    """A short text of the sender's without the words that were taken out of the answer."""
    for words in sorted(taken_out, key=len, reverse=True):
        for start, end in reversed(places_of(words, text)):
            text = f"{text[:start]}{instead}{text[end:]}"
    return text


def public_filename(filename: str, taken_out: Iterable[str], *, number: int) -> str:
    """What a file is called outside: its own name, or a number where that may tell too much.

    Args:
        filename: As it was sent.
        taken_out: Words that were taken out of the answer.
        number: Its place among the files of the answer.
    """
    path = PurePath(filename)
    spaced = _NO_WORD.sub(" ", path.stem)
    said = (_NO_WORD.sub(" ", words).strip() for words in taken_out)
    if find_sensitive(spaced) or any(words and places_of(words, spaced) for words in said):
        return f"file-{number}{path.suffix.lower()}"
    return filename


def may_show_label(label: str, taken_out: Iterable[str]) -> bool:
    """Whether what a sender calls a minority can stand on the web.

    Args:
        label: The sender's own words, such as "Two of the members".
        taken_out: Words that were taken out of the answer.
    """
    return not find_sensitive(label) and not any(places_of(words, label) for words in taken_out)


def overlaps(first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether two places of a text have a character in common."""
    return first[0] < second[1] and second[0] < first[1]


def fingerprint(text: str, chosen: Iterable[object] = ()) -> str:
    """The same for answers that say the same, whatever case, blanks and signs they are written in.

    Args:
        text: What was written.
        chosen: What was chosen, in order.
    """
    letters = " ".join(_WORDS.findall(text.lower()))
    choices = "" if len(letters) >= _SHORT else "|".join(str(one) for one in chosen)
    return content_digest(f"{letters}\n{choices}".encode())


_FOR_EVERYBODY = frozenset(
    upload.media_type
    for upload in uploads.UPLOAD_TYPES
    if upload not in (uploads.JPEG, uploads.PNG)
)


def file_bar(media_type: str, publication: Publication) -> FileBar | None:
    """Why a file cannot be published, if so; whether it should is for a person to judge.

    Files are given on byte for byte, so what hides in them goes along: names in the properties of
    a document, the place in a picture.
    """
    if publication is Publication.NOT_ON_WEB:
        return FileBar.NOT_ON_WEB
    if publication is Publication.WITHOUT_NAME:
        return FileBar.WITHOUT_NAME
    if media_type.startswith("image/"):
        return FileBar.PICTURE
    return None if media_type in _FOR_EVERYBODY else FileBar.OTHER_KIND


def redacted_file_bar(media_type: str, publication: Publication) -> FileBar | None:
    """Why a redacted edition of a file cannot be published, if so.

    It was made here, so that an answer without name can have one.
    """
    if publication is Publication.NOT_ON_WEB:
        return FileBar.NOT_ON_WEB
    return file_bar(media_type, Publication.WITH_NAME)


def most_identical(text: str) -> int:
    """How many answers with this text may come close together before one is set aside."""
    letters = sum(len(word) for word in _WORDS.findall(text))
    return MOST_IDENTICAL if letters >= _SHORT else MOST_IDENTICAL_SHORT


def looks_random(text: str) -> bool:
    """Whether a text is hardly words: few of its letter pairs are common in any language we know.

    Texts in other scripts, and short ones, are never called random.
    """
    pairs = [
        word[index : index + 2]
        for word in _LATIN.findall(text.lower())
        for index in range(len(word) - 1)
    ]
    if len(pairs) < _FEWEST_PAIRS:
        return False
    return sum(pair in COMMON_PAIRS for pair in pairs) / len(pairs) < _LEAST_COMMON


def burst_kind(*, identical: int, allowed: int, random: int | None) -> BurstKind | None:
    """What kind of burst an answer belongs to, if any.

    Args:
        identical: Answers with the same fingerprint within the window, this one included.
        allowed: How many of those may stand.
        random: Answers that look random within the window, this one included; ``None`` when this
            one does not.
    """
    if identical > allowed:
        return BurstKind.IDENTICAL
    if random is not None and random > MOST_RANDOM:
        return BurstKind.RANDOM
    return None


def email_digest(email: str) -> str:
    """The same for one address however it is typed."""
    return content_digest(email.strip().casefold().encode())
