"""The front page: rounds that are open, coming and closed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import render_template
from flask.typing import ResponseReturnValue

from consult.blueprints.public import bp
from consult.blueprints.public.news import count_new
from consult.blueprints.public.presenters import RoundCard, card_of
from consult.blueprints.shared.access import requires
from consult.blueprints.shared.lists import asked_text, page_of
from consult.domain.rounds.listing import (
    OPEN_TO_ALL,
    RoundFilter,
    Stage,
    count_public_rounds,
    invited_groups,
    list_public_owners,
    list_public_rounds,
)
from consult.domain.rounds.types import ROUND_RULES
from consult.kernel.clock import utc_now
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round

CLOSED_PER_PAGE = 12


@bp.get("/")
@requires(Permission.VIEW_SITE)
def index() -> ResponseReturnValue:
    """Rounds that are open, coming and closed."""
    now = utc_now()
    wanted = _wanted()
    paging = page_of(count_public_rounds(Stage.CLOSED, wanted, now=now), size=CLOSED_PER_PAGE)
    rounds = {
        Stage.OPEN: list_public_rounds(Stage.OPEN, wanted, now=now),
        Stage.COMING: list_public_rounds(Stage.COMING, wanted, now=now),
        Stage.CLOSED: list_public_rounds(
            Stage.CLOSED, wanted, now=now, offset=paging.offset, limit=paging.size
        ),
    }
    return render_template(
        "public/index.html",
        cards=_cards(rounds),
        paging=paging,
        wanted=wanted,
        owners=list_public_owners(now=now),
        types={kind: ROUND_RULES[kind].label for kind in OPEN_TO_ALL},
    )


def _wanted() -> RoundFilter:
    """What the address asks for; what cannot be is taken as not asked."""
    kind = asked_text("type")
    return RoundFilter(
        words=asked_text("q"),
        owner=asked_text("owner"),
        type=next((known for known in OPEN_TO_ALL if known == kind), None),
    )


def _cards(rounds: dict[Stage, Sequence["Round"]]) -> dict[str, list[RoundCard]]:
    now = utc_now()
    shown = [one for some in rounds.values() for one in some]
    invited, new = invited_groups([one.id for one in shown]), count_new(shown)
    return {
        stage.value: [
            card_of(one, invited.get(one.id, {}), now=now, new=new.get(one.id, 0)) for one in some
        ]
        for stage, some in rounds.items()
    }
