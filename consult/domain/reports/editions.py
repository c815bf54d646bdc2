"""Finding editions of reports: those of the writers, and those that everybody may read."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from consult.db import get_one, session
from consult.domain.coding.models import Passage
from consult.domain.composing.frozen import unfreeze
from consult.domain.composing.models import Composition, Evidence, NamedVersion, SignOff
from consult.domain.composing.sealing import signers, standing_in
from consult.domain.composing.types import REPORTS, Side
from consult.domain.documents.models import Document
from consult.domain.reports.building.proposed import anchor_of, part_anchor
from consult.domain.reports.models import Edition
from consult.domain.reports.types import EditionStatus
from consult.domain.rounds.models import Round
from consult.domain.submissions.types import Signer
from consult.kernel.errors import NotFound
from consult.kernel.text.rich.codec import from_json


def list_editions(composition_id: int) -> Sequence[Edition]:
    """Every edition of a report, the newest first, with their files."""
    return session().scalars(_editions().where(Edition.composition_id == composition_id)).all()


def get_edition(composition_id: int, number: int) -> Edition:
    """An edition of a report by number, whatever its status. Raises ``NotFound``."""
    query = _editions().where(Edition.composition_id == composition_id, Edition.number == number)
    return get_one(query, "edition", str(number))


def find_prepared(composition_id: int) -> Edition | None:
    """The edition that waits to be published, if there is one."""
    wanted = Edition.composition_id == composition_id, Edition.status == EditionStatus.PREPARED
    return session().scalars(_editions().where(*wanted)).one_or_none()


def published_edition(composition_id: int) -> Edition | None:
    """The edition of a report that holds now."""
    wanted = Edition.composition_id == composition_id, Edition.status == EditionStatus.PUBLISHED
    return session().scalars(_editions().where(*wanted)).one_or_none()


def find_edition_built_as(document_id: str) -> Edition | None:
    """The edition that a document, by public id, is built for."""
    query = _editions().join(Document, Document.id == Edition.document_id)
    return session().scalars(query.where(Document.public_id == document_id)).one_or_none()


def find_edition_of(version_id: int) -> Edition | None:
    """The edition on the web that a signed text was published as, the newest of several."""
    on_web = (EditionStatus.PUBLISHED, EditionStatus.SUPERSEDED)
    wanted = Edition.version_id == version_id, Edition.status.in_(on_web)
    return session().scalars(_editions().where(*wanted)).first()


def published_editions(round_id: int) -> Sequence[Edition]:
    """The editions of a round's reports that hold now, in the order of the reports."""
    query = (
        _editions()
        .join(Composition, Composition.id == Edition.composition_id)
        .where(Composition.round_id == round_id, Edition.status == EditionStatus.PUBLISHED)
        .order_by(None)
        .order_by(Composition.id)
    )
    return session().scalars(query).all()


def editions_on_web(round_slug: str, kind: str) -> Sequence[Edition]:
    """The editions of a round's report that were ever published, the newest first."""
    query = (
        _editions()
        .join(Composition, Composition.id == Edition.composition_id)
        .join(Round, Round.id == Composition.round_id)
        .where(
            Round.slug == round_slug,
            Composition.kind == kind,
            Composition.kind.in_(REPORTS),
            Edition.published_at.is_not(None),
        )
    )
    return session().scalars(query).all()


def get_current_edition(round_slug: str, kind: str) -> Edition:
    """The edition of a report that holds now, or the last that was taken off the web.

    Raises ``NotFound`` before the first was published.
    """
    editions = editions_on_web(round_slug, kind)
    holding = [one for one in editions if one.status is EditionStatus.PUBLISHED]
    for one in (*holding, *editions):
        return one
    raise NotFound("edition", kind)


def get_published_edition(round_slug: str, kind: str, number: int) -> Edition:
    """An edition that was published, by number. Raises ``NotFound``."""
    for one in editions_on_web(round_slug, kind):
        if one.number == number:
            return one
    raise NotFound("edition", str(number))


def next_number(composition_id: int) -> int:
    """The number of a report's next edition."""
    query = select(func.max(Edition.number)).where(Edition.composition_id == composition_id)
    return (session().scalar(query) or 0) + 1


def who_approved(version: NamedVersion) -> tuple[Signer, ...]:
    """Those who have signed the very text, as they stood there then."""
    query = (
        select(SignOff).where(SignOff.version_id == version.id).order_by(SignOff.id.desc()).limit(1)
    )
    sign_off = session().scalars(query).one_or_none()
    if sign_off is None:
        return ()
    standing = standing_in(sign_off, as_sealed=True)
    return signers(standing.signatures, language=version.composition.language)


def _editions() -> Select[Edition]:
    return (
        select(Edition)
        .options(
            joinedload(Edition.composition).joinedload(Composition.round).joinedload(Round.owner),
            joinedload(Edition.version),
            joinedload(Edition.snapshot),
            joinedload(Edition.document).selectinload(Document.files),
        )
        .order_by(Edition.number.desc())
    )


@dataclass(frozen=True, slots=True)
class UsedAt:
    """A place in a published report that rests on an answer.

    Attributes:
        anchor: Of the chapter or the proposal, in the web edition.
        text: Its heading, or what is proposed.
        side: Whether the answer speaks for or against the proposal; ``None`` for a chapter.
    """

    anchor: str
    text: str
    side: Side | None = None


def uses_in(edition: Edition, submission_id: int) -> tuple[UsedAt, ...]:
    """Where the text of an edition rests on an answer: chapters in their order, then proposals."""
    marks = frozenset(
        session().scalars(
            select(Evidence.public_id)
            .join(Passage, Passage.id == Evidence.passage_id)
            .where(Passage.submission_id == submission_id)
        )
    )
    passages = frozenset(
        session().scalars(select(Passage.public_id).where(Passage.submission_id == submission_id))
    )
    text = unfreeze(edition.version.content)
    chapters = {}
    heading = ""
    for part in text.parts:
        heading = part.title or heading
        if any(one.id in marks for one in from_json(part.body).evidence):
            chapters[part_anchor(part.key)] = UsedAt(part_anchor(part.key), heading)
    proposals = [
        UsedAt(anchor_of(one), one.text, ground.side)
        for one in text.recommendations
        for ground in one.grounds
        if one.is_proposed and ground.passage in passages
    ]
    return (*chapters.values(), *dict.fromkeys(proposals))
