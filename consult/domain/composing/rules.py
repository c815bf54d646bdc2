"""Rules of documents being written."""

from collections.abc import Iterable, Sequence

from consult.domain.composing.types import Side
from consult.kernel.text.rich.types import RichText

EMPTY_BODY: dict[str, object] = {"type": "doc", "content": []}
"""Rich text that says nothing."""


def plan_parts(
    questions: Iterable[tuple[int, str, int | None]], proposals: Sequence[tuple[int, str]]
) -> list[tuple[str, int | None, int | None]]:
    """The parts a response begins with: on the whole, each question, each proposal not asked about.

    Args:
        questions: Id, key and id of the proposal asked about, in the round's order.
        proposals: Id and key, in the round's order.

    Returns:
        Key, question id and proposal id of each part, in order.
    """
    parts: list[tuple[str, int | None, int | None]] = [("general", None, None)]
    asked: set[int] = set()
    for question_id, key, proposal_id in questions:
        parts.append((f"q-{key}", question_id, proposal_id))
        if proposal_id is not None:
            asked.add(proposal_id)
    parts += [(f"p-{key}", None, one) for one, key in proposals if one not in asked]
    return parts


def moved(depths: Sequence[int], place: int, step: int) -> list[int] | None:
    """The order of parts when one of them changes places with its neighbour.

    What stands in a part moves with it, and so does what stands in the neighbour.

    Args:
        depths: How deep each part stands, in order; 1 for a chapter.
        place: The part that is moved.
        step: -1 for up, 1 for down.

    Returns:
        The places of the parts before, in their new order; ``None`` where there is no neighbour of
        the same depth in the same chapter.
    """
    end = _end_of(depths, place)
    if step > 0:
        first, second, third = place, end, _end_of(depths, end) if end < len(depths) else end
        if end >= len(depths) or depths[end] != depths[place]:
            return None
    else:
        before = place - 1
        while before >= 0 and depths[before] > depths[place]:
            before -= 1
        if before < 0 or depths[before] != depths[place]:
            return None
        first, second, third = before, place, end
    places = list(range(len(depths)))
    return places[:first] + places[second:third] + places[first:second] + places[third:]


def _end_of(depths: Sequence[int], place: int) -> int:
    """The place after a part and all that stands in it."""
    end = place + 1
    while end < len(depths) and depths[end] > depths[place]:
        end += 1
    return end


def lacks_assessment(*, is_proposed: bool, assessment: str, sides: Iterable[Side]) -> bool:
    """Whether something speaks against what is proposed, and nobody has said what they think of it.

    What is not proposed has its reason instead. Source: domain guide, scenario 85.
    """
    return is_proposed and not assessment.strip() and Side.AGAINST in sides


def chapter_places(depths: Sequence[int], place: int) -> range:
    """The places of the parts of the chapter that a part stands in, the chapter itself first."""
    start = place
    while start > 0 and depths[start] > 1:
        start -= 1
    end = start + 1
    while end < len(depths) and depths[end] > 1:
        end += 1
    return range(start, end)


def stands_in(quote: str, text: RichText) -> bool:
    """Whether words stand somewhere in a text, whatever its lines and blanks."""
    return _flat(quote) in _flat(" ".join(block.words for block in text.blocks))


def _flat(text: str) -> str:
    return " ".join(text.split()).casefold()
