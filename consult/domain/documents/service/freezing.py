"""Freezing the data of a round: everything that documents are built from, under a name."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.exc import IntegrityError

from consult.db import savepoint, session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import hold_chain, record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.documents.building.counts import FrozenCounts
from consult.domain.documents.building.data import SummaryData
from consult.domain.documents.errors import NothingChanged
from consult.domain.documents.freezing import codec
from consult.domain.documents.freezing.changes import compare
from consult.domain.documents.models import Snapshot
from consult.domain.documents.queries.gathering import gather_summary
from consult.domain.documents.snapshots import list_snapshots, newest_snapshot, read_frozen
from consult.domain.submissions.rules import check_free_text, clean_name
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import N_, translator
from consult.kernel.text.plain import canonical

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round

MAX_NAME_LENGTH = 120
MAX_REASON_LENGTH = 500


def take_snapshot(
    round_: "Round", *, name: str = "", reason: str = "", by: Actor, now: datetime
) -> Snapshot:
    """Freeze the data of a round as they are; without a name it gets a numbered one.

    A first snapshot needs no reason. Another one is the decision to let other figures count, and
    needs one.

    Raises:
        InvalidInput: ``name`` (``taken``, ``too_long``, ``identity_number``) or ``reason``
            (``required``, ``too_long``, ``identity_number``).
        NothingChanged: The data are those of the newest snapshot.
    """
    data = _gather_at_once(round_, now=now)
    newest = newest_snapshot(round_.id)
    if newest is not None and _is_unchanged(newest, data):
        raise NothingChanged(newest.public_id)
    name = _check_name(name) or next_name(round_)
    reason = _check_reason(reason, is_needed=newest is not None)
    return _keep(round_, data, name=name, reason=reason, by=by, now=now)


def snapshot_of_now(round_: "Round", *, reason: str, by: Actor, now: datetime) -> Snapshot:
    """The newest snapshot where nothing has changed since it was taken, else a new one.

    Raises:
        InvalidInput: ``reason``, as :func:`take_snapshot`.
    """
    data = _gather_at_once(round_, now=now)
    newest = newest_snapshot(round_.id)
    if newest is not None and _is_unchanged(newest, data):
        return newest
    reason = _check_reason(reason, is_needed=newest is not None)
    return _keep(round_, data, name=next_name(round_), reason=reason, by=by, now=now)


def _is_unchanged(snapshot: Snapshot, data: SummaryData) -> bool:
    return not compare(read_frozen(snapshot).data, data)


def next_name(round_: "Round") -> str:
    """``Data 2`` in the owner's language: the first number that is free."""
    pattern = translator(round_.owner.language).gettext(N_("Data %(number)s"))
    taken = {snapshot.name for snapshot in list_snapshots(round_.id)}
    number = len(taken) + 1
    while pattern % {"number": number} in taken:
        number += 1
    return pattern % {"number": number}


def _gather_at_once(round_: "Round", *, now: datetime) -> SummaryData:
    """The data of one moment: nobody's change is committed between the queries."""
    hold_chain(organisation_stream(round_.owner_id))
    session().flush()
    session().expire_all()  # what this session knows already may be older
    return gather_summary(round_, now=now)


def _check_name(name: str) -> str:
    name = clean_name(name)
    check_free_text("name", name)
    if len(name) > MAX_NAME_LENGTH:
        raise InvalidInput("name", "too_long", limit=MAX_NAME_LENGTH)
    return name


def _check_reason(reason: str, *, is_needed: bool) -> str:
    reason = canonical(reason).strip()
    check_free_text("reason", reason)
    if is_needed and not reason:
        raise InvalidInput("reason", "required")
    if len(reason) > MAX_REASON_LENGTH:
        raise InvalidInput("reason", "too_long", limit=MAX_REASON_LENGTH)
    return reason


def _keep(
    round_: "Round", data: SummaryData, *, name: str, reason: str, by: Actor, now: datetime
) -> Snapshot:
    content = codec.to_bytes(data)
    counts = FrozenCounts.of(data)
    snapshot = Snapshot(
        round_id=round_.id,
        name=name,
        reason=reason,
        digest=codec.data_hash(content),
        content=codec.pack(content),
        counts=counts.to_json(),
        as_of=data.as_of,
        taken_at=now,
        taken_by=by.reference,
    )
    try:
        with savepoint():
            session().add(snapshot)
    except IntegrityError as error:
        raise InvalidInput("name", "taken", name=name) from error
    record(
        Tag.SNAPSHOT_TAKEN,
        subject=snapshot.reference,
        by=by.reference,
        stream=organisation_stream(round_.owner_id),
        at=now,
        data={
            "name": name,
            "reason": reason,
            "digest": snapshot.digest,
            "as_of": data.as_of.isoformat(),
            **counts.to_json(),
        },
    )
    return snapshot
