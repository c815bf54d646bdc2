"""Finding documents being written and their parts."""

from collections.abc import Sequence

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import joinedload

from consult.db import session
from consult.domain.composing.models import Composition, Part, WordReturn
from consult.domain.composing.types import CompositionKind
from consult.domain.rounds.models import Round
from consult.kernel.errors import NotFound


def returned_digests() -> Select[tuple[str]]:
    """The digests of all documents that came back from Word, as a query."""
    return select(WordReturn.digest)


def find_composition(
    organisation_id: int, round_id: int, kind: CompositionKind = CompositionKind.RESPONSE
) -> Composition | None:
    """An organisation's response to a round, or its report on one, as far as it is written."""
    query = select(Composition).where(
        Composition.organisation_id == organisation_id,
        Composition.round_id == round_id,
        Composition.kind == kind,
    )
    return session().scalars(query).one_or_none()


def get_composition(
    organisation_id: int, round_slug: str, kind: CompositionKind = CompositionKind.RESPONSE
) -> Composition:
    """An organisation's text about a round, by the round's short name. Raises ``NotFound``."""
    query = (
        select(Composition)
        .join(Round, Round.id == Composition.round_id)
        .where(
            Composition.organisation_id == organisation_id,
            Round.slug == round_slug,
            Composition.kind == kind,
        )
    )
    found = session().scalars(query).one_or_none()
    if found is None:
        raise NotFound("composition", round_slug)
    return found


def list_reports(round_id: int) -> Sequence[Composition]:
    """What a round's owner writes about it, in the order it was begun."""
    query = select(Composition).where(
        Composition.round_id == round_id, Composition.kind != CompositionKind.RESPONSE
    )
    return session().scalars(query.order_by(Composition.id)).all()


def is_written_about(theme_id: int) -> bool:
    """Whether a part of any document is about a theme, or was."""
    query = select(exists().where(Part.theme_id == theme_id))
    return bool(session().scalar(query))


def list_parts(composition_id: int) -> Sequence[Part]:
    """The parts of a document in order, with what they are about."""
    query = (
        select(Part)
        .where(Part.composition_id == composition_id, Part.removed_at.is_(None))
        .options(joinedload(Part.question), joinedload(Part.proposal), joinedload(Part.theme))
        .order_by(Part.position, Part.id)
    )
    return session().scalars(query).all()


def get_part(composition: Composition, key: str) -> Part:
    """A part of a document by its key. Raises ``NotFound``."""
    query = select(Part).where(
        Part.composition_id == composition.id, Part.key == key, Part.removed_at.is_(None)
    )
    found = session().scalars(query).one_or_none()
    if found is None:
        raise NotFound("part", key)
    return found


def list_removed_parts(composition_id: int) -> Sequence[Part]:
    """Headings that were taken out of a document, the latest first."""
    query = (
        select(Part)
        .where(Part.composition_id == composition_id, Part.removed_at.is_not(None))
        .order_by(Part.removed_at.desc())
    )
    return session().scalars(query).all()
