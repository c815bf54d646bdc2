"""Finding tables of answers, and the answers that were registered from them."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from consult.db import get_one, session
from consult.domain.intake.models import TableImport, TableImportRow
from consult.domain.rounds.models import Round
from consult.domain.submissions.models import Submission


def get_table(round_slug: str, table_id: str) -> TableImport:
    """A table of a round by public id. Raises :class:`NotFound`."""
    query = (
        select(TableImport)
        .join(TableImport.round)
        .where(TableImport.public_id == table_id, Round.slug == round_slug)
        .options(joinedload(TableImport.round).joinedload(Round.owner))
    )
    return get_one(query, "table", table_id)


def list_tables(round_id: int) -> Sequence[TableImport]:
    """A round's tables, the newest first."""
    query = (
        select(TableImport).where(TableImport.round_id == round_id).order_by(TableImport.id.desc())
    )
    return session().scalars(query).all()


def list_open_tables(round_id: int) -> Sequence[TableImport]:
    """A round's tables that are not registered yet, the newest first."""
    query = (
        select(TableImport)
        .where(TableImport.round_id == round_id, TableImport.confirmed_at.is_(None))
        .order_by(TableImport.id.desc())
    )
    return session().scalars(query).all()


def find_open_table(round_id: int, table_id: str) -> TableImport | None:
    """A round's table by public id, unless it is registered or gone."""
    query = select(TableImport).where(
        TableImport.round_id == round_id,
        TableImport.public_id == table_id,
        TableImport.confirmed_at.is_(None),
    )
    return session().scalars(query).one_or_none()


def registered_with_file(round_id: int, digest: str) -> TableImport | None:
    """The table of the same file that was registered in a round before."""
    query = select(TableImport).where(
        TableImport.round_id == round_id,
        or_(TableImport.digest == digest, TableImport.came_as == digest),
        TableImport.confirmed_at.is_not(None),
    )
    return session().scalars(query.order_by(TableImport.id).limit(1)).first()


def counts_by_table(table_ids: Collection[int]) -> dict[int, int]:
    """How many answers were registered from each of some tables; those with none are missing."""
    query = (
        select(TableImportRow.table_id, func.count(TableImportRow.id))
        .where(TableImportRow.table_id.in_(table_ids))
        .group_by(TableImportRow.table_id)
    )
    return {row[0]: row[1] for row in session().execute(query)}


def number_range(table: TableImport) -> tuple[int, int] | None:
    """The first and the last number of the answers that were registered from a table."""
    query = (
        select(func.min(Submission.number), func.max(Submission.number))
        .join(TableImportRow, TableImportRow.submission_id == Submission.id)
        .where(TableImportRow.table_id == table.id)
    )
    first, last = session().execute(query).one()
    return None if first is None else (first, last)


def row_of_answer(submission_id: int) -> TableImportRow | None:
    """The row that an answer was registered from, with its table."""
    query = (
        select(TableImportRow)
        .where(TableImportRow.submission_id == submission_id)
        .options(joinedload(TableImportRow.table))
    )
    return session().scalars(query).one_or_none()


def removed_rows(table_id: int) -> Sequence[TableImportRow]:
    """The rows that were taken out of a table's file, in its order."""
    query = (
        select(TableImportRow)
        .where(TableImportRow.table_id == table_id, TableImportRow.removed_at.is_not(None))
        .order_by(TableImportRow.row)
    )
    return session().scalars(query).all()


def lock_tables_with_file(digest: str, *, owner_id: int) -> Sequence[TableImport]:
    """The registered tables of an owner that rest on a file, as they stand, kept from others."""
    query = (
        select(TableImport)
        .join(TableImport.round)
        .where(
            TableImport.digest == digest,
            TableImport.confirmed_at.is_not(None),
            Round.owner_id == owner_id,
        )
        .order_by(TableImport.id)
        .with_for_update(of=TableImport)
        .execution_options(populate_existing=True)
    )
    return session().scalars(query).all()


def list_open_with_file(digest: str, *, owner_id: int) -> Sequence[TableImport]:
    """The tables of an owner that rest on a file and are not registered."""
    query = (
        select(TableImport)
        .join(TableImport.round)
        .where(
            TableImport.digest == digest,
            TableImport.confirmed_at.is_(None),
            Round.owner_id == owner_id,
        )
    )
    return session().scalars(query).all()


def count_registered_with(digest: str) -> int:
    """How many registered tables, of any owner, rest on a file."""
    query = select(func.count(TableImport.id)).where(
        TableImport.digest == digest, TableImport.confirmed_at.is_not(None)
    )
    return session().scalar(query) or 0
