"""What senders may see of the work with their answers."""

from datetime import datetime
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


def show_themes(round_: "Round", *, is_shown: bool, by: Actor, now: datetime) -> bool:
    """Let each sender see the themes of their own passages, or not; returns whether that is new.

    The owner opens it, because codings are working material until then: half done they mislead.
    """
    if is_shown is (round_.themes_shown_at is not None):
        return False
    round_.themes_shown_at = now if is_shown else None
    session().flush()
    record(
        Tag.ROUND_CHANGED,
        subject=round_.reference,
        by=by.reference,
        stream=organisation_stream(round_.owner_id),
        data={"themes_shown": is_shown},
    )
    return True
