"""Shapes packages for access requests: which answers they hold, and whether they can be fetched."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from consult.blueprints.desk.presenters.documents import LANGUAGES
from consult.domain.documents.packages import KEPT_FOR, read_filter
from consult.domain.documents.rules import is_restartable
from consult.domain.documents.types import BUILD_ERROR_LABELS, BUILD_STATUS_LABELS, BuildStatus
from consult.domain.organisations.types import ACTOR_GROUP_LABELS

if TYPE_CHECKING:
    from consult.domain.documents.models import AccessPackage

_TONES = {
    BuildStatus.WAITING: "neutral",
    BuildStatus.BUILDING: "info",
    BuildStatus.READY: "success",
    BuildStatus.FAILED: "danger",
}


@dataclass(frozen=True, slots=True)
class PackageCard:
    """A package in the list.

    Attributes:
        title: Which answers it holds, in words.
        named: How many senders are named who want to stand without.
        is_active: Whether it is waiting or being made, so that the page should look again.
        can_be_fetched: Whether its file is there and may be handed out.
        problem: Why it is not, in a sentence; empty where it is.
        until: When the file is deleted.
    """

    public_id: str
    title: str
    language: str
    named: int
    status: str
    tone: str
    progress: int
    is_active: bool
    restartable: bool
    can_be_fetched: bool
    problem: str
    answers: int
    given: int
    withheld: int
    size: int
    requested_at: datetime
    finished_at: datetime | None
    until: datetime | None
    by: str


def package_card(
    package: "AccessPackage",
    names: Mapping[str, str],
    outdated: Collection[int],
    *,
    now: datetime,
) -> PackageCard:
    """One package.

    Args:
        package: It.
        names: The persons by the audit log's references.
        outdated: Ids of packages since which less may be given.
        now: The present moment.
    """
    restartable = is_restartable(package.status, alive_at=package.alive_at, now=now)
    is_ready = package.status is BuildStatus.READY
    problem = _problem(package, is_outdated=package.id in outdated, restartable=restartable)
    return PackageCard(
        public_id=package.public_id,
        title=_title(package),
        language=LANGUAGES[package.locale],
        named=len(package.named),
        status=_("Stopped") if restartable else _(BUILD_STATUS_LABELS[package.status]),
        tone="danger" if restartable else _TONES[package.status],
        progress=package.progress,
        is_active=not (is_ready or restartable),
        restartable=restartable,
        can_be_fetched=is_ready and not problem,
        problem=problem,
        answers=package.answers,
        given=package.given,
        withheld=package.withheld,
        size=package.size or 0,
        requested_at=package.requested_at,
        finished_at=package.finished_at,
        until=package.finished_at + KEPT_FOR if package.finished_at else None,
        by=names.get(package.requested_by) or _("Somebody who is no longer registered"),
    )


def _title(package: "AccessPackage") -> str:
    wanted = read_filter(package.wanted)
    group = _(ACTOR_GROUP_LABELS[wanted.group]) if wanted.group else _("All answers")
    return f"{group}: «{wanted.text}»" if wanted.text else str(group)


def _problem(package: "AccessPackage", *, is_outdated: bool, restartable: bool) -> str:
    if restartable:
        if package.error is not None:
            return str(_(BUILD_ERROR_LABELS[package.error]))
        return str(
            _("Nothing has happened for a while: the worker may have stopped. You can start again.")
        )
    if package.status is not BuildStatus.READY:
        return ""
    if package.digest is None:
        return str(_("The file was deleted after its time. Make a new package if you need one."))
    if is_outdated:
        return str(
            _(
                "Since it was made, something was taken out of an answer, or taken back. It still "
                "stands in this package, so it cannot be fetched. Make a new one."
            )
        )
    return ""
