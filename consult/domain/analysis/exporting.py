"""Who took what out of the desk as a file."""

from typing import TYPE_CHECKING

from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


def note_export(round_: "Round", file_format: str, *, by: Actor) -> None:
    """Log that somebody got the passages of a round, with the names beside them, as a file."""
    record(
        Tag.PASSAGES_EXPORTED,
        subject=round_.reference,
        by=by.reference,
        stream=organisation_stream(round_.owner_id),
        data={"format": file_format},
    )
