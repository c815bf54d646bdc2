"""Copies: a person says that an answer repeats an earlier one, and can take it back.

What both say is coded in the earlier one and counts once; both senders are counted. Nothing of the
later answer is changed, and its own codings come back when the decision is taken back.
"""

from typing import TYPE_CHECKING

from sqlalchemy import select, update
from sqlalchemy.orm import aliased

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.coding.copies import pair_passages
from consult.domain.coding.models import Passage, TextCopy
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

    An answer that repeats one which is a copy itself points at the first of them all.
    """
    session().execute(
        update(Passage)
        .where(Passage.round_id == round_id, Passage.copy_of_id.is_not(None))
        .values(copy_of_id=None)
    )
    origins: dict[int, int] = {}
    for decision in list_decided(round_id):  # by number: the first of a copy is settled before it
        if not decision.is_copy:
            continue
        pairs = pair_passages(marks_of(decision.copy), marks_of(decision.first))
        for passage_id, origin_id in pairs.items():
            origins.setdefault(passage_id, origins.get(origin_id, origin_id))
    if origins:
        rows = [{"id": one, "copy_of_id": origin} for one, origin in origins.items()]
        session().execute(update(Passage), rows)
        _link_parts(round_id)
    session().expire_all()


def _link_parts(round_id: int) -> None:
    """Let parts that were chosen from a repeated paragraph be coded where the paragraph is."""
    around = aliased(Passage)
    query = (
        select(Passage.id, around.copy_of_id)
        .join(around, Passage.parent_id == around.id)
        .where(
            Passage.round_id == round_id,
            Passage.kind == PassageKind.CHOSEN,
            around.copy_of_id.is_not(None),
        )
    )
    rows = [{"id": row[0], "copy_of_id": row[1]} for row in session().execute(query)]
    if rows:
        session().execute(update(Passage), rows)


def _log(tag: Tag, decision: TextCopy, *, by: Actor) -> None:
    record(
        tag,
        subject=decision.copy.reference,
        by=by.reference,
        stream=organisation_stream(decision.round.owner_id),
        data={"first": decision.first.reference, "is_copy": decision.is_copy},
    )
