"""What a report proposes: writing it, its place, and the passages for and against it."""

from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, update

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.composing.errors import RecommendationChanged
from consult.domain.composing.models import Ground, Recommendation
from consult.domain.composing.recommended import list_recommendations
from consult.domain.composing.rules import lacks_assessment
from consult.domain.composing.types import RecommendationContent, Side
from consult.domain.disclosure.quoting import quotable_in_version
from consult.domain.submissions.rules import check_free_text
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from consult.domain.coding.models import Passage
    from consult.domain.composing.models import Part

LONGEST_PROPOSAL = 2_000
"""Characters of a proposal, and of each text that goes with it."""

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""Between these a year is taken for one in which something can begin."""

_WRITTEN = ("text", "reason", "addressee", "concretises", "legal_need", "assessment")


def content_of(recommendation: Recommendation) -> RecommendationContent:
    """What a proposal says."""
    names = (field.name for field in fields(RecommendationContent))
    return RecommendationContent(**{name: getattr(recommendation, name) for name in names})


def propose(part: "Part", content: RecommendationContent, *, by: Actor) -> Recommendation:
    """Add a proposal to a chapter, after those it has.

    Raises:
        InvalidInput: ``text`` or ``reason`` (``required``), a text (``too_long``, or with a
            national identity number), or ``begins_in`` (``year``).
    """
    wanted = _checked(content)
    now = utc_now()
    recommendation = Recommendation(
        composition_id=part.composition_id,
        part_id=part.id,
        key=f"r{_proposed_so_far(part.composition_id) + 1}",
        position=len(list_recommendations(part.composition_id, part_id=part.id)),
        created_at=now,
        created_by=by.reference,
        updated_at=now,
        updated_by=by.reference,
        **asdict(wanted),
    )
    session().add(recommendation)
    session().flush()
    _log(Tag.RECOMMENDATION_ADDED, recommendation, by=by)
    return recommendation


def change(
    recommendation: Recommendation, content: RecommendationContent, *, revision: int, by: Actor
) -> bool:
    """Change what a proposal says; whether that was something else than it said.

    Raises:
        RecommendationChanged: Somebody has saved it since ``revision``. Carries both.
        InvalidInput: As for :func:`propose`, or ``assessment`` (``required``) where a passage
            speaks against it.
    """
    wanted = _checked(content)
    if lacks_assessment(
        is_proposed=wanted.is_proposed,
        assessment=wanted.assessment,
        sides=[one.side for one in recommendation.grounds],
    ):
        raise InvalidInput("assessment", "required")
    if wanted == content_of(recommendation):
        return False
    step = (
        update(Recommendation)
        .where(Recommendation.id == recommendation.id, Recommendation.revision == revision)
        .values(
            **asdict(wanted),
            revision=revision + 1,
            updated_at=utc_now(),
            updated_by=by.reference,
        )
        .returning(Recommendation.id)
        .execution_options(synchronize_session=False)
    )
    is_ours = session().execute(step).one_or_none() is not None
    session().refresh(recommendation)
    if not is_ours:
        raise RecommendationChanged(
            mine=wanted,
            theirs=content_of(recommendation),
            revision=recommendation.revision,
            changed_at=recommendation.updated_at,
            changed_by=recommendation.updated_by,
        )
    _log(Tag.RECOMMENDATION_CHANGED, recommendation, by=by)
    return True


def move(recommendation: Recommendation, step: int, *, by: Actor) -> bool:
    """Move a proposal up (-1) or down (1) in its chapter; false at either end."""
    here = list(list_recommendations(recommendation.composition_id, part_id=recommendation.part_id))
    place = here.index(recommendation)
    if not 0 <= place + step < len(here):
        return False
    here.insert(place + step, here.pop(place))
    _number(here)
    _log(Tag.RECOMMENDATION_MOVED, recommendation, by=by)
    return True


def move_to(recommendation: Recommendation, part: "Part", *, by: Actor) -> bool:
    """Move a proposal to the end of another chapter of the same report; false where it is there.

    That the part is of the same report is the caller's question.
    """
    if part.id == recommendation.part_id:
        return False
    left = recommendation.part_id
    recommendation.position = len(list_recommendations(part.composition_id, part_id=part.id))
    recommendation.part = part
    session().flush()
    _number(list_recommendations(part.composition_id, part_id=left))
    _log(Tag.RECOMMENDATION_MOVED, recommendation, by=by)
    return True


def remove(recommendation: Recommendation, *, by: Actor) -> None:
    """Take a proposal out of the report; it is kept, and can be put back."""
    recommendation.removed_at = utc_now()
    session().flush()
    _number(list_recommendations(recommendation.composition_id, part_id=recommendation.part_id))
    _log(Tag.RECOMMENDATION_REMOVED, recommendation, by=by)


def restore(recommendation: Recommendation, *, by: Actor) -> None:
    """Put a proposal back, at the end of its chapter."""
    standing = list_recommendations(recommendation.composition_id, part_id=recommendation.part_id)
    recommendation.removed_at, recommendation.position = None, len(standing)
    session().flush()
    _log(Tag.RECOMMENDATION_ADDED, recommendation, by=by)


def ground(
    recommendation: Recommendation, passage: "Passage", side: Side, reason: str, *, by: Actor
) -> Ground:
    """Put a passage to a proposal, for or against it, with why; changes one that stands there.

    What was taken out of the answer by law is not quoted. That the passage is of the report's own
    round is the caller's question.

    Raises:
        InvalidInput: ``reason`` (``too_long``, or with a national identity number).
    """
    words = _checked_text("reason", reason)
    standing = [one for one in recommendation.grounds if one.passage_id == passage.id]
    quote = quotable_in_version(passage.version_id).words(
        passage.quote, version_id=passage.version_id, start=passage.start, end=passage.end
    )
    found = standing[0] if standing else Ground(recommendation_id=recommendation.id)
    found.passage, found.side, found.reason, found.quote = passage, side, words, quote
    found.added_at, found.added_by = utc_now(), by.reference
    session().add(found)
    session().flush()
    session().expire(recommendation, ["grounds"])
    _log_ground(Tag.GROUND_ADDED, found, recommendation, by=by)
    return found


def take_ground(one: Ground, *, by: Actor) -> None:
    """Take a passage from a proposal; the trace is kept."""
    recommendation = one.recommendation
    one.removed_at = utc_now()
    session().flush()
    session().expire(recommendation, ["grounds"])
    _log_ground(Tag.GROUND_REMOVED, one, recommendation, by=by)


def _checked(content: RecommendationContent) -> RecommendationContent:
    texts: dict[str, Any] = {name: _checked_text(name, getattr(content, name)) for name in _WRITTEN}
    wanted = replace(content, **texts)
    if not wanted.text:
        raise InvalidInput("text", "required")
    if not wanted.is_proposed and not wanted.reason:
        raise InvalidInput("reason", "required")
    if wanted.begins_in is not None and not FIRST_YEAR <= wanted.begins_in <= LAST_YEAR:
        raise InvalidInput("begins_in", "year")
    return wanted


def _checked_text(name: str, text: str) -> str:
    words = "\n".join(" ".join(line.split()) for line in text.strip().splitlines())
    limit = 200 if name == "addressee" else LONGEST_PROPOSAL
    if len(words) > limit:
        raise InvalidInput(name, "too_long", limit=limit)
    check_free_text(name, words)
    return words


def _proposed_so_far(composition_id: int) -> int:
    """How many the report has had: a key is never used again."""
    query = select(func.count()).where(Recommendation.composition_id == composition_id)
    return session().scalar(query) or 0


def _number(ones: Sequence[Recommendation]) -> None:
    for position, one in enumerate(ones):
        one.position = position
    session().flush()


def _log(tag: Tag, recommendation: Recommendation, *, by: Actor) -> None:
    record(
        tag,
        subject=recommendation.reference,
        by=by.reference,
        stream=organisation_stream(recommendation.composition.organisation_id),
        data={"key": recommendation.key, "part": recommendation.part.key},
    )


def _log_ground(tag: Tag, one: Ground, recommendation: Recommendation, *, by: Actor) -> None:
    record(
        tag,
        subject=recommendation.reference,
        by=by.reference,
        stream=organisation_stream(recommendation.composition.organisation_id),
        data={"passage": one.passage.reference, "side": one.side.value},
    )
