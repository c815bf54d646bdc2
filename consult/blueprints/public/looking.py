"""When this browser last looked at a round: kept in the session cookie and nowhere else.

A visit is what somebody looks at without a long pause. Within it, what was new stays marked: a
page that is loaded again, or come back to, shows the same.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from flask import session

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round

MOST_ROUNDS = 20
"""A cookie holds 4 kB: of more rounds than this, those looked at longest ago are forgotten."""

VISIT_LASTS = timedelta(minutes=30)
"""A longer pause than this begins a new visit."""

_LOOKED = "looked"
_VISIT = "news_visit"


def last_looks() -> Mapping[str, datetime]:
    """When this browser last looked at what is new, by the round's public id."""
    kept: dict[str, int] = session.get(_LOOKED, {})
    return {key: datetime.fromtimestamp(second, UTC) for key, second in kept.items()}


def note_first_look(round_: "Round", *, now: datetime) -> None:
    """Remember that the round was looked at, unless an earlier look is remembered."""
    if round_.public_id not in session.get(_LOOKED, {}):
        _keep(round_, now)


def begin_visit(round_: "Round", *, now: datetime) -> datetime | None:
    """Remember that what is new was looked at.

    Returns:
        When the visit before this one was; ``None`` if this is the first that is remembered.
    """
    before = last_looks().get(round_.public_id)
    visit: list[str | int] = session.get(_VISIT, [])
    if visit and visit[0] == round_.public_id and before and now - before < VISIT_LASTS:
        before = datetime.fromtimestamp(int(visit[1]), UTC)
    elif before:
        session[_VISIT] = [round_.public_id, int(before.timestamp())]
    _keep(round_, now)
    return before


def _keep(round_: "Round", now: datetime) -> None:
    looks = {**session.get(_LOOKED, {}), round_.public_id: int(now.timestamp())}
    latest = sorted(looks, key=looks.__getitem__)[-MOST_ROUNDS:]
    session[_LOOKED] = {key: looks[key] for key in latest}
    session.permanent = True
