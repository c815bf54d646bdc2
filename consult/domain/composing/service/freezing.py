"""Keeping the whole document as it stands, under a name."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.composing.frozen import (
    current_digest,
    digest_of,
    read_text,
    to_content,
    unfreeze,
)
from consult.domain.composing.models import NamedVersion
from consult.kernel.clock import utc_now

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition

__all__ = ["current_digest", "freeze", "read_text", "unfreeze"]


def freeze(
    composition: "Composition", name: str, *, by: Actor, at: datetime | None = None
) -> NamedVersion:
    """Keep the document as it stands for good; versions of one document count from 1."""
    moment = at or utc_now()
    text = read_text(composition)
    version = NamedVersion(
        composition=composition,
        number=_last_number(composition.id) + 1,
        name=name,
        content=to_content(text),
        digest=digest_of(text),
        saved_at=moment,
        saved_by=by.reference,
    )
    session().add(version)
    session().flush()
    record(
        Tag.COMPOSITION_FROZEN,
        subject=composition.reference,
        by=by.reference,
        stream=organisation_stream(composition.organisation_id),
        at=moment,
        data={"version": version.number, "digest": version.digest},
    )
    return version


def _last_number(composition_id: int) -> int:
    query = select(func.max(NamedVersion.number)).where(
        NamedVersion.composition_id == composition_id
    )
    return session().scalar(query) or 0
