"""Rules of documents being written."""

from collections.abc import Iterable, Sequence

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


def stands_in(quote: str, text: RichText) -> bool:
    """Whether words stand somewhere in a text, whatever its lines and blanks."""
    return _flat(quote) in _flat(" ".join(block.words for block in text.blocks))


def _flat(text: str) -> str:
    return " ".join(text.split()).casefold()
