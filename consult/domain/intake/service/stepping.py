"""Two who work on the same import or table: only one of them goes on from what both saw."""

from sqlalchemy import update

from consult.db import session
from consult.domain.intake.errors import ImportChanged
from consult.domain.intake.models import ImportDraft, TableImport
from consult.kernel.clock import utc_now


def count_up(kept: ImportDraft | TableImport, revision: int) -> None:
    """Give it the next revision. Raises ``ImportChanged`` for the second of two at once."""
    _change(kept, {"revision": revision + 1}, revision=revision)


def claim(kept: ImportDraft | TableImport, *, revision: int | None = None) -> None:
    """Take it for registering: as it stands, or only in the revision that was looked at.

    The row is what two at once wait for; when the transaction fails it is free again. Raises
    ``ImportChanged`` for the second of two at once.
    """
    _change(kept, {"confirmed_at": utc_now()}, revision=revision)


def _change(
    kept: ImportDraft | TableImport, values: dict[str, object], *, revision: int | None
) -> None:
    kind = type(kept)
    step = update(kind).where(kind.id == kept.id, kind.confirmed_at.is_(None))
    if revision is not None:
        step = step.where(kind.revision == revision)
    if session().execute(step.values(values).returning(kind.id)).one_or_none() is None:
        raise ImportChanged
