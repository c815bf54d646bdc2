"""Finding passages."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased, joinedload

from consult.db import get_one, session
from consult.domain.coding.models import Coding, Passage, Theme
from consult.domain.coding.types import PassageKind
from consult.domain.rounds.models import Round


def get_passage(round_slug: str, passage_id: str) -> Passage:
    """A passage of a round by public id, with its answer's text. Raises :class:`NotFound`."""
    query = (
        select(Passage)
        .join(Round, Passage.round_id == Round.id)
        .where(Round.slug == round_slug, Passage.public_id == passage_id)
        .options(
            joinedload(Passage.round),
            joinedload(Passage.submission),
            joinedload(Passage.version),
            joinedload(Passage.answer),
        )
    )
    return get_one(query, "passage", passage_id)


def is_coded() -> ColumnElement[bool]:
    """The passage has a theme, on itself or on a part chosen from it; a copy, where it is coded."""
    first = aliased(Passage)
    where_coded = exists().where(first.id == Passage.copy_of_id, first.has_theme)
    return (Passage.copy_of_id.is_(None) & Passage.has_theme) | where_coded


def themes_of_passages(passage_ids: Collection[int]) -> dict[int, tuple[Theme, ...]]:
    """The themes on each of some passages, in the order they were put there.

    A passage that repeats another has that one's.
    """
    query = (
        select(Passage.id, Theme)
        .join(Coding, Coding.passage_id == func.coalesce(Passage.copy_of_id, Passage.id))
        .join(Theme, Coding.theme_id == Theme.id)
        .where(Passage.id.in_(passage_ids))
        .order_by(Coding.id)
    )
    found: dict[int, tuple[Theme, ...]] = {}
    for passage_id, theme in session().execute(query):
        found[passage_id] = (*found.get(passage_id, ()), theme)
    return found


def passages_of_version(version_id: int) -> Sequence[Passage]:
    """The passages of a version, in the order of the text."""
    query = select(Passage).where(Passage.version_id == version_id).order_by(Passage.position)
    return session().scalars(query).all()


def neighbours_in_text(passage: Passage) -> tuple[Passage | None, Passage | None]:
    """The paragraphs or bullets that stand before and after a passage in its part of the text."""
    before = _of_same_answer(passage).where(Passage.position < passage.position)
    query = before.order_by(Passage.position.desc()).limit(1)
    return session().scalars(query).first(), passage_after(passage)


def passage_after(passage: Passage) -> Passage | None:
    """The paragraph or bullet that stands after a passage in its part of the text."""
    after = _of_same_answer(passage).where(Passage.position > passage.position)
    return session().scalars(after.order_by(Passage.position).limit(1)).first()


def _of_same_answer(passage: Passage) -> Select[Passage]:
    return select(Passage).where(
        Passage.version_id == passage.version_id,
        Passage.answer_id == passage.answer_id,
        Passage.kind != PassageKind.CHOSEN,
    )


def passages_of_pages(page_ids: Collection[int]) -> dict[int, str]:
    """Public ids of the passages of scanned pages, by the page's id."""
    query = select(Passage.page_id, Passage.public_id).where(Passage.page_id.in_(page_ids))
    return {row.page_id: row.public_id for row in session().execute(query)}
