"""Changing what stands above the text of a letter."""

from datetime import date
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.composing.service.signing import break_seal, guard_seal
from consult.domain.submissions.rules import check_free_text
from consult.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition

_TEXTS = ("title", "recipient", "their_ref", "our_ref", "basis")


def change_head(
    composition: "Composition",
    *,
    texts: dict[str, str],
    document_date: date | None,
    part: str,
    breaks_seal: bool,
    base_url: str,
    by: Actor,
) -> int:
    """Change recipient, references, date, subject and basis; returns how many signatures fell.

    Args:
        composition: The document.
        texts: ``title``, ``recipient``, ``their_ref``, ``our_ref`` and ``basis``.
        document_date: The letter's date; ``None`` for the day of the last signature.
        part: What the head is called where it is told that it was changed.
        breaks_seal: Somebody has agreed that signatures fall.
        base_url: Address that links in mails start with.
        by: Who changes it.

    Raises:
        InvalidInput: ``title`` (``required``), or a text with a national identity number.
        TextIsSealed: It is being signed, or signed, and nobody has agreed to break the seal.
    """
    wanted = {name: texts[name].strip() for name in _TEXTS}
    if not wanted["title"]:
        raise InvalidInput("title", "required")
    for name, text in wanted.items():
        check_free_text(name, text)
    changed = [name for name, text in wanted.items() if (getattr(composition, name) or "") != text]
    if composition.document_date != document_date:
        changed.append("document_date")
    if not changed:
        return 0
    guard_seal(composition, is_confirmed=breaks_seal)
    for name in _TEXTS:
        setattr(composition, name, wanted[name])
    composition.document_date = document_date
    session().flush()
    record(
        Tag.COMPOSITION_HEAD_CHANGED,
        subject=composition.reference,
        by=by.reference,
        stream=organisation_stream(composition.organisation_id),
        data={"changed": changed},
    )
    return break_seal(composition, part=part, base_url=base_url, by=by)
