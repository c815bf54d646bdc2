"""Marking what the groups' findings on a theme are to one another."""

from datetime import datetime
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.programmes.errors import FindingsChanged
from consult.domain.programmes.models import ThemeComparison
from consult.domain.programmes.queries import comparisons_of, list_findings
from consult.domain.programmes.rules import digest_of_findings
from consult.domain.programmes.types import Comparison
from consult.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from consult.domain.coding.models import Theme


def compare_findings(
    theme: "Theme",
    value: Comparison,
    *,
    note: str,
    seen: str,
    by: Actor,
    at: datetime,
) -> ThemeComparison:
    """Mark the findings on a theme as common, particular or contradicting, with a note.

    Args:
        theme: Of the programme's codebook.
        value: What they are to one another.
        note: In which way.
        seen: The digest of the findings that the reader was shown.
        by: Who marks.
        at: When.

    Raises:
        FindingsChanged: Others stand there by now.
        InvalidInput: There are none, or those that contradict one another lack a note.
    """
    findings = list_findings(theme.round_id, theme_id=theme.id)
    if not findings:
        raise InvalidInput("value", "nothing_found")
    digest = digest_of_findings(one.passage.public_id for one in findings)
    if digest != seen:
        raise FindingsChanged
    if value is Comparison.CONTRADICTING and not note.strip():
        raise InvalidInput("note", "required")
    made = comparisons_of(theme.round_id).get(theme.id)
    if made is None:
        made = ThemeComparison(round_id=theme.round_id, theme_id=theme.id)
        session().add(made)
    made.value, made.note, made.digest = value, note.strip(), digest
    made.marked_at, made.marked_by, made.marked_name = at, by.reference, by.name
    session().flush()
    record(
        Tag.FINDINGS_COMPARED,
        subject=made.reference,
        by=by.reference,
        stream=organisation_stream(theme.round.owner_id),
        data={"theme": theme.reference, "value": value.value, "findings": len(findings)},
    )
    return made
