"""Two who work on the same import or table: only one of them goes on from what both saw."""

from sqlalchemy import update

from consult.db import session
from consult.domain.intake.errors import ImportChanged
from consult.domain.intake.models import ImportDraft, TableImport
from consult.kernel.clock import utc_now


def count_up(kept: ImportDraft | TableImport, revision: int) -> None:
    """Give it the next revision. Raises ``ImportChanged`` for the second of two at once."""
    _change(kept, revision, {"revision": revision + 1})


def claim(kept: ImportDraft | TableImport, revision: int) -> None:
    """Take it for registering. Raises ``ImportChanged`` for the second of two at once."""
    _change(kept, revision, {"confirmed_at": utc_now()})


def _change(kept: ImportDraft | TableImport, revision: int, values: dict[str, object]) -> None:
    kind = type(kept)
    step = (
        update(kind)
        .where(kind.id == kept.id, kind.revision == revision, kind.confirmed_at.is_(None))
        .values(values)
        .returning(kind.id)
    )
    if session().execute(step).one_or_none() is None:
        raise ImportChanged
