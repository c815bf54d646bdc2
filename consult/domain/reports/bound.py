"""The rules of numbers in prose: how the text reads, and which sentences to read again."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from consult.domain.reports.building.bound import (
    REFERENCE,
    BoundPlace,
    Values,
    has_changed,
    places_of,
    resolve,
)
from consult.domain.reports.rules import WrittenPart, digest_of
from consult.domain.reports.types import CheckKind, CheckLine


def as_printed(parts: Sequence[WrittenPart], values: Values) -> list[WrittenPart]:
    """The parts with the values that the document prints, in reading order."""
    named: set[str] = set()
    return [replace(part, text=resolve(part.text, values, named)) for part in parts]


def check_bound(
    parts: Iterable[WrittenPart], values: Values, anchors: Collection[str]
) -> Iterator[CheckLine]:
    """Values that are others than when they were written, and what is not there any more.

    Args:
        parts: As they were written.
        values: What the data say.
        anchors: What can be referred to.
    """
    for part in parts:
        for place in places_of(part.text):
            if place.id.startswith(REFERENCE):
                if place.id.removeprefix(REFERENCE) not in anchors:
                    yield _line(CheckKind.BOUND_LOST, part, place)
                continue
            value = values.get(place.id)
            if value is None:
                yield _line(CheckKind.BOUND_LOST, part, place)
            elif has_changed(place, value):
                told = {"what": value.label, "was": place.words, "now": value.words}
                yield replace(_line(CheckKind.BOUND_CHANGED, part, place, value.words), values=told)


def _line(check: CheckKind, part: WrittenPart, place: BoundPlace, *state: str) -> CheckLine:
    return CheckLine(
        check,
        f"bound:{part.key}:{digest_of(place.id, place.paragraph)[:12]}",
        digest_of(place.id, place.words, *state),
        part.key,
        words=place.words,
        sentence=place.paragraph,
    )
