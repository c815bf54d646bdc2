"""Asking for a package for an access request, and noting how its making goes.

The same steps as for documents (:mod:`consult.domain.documents.service.building`): each is a short
transaction of its own, and the package is made between them by :mod:`consult.jobs.packages`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from blinker import Signal

from consult.db import on_commit, session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.documents.building.publishable import Listed
from consult.domain.documents.models import AccessPackage
from consult.domain.documents.packages import (
    ACCESS,
    count_packages_of,
    find_package,
    list_old_packages,
    list_unclaimed_packages,
    stored_filter,
)
from consult.domain.documents.rules import UNCLAIMED_AFTER
from consult.domain.documents.service.attempting import (
    announce,
    begin_again,
    change_attempt,
    claim_attempt,
)
from consult.domain.documents.types import BuildError, BuildStatus
from consult.domain.submissions.listing import AnswerFilter
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.files import FileStore
from consult.kernel.i18n import LOCALES

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round

package_requested = Signal()
"""Sent after the commit of a request, with the package's public id and the attempt's number."""


@dataclass(frozen=True, slots=True)
class MadePackage:
    """A package that lies in the store; ``size`` in bytes."""

    digest: str
    size: int
    listed: Sequence[Listed]


def request_package(
    round_: "Round",
    wanted: AnswerFilter,
    *,
    locale: str,
    named: Collection[int] = (),
    by: Actor,
) -> AccessPackage:
    """Ask for the publishable variants of answers; the worker is told after the commit.

    Args:
        round_: Whose answers.
        wanted: Which of them.
        locale: Language of headings and lists.
        named: Numbers of the answers whose senders are named although they want to stand without:
            whoever decides on the request has decided that.
        by: Who asks.

    Raises:
        InvalidInput: ``locale``, ``unknown``.
    """
    if locale not in LOCALES:
        raise InvalidInput("locale", "unknown", locale=locale)
    now = utc_now()
    package = AccessPackage(
        round_id=round_.id,
        wanted=stored_filter(wanted),
        named=sorted(named),
        locale=locale,
        status=BuildStatus.WAITING,
        alive_at=now,
        requested_by=by.reference,
        requested_at=now,
    )
    session().add(package)
    session().flush()
    _note(package, Tag.ACCESS_REQUESTED, by=by.reference)
    announce(package, package_requested)
    return package


def restart_package(package: AccessPackage, *, by: Actor, now: datetime) -> None:
    """Make it again after a failure, or after its worker has fallen silent.

    Raises:
        TransitionError: It is ready, or its worker is still at it.
    """
    begin_again(package, by=by, now=now)
    _note(package, Tag.ACCESS_REQUESTED, by=by.reference)
    announce(package, package_requested)


def announce_unclaimed_packages(*, now: datetime) -> None:
    """Ask the worker again for what nobody has begun to make."""
    for package in list_unclaimed_packages(since=now - UNCLAIMED_AFTER):
        package.alive_at = now
        announce(package, package_requested)
    session().flush()


def claim_package(public_id: str, attempt: int, *, now: datetime) -> bool:
    """Begin an attempt; ``False`` when another worker has begun it or a later one was asked for."""
    return claim_attempt(AccessPackage, public_id, attempt, now=now, as_of=now)


def note_package_progress(public_id: str, attempt: int, progress: int, *, now: datetime) -> None:
    """Write down how far an attempt has come, in per cent."""
    change_attempt(AccessPackage, public_id, attempt, progress=progress, alive_at=now)


def finish_package(public_id: str, attempt: int, *, made: MadePackage, now: datetime) -> bool:
    """Keep what an attempt has made, unless a later one has been asked for; whether it is kept."""
    return change_attempt(
        AccessPackage,
        public_id,
        attempt,
        status=BuildStatus.READY,
        progress=100,
        alive_at=now,
        finished_at=now,
        digest=made.digest,
        size=made.size,
        answers=len(made.listed),
        given=sum(bool(one.path) for one in made.listed),
        withheld=sum(len(one.withheld) for one in made.listed),
    )


def fail_package(public_id: str, attempt: int, *, error: BuildError, now: datetime) -> None:
    """Write down that an attempt has failed, and why."""
    failed = {"status": BuildStatus.FAILED, "error": error, "alive_at": now}
    change_attempt(AccessPackage, public_id, attempt, **failed)


def note_fetched(package: AccessPackage, *, by: Actor) -> None:
    """Log that somebody has fetched the package."""
    _note(package, Tag.ACCESS_GIVEN, by=by.reference)


def note_written(round_: "Round", *, named: Collection[int], by: Actor) -> None:
    """Log that a package was written outside of the store, on the command line."""
    record(
        Tag.ACCESS_GIVEN,
        subject=round_.reference,
        by=by.reference,
        stream=organisation_stream(round_.owner_id),
        data={"named": sorted(named)},
    )


def forget_old_packages(*, files: FileStore, now: datetime) -> None:
    """Delete the files of packages that have been kept long enough; that they were made stays."""
    for package in list_old_packages(now=now):
        digest, package.digest = package.digest or "", None
        session().flush()
        if not count_packages_of(digest):
            on_commit(partial(files.part(ACCESS).remove, digest))


def _note(package: AccessPackage, tag: Tag, *, by: str) -> None:
    round_ = find_package(package.public_id).round
    record(
        tag,
        subject=package.reference,
        by=by,
        stream=organisation_stream(round_.owner_id),
        data={
            "round": round_.public_id,
            "named": package.named,
            "file": package.digest or "",
        },
    )
