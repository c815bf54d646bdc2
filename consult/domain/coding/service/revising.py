"""Beginning a new version of the codebook: the one before is kept as it stood."""

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.coding.models import CodebookVersion, Theme
from consult.domain.coding.queries.revisions import is_coded_round, themes_now, versions_of
from consult.domain.coding.revisions import MAX_REASON_LENGTH, ChangeKind, freeze_themes
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.text.identity import has_identity_number

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


def needs_version(round_id: int) -> bool:
    """Whether moving themes about begins a version: while a codebook is being built it does not."""
    return bool(versions_of(round_id)) or is_coded_round(round_id)


def check_reason(why: str, *, required: bool = True) -> str:
    """The reason without blanks around it.

    Raises:
        InvalidInput: field ``why``: ``required``, ``too_long`` or ``identity_number``.
    """
    reason = " ".join(why.split())
    if required and not reason:
        raise InvalidInput("why", "required")
    if len(reason) > MAX_REASON_LENGTH:
        raise InvalidInput("why", "too_long")
    if has_identity_number(reason):
        raise InvalidInput("why", "identity_number")
    return reason


def open_version(round_: "Round", kind: ChangeKind, *, why: str, by: Actor) -> CodebookVersion:
    """Keep the codebook as it stands and begin the next version; call it before changing anything.

    Whoever calls it writes the details. Until the transaction ends nobody else changes the themes.
    """
    themes = select(Theme.id).where(Theme.round_id == round_.id).order_by(Theme.id)
    session().execute(themes.with_for_update())
    versions = versions_of(round_.id)
    present = versions[-1] if versions else _first_version(round_)
    present.themes = freeze_themes(themes_now(round_.id))
    version = CodebookVersion(
        round_id=round_.id,
        number=present.number + 1,
        kind=kind,
        why=why,
        made_by=by.reference,
        made_at=utc_now(),
        details={},
    )
    session().add(version)
    session().flush()
    return version


def _first_version(round_: "Round") -> CodebookVersion:
    """The codebook as it was built, theme by theme."""
    begun = select(func.min(Theme.created_at)).where(Theme.round_id == round_.id)
    first = CodebookVersion(
        round_id=round_.id,
        number=1,
        kind=ChangeKind.BEGUN,
        made_at=session().scalar(begun) or utc_now(),
        details={},
    )
    session().add(first)
    session().flush()
    return first
