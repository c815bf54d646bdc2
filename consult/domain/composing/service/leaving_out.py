"""Leaving passages out, with a reason that the branch is told."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.composing.models import LeftOut
from consult.domain.composing.sources import Hearings, uses_of_passages
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from consult.domain.coding.models import Passage
    from consult.domain.composing.models import Composition

LONGEST_REASON = 1000
"""Characters of a reason."""


def leave_out(
    composition: "Composition",
    hearings: Hearings,
    passages: Sequence["Passage"],
    reason: str,
    *,
    by: Actor,
) -> int:
    """Note why some passages stand nowhere in the document; returns how many were not noted so.

    Raises:
        InvalidInput: ``passages`` (``missing``, or ``used``: one stands in the text), ``reason``
            (``missing`` or ``too_long``).
    """
    words = " ".join(reason.split())
    if not words:
        raise InvalidInput("reason", "missing")
    if len(words) > LONGEST_REASON:
        raise InvalidInput("reason", "too_long", limit=LONGEST_REASON)
    if not passages:
        raise InvalidInput("passages", "missing")
    ids = [passage.id for passage in passages]
    if uses_of_passages(hearings, ids):
        raise InvalidInput("passages", "used")
    known = {one.passage_id: one for one in _find(composition, ids)}
    changed = 0
    for passage in passages:
        decided = known.get(passage.id)
        if decided is not None and decided.reason == words:
            continue
        if decided is None:
            decided = LeftOut(composition_id=composition.id, passage_id=passage.id)
            session().add(decided)
        decided.reason, decided.decided_at, decided.decided_by = words, utc_now(), by.reference
        _log(Tag.PASSAGE_LEFT_OUT, composition, passage, by=by)
        changed += 1
    session().flush()
    return changed


def take_back(composition: "Composition", passages: Sequence["Passage"], *, by: Actor) -> None:
    """Undo leaving some passages out."""
    by_id = {passage.id: passage for passage in passages}
    for decided in _find(composition, list(by_id)):
        session().delete(decided)
        _log(Tag.PASSAGE_TAKEN_BACK, composition, by_id[decided.passage_id], by=by)
    session().flush()


def _find(composition: "Composition", passage_ids: list[int]) -> Sequence[LeftOut]:
    query = select(LeftOut).where(
        LeftOut.composition_id == composition.id, LeftOut.passage_id.in_(passage_ids)
    )
    return session().scalars(query).all()


def _log(tag: Tag, composition: "Composition", passage: "Passage", *, by: Actor) -> None:
    record(
        tag,
        subject=composition.reference,
        by=by.reference,
        stream=organisation_stream(composition.organisation_id),
        data={"passage": passage.reference},
    )
