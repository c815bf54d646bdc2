"""Deciding about changes that came back from Word: taking them in, turning them down."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.composing.evidence import known_evidence
from consult.domain.composing.merging import settle, without_unknown_evidence
from consult.domain.composing.returned import changes_of, find_change
from consult.domain.composing.service.saving import content_of, hold_part, store
from consult.domain.composing.service.signing import break_seal, guard_seal
from consult.domain.composing.types import SaveKind, SuggestionStatus
from consult.kernel.clock import utc_now
from consult.kernel.text.rich.codec import from_tree
from consult.kernel.text.rich.errors import StaleSuggestion
from consult.kernel.text.rich.suggesting import apply
from consult.kernel.text.rich.types import RichText

if TYPE_CHECKING:
    from consult.domain.composing.models import Part, Suggestion, WordReturn


def accept(
    returned: "WordReturn",
    part: "Part",
    suggestions: Sequence["Suggestion"],
    *,
    title: str,
    breaks_seal: bool,
    base_url: str,
    by: Actor,
) -> int:
    """Take open suggestions into a part, as one saving; what else was written there stays.

    Args:
        returned: The file they stand in.
        part: Their part.
        suggestions: In their order.
        title: What the part is called, for those whose signatures fall.
        breaks_seal: Whether the writer agrees that signing starts over.
        base_url: Address that links in mails start with.
        by: Who decides.

    Returns:
        How many were taken in. Those whose words are not there any more stay open.

    Raises:
        NotFound: The part has been taken out.
        TextIsSealed: The text is being signed, and nobody has agreed.
    """
    guard_seal(part.composition, is_confirmed=breaks_seal)
    hold_part(part)
    content = content_of(part)
    body, changes = content.body, changes_of(returned, part.key)
    taken = []
    for one in suggestions:
        if one.status is not SuggestionStatus.OPEN:
            continue
        try:
            body = apply(body, find_change(one, changes))
        except StaleSuggestion:
            continue
        taken.append(one)
    _save(part, body, title=title, base_url=base_url, by=by)
    _decide(taken, SuggestionStatus.ACCEPTED, by=by)
    return len(taken)


def place(
    suggestion: "Suggestion",
    part: "Part",
    *,
    title: str,
    breaks_seal: bool,
    base_url: str,
    by: Actor,
) -> None:
    """Put what could not be placed at the end of a part; arguments and errors as :func:`accept`.

    One that is decided already is left as it is.
    """
    if suggestion.status is not SuggestionStatus.OPEN:
        return
    guard_seal(part.composition, is_confirmed=breaks_seal)
    hold_part(part)
    added = from_tree(suggestion.after)
    body = RichText((*content_of(part).body.blocks, *added.blocks))
    _save(part, body, title=title, base_url=base_url, by=by)
    suggestion.part_id = part.id
    _decide([suggestion], SuggestionStatus.ACCEPTED, by=by)


def reject(suggestions: Sequence["Suggestion"], *, by: Actor) -> int:
    """Turn open suggestions down; says how many."""
    return _decide(suggestions, SuggestionStatus.REJECTED, by=by)


def settle_by_hand(suggestions: Sequence["Suggestion"], *, by: Actor) -> int:
    """Note that open suggestions were worked into the text by hand; says how many."""
    return _decide(suggestions, SuggestionStatus.BY_HAND, by=by)


def _save(part: "Part", body: RichText, *, title: str, base_url: str, by: Actor) -> None:
    composition, content = part.composition, content_of(part)
    cleared = without_unknown_evidence(body, known_evidence(composition.id))
    if cleared != content.body:
        changed = settle(replace(content, body=cleared))
        store(part, changed, kind=SaveKind.SUGGESTION, by=by)
        break_seal(composition, part=title, base_url=base_url, by=by)


def _decide(suggestions: Sequence["Suggestion"], status: SuggestionStatus, *, by: Actor) -> int:
    waiting = [one for one in suggestions if one.status is SuggestionStatus.OPEN]
    for one in waiting:
        one.status, one.decided_at, one.decided_by = status, utc_now(), by.reference
    session().flush()
    if waiting:
        returned = waiting[0].word_return
        record(
            Tag.SUGGESTION_DECIDED,
            subject=returned.reference,
            by=by.reference,
            stream=organisation_stream(returned.composition.organisation_id),
            data={"status": status.value, "number": len(waiting)},
        )
    return len(waiting)
