"""Keeping a part of the queue under a name. It is a convenience of one's own: nothing is logged."""

from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.handling.models import SavedFilter
from consult.domain.handling.queries.filters import count_own_filters, find_own_filter
from consult.domain.handling.types import MAX_FILTER_NAME, MOST_FILTERS, QueueFilter
from consult.domain.submissions.rules import check_free_text
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.text.plain import canonical

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


def save_filter(
    round_: "Round", name: str, wanted: QueueFilter, *, is_shared: bool, by: Actor
) -> SavedFilter:
    """Keep a filter; one's own of the same name is replaced.

    Raises ``InvalidInput`` for ``name`` (``required``, ``too_long``, ``too_many``,
    ``identity_number``).
    """
    words = " ".join(canonical(name).split())
    if not words:
        raise InvalidInput("name", "required")
    if len(words) > MAX_FILTER_NAME:
        raise InvalidInput("name", "too_long", limit=MAX_FILTER_NAME)
    check_free_text("name", words)
    person_id = by.person_id or 0
    saved = find_own_filter(round_.id, person_id=person_id, name=words)
    if saved is None:
        if count_own_filters(round_.id, person_id=person_id) >= MOST_FILTERS:
            raise InvalidInput("name", "too_many", limit=MOST_FILTERS)
        saved = SavedFilter(round_id=round_.id, person_id=person_id, name=words)
        session().add(saved)
    saved.data, saved.is_shared, saved.saved_at = dict(wanted.values()), is_shared, utc_now()
    session().flush()
    return saved


def share_filter(saved: SavedFilter, *, is_shared: bool) -> None:
    """Let the team use a filter, or keep it to oneself again."""
    saved.is_shared = is_shared
    session().flush()


def remove_filter(saved: SavedFilter) -> None:
    """Delete a filter; the answers are not touched."""
    session().delete(saved)
    session().flush()
