"""Editions of a report: preparing one, publishing it, correcting it, taking it off the web."""

from datetime import datetime
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.composing.frozen import current_digest, unfreeze
from consult.domain.composing.sealing import current_sign_off, standing_in
from consult.domain.composing.standing import SignState
from consult.domain.documents.service.building import check_printable, request_report
from consult.domain.documents.types import BuildStatus, Document
from consult.domain.reports.checking import blocking
from consult.domain.reports.editions import (
    find_prepared,
    list_editions,
    next_number,
    published_edition,
    who_approved,
)
from consult.domain.reports.models import Edition
from consult.domain.reports.queries import build_edition
from consult.domain.reports.types import EditionStatus, Hindrance
from consult.domain.rounds.service.news import add_news
from consult.domain.rounds.types import NewsKind
from consult.domain.submissions.rules import check_free_text
from consult.kernel.errors import Conflict, InvalidInput
from consult.kernel.ids import content_digest

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition, NamedVersion

LONGEST_NOTE = 2000
"""Characters of what is said of an edition."""


def hindrances(composition: "Composition", *, now: datetime) -> tuple[Hindrance, ...]:
    """Why no edition can be prepared or published now, in the order to be mended."""
    found = []
    if composition.snapshot is None:
        return (Hindrance.NO_DATA,)
    if blocking(composition, now=now):
        found.append(Hindrance.CHECKS)
    if _signed_version(composition) is None:
        found.append(Hindrance.NOT_SIGNED)
    return tuple(found)


def prepare(composition: "Composition", *, by: Actor, at: datetime) -> Edition:
    """Keep the signed text and its data as the next edition, and have it built.

    An edition that was prepared before and never published is given up for this one.

    Raises:
        Conflict: Something is in the way (:func:`hindrances`), or the text is published already.
        NoLongerPrintable: The data hold words that may no longer be printed.
    """
    version, snapshot = _signed_version(composition), composition.snapshot
    if version is None or snapshot is None or hindrances(composition, now=at):
        raise Conflict("the report is not ready")
    digest = content_digest(f"{version.digest} {snapshot.digest}".encode())
    waiting, holding = find_prepared(composition.id), published_edition(composition.id)
    if holding is not None and holding.digest == digest:
        raise Conflict("this text is published already")
    if waiting is not None:
        session().delete(waiting)
        session().flush()
    document = request_report(
        composition.round,
        snapshot,
        locale=composition.language,
        title=composition.title,
        by=by,
    )
    edition = Edition(
        composition=composition,
        version=version,
        snapshot=snapshot,
        document=document,
        number=next_number(composition.id),
        status=EditionStatus.PREPARED,
        digest=digest,
        prepared_at=at,
        prepared_by=by.reference,
    )
    session().add(edition)
    session().flush()
    _log(Tag.EDITION_PREPARED, edition, by=by)
    return edition


def compose_edition(edition: Edition, *, now: datetime) -> Document:
    """The edition as it goes into its files: equal text and data give the same tree.

    Raises:
        NoLongerPrintable: Something has become unprintable since it was prepared.
    """
    check_printable(edition.snapshot, now=now)
    return build_edition(
        unfreeze(edition.version.content),
        edition.composition,
        edition.snapshot,
        version=edition.version,
        signers=who_approved(edition.version),
    )


def publish(edition: Edition, *, by: Actor, at: datetime) -> None:
    """Let everybody read the edition from this moment; the one before it says that it is replaced.

    Raises:
        Conflict: It is not built, or not what everybody has signed and the checks have passed.
        NoLongerPrintable: It holds words that may no longer be printed.
    """
    composition = edition.composition
    is_built = edition.document.status is BuildStatus.READY
    if edition.status is not EditionStatus.PREPARED or not is_built:
        raise Conflict("the edition is not built")
    version = _signed_version(composition)
    if version is None or version.digest != edition.version.digest:
        raise Conflict("another text is signed")
    if hindrances(composition, now=at):
        raise Conflict("the report is not ready")
    check_printable(edition.snapshot, now=at)
    for earlier in list_editions(composition.id):
        if earlier.status is EditionStatus.PUBLISHED:
            earlier.status = EditionStatus.SUPERSEDED
    edition.status = EditionStatus.PUBLISHED
    edition.published_at, edition.published_by = at, by.reference
    session().flush()
    told: dict[str, object] = {
        "kind": composition.kind.value,
        "title": composition.title,
        "number": edition.number,
    }
    add_news(composition.round, NewsKind.PUBLISHED, at=at, data=told)
    _log(Tag.EDITION_PUBLISHED, edition, by=by)


def note_errata(edition: Edition, text: str, *, by: Actor, at: datetime) -> None:
    """Say on top of the edition and in the list what was wrong; an empty text takes it away.

    Raises:
        InvalidInput: ``errata`` (``too_long``, or with a national identity number).
    """
    words = text.strip()
    if len(words) > LONGEST_NOTE:
        raise InvalidInput("errata", "too_long", limit=LONGEST_NOTE)
    check_free_text("errata", words)
    if words == edition.errata:
        return
    edition.errata, edition.errata_at = words, at
    session().flush()
    _log(Tag.EDITION_CORRECTED, edition, by=by)


def withdraw(edition: Edition, reason: str, *, by: Actor) -> None:
    """Take an edition off the web; its address says that it was, and why.

    Raises:
        Conflict: It is not on the web.
        InvalidInput: ``reason`` (``required``, ``too_long``, or with a national identity number).
    """
    words = " ".join(reason.split())
    if not words:
        raise InvalidInput("reason", "required")
    if len(words) > LONGEST_NOTE:
        raise InvalidInput("reason", "too_long", limit=LONGEST_NOTE)
    check_free_text("reason", words)
    if edition.published_at is None or edition.status is EditionStatus.WITHDRAWN:
        raise Conflict("the edition is not on the web")
    edition.status, edition.reason = EditionStatus.WITHDRAWN, words
    session().flush()
    _log(Tag.EDITION_WITHDRAWN, edition, by=by)


def _signed_version(composition: "Composition") -> "NamedVersion | None":
    """The text that everybody has signed, if it is the one that stands there now."""
    sign_off = current_sign_off(composition.id)
    if sign_off is None or standing_in(sign_off).state is not SignState.COMPLETE:
        return None
    is_same = sign_off.version.digest == current_digest(composition)
    return sign_off.version if is_same else None


def _log(tag: Tag, edition: Edition, *, by: Actor) -> None:
    record(
        tag,
        subject=edition.reference,
        by=by.reference,
        stream=organisation_stream(edition.composition.organisation_id),
        data={
            "report": edition.composition.reference,
            "number": edition.number,
            "digest": edition.digest,
        },
    )
