"""At which part of the document a branch's words belong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from consult.domain.composing.types import PartKind

Place = tuple[int | None, int | None]
"""Ids of the question and the proposal of an internal hearing that words were written to."""


@dataclass(frozen=True, slots=True)
class PartSpot:
    """What a part is about: ids in the round that is answered."""

    id: int
    kind: PartKind
    question_id: int | None = None
    proposal_id: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of an internal hearing, with what it comes from.

    Attributes:
        parent_id: The question of the round that is answered.
        proposal_id: The hearing's own proposal that it asks about.
    """

    id: int
    parent_id: int | None = None
    proposal_id: int | None = None


def place_answers(
    parts: Sequence[PartSpot],
    questions: Iterable[Asked],
    proposals: Mapping[int, int | None],
) -> dict[Place, tuple[int, ...]]:
    """The parts to which the answers to each question and proposal of the hearings belong.

    What belongs nowhere else belongs to the part about the whole.

    Args:
        parts: Of the document, in order.
        questions: Of the internal hearings.
        proposals: Ids of the hearings' proposals, with those they come from.

    Returns:
        Ids of parts; answers to neither a question nor a proposal stand under ``(None, None)``.
    """
    by_question: dict[int, list[int]] = {}
    by_proposal: dict[int, list[int]] = {}
    for part in parts:
        if part.question_id is not None:
            by_question.setdefault(part.question_id, []).append(part.id)
        if part.proposal_id is not None:
            by_proposal.setdefault(part.proposal_id, []).append(part.id)
    whole = tuple(part.id for part in parts if part.kind is PartKind.GENERAL)

    def of_proposal(proposal_id: int | None) -> tuple[int, ...]:
        origin = proposals.get(proposal_id) if proposal_id is not None else None
        return tuple(by_proposal.get(origin, ())) if origin is not None else ()

    def of_question(asked: Asked) -> tuple[int, ...]:
        own = by_question.get(asked.parent_id, ()) if asked.parent_id is not None else ()
        return tuple(own) or of_proposal(asked.proposal_id)

    places: dict[Place, tuple[int, ...]] = {(None, None): whole}
    places |= {(one.id, None): of_question(one) or whole for one in questions}
    places |= {(None, one): of_proposal(one) or whole for one in proposals}
    return places
