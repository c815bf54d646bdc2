"""Searching the words of answers: in a round, in all rounds, for one respondent."""

from typing import TYPE_CHECKING

from flask import render_template
from flask.typing import ResponseReturnValue

from consult.blueprints.desk import bp
from consult.blueprints.desk.presenters.search import (
    LABELS,
    Asked,
    address_values,
    read_asked,
    shown_answers,
    shown_hits,
    theme_choices,
)
from consult.blueprints.shared.access import requires
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.lists import asked_text, page_of
from consult.domain.analysis.queries.searching import count_hits, find_answers, find_passages
from consult.domain.analysis.search.asking import PAGE, SearchOrder, SearchView
from consult.domain.coding.queries.themes import list_themes
from consult.domain.organisations.queries import find_by_public_id
from consult.domain.rounds.queries import get_round, rounds_owned_by
from consult.policy import Permission
from consult.policy.scope import desk_owner_ids

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation
    from consult.domain.rounds.models import Round


@bp.get("/rounds/<slug:round_slug>/search")
@requires(Permission.VIEW_DESK, on=get_round)
def search(round_: "Round") -> ResponseReturnValue:
    """Passages of a round by their words, and by much else."""
    themes = list_themes(round_.id)
    asked = read_asked(round_id=round_.id, themes=themes, body=_body())
    return render_template(
        "desk/search/round.html", round=round_, themes=theme_choices(themes), **_results(asked)
    )


@bp.get("/search")
@requires(Permission.VIEW_DESK_HOME)
def search_all() -> ResponseReturnValue:
    """The same in every round that I work with, such as all that one respondent has sent."""
    rounds = rounds_owned_by(desk_owner_ids(current_actor()))
    asked = read_asked(rounds=rounds, body=_body())
    return render_template("desk/search/all.html", rounds=rounds, **_results(asked))


def _body() -> "Organisation | None":
    """The body whose answers the address asks for."""
    return find_by_public_id(asked_text("body"))


def _results(asked: Asked) -> dict[str, object]:
    """What a page shows of what is found; nothing is looked for where nothing is asked."""
    shared = {"asked": asked, "labels": LABELS, "SearchView": SearchView}
    if asked.search.is_empty:
        return shared | {"count": None}
    owner_ids = desk_owner_ids(current_actor())
    count = count_hits(asked.search, owner_ids=owner_ids)
    by_answer = asked.view is SearchView.ANSWERS
    paging = page_of(count.answers + count.minutes if by_answer else count.passages, size=PAGE)
    order = asked.order if count.can_be_ranked else SearchOrder.PLACE
    return shared | {
        "count": count,
        "paging": paging,
        "paging_values": address_values(asked),
        "search_values": {name: str(one) for name, one in address_values(asked).items() if one},
        "order": order,
        **_listed(asked, owner_ids=owner_ids, order=order, offset=paging.offset),
    }


def _listed(
    asked: Asked, *, owner_ids: frozenset[int], order: SearchOrder, offset: int
) -> dict[str, object]:
    """One page of passages, or of answers."""
    if asked.view is SearchView.ANSWERS:
        answers = find_answers(asked.search, owner_ids=owner_ids, order=order, offset=offset)
        return {"answers": shown_answers(answers, asked), "hits": ()}
    hits = find_passages(asked.search, owner_ids=owner_ids, order=order, offset=offset)
    return {"answers": (), "hits": shown_hits(hits, asked)}
