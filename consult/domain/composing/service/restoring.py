"""Bringing back what a part said before. It becomes the next revision; nothing is undone."""

from typing import TYPE_CHECKING

from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.composing.evidence import known_evidence
from consult.domain.composing.frozen import unfreeze
from consult.domain.composing.merging import without_unknown_evidence
from consult.domain.composing.service.saving import content_of, hold_part, store
from consult.domain.composing.service.signing import break_seal, guard_seal
from consult.domain.composing.types import FrozenPart, PartContent, SaveKind
from consult.kernel.errors import NotFound
from consult.kernel.text.rich.codec import from_json

if TYPE_CHECKING:
    from consult.domain.composing.models import NamedVersion, Part, PartRevision


def restore_from_version(
    part: "Part",
    version: "NamedVersion",
    *,
    title: str,
    breaks_seal: bool,
    base_url: str,
    by: Actor,
) -> int:
    """Give a part the text and the stance that it has in a version.

    Args:
        part: The part.
        version: Of the same document.
        title: What the part is called, for those whose signatures fall.
        breaks_seal: Whether the writer agrees that signing starts over.
        base_url: Address that links in mails start with.
        by: Who does it.

    Returns:
        The number of the part's new revision, or of the present one where it says the same.

    Raises:
        NotFound: The version does not have the part.
        TextIsSealed: The text is being signed, and nobody has agreed.
    """
    parts = {one.key: one for one in unfreeze(version.content).parts}
    if part.key not in parts:
        raise NotFound("part", part.key)
    return _restore(
        part,
        content_of_frozen(parts[part.key]),
        {"version": version.number},
        title=title,
        breaks_seal=breaks_seal,
        base_url=base_url,
        by=by,
    )


def restore_from_revision(
    part: "Part",
    revision: "PartRevision",
    *,
    title: str,
    breaks_seal: bool,
    base_url: str,
    by: Actor,
) -> int:
    """Give a part the text and the stance of an earlier revision; see :func:`restore_from_version`.

    Raises:
        TextIsSealed: The text is being signed, and nobody has agreed.
    """
    return _restore(
        part,
        content_of(revision),
        {"revision": revision.number},
        title=title,
        breaks_seal=breaks_seal,
        base_url=base_url,
        by=by,
    )


def content_of_frozen(part: FrozenPart) -> PartContent:
    """What a part says in a version."""
    return PartContent(
        heading=part.heading,
        body=from_json(part.body),
        stance=part.stance,
        modifiers=part.modifiers,
        no_comments=part.no_comments,
    )


def _restore(
    part: "Part",
    content: PartContent,
    source: dict[str, int],
    *,
    title: str,
    breaks_seal: bool,
    base_url: str,
    by: Actor,
) -> int:
    composition = part.composition
    guard_seal(composition, is_confirmed=breaks_seal)
    hold_part(part)
    body = without_unknown_evidence(content.body, known_evidence(composition.id))
    wanted = PartContent(
        content.heading, body, content.stance, content.modifiers, content.no_comments
    )
    if wanted == content_of(part):
        return part.revision
    store(part, wanted, kind=SaveKind.RESTORED, by=by)
    record(
        Tag.PART_RESTORED,
        subject=part.reference,
        by=by.reference,
        stream=organisation_stream(composition.organisation_id),
        data=source,
    )
    break_seal(composition, part=title, base_url=base_url, by=by)
    return part.revision
