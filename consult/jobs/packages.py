"""Making packages for access requests: answers a few at a time, rendering in no transaction."""

import logging
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from flask import current_app

from consult.db import transaction
from consult.domain.documents.building.publishable import Listed
from consult.domain.documents.packages import (
    ACCESS,
    find_package,
    gather_answers,
    ids_on_request,
    read_filter,
)
from consult.domain.documents.packing import Packer, Shelf
from consult.domain.documents.service.packaging import (
    MadePackage,
    announce_unclaimed_packages,
    claim_package,
    fail_package,
    finish_package,
    forget_old_packages,
    note_package_progress,
    package_requested,
)
from consult.domain.documents.types import BuildError
from consult.domain.files.queries import verdict_of
from consult.domain.files.types import Verdict
from consult.domain.rounds.queries import get_round
from consult.domain.submissions.listing import AnswerFilter
from consult.kernel.clock import utc_now

_AT_ONCE = 25  # answers whose words are in memory at one time

_LOG = logging.getLogger(__name__)


def look_after_packages() -> None:
    """Put every package that was lost on its way into the queue in again, and delete old ones."""
    with transaction():
        announce_unclaimed_packages(now=utc_now())
        forget_old_packages(files=current_app.extensions["files"], now=utc_now())


def make_package(public_id: str, attempt: int) -> None:
    """Make what was asked for; a failure is written down for whoever asked, and logged."""
    with transaction():
        if not claim_package(public_id, attempt, now=utc_now()):
            return
    try:
        made = _make(public_id, attempt)
        with transaction():
            finish_package(public_id, attempt, made=made, now=utc_now())
    except Exception as problem:  # noqa: BLE001 -- whatever it is, whoever asked must be told
        _LOG.error("package %s failed", public_id, exc_info=problem)
        with transaction():
            fail_package(public_id, attempt, error=_error_of(problem), now=utc_now())


def write_package(
    out: IO[bytes],
    round_slug: str,
    wanted: AnswerFilter,
    *,
    locale: str,
    named: Collection[int] = (),
    progress: Callable[[float], None] | None = None,
) -> Sequence[Listed]:
    """Write the publishable variants of answers and the list of what is withheld; what was listed.

    Args:
        out: Where to; a ZIP file.
        round_slug: Whose answers.
        wanted: Which of them.
        locale: Language of headings and lists.
        named: Numbers of the answers whose senders are named although they want to stand without.
        progress: Is told the share done, from 0 to 1.
    """
    shelf = Shelf(Path(str(current_app.static_folder)) / "build", current_app.extensions["files"])
    packer = Packer(out, shelf=shelf, locale=locale)
    with transaction():
        ids = ids_on_request(get_round(round_slug).id, wanted)
    for first in range(0, len(ids), _AT_ONCE):
        some = ids[first : first + _AT_ONCE]
        with transaction():
            answers = gather_answers(some, locale=locale, named=named, may_give=_is_clean)
        for number, answer in enumerate(answers, first + 1):
            packer.add(answer)
            if progress is not None:
                progress(number / len(ids))
    with transaction():
        return packer.finish(get_round(round_slug), made_at=utc_now())


def _make(public_id: str, attempt: int) -> MadePackage:
    with transaction():
        package = find_package(public_id)
        slug, wanted = package.round.slug, read_filter(package.wanted)
        locale, named = package.locale, frozenset(package.named)
    noted = 0

    def note(share: float) -> None:
        nonlocal noted
        shown = int(98 * share)
        if shown > noted:
            noted = shown
            with transaction():
                note_package_progress(public_id, attempt, shown, now=utc_now())

    with TemporaryFile() as file:
        listed = write_package(file, slug, wanted, locale=locale, named=named, progress=note)
        size = file.seek(0, 2)
        file.seek(0)
        digest = current_app.extensions["files"].part(ACCESS).save_stream(file)
    return MadePackage(digest, size, listed)


def _is_clean(digest: str) -> bool:
    """Whether a file may leave: searched for viruses, where there is a scanner."""
    return current_app.extensions["scanner"] is None or verdict_of(digest) is Verdict.CLEAN


def _error_of(problem: Exception) -> BuildError:
    return BuildError.ASSETS if isinstance(problem, FileNotFoundError) else BuildError.UNEXPECTED


def _enqueue(public_id: str, *, attempt: int) -> None:
    current_app.extensions["jobs"].enqueue("make_package", public_id, attempt)


package_requested.connect(_enqueue)
