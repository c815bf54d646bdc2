"""Keeping a report's outline as a template of one's own, and changing it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.composing.kept_outlines import is_name_taken
from consult.domain.composing.models import ReportOutline
from consult.domain.composing.own_outlines import (
    Each,
    OutlinedPart,
    WrittenOutline,
    outline_of,
)
from consult.domain.composing.queries import list_parts
from consult.domain.composing.service.arranging import LONGEST_HEADING
from consult.domain.submissions.rules import check_free_text
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import localised

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition, Part

LONGEST_NAME = 120
LONGEST_GUIDANCE = 1000


def save_outline(composition: "Composition", name: str, *, by: Actor) -> ReportOutline:
    """Keep the parts of a report as a template: titles, kinds and what writers are told.

    Nothing of the text goes along.

    Raises:
        InvalidInput: ``name`` (``required``, ``too_long``, ``taken``, ``identity_number``).
    """
    kept = ReportOutline(
        organisation_id=composition.organisation_id,
        kind=composition.kind,
        name=_check_name(composition.organisation_id, name),
        language=composition.language,
        content=[
            one.to_json() for one in outline_of(_written(list_parts(composition.id), composition))
        ],
        saved_at=utc_now(),
        saved_by=by.reference,
    )
    session().add(kept)
    session().flush()
    _log(Tag.OUTLINE_SAVED, kept, by=by)
    return kept


def rename_outline(kept: ReportOutline, name: str, *, by: Actor) -> None:
    """Give a template another name. Raises ``InvalidInput`` as :func:`save_outline`."""
    kept.name = _check_name(kept.organisation_id, name, but=kept.id)
    session().flush()
    _log(Tag.OUTLINE_CHANGED, kept, by=by)


def change_part(kept: ReportOutline, place: int, *, heading: str, guidance: str, by: Actor) -> None:
    """Change the heading of a template's part, and what its writer is told.

    Raises:
        InvalidInput: ``heading`` (``required``, ``too_long``, ``identity_number``) or ``guidance``
            (``too_long``, ``identity_number``).
    """
    parts = list(kept.outline)
    words, told = " ".join(heading.split()), guidance.strip()
    needs_heading = not parts[place].is_named and parts[place].block is None
    if needs_heading and not words:
        raise InvalidInput("heading", "required")
    for field, text, limit in (
        ("heading", words, LONGEST_HEADING),
        ("guidance", told, LONGEST_GUIDANCE),
    ):
        if len(text) > limit:
            raise InvalidInput(field, "too_long", limit=limit)
        check_free_text(field, text)
    parts[place] = replace(parts[place], heading=words, guidance=told)
    _keep(kept, parts, by=by)


def drop_part(kept: ReportOutline, place: int, *, by: Actor) -> None:
    """Take a part out of a template. Raises ``InvalidInput`` at the last one."""
    parts = list(kept.outline)
    if len(parts) == 1:
        raise InvalidInput("heading", "last")
    del parts[place]
    _keep(kept, parts, by=by)


def remove_outline(kept: ReportOutline, *, by: Actor) -> None:
    """Remove a template; reports that began by it stay as they are."""
    _log(Tag.OUTLINE_REMOVED, kept, by=by)
    session().delete(kept)
    session().flush()


def _keep(kept: ReportOutline, parts: Sequence[OutlinedPart], *, by: Actor) -> None:
    kept.content = [one.to_json() for one in parts]
    session().flush()
    _log(Tag.OUTLINE_CHANGED, kept, by=by)


def _written(parts: "Sequence[Part]", composition: "Composition") -> Iterator[WrittenOutline]:
    for part in parts:
        subject, name, each = None, "", None
        if part.theme is not None:
            subject, name, each = part.theme_id, part.theme.name, Each.THEME
        elif part.proposal is not None:
            subject, each = part.proposal_id, Each.PROPOSAL
            name = localised(part.proposal.title, composition.language)
        outlined = OutlinedPart(
            part.heading,
            part.kind,
            part.depth,
            part.block,
            part.numbered,
            each=each,
            guidance=part.guidance,
        )
        yield WrittenOutline(outlined, subject, name)


def _check_name(organisation_id: int, name: str, *, but: int | None = None) -> str:
    words = " ".join(name.split())
    if not words:
        raise InvalidInput("name", "required")
    if len(words) > LONGEST_NAME:
        raise InvalidInput("name", "too_long", limit=LONGEST_NAME)
    check_free_text("name", words)
    if is_name_taken(organisation_id, words, but=but):
        raise InvalidInput("name", "taken")
    return words


def _log(tag: Tag, kept: ReportOutline, *, by: Actor) -> None:
    record(
        tag,
        subject=kept.reference,
        by=by.reference,
        stream=organisation_stream(kept.organisation_id),
        data={"kind": kept.kind.value, "parts": len(kept.content)},
    )
