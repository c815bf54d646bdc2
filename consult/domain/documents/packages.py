"""Finding packages for access requests, and what they are made of."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from consult.db import get_one, session
from consult.domain.audit.models import AuditEntry
from consult.domain.audit.types import Tag
from consult.domain.disclosure.access import (
    Reviewed,
    Withheld,
    Withholding,
    given_files,
    load_for_access,
    withheld_of,
)
from consult.domain.disclosure.variants import publishable_filename
from consult.domain.documents.building.publishable import (
    build_publishable,
    place_on_request,
    sender_on_request,
)
from consult.domain.documents.models import AccessPackage
from consult.domain.documents.types import BuildStatus, Document
from consult.domain.organisations.types import ACTOR_TYPE_LABELS, ActorGroup
from consult.domain.rounds.models import Round
from consult.domain.submissions.listing import AnswerFilter, list_answers
from consult.domain.submissions.models import Submission
from consult.domain.submissions.types import SUBMISSION_STATUS_LABELS
from consult.kernel.i18n import translator

if TYPE_CHECKING:
    from consult.domain.submissions.models import Answer

KEPT_FOR = timedelta(days=30)
"""How long a package can be fetched; what was handed out is kept in the case, not here."""

ACCESS = "access"
"""The part of the store that packages lie in."""

_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file that is handed out: its name in the package, and where it lies in the store."""

    path: str
    digest: str


@dataclass(frozen=True, slots=True)
class GatheredAnswer:
    """An answer that was asked for, as values: nothing in it needs the database.

    Attributes:
        document: Its publishable variant; ``None`` where it is not handed out.
        withheld: What of it is not handed out.
    """

    number: int
    name: str
    kind: str
    status: str
    received_at: datetime
    document: Document | None
    files: tuple[GivenFile, ...]
    withheld: tuple[Withheld, ...]


def stored_filter(wanted: AnswerFilter) -> dict[str, Any]:
    """Which answers are asked for, to be stored."""
    return {"text": wanted.text, "group": wanted.group.value if wanted.group else None}


def read_filter(stored: dict[str, Any]) -> AnswerFilter:
    """Which answers are asked for, as it was stored."""
    group = stored.get("group")
    return AnswerFilter(text=stored.get("text") or "", group=ActorGroup(group) if group else None)


def ids_on_request(round_id: int, wanted: AnswerFilter) -> list[int]:
    """The answers that are asked for, by number, whatever was decided about counting them."""
    return [one.id for one in list_answers(round_id, wanted, limit=_MOST)]


def gather_answers(
    ids: Sequence[int],
    *,
    locale: str,
    named: Collection[int] = (),
    may_give: Callable[[str], bool] = lambda _digest: True,
) -> list[GatheredAnswer]:
    """Answers that were asked for, with all that is handed out of them and all that is not.

    Args:
        ids: Which, some at a time: all of their words are held in memory.
        locale: Language of the headings.
        named: Numbers of the answers whose senders are named although they want to stand without.
        may_give: Whether a file may leave, by its hash: not one that may hold a virus.
    """
    return [
        _gather(one, locale=locale, named=named, may_give=may_give) for one in load_for_access(ids)
    ]


def _gather(
    one: Reviewed, *, locale: str, named: Collection[int], may_give: Callable[[str], bool]
) -> GatheredAnswer:
    submission, review = one.submission, one.review
    is_named = submission.number in named

    def place_of(answer: "Answer") -> str:
        return place_on_request(review, answer, locale) if review is not None else ""

    withheld = list(withheld_of(one, is_named=is_named, place_of=place_of))
    document, files = None, []
    if review is not None and one.is_given:
        for file in given_files(review):
            number = review.version.attachments.index(file.attachment) + 1
            if not may_give(file.digest):
                withheld.append(Withheld(Withholding.FILE_NOT_SCANNED, str(number)))
                continue
            name = publishable_filename(review, file.attachment)
            files.append(GivenFile(f"{submission.number:04}/{number}-{name}", file.digest))
        document = build_publishable(
            review, locale=locale, is_named=is_named, files=[file.path for file in files]
        )
    return GatheredAnswer(
        number=submission.number,
        name=sender_on_request(submission, is_named=is_named, locale=locale),
        kind=translator(locale).gettext(ACTOR_TYPE_LABELS[submission.actor_type]),
        status=translator(locale).gettext(SUBMISSION_STATUS_LABELS[submission.status]),
        received_at=submission.received_at,
        document=document,
        files=tuple(files),
        withheld=tuple(withheld),
    )


def get_package(round_slug: str, package_id: str) -> AccessPackage:
    """A package of a round by public id. Raises :class:`NotFound`."""
    return get_one(
        _packages().where(Round.slug == round_slug, AccessPackage.public_id == package_id),
        "package",
        package_id,
    )


def find_package(public_id: str) -> AccessPackage:
    """A package by public id, for the job that makes it. Raises :class:`NotFound`."""
    return get_one(_packages().where(AccessPackage.public_id == public_id), "package", public_id)


def list_packages(round_id: int) -> Sequence[AccessPackage]:
    """The packages of a round, the newest first."""
    query = _packages().where(AccessPackage.round_id == round_id)
    return session().scalars(query.order_by(AccessPackage.id.desc())).all()


def list_unclaimed_packages(*, since: datetime) -> Sequence[AccessPackage]:
    """The packages that have waited for a worker since some moment or longer."""
    query = _packages().where(
        AccessPackage.status == BuildStatus.WAITING, AccessPackage.alive_at <= since
    )
    return session().scalars(query.order_by(AccessPackage.id)).all()


def list_old_packages(*, now: datetime) -> Sequence[AccessPackage]:
    """The packages whose files have been kept long enough."""
    query = _packages().where(
        AccessPackage.digest.is_not(None), AccessPackage.finished_at < now - KEPT_FOR
    )
    return session().scalars(query).all()


def count_packages_of(digest: str) -> int:
    """How many packages rest on the same bytes."""
    query = select(func.count(AccessPackage.id)).where(AccessPackage.digest == digest)
    return session().scalar(query) or 0


_TAKING_AWAY = (
    Tag.REVIEW_REDACTED,
    Tag.REVIEW_TAKEN_BACK,
    Tag.REVIEW_REFUSED,
    Tag.REVIEW_FILE_WITHDRAWN,
    Tag.REVIEW_FILE_REPLACED,
    Tag.REVIEW_FILE_HELD,
)


def less_may_be_given(packages: Collection[AccessPackage]) -> set[int]:
    """The ids of those packages since which somebody has taken something away from readers.

    They are not handed out any more: what was taken out since still stands in them.
    """
    moments = {one.id: one.as_of for one in packages if one.as_of is not None}
    if not moments:
        return set()
    round_ids = {one.round_id for one in packages}
    query = (
        select(Submission.round_id, func.max(AuditEntry.at))
        .join(AuditEntry, AuditEntry.subject == _reference())
        .where(Submission.round_id.in_(round_ids), AuditEntry.tag.in_(_TAKING_AWAY))
        .group_by(Submission.round_id)
    )
    latest = {row[0]: row[1] for row in session().execute(query)}
    return {
        one.id
        for one in packages
        if one.id in moments and (last := latest.get(one.round_id)) and last >= moments[one.id]
    }


def _reference() -> ColumnElement[str]:
    return "submission:" + Submission.public_id


def _packages() -> Select[AccessPackage]:
    return (
        select(AccessPackage)
        .join(Round, AccessPackage.round_id == Round.id)
        .options(joinedload(AccessPackage.round).joinedload(Round.owner))
    )
