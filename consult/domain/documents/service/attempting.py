"""Attempts at making something in the background: only the present one may take a step.

A worker that had fallen silent may come back after somebody has asked again. What it then says of
its attempt changes nothing: each step is one ``UPDATE`` that names the attempt it belongs to.
"""

from datetime import datetime
from typing import Any

from blinker import Signal
from sqlalchemy import Update, update

from consult.db import on_commit, session
from consult.domain.accounts.types import Actor
from consult.domain.documents.models import AccessPackage, Document
from consult.domain.documents.rules import is_restartable
from consult.domain.documents.types import BuildStatus
from consult.kernel.errors import TransitionError

Made = Document | AccessPackage


def begin_again(made: Made, *, by: Actor, now: datetime) -> None:
    """Let another attempt wait for a worker.

    Raises:
        TransitionError: It is ready, or its worker is still at it.
    """
    if not is_restartable(made.status, alive_at=made.alive_at, now=now):
        raise TransitionError(
            type(made).__tablename__, made.status.value, BuildStatus.WAITING.value
        )
    made.status = BuildStatus.WAITING
    made.error = None
    made.progress = 0
    made.attempt += 1
    made.alive_at = now
    made.requested_by = by.reference
    session().flush()


def claim_attempt(
    kind: type[Made], public_id: str, attempt: int, *, now: datetime, **values: Any
) -> bool:
    """Begin an attempt; ``False`` when another worker has begun it or a later one was asked for."""
    step = _of_attempt(kind, public_id, attempt, BuildStatus.WAITING)
    return _changes_one(
        kind, step.values(status=BuildStatus.BUILDING, progress=1, alive_at=now, **values)
    )


def change_attempt(kind: type[Made], public_id: str, attempt: int, **values: Any) -> bool:
    """Write something down of the attempt that is being made; whether it is still this one."""
    step = _of_attempt(kind, public_id, attempt, BuildStatus.BUILDING)
    return _changes_one(kind, step.values(values))


def announce(made: Made, signal: Signal) -> None:
    """Send the signal with the public id and the attempt's number once this is committed."""
    public_id, attempt = made.public_id, made.attempt

    def send() -> None:
        signal.send(public_id, attempt=attempt)

    on_commit(send)


def _of_attempt(kind: type[Made], public_id: str, attempt: int, status: BuildStatus) -> Update:
    return update(kind).where(
        kind.public_id == public_id, kind.attempt == attempt, kind.status == status
    )


def _changes_one(kind: type[Made], step: Update) -> bool:
    """Carry a change out; whether there was something to change."""
    session().expire_all()
    return session().execute(step.returning(kind.id)).one_or_none() is not None
