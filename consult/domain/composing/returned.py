"""Reading what came back from Word, and telling which changes still fit the text."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, defer, joinedload, selectinload

from consult.db import session
from consult.domain.coding.models import Passage
from consult.domain.composing.frozen import unfreeze
from consult.domain.composing.lettering import Rest
from consult.domain.composing.models import Evidence, NamedVersion, Part, Suggestion, WordReturn
from consult.domain.composing.types import SuggestionStatus
from consult.domain.submissions.models import Submission
from consult.kernel.errors import NotFound
from consult.kernel.text.rich.codec import from_json, from_tree
from consult.kernel.text.rich.errors import StaleSuggestion
from consult.kernel.text.rich.suggesting import Suggestion as Change
from consult.kernel.text.rich.suggesting import apply, suggest
from consult.kernel.text.rich.types import EMPTY, RichText

if TYPE_CHECKING:
    from consult.domain.composing.types import FrozenText


def list_returns(composition_id: int) -> Sequence[tuple[WordReturn, int, int]]:
    """The files that came back, the latest first, each with its changes and the undecided of them.

    The texts are left out.
    """
    waiting = func.count(Suggestion.id).filter(Suggestion.status == SuggestionStatus.OPEN)
    query = (
        select(WordReturn, func.count(Suggestion.id), waiting)
        .outerjoin(Suggestion, Suggestion.return_id == WordReturn.id)
        .where(WordReturn.composition_id == composition_id)
        .options(
            defer(WordReturn.texts),
            selectinload(WordReturn.version).defer(NamedVersion.content),
        )
        .group_by(WordReturn.id)
        .order_by(WordReturn.id.desc())
    )
    return [(row[0], row[1], row[2]) for row in session().execute(query)]


def get_return(composition_id: int, public_id: str) -> WordReturn:
    """A file that came back, with its changes. Raises ``NotFound``."""
    query = (
        select(WordReturn)
        .where(WordReturn.composition_id == composition_id, WordReturn.public_id == public_id)
        .options(
            joinedload(WordReturn.version),
            selectinload(WordReturn.suggestions)
            .joinedload(Suggestion.part)
            .options(joinedload(Part.question), joinedload(Part.proposal)),
        )
    )
    found = session().scalars(query).one_or_none()
    if found is None:
        raise NotFound("word return", public_id)
    return found


def find_same_file(composition_id: int, digest: str) -> WordReturn | None:
    """The file with the same bytes, if it has been taken in before."""
    query = select(WordReturn).where(
        WordReturn.composition_id == composition_id, WordReturn.digest == digest
    )
    return session().scalars(query.limit(1)).one_or_none()


def count_open_suggestions(composition_id: int) -> int:
    """How many changes from Word nobody has decided about."""
    query = (
        select(func.count())
        .select_from(Suggestion)
        .join(Suggestion.word_return)
        .where(
            WordReturn.composition_id == composition_id,
            Suggestion.status == SuggestionStatus.OPEN,
        )
    )
    return session().scalar(query) or 0


def changes_of(
    returned: WordReturn, part_key: str, *, text: "FrozenText | None" = None
) -> tuple[Change, ...]:
    """What the file would change in a part, compared with the text that had gone out.

    ``text`` is what that said, for whoever has read it already.
    """
    theirs = returned.texts.get(part_key)
    if theirs is None:
        return ()
    ours = body_in(text or unfreeze(returned.version.content), part_key)
    return suggest(ours, from_tree(theirs))


def find_change(suggestion: Suggestion, changes: Sequence[Change]) -> Change:
    """The change that a suggestion is.

    Raises:
        StaleSuggestion: They are not told apart any more as they were when the file came back.
    """
    if suggestion.block >= len(changes):
        raise StaleSuggestion(suggestion.public_id)
    change = changes[suggestion.block]
    if (blocks_of(change.before), blocks_of(change.after)) != (
        from_tree(suggestion.before),
        from_tree(suggestion.after),
    ):
        raise StaleSuggestion(suggestion.public_id)
    return change


def find_stale(returned: WordReturn) -> frozenset[int]:
    """Ids of the open suggestions whose words are not in the text any more."""
    stale: set[int] = set()
    by_part: dict[int, list[Suggestion]] = {}
    for one in returned.suggestions:
        if one.status is SuggestionStatus.OPEN and one.part_id is not None:
            by_part.setdefault(one.part_id, []).append(one)
    text = unfreeze(returned.version.content) if by_part else None
    for suggestions in by_part.values():
        part = suggestions[0].part
        if part is None:
            continue
        current = from_tree(part.body)
        changes = changes_of(returned, part.key, text=text)
        stale |= {one.id for one in suggestions if not _fits(one, changes, current)}
    return frozenset(stale)


def rests_of(composition_id: int) -> Mapping[str, Sequence[Rest]]:
    """What each part of a document rests on now, by the part's key."""
    query = (
        select(Evidence)
        .join(Evidence.part)
        .join(Evidence.passage)
        .join(Submission, Submission.id == Passage.submission_id)
        .where(
            Part.composition_id == composition_id,
            Part.removed_at.is_(None),
            Evidence.removed_at.is_(None),
        )
        .options(
            contains_eager(Evidence.part),
            contains_eager(Evidence.passage).contains_eager(Passage.submission),
        )
        .order_by(Part.position, Evidence.id)
    )
    found: dict[str, list[Rest]] = {}
    for one in session().scalars(query):
        found.setdefault(one.part.key, []).append(Rest(one.passage.submission.name, one.quote))
    return found


def body_in(text: "FrozenText", part_key: str) -> RichText:
    """What a part says in a version; nothing where it is not there."""
    bodies = (from_json(one.body) for one in text.parts if one.key == part_key)
    return next(bodies, EMPTY)


def blocks_of(block: object) -> RichText:
    """One block, or none, as a text."""
    return RichText((block,)) if block is not None else EMPTY  # type: ignore[arg-type]


def _fits(suggestion: Suggestion, changes: Sequence[Change], current: RichText) -> bool:
    try:
        apply(current, find_change(suggestion, changes))
    except StaleSuggestion:
        return False
    return True
