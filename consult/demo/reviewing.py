"""What is said beside the demo's drafts, and their versions."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import current_app

from consult.domain.accounts.types import Actor
from consult.domain.composing.queries import find_composition, get_part
from consult.domain.composing.service.discussing import open_thread, reply, resolve
from consult.domain.composing.service.freezing import freeze
from consult.domain.composing.service.saving import content_of, save_part
from consult.domain.organisations.queries import get_organisation
from consult.domain.rounds.queries import get_round
from consult.kernel.text.rich.markdown import from_markdown
from consult.kernel.text.rich.types import RichText

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition

FOLDER = Path(__file__).parent / "reviews"


def load_reviews(*, actor: Callable[[str], Actor], now: datetime) -> None:
    """Discuss each draft of the folder that is begun, and keep its versions."""
    for path in sorted(FOLDER.glob("*.toml")):
        entry = tomllib.loads(path.read_text())
        organisation = get_organisation(entry["organisation"])
        composition = find_composition(organisation.id, get_round(entry["round"]).id)
        if composition is None:
            continue
        for told in entry["versions"]:
            _keep(composition, told, by=actor(told["by"]), now=now)
        for told in entry["threads"]:
            _discuss(composition, told, actor=actor, now=now)


def _keep(composition: "Composition", told: Mapping[str, Any], *, by: Actor, now: datetime) -> None:
    if "add" in told:
        part = get_part(composition, told["add"]["part"])
        content = content_of(part)
        added = from_markdown(told["add"]["text"])
        body = RichText((*content.body.blocks, *added.blocks))
        save_part(part, replace(content, body=body), revision=part.revision, by=by)
    freeze(composition, told["name"], by=by, at=now - timedelta(days=told["saved_days_ago"]))


def _discuss(
    composition: "Composition",
    told: Mapping[str, Any],
    *,
    actor: Callable[[str], Actor],
    now: datetime,
) -> None:
    base_url = str(current_app.config["SETTINGS"].base_url)
    part = get_part(composition, told["part"])
    moment = now - timedelta(days=told["opened_days_ago"])
    first, *rest = told["posts"]
    thread = open_thread(
        part,
        first["text"],
        quote=told["quote"],
        mentions=[actor(one).person_id or 0 for one in first.get("mentions", ())],
        base_url=base_url,
        by=actor(first["who"]),
        at=moment,
    )
    for number, post in enumerate(rest, start=1):
        later = moment + timedelta(hours=3 * number)
        reply(thread, post["text"], base_url=base_url, by=actor(post["who"]), at=later)
    if "resolved_by" in told:
        resolve(thread, by=actor(told["resolved_by"]), at=moment + timedelta(days=1))
