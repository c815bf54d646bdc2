"""Beginning a new version of the codebook: the one before is kept as it stood."""

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from consult.db import savepoint, session
from consult.domain.accounts.types import Actor
from consult.domain.coding.models import CodebookVersion, Theme
from consult.domain.coding.queries.revisions import is_coded_round, themes_now, versions_of
from consult.domain.coding.revisions import MAX_REASON_LENGTH, ChangeKind, freeze_themes
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.text.identity import has_identity_number

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


def hold_theme(theme: Theme) -> Theme:
    """The theme that its codings stand under now; nobody merges or splits it until this commits.

    What was read before this may be out of date: somebody can have merged it since. The row is held
    as a coding's reference to it holds it, so that people who code never wait for one another.
    """
    held = (
        select(Theme)
        .where(Theme.id == theme.id)
        .with_for_update(read=True, key_share=True)
        .execution_options(populate_existing=True)
    )
    with savepoint():  # begins the writing on SQLite: what is read from here on stays true
        standing = session().scalars(held).one()
    return standing if standing.merged_into is None else hold_theme(standing.merged_into)


def hold_codebook(round_id: int, *, to_change: bool = False) -> None:
    """Read a round's themes anew; nobody merges or splits any of them until this commits.

    Call it before looking at what shall be changed or coded in bulk. With ``to_change`` nobody puts
    a theme on a passage meanwhile either.
    """
    themes = select(Theme).where(Theme.round_id == round_id).order_by(Theme.id)
    held = (
        themes.with_for_update() if to_change else themes.with_for_update(read=True, key_share=True)
    )
    with savepoint():
        session().execute(held.execution_options(populate_existing=True)).all()


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
    hold_codebook(round_.id, to_change=True)
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
