"""Copies: a person says that an answer repeats an earlier one, and can take it back.

What both say is coded in the earlier one and counts once; both senders are counted. Nothing of the
later answer is changed, and its own codings come back when the decision is taken back.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.coding.clusters import point_at_first
from consult.domain.coding.copies import pair_passages
from consult.domain.coding.models import Passage, TextCopy
from consult.domain.coding.queries.clusters import confirmed_cluster_ids, lines_of_cluster
from consult.domain.coding.queries.copies import list_decided, marks_of
from consult.domain.coding.types import PassageKind
from consult.domain.submissions.errors import AlreadyDecided
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from consult.domain.submissions.models import Submission


def decide_copy(copy: "Submission", first: "Submission", *, is_copy: bool, by: Actor) -> TextCopy:
    """Say whether an answer repeats an earlier one.

    Raises:
        InvalidInput: ``first``: it is of another round, or not earlier.
        AlreadyDecided: Somebody has decided about the two.
    """
    if copy.round_id != first.round_id or first.number >= copy.number:
        raise InvalidInput("first", "not_earlier")
    pair = (copy.id, first.id)
    if any((one.copy_id, one.first_id) == pair for one in list_decided(copy.round_id)):
        raise AlreadyDecided
    decision = TextCopy(
        round_id=copy.round_id,
        copy=copy,
        first=first,
        is_copy=is_copy,
        decided_at=utc_now(),
        decided_by=by.reference,
    )
    session().add(decision)
    session().flush()
    _log(Tag.COPY_DECIDED, decision, by=by)
    link_copies(copy.round_id)
    return decision


def take_back_copy(decision: TextCopy, *, by: Actor) -> None:
    """Take back what was said about two answers. Raises ``AlreadyDecided`` the second time."""
    if decision.taken_back_at is not None:
        raise AlreadyDecided
    decision.taken_back_at, decision.taken_back_by = utc_now(), by.reference
    session().flush()
    _log(Tag.COPY_TAKEN_BACK, decision, by=by)
    link_copies(decision.round_id)


def link_copies(round_id: int) -> None:
    """Let every repeated passage of a round point at the one it repeats, by what is decided.

    Decided are pairs of answers and clusters of them (:mod:`consult.domain.coding.clusters`). An
    answer that repeats one which is a copy itself points at the first of them all.
    """
    origins: dict[int, int] = {}
    for decision in list_decided(round_id):
        if decision.is_copy:
            pairs = pair_passages(marks_of(decision.copy), marks_of(decision.first))
            for passage_id, origin_id in pairs.items():
                origins.setdefault(passage_id, origin_id)
    for cluster_id in confirmed_cluster_ids(round_id):
        for passage_id, origin_id in point_at_first(lines_of_cluster(cluster_id)).items():
            origins.setdefault(passage_id, origin_id)
    wanted = {one: _first_of_all(one, origins) for one in origins}
    wanted |= _parts_of(round_id, wanted)
    _point(round_id, wanted)


def _first_of_all(passage_id: int, origins: Mapping[int, int]) -> int:
    seen = {passage_id}
    while (origin := origins.get(passage_id)) is not None and origin not in seen:
        seen.add(origin)
        passage_id = origin
    return passage_id


def _parts_of(round_id: int, origins: Mapping[int, int]) -> dict[int, int]:
    """Parts that were chosen from a repeated paragraph are coded where the paragraph is."""
    query = select(Passage.id, Passage.parent_id).where(
        Passage.round_id == round_id, Passage.kind == PassageKind.CHOSEN
    )
    return {
        row.id: origins[row.parent_id]
        for row in session().execute(query)
        if row.parent_id in origins
    }


def _point(round_id: int, wanted: Mapping[int, int]) -> None:
    """Let passages point at others, and no other passage of the round; writes what is different."""
    query = select(Passage.id, Passage.copy_of_id).where(
        Passage.round_id == round_id, Passage.copy_of_id.is_not(None)
    )
    present = {row.id: row.copy_of_id for row in session().execute(query)}
    changed: list[dict[str, int | None]] = [
        {"id": one, "copy_of_id": wanted.get(one)}
        for one in present.keys() | wanted.keys()
        if present.get(one) != wanted.get(one) and one != wanted.get(one)
    ]
    if changed:
        session().execute(update(Passage), changed)
        session().expire_all()


def _log(tag: Tag, decision: TextCopy, *, by: Actor) -> None:
    record(
        tag,
        subject=decision.copy.reference,
        by=by.reference,
        stream=organisation_stream(decision.round.owner_id),
        data={"first": decision.first.reference, "is_copy": decision.is_copy},
    )
