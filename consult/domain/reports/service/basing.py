"""Letting the figures of a report come from frozen data: the first ones, or newer ones."""

from datetime import datetime
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.composing.service.signing import break_seal, guard_seal
from consult.domain.documents.service.building import check_printable
from consult.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition
    from consult.domain.documents.models import Snapshot


def take_up_data(
    composition: "Composition",
    snapshot: "Snapshot",
    *,
    part: str,
    breaks_seal: bool,
    base_url: str,
    by: Actor,
    now: datetime,
) -> int:
    """Let the figures of a report come from ``snapshot``; returns how many signatures fell.

    Args:
        composition: The report.
        snapshot: Frozen data of its round, newer than those it has.
        part: What the data are called where it is told that they were changed.
        breaks_seal: Somebody has agreed that signatures fall.
        base_url: Address that links in mails start with.
        by: Who takes them up.
        now: The moment at which words must still be printable.

    Raises:
        InvalidInput: ``snapshot`` (``other_round``, ``not_newer``).
        NoLongerPrintable: The data hold words or names that may no longer be printed.
        TextIsSealed: The report is being signed, or signed, and nobody has agreed.
    """
    if snapshot.round_id != composition.round_id:
        raise InvalidInput("snapshot", "other_round")
    before = composition.snapshot
    if before is not None and not is_newer(snapshot, before):
        raise InvalidInput("snapshot", "not_newer")
    check_printable(snapshot, now=now)
    guard_seal(composition, is_confirmed=breaks_seal)
    composition.snapshot = snapshot
    session().flush()
    record(
        Tag.COMPOSITION_DATA_TAKEN_UP,
        subject=composition.reference,
        by=by.reference,
        stream=organisation_stream(composition.organisation_id),
        data={"before": before.digest if before else "", "after": snapshot.digest},
    )
    return break_seal(composition, part=part, base_url=base_url, by=by)


def is_newer(snapshot: "Snapshot", other: "Snapshot") -> bool:
    """Whether some data of a round were frozen after others."""
    return (snapshot.taken_at, snapshot.id) > (other.taken_at, other.id)
