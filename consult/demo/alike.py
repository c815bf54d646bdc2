"""Answers of the demo that say nearly the same: a campaign, and two bodies with one template."""

import tomllib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from consult.domain.accounts.types import Actor
from consult.domain.coding.clusters import ClusterKind
from consult.domain.coding.queries.clusters import list_clusters
from consult.domain.coding.queries.themes import get_theme, list_themes
from consult.domain.coding.service.clustering import group_answers
from consult.domain.coding.service.clusters import confirm_cluster, describe_cluster
from consult.domain.coding.service.stances import code_stance
from consult.domain.rounds.queries import get_round, list_proposals
from consult.domain.submissions.listing import get_answer
from consult.domain.submissions.types import Stance

if TYPE_CHECKING:
    from consult.domain.coding.models import Theme
    from consult.domain.rounds.models import Round

FOLDER = Path(__file__).parent / "alike"
_FIRST_DAY, _DAYS = 118, 14
_PLACE = "seks mil"

LoadAnswer = Callable[["Round", dict[str, Any], dict[str, "Theme"], str], None]


def load_alike(*, actor: Callable[[str], Actor], load_answer: LoadAnswer, now: datetime) -> None:
    """Let the letters come, have them compared, and let somebody confirm the campaign.

    The template stays a suggestion, so that one can try it.
    """
    for path in sorted(FOLDER.glob("*.toml")):
        entry = tomllib.loads(path.read_text())
        round_ = get_round(path.stem)
        themes = {row.key: get_theme(round_.slug, row.key) for row in list_themes(round_.id)}
        for told in (*_letters(entry["campaign"]), *_templates(entry["template"])):
            load_answer(round_, told, themes, "solveig")
        group_answers(round_.id, now=now)
        _confirm(round_, entry["campaign"], by=actor("jonas"))


def _letters(campaign: dict[str, Any]) -> list[dict[str, Any]]:
    """The letters, a few each day; what they have in common is coded in the first."""
    letters = []
    for place, name in enumerate(campaign["names"]):
        text = campaign["text"]
        if place:
            text = _without_themes(text).replace(_PLACE, campaign["places"].get(name, _PLACE))
        own = campaign["own"].get(name, "")
        letters.append(
            _answer(
                "\n".join(part for part in (text, own, f"Hilsen {name}") if part),
                person=name,
                actor_type="private_person",
                day=_FIRST_DAY + place % _DAYS,
                publication="without_name",
            )
        )
    return letters


def _templates(template: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        _answer(
            "\n".join((template["text"], template["own"].get(slug, ""))),
            organisation=slug,
            day=template["day"] + place,
            publication="with_name",
        )
        for place, slug in enumerate(template["organisations"])
    ]


def _answer(text: str, **values: object) -> dict[str, Any]:
    return {"general": text, "channel": "email", "language": "nb", "time": "10:15", **values}


def _without_themes(text: str) -> str:
    return "\n".join(line.split(" {")[0] for line in text.split("\n"))


def _confirm(round_: "Round", campaign: dict[str, Any], *, by: Actor) -> None:
    """Say of the largest cluster that it is a campaign, what it wants and where it stands."""
    card = max(list_clusters(round_.id), key=lambda one: one.answers)
    confirm_cluster(card.cluster, ClusterKind.CAMPAIGN, by=by)
    organiser, demand = campaign["organiser"], campaign["demand"]
    describe_cluster(card.cluster, organiser=organiser, demand=demand, by=by)
    first = get_answer(round_.slug, card.first_number)
    (proposal,) = [
        one for one in list_proposals(round_.id) if one.key == campaign["stance"]["proposal"]
    ]
    code_stance(first, proposal, value=Stance(campaign["stance"]["value"]), by=by)
